"""The certificate of a client, as the gateway that ended its TLS passes it in a header (RFC 8705, RFC 9440)."""

import base64
import binascii
import hashlib
import re
from typing import Final
from urllib.parse import unquote

MAX_CHARACTERS: Final = 20_000
PEM: Final = re.compile(r"-----BEGIN CERTIFICATE-----(.+?)-----END CERTIFICATE-----", re.DOTALL)


def thumbprint_of(header: str) -> str | None:
    """`x5t#S256` of the certificate in a header: base64url of the SHA-256 of its DER, without padding. None for what is no certificate.

    Three forms are read: base64 of the DER between colons (RFC 9440), the same without colons, PEM with its blanks escaped; of several in PEM the first.
    """
    der = _der(header.strip()) if len(header) <= MAX_CHARACTERS else None
    return None if der is None else base64.urlsafe_b64encode(hashlib.sha256(der).digest()).decode().rstrip("=")


def _der(text: str) -> bytes | None:
    armoured = PEM.search(unquote(text)) if "BEGIN" in text else None
    coded = "".join(armoured[1].split()) if armoured else text.removeprefix(":").removesuffix(":")
    try:
        der = base64.b64decode(coded, validate=True)
    except (binascii.Error, ValueError):
        return None
    return der if der.startswith(b"\x30") else None  # a DER SEQUENCE, as each certificate is
