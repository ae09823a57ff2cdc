"""How severities look: by shape, line and ground, so that none is told by colour alone (WCAG 2.2, 1.4.1)."""

from dataclasses import dataclass
from typing import Final

from graph.impact.severity import Severity


@dataclass(frozen=True, slots=True)
class Look:
    """How a severity is drawn: `shape` is a path in a square of 12; all pairs of line and ground contrast by 4.5 at least."""

    ground: str
    line: str
    shape: str
    thick: float


LOOKS: Final = {
    None: Look("#1b1b1b", "#1b1b1b", "M2 2 L10 10 M10 2 L2 10", 1.5),
    Severity.RUPTURE: Look("#fde4e1", "#8c0d12", "M1 1 H11 V11 H1 Z", 3),
    Severity.DEGRADED: Look("#fdf0d9", "#7a4300", "M6 1 L11.5 11 H0.5 Z", 2),
    Severity.TO_MIGRATE: Look("#e4edf8", "#1f4e8c", "M1 1 L11.5 6 L1 11 Z", 1.5),
    Severity.INFORMED: Look("#f2f2f2", "#404040", "M6 1 A5 5 0 1 1 5.99 1 Z", 1),
}
