"""Professionals and their practices: whose, where, for which offer; each many at once. All of it is personal (docs/graph_model.md)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from graph.questions import question
from graph.reads import Ask, Reads, Row, pick
from graph.referential import Coded, Named, Stamps, coded, named


@dataclass(frozen=True, slots=True)
class Professional:
    """Professionnel."""

    id: str
    family_name: str | None
    given_names: str | None
    title: str | None
    stamps: Stamps


@dataclass(frozen=True, slots=True)
class Practice:
    """Situation opérationnelle ou exercice. `kind`: REGISTER or OPERATIONAL; `professional`: id; `offer`: of an operational one."""

    id: str
    kind: str | None
    profession: Coded | None
    exercise_mode: Coded | None
    agreement_sector: Coded | None
    optam: bool | None
    vitale_card: bool | None
    home_visit: bool | None
    exercise_name: str | None
    since: date | None
    until: date | None
    professional_id: str | None
    sites: tuple[Named, ...]
    offer: Named | None
    stamps: Stamps


CODED = ("profession", "exercise_mode", "agreement_sector")


def professionals(ids: Sequence[str]) -> Reads[dict[str, Professional]]:
    """The professionals who exist, by id."""
    rows = yield Ask(question("professionals"), {"ids": list(ids)})
    return {row["node"]["id"]: pick(Professional, row["node"], stamps=pick(Stamps, row["node"])) for row in rows}


def practices(ids: Sequence[str]) -> Reads[dict[str, Practice]]:
    """The practices that exist, by id."""
    rows = yield Ask(question("practices"), {"ids": list(ids)})
    return {row["node"]["id"]: _practice(row) for row in rows}


@cache
def practices_of(label: str) -> Callable[[Sequence[str]], Reads[dict[str, tuple[str, ...]]]]:
    """Ids of the live practices of Professional, at GeographicEntity, or for Offer."""
    return partial(_practices_of, label)


def _practices_of(label: str, ids: Sequence[str]) -> Reads[dict[str, tuple[str, ...]]]:
    rows = yield Ask(question("practices_of_objects"), {"label": label, "ids": list(ids)})
    return {row["id"]: tuple(row["practices"]) for row in rows}


def _practice(row: Row) -> Practice:
    node, labels = row["node"], {one["id"]: one for one in row["labels"]}
    return pick(
        Practice, node, **{name: coded(node.get(name), labels.get(node.get(name))) for name in CODED}, professional_id=row["professional"],
        sites=[Named(one["id"], one["name"]) for one in row["sites"]], offer=named(row["offer"]), stamps=pick(Stamps, node),
    )  # fmt: skip
