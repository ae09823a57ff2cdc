"""Keys and tokens for trying out what a profile sees: `rorgraph token`. In production they come from an issuer of its own (docs/operations.md)."""

import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from jwt import encode
from jwt.algorithms import ECAlgorithm

from api.tokens import Expected, Unauthenticated, caller_of
from graph.errors import BadInput

PRIVATE: Final = "private.pem"
PUBLIC: Final = "jwks.json"
ALGORITHM: Final = "ES256"
TRIAL: Final = Expected("rorgraph-trial", "rorgraph")
LONGEST_MINUTES: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What a token shall say. `perimeter` empty: national. `minutes`: its life."""

    client: str
    profile: int
    perimeter: Sequence[str] = ()
    scopes: Sequence[str] = ()
    minutes: int = 60


def trial_token(folder: Path, expected: Expected, asked: Asked, now: int) -> str:
    """A token signed with the key of this folder; its keys are made at the first use, the private one for its owner's eyes only.

    `now`: seconds since 1970. Raises BadInput for claims that the server would refuse, and for a folder that cannot be used.
    """
    claims = {
        "iss": expected.issuer,
        "aud": expected.audience,
        "sub": asked.client,
        "iat": now,
        "exp": now + 60 * asked.minutes,
        "ror_profile": asked.profile,
        "ror_perimeter": list(asked.perimeter) or "NATIONAL",
        "scope": " ".join(asked.scopes),
    }
    try:
        caller_of(claims, expected, now)
    except Unauthenticated as wrong:
        raise BadInput(str(wrong)) from wrong
    try:
        key = _private_key(folder)
    except OSError as problem:
        raise BadInput(f"--keys: {folder} cannot be used ({problem.strerror}). Name a folder of yours.") from problem
    except ValueError as problem:
        raise BadInput(f"--keys: {folder / PRIVATE} holds no private key without password. Name a new folder.") from problem
    return encode(claims, key, ALGORITHM, headers={"kid": _public(key)["kid"]})


def _private_key(folder: Path) -> ec.EllipticCurvePrivateKey:
    """The key of a folder. Its JWKS is written each time: a key without it would be of no use."""
    path = folder / PRIVATE
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_new(path)
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("no P-256 key")
    (folder / PUBLIC).write_text(json.dumps({"keys": [_public(key)]}, indent=1) + "\n", encoding="utf-8")
    return key


def _write_new(path: Path) -> None:
    """Never readable by others, not for a moment; beside first, so that a killed command leaves no half of a key."""
    made = ec.generate_private_key(ec.SECP256R1())
    text = made.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    beside = path.with_name(f".{PRIVATE}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text)
    beside.replace(path)


def _public(key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    public = ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {name: str(public[name]) for name in ("kty", "crv", "x", "y")} | {"use": "sig", "alg": ALGORITHM, "kid": f"trial-{str(public['x'])[:8]}"}
