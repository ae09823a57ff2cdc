"""Finding a node by any of its names, and the codes of a nomenclature."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from graph.errors import BadInput
from graph.model import NODES
from graph.paging import Page, checked_first, paged
from graph.questions import question
from graph.reads import Ask, Reads, pick
from graph.text import folded

FOUND: Final = (
    "LegalEntity", "GeographicEntity", "OrganisationalUnit", "Offer", "Location", "Professional", "Practice", "Concept", "Commune", "Department", "Region",
    "Application", "Interface", "Pathway",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that was found; `exact`: by its key or FINESS number."""

    kind: str
    id: str
    name: str | None
    exact: bool


@dataclass(frozen=True, slots=True)
class Concept:
    """Code de nomenclature."""

    id: str
    code: str
    label: str | None
    short_label: str | None
    valid_from: date | None
    valid_to: date | None
    broader: tuple[str, ...]


def find(text: str, kinds: Sequence[str] = FOUND, first: int = 20) -> Reads[tuple[Hit, ...]]:
    """Nodes by key, FINESS number, beginning of the name, then by words. Raises BadInput for an empty text or an unknown kind."""
    checked_first(first)
    words = folded([text]).split()
    if not words:
        raise BadInput("text: at least one letter or digit is expected.")
    unknown = sorted(set(kinds) - set(FOUND))
    if unknown:
        raise BadInput(f"kinds: {unknown[0]} cannot be found by name. There are {', '.join(FOUND)}.")
    key = text.strip()
    rows = yield Ask(
        question("find_by_key"), {"key": key, "rpps": f"8{key}", "adeli": f"0{key}", "prefix": " ".join(words), "kinds": list(kinds), "first": first}
    )
    hits = _each_once(pick(Hit, row) for row in rows)[:first]
    if len(hits) < first:
        more = yield Ask(question("find_by_words"), {"indexes": _word_indexes(kinds), "query": " AND ".join(words), "first": first})
        known = {(hit.kind, hit.id) for hit in hits}
        hits += [pick(Hit, row, exact=False) for row in more if (row["kind"], row["id"]) not in known]
    return tuple(hits[:first])


def _each_once(found: Iterable[Hit]) -> list[Hit]:
    """Each node once, the exact ones first, then by name and id."""
    by_key: dict[tuple[str, str], Hit] = {}
    for hit in found:
        if hit.exact or (hit.kind, hit.id) not in by_key:
            by_key[hit.kind, hit.id] = hit
    return sorted(by_key.values(), key=lambda hit: (not hit.exact, hit.name is None, hit.name or "", hit.id, hit.kind))


def _word_indexes(kinds: Sequence[str]) -> list[str]:
    return [f"words_{kind}_words" for kind in kinds if NODES[kind].searched]  # as graph/store/dialect.py names them


def concepts(system: str, text: str | None = None, first: int = 50, after: str | None = None) -> Reads[Page]:
    """Codes of a nomenclature (TRE_R211), by id; `text`: words of the label or code."""
    words = folded([text]).split()
    return (yield from paged("concepts", {"system": system, "words": words}, "id", lambda row: pick(Concept, row), first, after))
