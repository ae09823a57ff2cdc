"""The commands around the server: serve, and token to try out profiles."""

import os
import shlex
import sys
import time
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from api.admission import OPERATOR_ONLY, Admission, admission_of
from api.app import build_app
from api.audit import log_to_stderr
from api.guards import check_host
from api.limits import DEFAULT as LIMITS
from api.schema import build_schema
from api.server import serve as serve_app
from api.tokens import Expected
from api.trial import LONGEST_MINUTES, PUBLIC, TRIAL, Asked, trial_token
from commands.options import Home, the_settings
from graph.access import Scope
from graph.cursor_key import cursor_key
from graph.settings import Settings, settings
from graph.store.connection import connect, connect_async
from graph.store.opening import endpoint_of
from graph.store.schema import ensure_schema


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on; others than the loopback behind a gateway that ends TLS.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="0 takes a free one.")] = 8000,
    operator: Annotated[bool, typer.Option("--operator", help="Whoever asks sees everything, as you do; on the loopback only.")] = False,
    embedded_home: Home = None,
) -> None:
    """Serve GraphQL until it is stopped: profile 0 without a token, what it says with one.  Example: rorgraph serve --port 8000"""
    if operator:
        check_host(host)
    asked = the_settings(embedded_home)
    admission: Admission = OPERATOR_ONLY if operator else admission_of(asked, LIMITS.requests_a_minute)
    log_to_stderr()
    with endpoint_of(asked) as endpoint, connect(endpoint) as store:
        ensure_schema(store)
        app = build_app(partial(connect_async, endpoint, LIMITS.seconds), build_schema(), admission=admission, cursor_key=cursor_key(asked))
        serve_app(app, host, port, partial(_announce, _callers(asked, operator)))


def _callers(asked: Settings, operator: bool) -> str:
    if operator:
        return "Whoever asks sees everything (--operator)."
    return "Without a token: profile 0." if asked.jwks else "Every caller has profile 0, and no token is taken: RORGRAPH_JWKS is not set."


def _announce(callers: str, address: str) -> None:
    """Say where GraphQL answers, and whom."""
    print(f"GraphQL: {address} (schema: {address.removesuffix('/graphql')}/schema.graphql). {callers} Stop with Ctrl-C.", flush=True)


def token(
    profile: Annotated[int, typer.Option(min=0, max=5, help="Profile of the access policy.")],
    keys: Annotated[Path, typer.Option(metavar="DIR", help="Folder of the key pair; made with it at the first use.")],
    region: Annotated[list[str] | None, typer.Option(metavar="CODE", help="INSEE code of a region of the perimeter; may be repeated. None: national.")] = None,
    scope: Annotated[list[Scope] | None, typer.Option(help="A scope; may be repeated.")] = None,
    client: Annotated[str, typer.Option(metavar="NAME", help="Who the audit line says asks.")] = "trial",
    minutes: Annotated[int, typer.Option(min=1, max=LONGEST_MINUTES, help="The life of the token.")] = 60,
) -> None:
    """Print a token to try out what a profile sees; for nothing else.  Example: rorgraph token --keys trial-keys --profile 3"""
    found = settings()
    expected = Expected(found.issuer or TRIAL.issuer, found.audience or TRIAL.audience)
    asked = Asked(client, profile, region or (), [one.value for one in scope or ()], minutes)
    print(trial_token(keys, expected, asked, int(time.time())))
    print(_how_to(keys / PUBLIC, expected), file=sys.stderr)


def _how_to(public: Path, expected: Expected) -> str:
    said = {"RORGRAPH_JWKS": str(public.absolute()), "RORGRAPH_ISSUER": expected.issuer, "RORGRAPH_AUDIENCE": expected.audience}
    assigned = " ".join(f"{name}={shlex.quote(value)}" for name, value in said.items())
    return f"For trying out only: whoever holds this key makes any token. A server that takes it:{os.linesep}  {assigned} rorgraph serve"


COMMANDS = (serve, token)
