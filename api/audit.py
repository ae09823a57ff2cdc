"""One line a request: who asked what kind of question, how long it took, what came of it (A-12). Never a value nor an address with a query."""

import json
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from api.caller import Caller

LOG: Final = logging.getLogger("rorgraph.audit")
DONE: Final = "OK"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known of a request once it is answered. `rows`: rows that the store gave. `codes`: of its errors, sorted."""

    operation: str | None
    seconds: float
    rows: int
    codes: tuple[str, ...]


def record(caller: Caller | None, outcome: Outcome) -> None:
    """Write the line, as JSON. `caller` None: who asked could not be told, and nothing of a token that is not valid is written."""
    LOG.info(json.dumps(_fields(caller, outcome, datetime.now(UTC))))


def log_to_stderr() -> None:
    """Audit lines and reference numbers of errors go to standard error, each on its own line."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    root = logging.getLogger("rorgraph")
    root.handlers = [handler]
    root.setLevel(logging.INFO)


def _fields(caller: Caller | None, outcome: Outcome, now: datetime) -> dict[str, object]:
    return {
        "time": now.isoformat(timespec="milliseconds"),
        "client": _harmless(caller.client) if caller else None,
        "profile": caller.viewer.profile if caller else None,
        "perimeter": caller.viewer.perimeter_text if caller else None,
        "operation": outcome.operation,
        "ms": round(outcome.seconds * 1000, 1),
        "rows": outcome.rows,
        "outcome": ",".join(outcome.codes) or DONE,
    }


def _harmless(client: str) -> str:
    """A name that a token brought, as a log may hold it: one line, no sequence that a terminal obeys. Its length is bounded by its check."""
    return "".join(letter if letter.isprintable() else "?" for letter in client)
