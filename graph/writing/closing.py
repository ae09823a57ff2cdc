"""What a full load ends: objects and hung relations of its perimeter that the files no longer hold (M-4 to M-6), behind the volume guard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.errors import Refused
from graph.model import NODES, RELATIONS
from graph.writing import ending_statements
from graph.writing.knowing import known_of
from graph.writing.lease import Lease
from graph.writing.leaving import contested_leaving, leave_statements
from graph.writing.noting import Noting
from graph.writing.restoring import restored_statements
from graph.writing.spool import Spool
from graph.writing.stamps import Stamps

GUARD = 0.10  # share of what the source asserted of a label that a load may end unasked (invariant 4)


@dataclass(frozen=True, slots=True)
class Closure:
    """What a load would end of one label."""

    label: str
    closing: int
    held: int


class TooManyClosures(Refused):
    """The volume guard: more than GUARD of a label would end."""

    def __init__(self, closures: Sequence[Closure]) -> None:
        self.closures = tuple(closures)
        listed = "; ".join(f"{one.label}: {one.closing} of {one.held}" for one in closures)
        super().__init__(
            f"These files no longer hold much of what they held before (limit {GUARD:.0%}): {listed}. What is new or changed was written, nothing was ended. "
            "Check that the files are whole; if they are, load them again with --accept-closures."
        )


def closures(spool: Spool, labels: Sequence[str]) -> list[Closure]:
    """What would end, by label; labels of which nothing would are left out."""
    found = [Closure(label, spool.count_missing(label), spool.count_held(label)) for label in labels]
    return [one for one in found if one.closing]


def check_volume(found: Sequence[Closure]) -> None:
    """Raises TooManyClosures, naming every label over the limit."""
    over = [one for one in found if one.closing > GUARD * one.held]
    if over:
        raise TooManyClosures(over)


def end_missing(lease: Lease, spool: Spool, found: Sequence[Closure], stamps: Stamps, noting: Noting, today: date) -> None:
    """The source leaves them, some at a time; each transaction ends whole objects with their relations, and brings in who comes next (M-5)."""
    for one in found:
        node = NODES[one.label]
        for leaving in spool.missing(one.label):
            known = known_of(lease.store, node, contested_leaving(node, leaving))
            restored = restored_statements(lease.store, node, [one.key for one in leaving if one.valued], stamps) if node.newest else []
            noted = noting.of_leaving(one.label, [left.key for left in leaving])
            lease.write([*leave_statements(node, leaving, known, stamps, today), *restored, *noted])


def end_missing_hung(lease: Lease, spool: Spool, source: str, noting: Noting, today: date) -> None:
    """End the hung relations of the source that the files no longer state."""
    for kind in spool.hung_kinds:
        text = ending_statements.end_link(RELATIONS[kind.type], NODES[kind.start], NODES[kind.end])
        for rows in spool.missing_hung(kind):
            lease.write([(text, {"rows": rows, "source": source, "today": today}), *noting.of_ended(kind, rows)])
