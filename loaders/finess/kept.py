"""What a full load of some FINESS files does not end, though they do not hold it: they leave it out by their nature.

The open-data files hold open structures only, so closed ones that an XML file stated stay; a file of one kind of authorisation ends none of another
kind, a file of categories no legal status.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from graph.questions import question
from graph.reads import Ask, Reader, Reads, answer
from graph.record import Ref
from loaders.finess.authorisations import SHAPES
from loaders.finess.classes import CLASSES
from loaders.finess.flux import SITE, Flux
from loaders.finess.stock import Stock

AT_ONCE: Final = 5_000
CLOSED: Final = {"GeographicEntity": "closed_sites", "LegalEntity": "closed_entities"}


def kept(store: Reader, stocks: Iterable[Stock], fluxes: Iterable[Flux]) -> Iterator[Ref]:
    """The objects that these files leave out, from the store, some at a time."""
    kinds = {one.kind for one in fluxes}
    for kind in sorted({one.kind for one in stocks} - kinds):
        label = "GeographicEntity" if kind == SITE else "LegalEntity"
        yield from _paged(store, label, CLOSED[label], None)
    if kinds & set(SHAPES):
        for shape in (one for name, one in SHAPES.items() if name not in kinds):
            yield from _paged(store, "Authorisation", "authorisations_of_kind", shape.kind)
    if kinds & set(CLASSES):
        for classes in (one for name, one in CLASSES.items() if name not in kinds):
            for system in (classes.system, *classes.aggregates):
                yield from _paged(store, "Concept", "concepts_of_system", system)


def _paged(store: Reader, label: str, name: str, of: str | None) -> Iterator[Ref]:
    after = ""
    while ids := answer(store, _page(name, of, after)):
        yield from (Ref(label, one) for one in ids)
        after = ids[-1]


def _page(name: str, of: str | None, after: str) -> Reads[list[str]]:
    params = {"after": after, "limit": AT_ONCE} | ({"of": of} if of is not None else {})
    rows = yield Ask(question(name), params)
    return [row["id"] for row in rows]
