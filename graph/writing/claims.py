"""Who asserts a node: the entries of its `said`, and which source leads (docs/graph_model.md, M-2, M-3, M-5).

An entry is `source=rank|digest|updated_at`: the rank of the source, the digest of what it last said (M-8; '?': what it said no longer stands on the
node and its next load writes it again), and the instant or day of that statement where it gives one. `source=-`: it no longer asserts the node.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from graph.model.kinds import NodeType

GONE: Final = "-"
UNWRITTEN: Final = "?"
UNRANKED: Final = 1000  # of an entry without a rank, which an earlier version wrote
ROR: Final = "ror:"  # how the stamp of every ROR starts: a tier of its own (M-3), whose statements are kept as SourceRecords (M-1)


class Claim(NamedTuple):
    """A live entry of `said`."""

    source: str
    rank: int
    digest: str
    updated_at: str = ""

    @property
    def entry(self) -> str:
        """As stored."""
        return f"{self.source}={self.rank}|{self.digest}|{self.updated_at}"

    @property
    def is_ror(self) -> bool:
        """Whether the source is a ROR."""
        return self.source.startswith(ROR)


def source_of(entry: str) -> tuple[str, str]:
    """The source of an entry, and what it said.

    >>> source_of("inventory:a=60|abc|")
    ('inventory:a', '60|abc|')
    """
    source, _, said = entry.rpartition("=")
    return source, said


def claim_of(entry: str) -> Claim | None:
    """The claim of an entry; None where the source no longer asserts the node.

    >>> claim_of("finess=20|abc|2024-01-02")
    Claim(source='finess', rank=20, digest='abc', updated_at='2024-01-02')
    """
    source, said = source_of(entry)
    return None if said == GONE else Claim(source, *said_of(said))


def said_of(said: str) -> tuple[int, str, str]:
    """Rank, digest and instant of what follows the source in an entry."""
    rank, _, rest = said.partition("|")
    digest, _, updated_at = rest.partition("|")
    return (int(rank), digest, updated_at) if rest else (UNRANKED, UNWRITTEN, "")


def claims(entries: Iterable[str]) -> list[Claim]:
    """The live claims of entries."""
    return [claim for entry in entries if (claim := claim_of(entry)) is not None]


def gone_entry(source: str) -> str:
    """The entry of a source that no longer asserts the node."""
    return f"{source}={GONE}"


def order(node: NodeType, claim: Claim) -> tuple[int, int, str]:
    """Sorts the leader first: the sources that the model names, then by rank, then by name, so that the order of loading never decides."""
    family = claim.source.partition(":")[0]
    named = node.leaders.index(family) if family in node.leaders else len(node.leaders)
    return named, claim.rank, claim.source


def leader(node: NodeType, found: Sequence[Claim]) -> Claim | None:
    """The claim that leads; None when there is none."""
    return min(found, key=lambda one: order(node, one), default=None)


def peers(claim: Claim, found: Iterable[Claim]) -> list[Claim]:
    """The claims of the same tier: RORs, or the others. In a merged node each tier has a leader of its own for relations (M-3)."""
    return [one for one in found if one.is_ror == claim.is_ror]
