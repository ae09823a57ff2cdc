"""Where a page ends: section, key and id of its last row, bound to what was asked by a digest; of a search it is signed too (S-9)."""

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any, Final

from graph.errors import BadInput

SIGNATURE: Final = 16  # bytes that are kept of an HMAC of SHA-256


@dataclass(frozen=True, slots=True)
class Position:
    """The last row seen: section 0 (TRUE) or 1 (UNKNOWN), its key of the order, its id."""

    section: int
    key: float | str
    id: str


@dataclass(frozen=True, slots=True)
class Bookmark:
    """What the cursor of a search holds. `asked`: digest of the search and of who asks; `at`: its day; `run`: the newest load at its first page."""

    position: Position
    asked: str
    at: str
    run: str


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
        raise _none() from problem
    if held != digest:
        raise of_another_search()
    return Position(section, key, identifier)


def signed(mark: Bookmark, key: bytes) -> str:
    """Opaque text that only who has the key can make, and `bookmark_of` reads.

    >>> bookmark_of(signed(Bookmark(Position(0, 1.5, "06/1"), "d", "2026-06-01", "r"), b"k"), b"k").position
    Position(section=0, key=1.5, id='06/1')
    """
    last = mark.position
    body = json.dumps([mark.asked, mark.at, mark.run, last.section, last.key, last.id]).encode()
    return base64.urlsafe_b64encode(_signature(body, key) + body).decode()


def bookmark_of(text: str, key: bytes) -> Bookmark:
    """Read a signed cursor. Raises BadInput for text that is none, was changed, or was signed with another key."""
    try:
        whole = base64.urlsafe_b64decode(text.encode())
    except (ValueError, binascii.Error) as problem:
        raise _none() from problem
    body = whole[SIGNATURE:]
    if not hmac.compare_digest(whole[:SIGNATURE], _signature(body, key)):
        raise _none()
    asked, at, run, *last = _content(body)
    return Bookmark(Position(*last), asked, at, run)


def _content(body: bytes) -> list[Any]:
    content: list[Any] = json.loads(body)
    return content


def _signature(body: bytes, key: bytes) -> bytes:
    return hmac.digest(key, body, "sha256")[:SIGNATURE]


def _none() -> BadInput:
    return BadInput("after: this is no cursor of an answer; take the endCursor of the page before.")


def of_another_search() -> BadInput:
    """The error for a cursor that is right, but not here."""
    return BadInput("after: this cursor belongs to another search; a cursor goes on only with the same arguments.")
