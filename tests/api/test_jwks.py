"""The keys of the issuer: which are taken, when they are read again, what a place that fails says (A-10)."""

import asyncio
import http.server
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from api.admission import ByToken, admission_of
from api.jwks import MAX_BYTES, KeySet, KeysUnread, fetched, key_set, of_file, usable_keys
from api.rates import Rates
from api.tokens import Tokens
from graph.errors import BadInput
from graph.settings import Settings
from tests.api.client import Client
from tests.api.issuer import EXPECTED, NOW, ec_key, jwk, jwks, published, rsa_key, token
from tests.api.tiny import SMALL, TinyStore, opening, tiny_schema


@dataclass
class Place:
    """A JWKS that changes, or fails; it counts how often it is read. The time goes as the test says."""

    content: bytes | None = field(default_factory=lambda: jwks(jwk(rsa_key(), kid="r1")))
    reads: int = 0
    now: float = 1000.0

    def read(self) -> bytes:
        self.reads += 1
        if self.content is None:
            raise KeysUnread("it fails")
        return self.content

    def keys(self) -> KeySet:
        return KeySet(self.read, lambda: self.now)


async def found(keys: KeySet, kid: str | None = "r1") -> bool:
    return await keys.find_key(kid, "RS256") is not None


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        (jwk(rsa_key(), kid="r1"), ["RS256"]),
        (jwk(ec_key(), kid="e1"), ["ES256"]),
        (jwk(rsa_key(), use="sig", alg="RS256"), ["RS256"]),
        (jwk(rsa_key(), use="enc"), []),
        (jwk(rsa_key(), alg="PS256"), []),
        (jwk(rsa_key(), alg="HS256"), []),
        (jwk(rsa_key(), kid=7), []),
        (jwk(ec.generate_private_key(ec.SECP384R1())), []),
        ({"kty": "oct", "k": "c2VjcmV0", "alg": "HS256"}, []),
        ({"kty": "RSA", "n": "!", "e": "AQAB"}, []),
        ({"kty": "RSA"}, []),
        ({"kty": ["RSA"]}, []),
        ({}, []),
    ],
)
def test_a_key_is_taken_for_its_own_algorithm_only(given: Mapping[str, Any], taken: list[str]) -> None:
    assert [key.algorithm_name for key in usable_keys(jwks(given))] == taken


@pytest.mark.parametrize("content", [b"", b"no", b"[]", b"{}", b'{"keys": {}}', b"\xff", b"[" * 50_000])
def test_what_is_no_jwks_is_said(content: bytes) -> None:
    with pytest.raises(KeysUnread, match="the JWKS is no"):
        usable_keys(content)


def test_known_keys_are_read_once() -> None:
    async def asked(place: Place) -> list[bool]:
        keys = place.keys()
        return [await found(keys) for _ in range(5)]

    place = Place()
    assert (asyncio.run(asked(place)), place.reads) == ([True] * 5, 1)


def test_an_unknown_id_has_the_keys_read_again_once_a_minute_at_most() -> None:
    async def asked(place: Place) -> list[tuple[bool, int]]:
        keys, said = place.keys(), []
        for seconds in (0, 0, 59, 1, 0, 59, 1):
            place.now += seconds
            said.append((await found(keys, "new"), place.reads))
            if seconds == 59:
                place.content = jwks(jwk(rsa_key(), kid="r1"), jwk(rsa_key("new"), kid="new"))
        return said

    assert asyncio.run(asked(Place())) == [(False, 1), (False, 1), (False, 1), (True, 2), (True, 2), (True, 2), (True, 2)]


def test_many_unknown_ids_at_once_have_the_keys_read_once() -> None:
    async def asked(place: Place) -> list[bool]:
        keys = place.keys()
        return await asyncio.gather(*(found(keys, f"unknown{number}") for number in range(20)))

    place = Place()
    assert (asyncio.run(asked(place)), place.reads) == ([False] * 20, 1)


def test_a_withdrawn_key_ends_within_the_hour() -> None:
    async def asked(place: Place) -> list[bool]:
        keys, said = place.keys(), []
        for seconds in (0, 3599, 1):
            place.now += seconds
            said.append(await found(keys))
            place.content = jwks(jwk(rsa_key("new"), kid="new"))
        return said

    assert asyncio.run(asked(Place())) == [True, True, False]


def test_known_keys_stay_while_their_place_fails(caplog: pytest.LogCaptureFixture) -> None:
    async def asked(place: Place) -> list[bool]:
        keys, said = place.keys(), []
        for seconds in (0, 3600, 1):
            place.now += seconds
            said.append(await found(keys))
            place.content = None
        return said

    place = Place()
    assert (asyncio.run(asked(place)), place.reads) == ([True] * 3, 2)
    assert [record.getMessage() for record in caplog.records] == ["RORGRAPH_JWKS: it fails"]


def test_without_any_key_yet_a_token_is_unavailable_and_never_a_lesser_profile() -> None:
    place = Place(content=None)
    client = Client(tiny_schema(), lambda: opening(TinyStore()), SMALL, ByToken(Rates(60), Tokens(place.keys(), EXPECTED, lambda: NOW)))
    answer = client.post("/graphql", json={"query": "{page}"}, headers={"authorization": f"Bearer {token()}"})
    assert (answer.status_code, answer.json()) == (
        503,
        {
            "errors": [
                {"message": "The keys that tokens are checked with cannot be read now. Try again in a moment.", "extensions": {"code": "UNAVAILABLE"}},
            ]
        },
    )
    assert "www-authenticate" not in answer.headers


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "jwks.json").write_bytes(published())
    assert asyncio.run(found(key_set(str(tmp_path / "jwks.json"))))


def test_a_file_that_is_too_large_or_is_not_there_is_said(tmp_path: Path) -> None:
    (tmp_path / "jwks.json").write_bytes(b" " * (MAX_BYTES + 1))
    with pytest.raises(KeysUnread, match="larger than 100000 bytes"):
        of_file(tmp_path / "jwks.json")
    with pytest.raises(KeysUnread, match=r"cannot be read \(No such file"):
        of_file(tmp_path / "none.json")


PARTS = {"/large": (b" " * (MAX_BYTES + 1),), "/slow": (b" ",) * 10}


class _Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status = {"/missing": 404, "/moved": 302}.get(self.path, 200)
        self.send_response(status)
        if status == 302:
            self.send_header("location", "/keys")
        self.end_headers()
        for part in PARTS.get(self.path, (published(),)):
            time.sleep(0.05 if self.path == "/slow" else 0)
            self.wfile.write(part)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def site() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_an_address_is_fetched_within_bounds_and_not_followed_elsewhere() -> None:
    with site() as address:
        assert fetched(f"{address}/keys") == published()
        for path, why in (("missing", "status 404"), ("moved", "status 302"), ("large", "larger than")):
            with pytest.raises(KeysUnread, match=why):
                fetched(f"{address}/{path}")
    with pytest.raises(KeysUnread, match="cannot be reached"):
        fetched(f"{address}/keys")


def test_a_place_that_answers_slowly_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.jwks.FETCH_SECONDS", 0.3)  # each part comes in time, the whole does not
    with site() as address, pytest.raises(KeysUnread, match="did not answer within"):
        fetched(f"{address}/slow")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"issuer": None}, "RORGRAPH_ISSUER: it is not set."),
        ({"audience": None}, "RORGRAPH_AUDIENCE: it is not set."),
        ({"jwks": "none.json"}, "RORGRAPH_JWKS: none.json cannot be read (No such file or directory)."),
        ({"jwks": "empty.json"}, "RORGRAPH_JWKS: the JWKS holds no RSA key for RS256 and no P-256 key for ES256."),
    ],
)
def test_settings_that_would_let_no_token_or_any_token_in_are_refused(
    changed: dict[str, Any], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "keys.json").write_bytes(published())
    (tmp_path / "empty.json").write_bytes(jwks())
    given: dict[str, Any] = {"jwks": "keys.json", "issuer": "i", "audience": "a"}
    admission_of(Settings(**given), 60)
    with pytest.raises(BadInput) as refused:
        admission_of(Settings(**(given | changed)), 60)
    assert str(refused.value).startswith(message)
