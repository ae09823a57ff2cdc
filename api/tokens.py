"""From an access token to a Caller (A-10): JWT (RFC 7519), RS256 or ES256, perhaps bound to a certificate (RFC 8705).

Whatever is wrong is an Unauthenticated that names the claim, never its value nor the token; nothing wrong ends as a lesser profile.
"""

import hmac
import json
import math
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, NoReturn

from jwt import PyJWS
from jwt.exceptions import PyJWTError

from api.caller import OWN_NAMES, Caller
from api.jwks import ALGORITHMS, KeySet, KeysUnread
from graph.access import PROFILES, Scope, Viewer
from graph.access.viewer import NATIONAL, Profile, RegionCode
from graph.errors import Code, RorGraphError

MAX_CHARACTERS: Final = 8_192  # of a token
MAX_CLIENT: Final = 255  # characters of `sub`
LEEWAY_SECONDS: Final = 30.0  # clocks that differ, for `nbf` and `iat`; none for `exp`
REGION: Final = re.compile(r"[0-9]{2,3}", re.ASCII)  # 11, 975
SCOPES: Final[Mapping[str, Scope]] = {scope.value: scope for scope in Scope}
Claims = Mapping[str, object]


class NotAdmitted(RorGraphError):
    """Who asks cannot be told, so nothing is answered. `status`: of the HTTP response."""

    status = HTTPStatus.UNAUTHORIZED


class Unauthenticated(NotAdmitted):
    """Credentials came and are not valid; `what`: the claim, the part of the token or the header that is wrong."""

    code = Code.UNAUTHENTICATED

    def __init__(self, what: str, why: str) -> None:
        self.what = what
        super().__init__(f"{what}: {why}")


class KeysUnavailable(NotAdmitted):
    """A token came and there are no keys to check it with, for now."""

    code = Code.UNAVAILABLE
    status = HTTPStatus.SERVICE_UNAVAILABLE


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say: who issued it, and for whom."""

    issuer: str
    audience: str


class Tokens:
    """Checks tokens against the keys of their issuer. `clock`: seconds since 1970."""

    def __init__(self, keys: KeySet, expected: Expected, clock: Callable[[], float] = time.time) -> None:
        self._keys = keys
        self._expected = expected
        self._clock = clock
        self._signatures = PyJWS(algorithms=ALGORITHMS)

    async def caller(self, token: str, thumbprint: str | None) -> Caller:
        """Who sent this token. `thumbprint`: of the client's certificate, where the gateway passed one. Raises Unauthenticated, KeysUnavailable."""
        return caller_of(await self._claims(token), self._expected, self._clock(), thumbprint)

    async def _claims(self, token: str) -> Claims:
        """The claims of a token whose signature is right."""
        if len(token) > MAX_CHARACTERS:
            _wrong("token", f"it has more than {MAX_CHARACTERS} characters.")
        kid, algorithm = self._header(token)
        try:
            key = await self._keys.find_key(kid, algorithm)
        except KeysUnread as why:
            raise KeysUnavailable(f"{why}. Try again in a moment.") from why
        if key is None:
            _wrong("kid", "the issuer has no key of this id and algorithm (without an id: not exactly one of this algorithm).")
        try:
            return _object(self._signatures.decode(token, key, algorithms=[algorithm]))
        except PyJWTError as error:
            raise Unauthenticated("signature", "it is not that of the issuer.") from error

    def _header(self, token: str) -> tuple[str | None, str]:
        try:
            header = self._signatures.get_unverified_header(token)
        except (PyJWTError, UnicodeError) as error:
            raise Unauthenticated("token", "it is no signed JWT of three parts in base64url.") from error
        algorithm = header.get("alg")
        if algorithm not in ALGORITHMS:
            _wrong("alg", f"only {' and '.join(ALGORITHMS)} are taken.")
        return header.get("kid"), str(algorithm)


def caller_of(claims: Claims, expected: Expected, now: float, thumbprint: str | None = None) -> Caller:
    """The caller that claims name, when each of them is in order at `now`, in seconds since 1970. Raises Unauthenticated."""
    _in_time(claims, now)
    if claims.get("iss") != expected.issuer:
        _wrong("iss", "it is not the issuer that this server takes tokens from.")
    audience = claims.get("aud")
    if expected.audience not in (audience if isinstance(audience, list) else [audience]):
        _wrong("aud", "the token is not for this server.")
    _bound(claims, thumbprint)
    return Caller(_client(claims), Viewer(_profile(claims), _perimeter(claims), _scopes(claims)))


def _in_time(claims: Claims, now: float) -> None:
    if "exp" not in claims:
        _wrong("exp", "it is missing; a token must say when it ends.")
    if _seconds(claims, "exp") <= now:
        _wrong("exp", "the token has expired.")
    for name in ("nbf", "iat"):
        if name in claims and _seconds(claims, name) > now + LEEWAY_SECONDS:
            _wrong(name, "it lies in the future.")


def _seconds(claims: Claims, name: str) -> float:
    value = claims[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        _wrong(name, "it must be a number, seconds since 1970.")
    return value


def _bound(claims: Claims, thumbprint: str | None) -> None:
    """A token that is bound to a certificate comes with it; a client that shows a certificate has a token that is bound to it (RFC 8705, 3)."""
    if "cnf" not in claims and thumbprint is None:
        return
    bound = claims.get("cnf")
    stated = bound.get("x5t#S256") if isinstance(bound, dict) else None
    if not isinstance(stated, str):
        _wrong("cnf", "it must hold x5t#S256: no other binding is taken, and a client that shows a certificate needs a token that is bound to it.")
    if thumbprint is None:
        _wrong("cnf", "the token is bound to a certificate, and the gateway passed none.")
    if not hmac.compare_digest(stated.encode(errors="replace"), thumbprint.encode()):
        _wrong("cnf", "the token is bound to another certificate.")


def _client(claims: Claims) -> str:
    client = claims.get("sub")
    if not isinstance(client, str) or not client.strip() or len(client) > MAX_CLIENT:
        _wrong("sub", f"it must name the client, in 1 to {MAX_CLIENT} characters.")
    if client in OWN_NAMES:
        _wrong("sub", f"{' and '.join(sorted(OWN_NAMES))} are names of this server's own.")
    return client


def _profile(claims: Claims) -> Profile:
    profile = claims.get("ror_profile")
    if isinstance(profile, bool) or not isinstance(profile, int) or profile not in PROFILES:
        _wrong("ror_profile", "it must be a number from 0 to 5.")
    return Profile(profile)


def _perimeter(claims: Claims) -> frozenset[RegionCode] | None:
    perimeter = claims.get("ror_perimeter")
    if perimeter == "NATIONAL":
        return NATIONAL
    if not isinstance(perimeter, list) or not perimeter or not all(isinstance(one, str) and REGION.fullmatch(one) for one in perimeter):
        _wrong("ror_perimeter", "it must be NATIONAL or a list, not empty, of INSEE codes of regions.")
    return frozenset(map(RegionCode, perimeter))


def _scopes(claims: Claims) -> frozenset[Scope]:
    """Words that this server does not know are another server's (A-10)."""
    words = claims.get("scope", "")
    if not isinstance(words, str):
        _wrong("scope", "it must be one text, words with a blank between.")
    return frozenset(SCOPES[word] for word in words.split() if word in SCOPES)


def _object(payload: bytes) -> Claims:
    try:
        claims = json.loads(payload)
    except (ValueError, RecursionError):
        claims = None
    if not isinstance(claims, dict):
        _wrong("token", "its claims are no JSON object.")
    return claims


def _wrong(what: str, why: str) -> NoReturn:
    raise Unauthenticated(what, why)
