"""SAME_AS: two nodes that are one thing, by a rule or because a person says so; it can be withdrawn, and nothing is merged (M-12)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from graph.model import NODES
from graph.store.connection import Statement
from graph.writing import ending_statements as ending
from graph.writing import statements
from graph.writing.lease import Lease
from graph.writing.stamps import Stamps

AT_ONCE = 2000  # matches a transaction


class MatchState(StrEnum):
    """Where a match stands. `decided`: by a rule that decides; `proposed`: it counts as absent until a person confirms it."""

    DECIDED = "decided"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Match(NamedTuple):
    """Two nodes of one label. `evidence`: JSON of the values compared; `by`: the person who said so, None for a rule."""

    label: str
    start: str
    end: str
    rule: str
    state: MatchState
    evidence: str
    by: str | None
    on: date


def write_matches(lease: Lease, matches: Sequence[Match], stamps: Stamps) -> None:
    """Write them, some at a time. One that a person has confirmed, refused or withdrawn stays as that person said, unless a person says more."""
    for place in range(0, len(matches), AT_ONCE):
        lease.write(list(match_statements(matches[place : place + AT_ONCE], stamps)))


def withdraw_matches(lease: Lease, matches: Sequence[Match], stamps: Stamps) -> None:
    """End the SAME_AS of these nodes that the stamps' source stated: state, by and on as the matches say."""
    for label, some in _by_label(matches):
        lease.write([(ending.end_matches(NODES[label]), {"rows": [_row(one) for one in some], "source": stamps.source})])


def match_statements(matches: Sequence[Match], stamps: Stamps) -> Iterator[Statement]:
    """The statements that write them."""
    for label, some in _by_label(matches):
        stamped = {**stamps.seen(), "source_rank": stamps.rank, "gone_on": None}
        yield statements.merge_matches(NODES[label]), {"rows": [_row(one) for one in some], "source": stamps.source, "stamps": stamped}


def _by_label(matches: Sequence[Match]) -> list[tuple[str, list[Match]]]:
    found: dict[str, list[Match]] = defaultdict(list)
    for one in matches:
        found[one.label].append(one)
    return sorted(found.items())


def _row(one: Match) -> dict[str, Any]:
    """The smaller key first, so that two nodes have one SAME_AS of a source, whichever was looked at first."""
    start, end = sorted((one.start, one.end))
    props = {"rule": one.rule, "state": str(one.state), "evidence": one.evidence, "by": one.by, "on": one.on}
    return {"start": start, "end": end, "props": props}
