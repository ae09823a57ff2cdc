"""From the words of a command to a search (graph/search/offers.py)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graph.documents import read_mapping
from graph.errors import BadInput
from graph.search.criteria import parse
from graph.search.offers import Asked
from graph.search.place import Near, near
from graph.search.territory import Territory, territory


@dataclass(frozen=True, slots=True)
class Around:
    """Where, as said in a shell: a commune, a point `latitude,longitude`, a radius in km, a territory `level=code`."""

    commune: str | None = None
    point: str | None = None
    radius: float | None = None
    territory: str | None = None


def asked_of(coded: Mapping[str, Sequence[str] | None], text: str | None, criteria: Path | None, around: Around, at: date) -> Asked:
    """The search: all criteria that are given are joined by AND. Raises BadInput, BadFile."""
    given = {name: list(codes) for name, codes in coded.items() if codes} | ({"text": text} if text else {})
    whole = {"and": [given, read_mapping(criteria, "--criteria")]} if criteria else given
    return Asked(parse(whole), at, near_of(around), territory_of(around.territory))


def near_of(around: Around) -> Near | None:
    """The place, if one is given."""
    if around.commune is None and around.point is None:
        if around.radius is not None:
            raise BadInput("--radius: a radius needs a place; give --near or --point.")
        return None
    return near({"commune": around.commune, "radiusKm": around.radius} | (_point(around.point) if around.point else {}))


def _point(text: str) -> dict[str, float]:
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        raise BadInput(f"--point: '{text[:40]}' is not a point; it is written like 48.85,2.35.") from None
    return {"latitude": latitude, "longitude": longitude}


def territory_of(text: str | None) -> Territory | None:
    """A territory written `region=11`, if one is given."""
    if text is None:
        return None
    level, _, code = text.partition("=")
    if not code:
        raise BadInput(f"--territory: '{text[:40]}' is not a territory; it is written like region=11, department=2A or commune=2A004.")
    return territory({level: code})
