"""What the access rules cost: the same questions of who sees everything and of who does not, on one server, in turn."""

import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import cycle
from pathlib import Path

from api.trial import PUBLIC, TRIAL, Asked, trial_token
from graph.access import Scope
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.served import Client, Request, served
from scripts.benchmarks.timing import compared, in_turn

TOKENS = 40  # of each side: 600 requests a minute each
EVERYTHING = ("who sees everything", 1, ())
LIMIT = "at most 1.15"


def viewing(home: Path, region: str, cases: Sequence[tuple[str, Sequence[Request]]], rounds: int) -> Iterator[Figure]:
    """Each case asked by profile 2 of the country, and by profile 2 of one region (INSEE code), beside who sees everything."""
    with tempfile.TemporaryDirectory() as folder:
        keys = Path(folder)
        tokens = {who: _tokens(keys, *who) for who in (EVERYTHING, ("profile 2", 2, ()), (f"profile 2 of region {region}", 2, (region,)))}
        with served(home, RORGRAPH_JWKS=str(keys / PUBLIC), RORGRAPH_ISSUER=TRIAL.issuer, RORGRAPH_AUDIENCE=TRIAL.audience) as port:
            for name, requests in cases:
                off, *on = in_turn([partial(_ask, Client(port, mine), cycle(one.body for one in requests)) for mine in tokens.values()], rounds)
                for (who, *_), times in zip(list(tokens)[1:], on, strict=True):
                    yield from compared(f"{name}, {who}", EVERYTHING[0], times, off, {"ratio": LIMIT})


def _ask(client: Client, bodies: Iterator[str]) -> None:
    client.ask(next(bodies))


def _tokens(keys: Path, who: str, profile: int, perimeter: Sequence[str]) -> list[str]:
    now, scopes = int(time.time()), [one.value for one in Scope]
    return [trial_token(keys, TRIAL, Asked(f"{who} {number}", profile, perimeter, scopes, 600), now) for number in range(TOKENS)]
