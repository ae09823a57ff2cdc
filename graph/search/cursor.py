"""Where a page ends: section, key and id of its last offer, bound to the search by a digest (S-9)."""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass

from graph.errors import BadInput


@dataclass(frozen=True, slots=True)
class Position:
    """The last offer seen: section 0 (TRUE) or 1 (UNKNOWN), its key of the order, its id."""

    section: int
    key: float | str
    id: str


def digest_of(*values: object) -> str:
    """A digest of what a cursor belongs to."""
    return hashlib.blake2b(repr(values).encode(), digest_size=8).hexdigest()


def cursor(position: Position, digest: str) -> str:
    """Opaque text that `position_of` reads with the same digest.

    >>> position_of(cursor(Position(0, 1.5, "06/1"), "d"), "d")
    Position(section=0, key=1.5, id='06/1')
    """
    return base64.urlsafe_b64encode(json.dumps([digest, position.section, position.key, position.id]).encode()).decode()


def position_of(text: str, digest: str) -> Position:
    """Read a cursor. Raises BadInput for text that is none, or one of another search."""
    try:
        held, section, key, identifier = json.loads(base64.urlsafe_b64decode(text.encode()))
    except (ValueError, TypeError, binascii.Error) as problem:
        raise BadInput("after: this is no cursor of an answer; take the endCursor of the page before.") from problem
    if held != digest:
        raise BadInput("after: this cursor belongs to another search; a cursor goes on only with the same arguments.")
    return Position(section, key, identifier)
