"""The public keys of those who issue tokens: a JWKS (RFC 7517) in a file or at an https address, kept and read again (A-10).

Only RSA keys for RS256 and P-256 keys for ES256 are taken, each for its own algorithm, whatever a token says of itself. Of a key only its public
members are read.
"""

import asyncio
import http.client
import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from jwt import PyJWK
from jwt.exceptions import PyJWTError

LOG: Final = logging.getLogger("rorgraph.api")
HTTPS: Final = "https://"
MAX_BYTES: Final = 100_000
FETCH_SECONDS: Final = 5.0
PAUSE_SECONDS: Final = 60.0  # between two readings, whatever the tokens ask for
FRESH_SECONDS: Final = 3600.0  # then read again, so that a withdrawn key ends
SHORTEST_RSA: Final = 2048  # bits (RFC 7518, 3.3)
PUBLIC: Final[Mapping[tuple[object, object], tuple[str, tuple[str, ...]]]] = {
    ("RSA", None): ("RS256", ("n", "e")),
    ("EC", "P-256"): ("ES256", ("crv", "x", "y")),
}
ALGORITHMS: Final = ("RS256", "ES256")


class KeysUnread(Exception):
    """The keys could not be read; the sentence says why, without the content."""


class KeySet:
    """The keys of one place. `read` gives the JWKS or raises KeysUnread; it is called in a thread. `clock` counts seconds."""

    def __init__(self, read: Callable[[], bytes], clock: Callable[[], float] = time.monotonic) -> None:
        self._read = read
        self._clock = clock
        self._keys: Sequence[PyJWK] | None = None
        self._read_at = self._tried_at = -FRESH_SECONDS
        self._reading = asyncio.Lock()

    async def find_key(self, kid: str | None, algorithm: str) -> PyJWK | None:
        """The only key of this id and algorithm; without an id the only one of this algorithm. Raises KeysUnread when none was ever read.

        An unknown id has the set read again, once a minute at most; so does a set of an hour. While it cannot be read the known keys stay.
        """
        found = self._found(kid, algorithm)
        old = self._clock() - self._read_at >= FRESH_SECONDS
        if found is None or (old and not self._reading.locked()):
            await self._again()
            found = self._found(kid, algorithm)
        if self._keys is None:
            raise KeysUnread("The keys that tokens are checked with cannot be read now")
        return found

    def _found(self, kid: str | None, algorithm: str) -> PyJWK | None:
        fitting = [key for key in self._keys or () if key.algorithm_name == algorithm and kid in (None, key.key_id)]
        return fitting[0] if len(fitting) == 1 else None

    async def _again(self) -> None:
        async with self._reading:
            now = self._clock()
            if self._keys is not None and now - self._tried_at < PAUSE_SECONDS:
                return
            if self._keys is None and now - self._tried_at < FETCH_SECONDS:  # nothing is known yet: soon again, but not with every request
                return
            self._tried_at = now
            try:
                self._keys = usable_keys(await asyncio.to_thread(self._read))
                self._read_at = now
            except KeysUnread as why:
                LOG.warning("RORGRAPH_JWKS: %s", why)


def key_set(place: str) -> KeySet:
    """The keys of a file or of an https address."""
    return KeySet((lambda: fetched(place)) if place.startswith(HTTPS) else (lambda: of_file(Path(place))))


def of_file(path: Path) -> bytes:
    """The content of a JWKS file. Raises KeysUnread."""
    try:
        with path.open("rb") as file:
            return _bounded(file.read(MAX_BYTES + 1))
    except OSError as problem:
        raise KeysUnread(f"{path} cannot be read ({problem.strerror})") from problem


class _NoRedirect(HTTPRedirectHandler):
    """The address of the settings is the one that is trusted, not where it points to."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def fetched(address: str) -> bytes:
    """What an https address answers, within FETCH_SECONDS and MAX_BYTES, without following it elsewhere. Raises KeysUnread."""
    deadline = time.monotonic() + FETCH_SECONDS
    content = b""
    try:
        with build_opener(_NoRedirect).open(Request(address, headers={"accept": "application/json"}), timeout=FETCH_SECONDS) as response:
            while len(content) <= MAX_BYTES and (part := response.read1(MAX_BYTES)):
                content += part
                if time.monotonic() > deadline:
                    raise KeysUnread(f"{address} did not answer within {FETCH_SECONDS:g} s")
    except HTTPError as problem:
        problem.close()
        raise KeysUnread(f"{address} answered with the status {problem.code}") from problem
    except (OSError, http.client.HTTPException) as problem:
        raise KeysUnread(f"{address} cannot be reached ({type(problem).__name__})") from problem
    return _bounded(content)


def _bounded(content: bytes) -> bytes:
    if len(content) > MAX_BYTES:
        raise KeysUnread(f"the JWKS is larger than {MAX_BYTES} bytes")
    return content


def usable_keys(content: bytes) -> list[PyJWK]:
    """The keys of a JWKS that signatures can be checked with; others are left. Raises KeysUnread for what is no JWKS."""
    try:
        given = json.loads(content)
    except (ValueError, RecursionError) as problem:
        raise KeysUnread("the JWKS is not JSON") from problem
    if not isinstance(given, dict) or not isinstance(keys := given.get("keys"), list):
        raise KeysUnread("the JWKS is no JSON object with a list `keys`")
    return [usable for one in keys if isinstance(one, dict) and (usable := _usable(one)) is not None]


def _usable(given: Mapping[str, Any]) -> PyJWK | None:
    try:
        algorithm, members = PUBLIC[given.get("kty"), given.get("crv")]
    except (KeyError, TypeError):
        return None
    if given.get("alg", algorithm) != algorithm or given.get("use", "sig") != "sig" or not isinstance(given.get("kid", ""), str):
        return None
    public = {name: given[name] for name in ("kty", "kid", *members) if name in given}
    try:
        key = PyJWK(public, algorithm)
    except PyJWTError:
        return None
    return key if algorithm != "RS256" or key.key.key_size >= SHORTEST_RSA else None
