"""`rorgraph serve` and `rorgraph token` as processes: who is served as what (A-10, A-13)."""

import json
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from graph.errors import BadInput
from graph.settings import settings
from tests.cli.shell import LIMIT, Shell

LOG = "serve.log"
EVERYBODY = (
    "--host: 0.0.0.0 can be reached by other machines, and with --operator whoever asks sees everything. "
    "Listen on 127.0.0.1, or leave --operator away: callers then see what their token says."
)
TRIAL = {"RORGRAPH_ISSUER": "rorgraph-trial", "RORGRAPH_AUDIENCE": "rorgraph"}


@contextmanager
def serving(shell: Shell, *words: str, **given: str) -> Iterator[str]:
    """What `rorgraph serve` says when it listens; stopped at the end as by Ctrl-C."""
    with (shell.folder / LOG).open("w") as log:
        command = shell.command("serve", "--port", "0", *words)
        with subprocess.Popen(command, cwd=shell.folder, env=shell.environment | given, stdout=subprocess.PIPE, stderr=log, text=True) as server:
            assert server.stdout is not None
            try:
                yield server.stdout.readline()
            finally:
                server.send_signal(signal.SIGINT)
                assert server.wait(LIMIT) == 0


def ask(said: str, **headers: str) -> tuple[int, Any]:
    """Status and body of an answer to `{ pathways { code } }`."""
    address = said.split()[1]
    request = urllib.request.Request(address, b'{"query": "{ pathways { code } }"}', {"content-type": "application/json", **headers})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, json.load(refused)


def audited(shell: Shell) -> list[tuple[str, int, str, str]]:
    lines = [json.loads(line) for line in (shell.folder / LOG).read_text().splitlines() if line.startswith("{")]
    return [(line["client"], line["profile"], line["perimeter"], line["outcome"]) for line in lines]


def test_a_trial_token_is_taken_by_a_server_with_its_keys_and_others_are_not(shell: Shell) -> None:
    made = shell.run("token", "--keys", "keys", "--profile", "2", "--region", "96", "--region", "11", "--scope", "runs", "--client", "me")
    other = shell.run("token", "--keys", "other", "--profile", "1")
    assert (made.returncode, other.returncode) == (0, 0), made.stderr
    with serving(shell, RORGRAPH_JWKS="keys/jwks.json", **TRIAL) as said:
        assert "Without a token: profile 0." in said
        statuses = [ask(said, authorization=f"Bearer {text.strip()}")[0] for text in (made.stdout, other.stdout)]
        statuses.append(ask(said)[0])
    assert statuses == [200, 401, 200]
    assert audited(shell) == [("me", 2, "11,96", "OK"), (None, None, None, "UNAUTHENTICATED"), ("anonymous", 0, "NATIONAL", "OK")]


def test_the_operator_sees_everything_and_refuses_a_foreign_page(shell: Shell) -> None:
    with serving(shell, "--operator") as said:
        assert "Whoever asks sees everything (--operator)." in said
        statuses = [ask(said)[0], ask(said, origin="https://attacker.example")[0]]
    assert statuses == [200, 403]
    assert audited(shell) == [("local", 1, "NATIONAL", "OK")]


def test_the_operator_is_on_the_loopback_only(shell: Shell) -> None:
    done = shell.run("serve", "--operator", "--host", "0.0.0.0", "--port", "0")
    assert (done.returncode, done.stderr) == (
        2,
        f"{EVERYBODY}\n",
    )


def test_without_settings_every_caller_has_profile_0_on_any_host_and_a_token_is_refused(shell: Shell) -> None:
    with serving(shell, "--host", "0.0.0.0") as said:
        assert "Every caller has profile 0, and no token is taken: RORGRAPH_JWKS is not set." in said
        statuses = [ask(said, host="ror.example")[0], ask(said, authorization="Bearer abc")[0]]
    assert statuses == [200, 401]
    assert audited(shell) == [("anonymous", 0, "NATIONAL", "OK"), (None, None, None, "UNAUTHENTICATED")]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("RORGRAPH_JWKS", "http://issuer.example/keys", "RORGRAPH_JWKS: it must be a file or an https:// address; keys that come unprotected prove nothing."),
        ("RORGRAPH_PROXIES", "-1", "RORGRAPH_PROXIES: '-1' is not a number of proxies from 0 to 9."),
        ("RORGRAPH_PROXIES", "10", "RORGRAPH_PROXIES: '10' is not a number of proxies from 0 to 9."),
        (
            "RORGRAPH_CLIENT_CERT_HEADER",
            "Client Cert",
            "RORGRAPH_CLIENT_CERT_HEADER: 'Client Cert' is not the name of a header; write for example Client-Cert.",
        ),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str, message: str) -> None:
    with pytest.raises(BadInput) as refused:
        settings({name: value})
    assert str(refused.value) == message
