"""Who asks. Every read goes through one Caller, so that the access policy has one place (docs/access.md)."""

from dataclasses import dataclass
from typing import Final

from graph.access import EVERYTHING, Viewer


@dataclass(frozen=True, slots=True)
class Caller:
    """A client, and what it may see."""

    client: str
    viewer: Viewer


LOCAL_OPERATOR: Final = Caller("local", EVERYTHING)
