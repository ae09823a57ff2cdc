"""Settings: read once from the environment, `RORGRAPH_*` (docs/settings.md lists them; a test compares)."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import BadInput

SHORTEST_KEY = 16
MOST_PROXIES = 9
SCHEMES = ("bolt", "neo4j", "bolt+s", "neo4j+s", "bolt+ssc", "neo4j+ssc")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the store is and how it is reached. `uri` None: the embedded server, its data in `home`."""

    uri: str | None = None
    user: str = "neo4j"
    password: str | None = field(default=None, repr=False)
    database: str | None = None
    home: Path = Path("~/.local/share/rorgraph")
    heap: str = "2g"  # of the embedded server, as Java writes it
    batch: int = 2000  # rows a transaction
    cursor_key: str | None = field(default=None, repr=False)  # None: one is kept in `home`
    jwks: str | None = None  # keys of access tokens: a file, or an https address; None: no token is taken
    issuer: str | None = None
    audience: str | None = None
    client_cert_header: str | None = None  # where the gateway puts the client's certificate; None: nowhere
    proxies: int = 0  # that are trusted to add to X-Forwarded-For


DEFAULT = Settings()


def settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings.

    Raises BadInput, naming the variable, for a value that cannot be used.
    """
    get = {name.removeprefix("RORGRAPH_"): value for name, value in environment.items() if name.startswith("RORGRAPH_") and value}
    return Settings(
        uri=_uri(get.get("URI")),
        user=get.get("USER", DEFAULT.user),
        password=_password(get),
        database=get.get("DATABASE"),
        home=Path(get.get("HOME", str(DEFAULT.home))).expanduser().absolute(),
        heap=_heap(get.get("HEAP", DEFAULT.heap)),
        batch=_batch(get.get("BATCH", str(DEFAULT.batch))),
        cursor_key=_cursor_key(get.get("CURSOR_KEY")),
        jwks=_jwks(get.get("JWKS")),
        issuer=get.get("ISSUER"),
        audience=get.get("AUDIENCE"),
        client_cert_header=_header(get.get("CLIENT_CERT_HEADER")),
        proxies=_proxies(get.get("PROXIES", str(DEFAULT.proxies))),
    )


def _uri(text: str | None) -> str | None:
    if text is None or text.partition("://")[0] in SCHEMES:
        return text
    raise BadInput(f"RORGRAPH_URI: it must start with one of {', '.join(s + '://' for s in SCHEMES)}. Leave it empty for the embedded server.")


def _password(get: Mapping[str, str]) -> str | None:
    if "PASSWORD_FILE" not in get:
        return get.get("PASSWORD")
    try:
        return Path(get["PASSWORD_FILE"]).read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise BadInput(f"RORGRAPH_PASSWORD_FILE: {get['PASSWORD_FILE']} cannot be read ({problem.strerror}).") from problem


def _heap(text: str) -> str:
    if text[:-1].isdigit() and text[-1] in "mgMG":
        return text.lower()
    raise BadInput(f"RORGRAPH_HEAP: '{text}' is not a heap size; write for example 512m or 2g.")


def _cursor_key(text: str | None) -> str | None:
    if text is None or len(text) >= SHORTEST_KEY:
        return text
    raise BadInput(f"RORGRAPH_CURSOR_KEY: it has {len(text)} characters, at least {SHORTEST_KEY} are needed. Leave it empty for a key of this machine.")


def _jwks(text: str | None) -> str | None:
    if text is None or text.startswith("https://") or "://" not in text:
        return text
    raise BadInput("RORGRAPH_JWKS: it must be a file or an https:// address; keys that come unprotected prove nothing.")


def _header(text: str | None) -> str | None:
    if text is None or re.fullmatch(r"[A-Za-z0-9-]+", text):
        return text
    raise BadInput(f"RORGRAPH_CLIENT_CERT_HEADER: '{text}' is not the name of a header; write for example Client-Cert.")


def _proxies(text: str) -> int:
    if text.isdigit() and int(text) <= MOST_PROXIES:
        return int(text)
    raise BadInput(f"RORGRAPH_PROXIES: '{text}' is not a number of proxies from 0 to {MOST_PROXIES}.")


def _batch(text: str) -> int:
    if text.isdigit() and 1 <= int(text) <= 10_000:
        return int(text)
    raise BadInput(f"RORGRAPH_BATCH: '{text}' is not a number of rows from 1 to 10000.")
