"""Where a source stands with an object that it is about to write: alone, leading, following, or sharing it with others (M-2, M-3).

Decided here and not in the store: there is one writer (the lease), and so what the store held when it was asked is what it holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from graph.model.kinds import NodeType
from graph.writing.claims import GONE, Claim, claims, leader, order, peers, said_of


class Role(StrEnum):
    """What a source writes of an object."""

    ALONE = "alone"  # all: no other source asserts it
    LEADS = "leads"  # all: others assert it and follow
    FOLLOWS = "follows"  # its entry, its record, and the relations that each source states for itself
    SHARES = "shares"  # a merged label: the properties are put together with what the others state


@dataclass(frozen=True, slots=True)
class Standing:
    """`others`: the entries of the other sources. `links`: its relations and owned nodes stand on the node.

    `over`: the source whose relations and owned nodes go, because these come in their place. `fresh`: nothing that it said before stands on the
    node, so what it leaves out of its properties becomes null. `yields`: it led and no longer does, for its rank has changed.
    """

    role: Role
    others: tuple[str, ...] = ()
    links: bool = True
    over: str | None = None
    fresh: bool = False
    yields: bool = False


ALONE: Final = Standing(Role.ALONE)


@dataclass(frozen=True, slots=True)
class Newest:
    """The value that a node of a label of which the newest leads has: its instant, and who gave it."""

    updated_at: str
    rank: int
    source: str


def standing(node: NodeType, mine: Claim, before: str | None, others: Sequence[str]) -> Standing:
    """Standing of the claim `mine`; `before`: what the same source's entry said until now (None: no entry), `others`: the other entries."""
    live = claims(others)
    was = None if before is None or before == GONE else Claim(mine.source, *said_of(before))
    if not live:
        return Standing(Role.ALONE, tuple(others), fresh=was is None and bool(before or others))
    rivals = peers(mine, live) if node.merged else live
    leads = all(order(node, mine) < order(node, one) for one in rivals)
    former = leader(node, [*rivals, was] if was else rivals)
    over = former.source if leads and former and former.source != mine.source else None
    yields = not leads and former is not None and former.source == mine.source
    role = Role.SHARES if node.merged else Role.LEADS if leads else Role.FOLLOWS
    return Standing(role, tuple(others), leads, over, fresh=was is None or (over is not None and not node.merged), yields=yields)


def newest_standing(mine: Claim, newest: Newest | None, others: Sequence[str]) -> Standing:
    """The same for a label of which the newest leads: of equal instants the smaller rank (M-3). What is older has been refused before."""
    leads = newest is None or mine.updated_at > newest.updated_at
    if newest is not None and mine.updated_at == newest.updated_at:
        leads = (mine.rank, mine.source) <= (newest.rank, newest.source)
    return Standing(Role.LEADS if leads else Role.FOLLOWS, tuple(others), fresh=True)
