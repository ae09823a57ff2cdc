"""An issuer of access tokens for the tests: its keys, its JWKS, its tokens."""

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt import encode
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from api.admission import ByToken, Gateway
from api.jwks import KeySet
from api.rates import Rates
from api.tokens import Expected, Tokens

NOW: Final = 1_800_000_000
EXPECTED: Final = Expected("https://issuer.example", "rorgraph")
CERTIFICATE: Final = b"\x30\x03\x02\x01\x07"  # a DER sequence: what it says is the gateway's affair
THUMBPRINT: Final = base64.urlsafe_b64encode(hashlib.sha256(CERTIFICATE).digest()).decode().rstrip("=")
CERT_HEADER: Final = "Client-Cert"
IN_ORDER: Final[Mapping[str, Any]] = {
    "iss": EXPECTED.issuer,
    "aud": EXPECTED.audience,
    "sub": "samu-96",
    "iat": NOW - 10,
    "exp": NOW + 600,
    "ror_profile": 3,
    "ror_perimeter": ["96", "11"],
    "scope": "runs openid quality",
}


@cache
def rsa_key(name: str = "rsa") -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@cache
def ec_key(name: str = "ec") -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def jwk(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, **more: object) -> dict[str, Any]:
    public: dict[str, Any] = (
        RSAAlgorithm.to_jwk(key.public_key(), as_dict=True) if isinstance(key, rsa.RSAPrivateKey) else ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
    )
    return {name: value for name, value in public.items() if name != "key_ops"} | more


def jwks(*keys: Mapping[str, Any]) -> bytes:
    return json.dumps({"keys": keys}).encode()


def published() -> bytes:
    return jwks(jwk(rsa_key(), kid="r1", use="sig"), jwk(ec_key(), kid="e1", alg="ES256"))


def token(claims: Mapping[str, Any] = IN_ORDER, key: Any = None, algorithm: str = "RS256", **header: Any) -> str:
    """Signed with the issuer's RSA key; `header`: more of its head, None leaves one away."""
    head = {name: value for name, value in ({"kid": "r1"} | header).items() if value is not None}
    return encode(dict(claims), rsa_key() if key is None else key, algorithm, headers=head)


def but(**changed: Any) -> dict[str, Any]:
    """The claims in order, but for these; None leaves one away."""
    return {name: value for name, value in (dict(IN_ORDER) | changed).items() if value is not None}


def tokens(keys: bytes | None = None) -> Tokens:
    return Tokens(KeySet(lambda: published() if keys is None else keys), EXPECTED, lambda: NOW)


def admission(requests: int = 1000, *, cert_header: str | None = CERT_HEADER, proxies: int = 0) -> ByToken:
    return ByToken(Rates(requests), tokens(), Gateway(cert_header, proxies))
