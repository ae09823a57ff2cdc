"""Categories of establishments (cs1500106) and legal statuses (cs1500107) with their three aggregates, as concepts (K-5; NOS leads them, M-3)."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from graph.keys import concept_id
from graph.model.kinds import Value
from graph.record import Item, Link, Notes, Ref
from loaders.finess.fields import FieldError, day
from loaders.finess.taken import Taken


class Classes(NamedTuple):
    """The nomenclature of an element, and those of its aggregates, from the narrowest on."""

    system: str
    aggregates: tuple[str, str, str]


CLASSES: Final[Mapping[str, Classes]] = MappingProxyType(
    {
        "nomenclcategorieETavecagr": Classes("TRE_R66", ("TRE_R65", "TRE_R64", "TRE_R63")),
        "nomenclstatutavecagr": Classes("TRE_R72", ("TRE_R70", "TRE_R69", "TRE_R68")),
    }
)
LEVELS: Final = ("agr3", "agr2", "agr1")


class Aggregates:
    """The aggregates met so far, each as it was first stated: many rows repeat one."""

    def __init__(self) -> None:
        self._items: dict[str, Item] = {}

    def of(self, row: Taken, classes: Classes, notes: Notes) -> list[Item]:
        """The aggregates of a row, the narrowest first, each BROADER to the next."""
        found: list[Item] = []
        for level, system in reversed(list(zip(LEVELS, classes.aggregates, strict=True))):
            code, label, short = row.text(f"code{level}"), row.text(f"libelle{level}"), row.text(f"libellecourt{level}")
            if not code:
                continue
            key = concept_id(system, code)
            props: dict[str, Value] = {"system": system, "code": code, "label": label or None, "short_label": short or None}
            item = self._items.setdefault(key, Item("Concept", key, props, _broader(key, found[-1:])))
            if item.props != props:
                notes.remark("aggregate with two labels; the first one is kept", key)
            found.append(item)
        return found[::-1]


def class_items(row: Taken, classes: Classes, aggregates: Aggregates, notes: Notes) -> Iterator[Item]:
    """A category or a status, then its aggregates. Raises FieldError."""
    code = row.text("code")
    if not code:
        raise FieldError("code", "It is empty; a code of a nomenclature is needed.")
    above = aggregates.of(row, classes, notes)
    key = concept_id(classes.system, code)
    props: dict[str, Value] = {
        "system": classes.system,
        "code": code,
        "label": row.text("libelle") or None,
        "short_label": row.text("libellecourt") or None,
        "valid_from": day("datedeb", row.text("datedeb")),
        "valid_to": day("datefin", row.text("datefin")),
    }
    yield Item("Concept", key, props, _broader(key, above[:1]))
    yield from above


def _broader(key: str, above: list[Item]) -> tuple[Link, ...]:
    return tuple(Link("BROADER", Ref("Concept", key), one.ref) for one in above)
