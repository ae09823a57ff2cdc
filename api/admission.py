"""Who may come in, and as whom: everybody as one caller (the operator's server), or each by its token (A-10, A-13)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from starlette.requests import Request

from api.caller import ANONYMOUS, LOCAL_OPERATOR, Caller
from api.certificates import thumbprint_of
from api.jwks import HTTPS, KeysUnread, key_set, of_file, usable_keys
from api.rates import Rates, address_of
from api.tokens import Expected, NotAdmitted, Tokens, Unauthenticated
from graph.errors import BadInput
from graph.settings import Settings


class Admission(Protocol):
    """Says who sent a request, and counts it."""

    @property
    def loopback_only(self) -> bool:
        """Whether a foreign Host or Origin is refused."""

    async def who(self, http: Request) -> Caller | NotAdmitted:
        """The caller, or why there is none: a value, because limits answer before it (A-8)."""

    def count(self, http: Request, who: Caller | NotAdmitted) -> None:
        """Count the request. Raises TooManyRequests."""


@dataclass(frozen=True, slots=True)
class Everybody:
    """Whoever asks is this caller; nothing is counted."""

    caller: Caller
    loopback_only: bool = True

    async def who(self, http: Request) -> Caller | NotAdmitted:  # noqa: ARG002 - credentials change nothing here
        """The one caller."""
        return self.caller

    def count(self, http: Request, who: Caller | NotAdmitted) -> None:
        """Not counted: the operator is alone on this machine's loopback."""


OPERATOR_ONLY: Final = Everybody(LOCAL_OPERATOR)


@dataclass(frozen=True, slots=True)
class Gateway:
    """What is believed of the gateway.

    `certificate_header`: where it puts the client's certificate; None: nowhere. `proxies`: how many proxies add to X-Forwarded-For.
    """

    certificate_header: str | None = None
    proxies: int = 0


class ByToken:
    """Without credentials profile 0, with a token what it says. `tokens` None: no token is taken."""

    loopback_only = False

    def __init__(self, rates: Rates, tokens: Tokens | None = None, gateway: Gateway = Gateway()) -> None:
        self._rates = rates
        self._tokens = tokens
        self._gateway = gateway

    async def who(self, http: Request) -> Caller | NotAdmitted:
        """The caller that the credentials name, or what is wrong with them."""
        try:
            token = bearer_token(http)
            return ANONYMOUS if token is None else await self._named_by(token, http)
        except NotAdmitted as wrong:
            return wrong

    async def _named_by(self, token: str, http: Request) -> Caller:
        if self._tokens is None:
            raise Unauthenticated("Authorization", "this server takes no tokens: RORGRAPH_JWKS is not set. Without one you have profile 0.")
        return await self._tokens.caller(token, self._thumbprint(http))

    def _thumbprint(self, http: Request) -> str | None:
        name = self._gateway.certificate_header
        values = [value for value in http.headers.getlist(name) if value.strip()] if name else []
        if not values:
            return None
        found = thumbprint_of(values[0]) if len(values) == 1 else None
        if found is None:
            raise Unauthenticated("certificate", f"the header {name} does not hold one certificate.")
        return found

    def count(self, http: Request, who: Caller | NotAdmitted) -> None:
        """Count the request: of the client that a valid token names, else of the address."""
        if isinstance(who, Caller) and who is not ANONYMOUS:
            self._rates.count(("client", who.client))
            return
        peer = http.client.host if http.client else ""
        self._rates.count(("address", address_of(peer, http.headers.getlist("x-forwarded-for"), self._gateway.proxies)))


def bearer_token(http: Request) -> str | None:
    """The token of a request; None without credentials. Raises Unauthenticated for credentials of another kind or in another place (RFC 6750, 2)."""
    if any(part.startswith(b"access_token=") for part in http.scope["query_string"].split(b"&")):
        raise Unauthenticated("access_token", "an address with its query stands in logs; send the token as Authorization: Bearer.")
    values = http.headers.getlist("authorization")
    if not values:
        return None
    scheme, _, token = values[0].strip().partition(" ")
    if len(values) > 1 or scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated("Authorization", "it must be one header, Bearer and a token.")
    return token.strip()


def admission_of(settings: Settings, requests_a_minute: int) -> ByToken:
    """The admission that the settings ask for. Raises BadInput for settings that cannot be used together, and for a JWKS file that holds no usable key."""
    gateway = Gateway(settings.client_cert_header, settings.proxies)
    return ByToken(Rates(requests_a_minute), _tokens(settings), gateway)


def _tokens(settings: Settings) -> Tokens | None:
    if settings.jwks is None:
        return None
    if settings.issuer is None or settings.audience is None:
        missing = "RORGRAPH_ISSUER" if settings.issuer is None else "RORGRAPH_AUDIENCE"
        raise BadInput(f"{missing}: it is not set. With RORGRAPH_JWKS both are needed: a token of another issuer, or for another server, is not taken.")
    if not settings.jwks.startswith(HTTPS):
        _check_file(Path(settings.jwks))
    return Tokens(key_set(settings.jwks), Expected(settings.issuer, settings.audience))


def _check_file(path: Path) -> None:
    try:
        if usable_keys(of_file(path)):
            return
        why = "the JWKS holds no RSA key for RS256 and no P-256 key for ES256"
    except KeysUnread as problem:
        why = str(problem)
    raise BadInput(f"RORGRAPH_JWKS: {why}.")
