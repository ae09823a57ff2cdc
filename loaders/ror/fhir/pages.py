"""Whether the pages of the searches are all there: a full load of some pages would end what stands on the others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from loaders.ror.fhir.walking import Json

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Page:
    """A Bundle: its own address, the pages that it says are beside it, how many matches its search has in all and how many it holds."""

    file: str
    own: str | None
    beside: tuple[str, ...]
    total: int | None
    matches: int


def page_of(file: str, rest: Json, matches: int) -> Page:
    """The page that a Bundle is. Links and a total of another form than R4 has are as if not stated."""
    links: dict[str, str] = {}
    stated = rest.get("link")
    for one in stated if type(stated) is list else ():
        if type(one) is dict and type(one.get("relation")) is str and type(one.get("url")) is str:
            links[one["relation"]] = one["url"]
    beside = tuple(url for relation, url in links.items() if relation in {"next", "prev", "previous"})
    total = rest.get("total")
    return Page(file, links.get("self"), beside, total if type(total) is int else None, matches)


def missing_pages(pages: Sequence[Page]) -> str | None:
    """Why the pages are not the whole of their searches, as a sentence; None when they are, as far as they say.

    Pages of one search are tied by their links, else by a common total. A search is whole when its matches reach its total (which does not count what is
    included), or, without a total, when no page points to one that is not there.
    """
    for pages_of_one in _searches(pages):
        total = max((page.total for page in pages_of_one if page.total is not None), default=None)
        held = sum(page.matches for page in pages_of_one)
        if total is not None and held >= total:
            continue
        named = {page.own for page in pages_of_one}
        unknown = [page for page in pages_of_one if any(url not in named for url in page.beside)]
        files = ", ".join(page.file for page in (unknown or pages_of_one)[:SHOWN])
        if total is not None:
            return f"{files}: the search has {total} matches, its pages here hold {held}"
        if unknown:
            return f"{files}: a page before or behind it is not among the files"
    return None


def _searches(pages: Sequence[Page]) -> list[list[Page]]:
    """Pages by search: joined by links; those that point to a page that is not there by that address are joined by their total too."""
    groups: dict[int, int] = {}

    def root(place: int) -> int:
        while groups.setdefault(place, place) != place:
            place = groups[place]
        return place

    by_own: Mapping[str, int] = {page.own: place for place, page in enumerate(pages) if page.own}
    by_total: dict[Any, int] = {}
    for place, page in enumerate(pages):
        for other in _tied(page, place, by_own, by_total):
            groups[root(place)] = root(other)
    found: dict[int, list[Page]] = {}
    for place, page in enumerate(pages):
        found.setdefault(root(place), []).append(page)
    return list(found.values())


def _tied(page: Page, place: int, by_own: Mapping[str, int], by_total: dict[Any, int]) -> Iterable[int]:
    yield from (by_own[url] for url in page.beside if url in by_own)
    if page.total is not None and any(url not in by_own for url in page.beside):
        yield by_total.setdefault(page.total, place)
