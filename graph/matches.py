"""Where a match of two nodes stands (M-12; docs/reconciliation.md): written by graph/writing/matches.py, read by graph/reconciliation."""

from enum import StrEnum
from typing import Final


class MatchState(StrEnum):
    """`decided`: by a rule that decides; `proposed`: it counts as absent until a person confirms it. What is withdrawn is as if it had never been said."""

    DECIDED = "decided"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STANDING: Final = frozenset({MatchState.DECIDED, MatchState.CONFIRMED})
