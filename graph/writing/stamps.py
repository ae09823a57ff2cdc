"""What a run stamps on all that it writes (invariant 5)."""

from dataclasses import dataclass, replace

from graph.model.kinds import Value
from graph.runs import Run
from graph.writing.claims import Claim


@dataclass(frozen=True, slots=True)
class Stamps:
    """`rank` is the source's (M-3), `now` ISO 8601 in UTC."""

    run: Run
    rank: int
    now: str

    @property
    def source(self) -> str:
        """The source as written on nodes and relations."""
        return self.run.of

    def of(self, claim: Claim) -> "Stamps":
        """The same run, where it writes what another source states."""
        return Stamps(replace(self.run, of=claim.source), claim.rank, self.now)

    def node(self) -> dict[str, Value]:
        """On a node whose values are this source's."""
        return {"source": self.source, "run": self.run.id, "last_seen": self.now}

    def seen(self) -> dict[str, Value]:
        """On a node whose values are another source's, or of several."""
        return {"run": self.run.id, "last_seen": self.now}

    def owned(self) -> dict[str, Value]:
        """On a node that hangs on another: it lives and goes with it."""
        return {**self.node(), "gone_on": None, "lead": self.rank}

    def stub(self) -> dict[str, Value]:
        """On a stub: named, not asserted (M-10)."""
        return {**self.node(), "first_seen": self.now, "stub": True}

    def link(self) -> dict[str, Value]:
        """On a relation; its source is part of its key."""
        return {"run": self.run.id, "last_seen": self.now, "source_rank": self.rank, "gone_on": None}
