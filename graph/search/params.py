"""The parameters of one statement."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any


@dataclass(slots=True)
class Params:
    """Values by name; equal values share one. `moment`: the instant of the answer, which tells whether a count of beds is fresh."""

    values: dict[str, Any] = field(default_factory=dict)
    moment: datetime = field(default_factory=lambda: datetime.now(UTC))

    def of(self, value: tuple[str, ...]) -> str:
        """The name of the parameter that holds `value`."""
        return self.put(list(value))[1:]

    def put(self, value: Any) -> str:
        """The parameter that holds `value`, as Cypher writes it: `$` and its name."""
        for name, held in self.values.items():
            if name.startswith("v") and type(held) is type(value) and held == value:
                return f"${name}"
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f"${name}"
