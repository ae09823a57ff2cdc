"""The rules M-1 to M-8 once more, plainly, over statements in memory: what the graph must hold after any sequence of loads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graph.runs import Mode

RANKS = {"finess": 20, "ror:A": 70, "ror:B": 80}
MERGED = "GeographicEntity"


class Stated(NamedTuple):
    """What a source states of an object. `props`: None is stated empty; `ends`: of its own relations; `phones`: usage by number."""

    props: Mapping[str, Any]
    ends: frozenset[str]
    phones: Mapping[str, str]
    updated_at: str | None


Object = tuple[str, str]  # label, key


@dataclass
class Rules:
    """Live statements by source and object."""

    said: dict[str, dict[Object, Stated]] = field(default_factory=lambda: {source: {} for source in RANKS})

    def load(self, source: str, mode: Mode, rows: Mapping[Object, Stated]) -> int:
        """Take a load in; how many rows it rejects as stale."""
        held, stale = self.said[source], 0
        for which in [one for one in held if mode is Mode.FULL and one not in rows]:
            del held[which]
        for which, now in rows.items():
            before = held.get(which)
            if before is not None and now.updated_at and before.updated_at and now.updated_at < before.updated_at:
                stale += 1
                continue
            kept = before.props if before is not None and source == "finess" else {}
            held[which] = now._replace(props={**kept, **now.props})
        return stale

    def graph(self) -> dict[Object, Any]:
        """By object: properties that are not empty, who leads, relations with their source, phones with usage and source, who asserts."""
        objects = {which for held in self.said.values() for which in held}
        return {which: self._node(which) for which in objects}

    def _node(self, which: Object) -> Any:
        ranked = sorted((RANKS[source], source) for source, held in self.said.items() if which in held)
        sources = [source for _, source in ranked]
        writers = sources[:1]
        if which[0] == MERGED:
            writers = [source for source in sources if source == "finess"] + [source for source in sources if source != "finess"][:1]
        phones: dict[str, Any] = {}
        for source in writers:
            for number, usage in self.said[source][which].phones.items():
                phones.setdefault(number, [usage, source])
        links = sorted([end, source] for source in writers for end in self.said[source][which].ends)
        links += sorted(["application", source] for source in sources if which[0] == "Offer")
        return [self._props(which, sources), sources[0], sorted(links), phones, sorted(sources)]

    def _props(self, which: Object, sources: list[str]) -> dict[str, Any]:
        stated = [self.said[source][which].props for source in (sources if which[0] == MERGED else sources[:1])]
        found: dict[str, Any] = {}
        for props in stated:
            for name, value in props.items():
                if value is not None and name != "closing_type":
                    found.setdefault(name, value)
        if stated[0].get("closing_type") is not None:
            found["closing_type"] = stated[0]["closing_type"]
        return found
