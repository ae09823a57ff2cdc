"""Who asks. Every read goes through one Caller, so that the access policy has one place (docs/access.md)."""

from dataclasses import dataclass
from typing import Final

from graph.access import EVERYTHING, Viewer
from graph.access.viewer import NATIONAL, Profile


@dataclass(frozen=True, slots=True)
class Caller:
    """A client, and what it may see."""

    client: str
    viewer: Viewer


LOCAL_OPERATOR: Final = Caller("local", EVERYTHING)
ANONYMOUS: Final = Caller("anonymous", Viewer(Profile(0), NATIONAL, frozenset()))  # without credentials
OWN_NAMES: Final = frozenset({LOCAL_OPERATOR.client, ANONYMOUS.client})  # no token may take one: an audit line would lie
