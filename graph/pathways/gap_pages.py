"""Gaps in pages: by step, then commune; a cursor is bound to the question and goes on by key after a load."""

from datetime import date

from graph.paging import Page, checked_first
from graph.pathways.gaps import AskedGaps, Gap, PathwayGaps, pathway_gaps
from graph.reads import Reads
from graph.search.cursor import Position, cursor, digest_of, position_of
from graph.search.reference import Reference


def gap_page(code: str, asked: AskedGaps, at: date, reference: Reference, paging: tuple[int, str | None]) -> Reads[tuple[PathwayGaps, Page]]:
    """The whole answer and its page of `first` gaps `after` a cursor. Raises as `pathway_gaps`; LimitExceeded, BadInput for the page."""
    first, after = paging
    checked_first(first)
    digest = digest_of(code, asked, at)
    last = position_of(after, digest) if after else None
    found = yield from pathway_gaps(code, asked, at, reference)
    ranks = {step.code: place for place, step in enumerate(found.pathway.steps)}

    def key(gap: Gap) -> tuple[int, str]:
        return ranks[gap.step], gap.commune

    left = [gap for gap in found.gaps if last is None or key(gap) > (last.section, last.id)]
    nodes = tuple(left[:first])
    return found, Page(nodes, tuple(cursor(Position(ranks[gap.step], "", gap.commune), digest) for gap in nodes), len(left) > first)
