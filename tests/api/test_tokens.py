"""Access tokens: each wrong one is a 401 that says what is wrong and not the token; what is right gives the caller that it names (A-8, A-10, A-12, A-13)."""

import asyncio
import base64
import hmac
import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from api.admission import Admission, ByToken
from api.caller import ANONYMOUS, Caller
from api.limits import Limits
from api.rates import Rates
from api.tokens import Unauthenticated, caller_of
from graph.access import Scope, Viewer
from graph.access.viewer import NATIONAL, Profile, RegionCode
from tests.api.client import Client
from tests.api.issuer import CERT_HEADER, CERTIFICATE, EXPECTED, NOW, THUMBPRINT, admission, but, ec_key, jwk, jwks, rsa_key, token, tokens
from tests.api.tiny import SMALL, TinyStore, opening, tiny_schema

SAMU = Caller("samu-96", Viewer(Profile(3), frozenset({RegionCode("96"), RegionCode("11")}), frozenset({Scope.RUNS, Scope.QUALITY})))


def caller(text: str, thumbprint: str | None = None) -> Caller:
    return asyncio.run(tokens().caller(text, thumbprint))


def client_of(admitting: Admission, limits: Limits = SMALL) -> Client:
    return Client(tiny_schema(), lambda: opening(TinyStore()), limits, admitting)


def bearing(text: str) -> dict[str, str]:
    return {"authorization": f"Bearer {text}"}


def ask(headers: Mapping[str, str], admitting: Admission | None = None, document: str = "{__typename}") -> httpx.Response:
    return client_of(admitting or admission()).post("/graphql", json={"query": document}, headers=headers)


def audited(caplog: pytest.LogCaptureFixture) -> list[tuple[Any, ...]]:
    lines = [json.loads(record.getMessage()) for record in caplog.records if record.name == "rorgraph.audit"]
    return [(line["client"], line["profile"], line["perimeter"], line["outcome"]) for line in lines]


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def unsigned() -> str:
    return f"{part({'alg': 'none', 'kid': 'r1'})}.{part(but())}."


def signed_with_the_public_key() -> str:
    """HS256, with as its secret what everybody can read."""
    head = f"{part({'alg': 'HS256', 'kid': 'r1'})}.{part(but())}"
    secret = rsa_key().public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return f"{head}.{base64.urlsafe_b64encode(hmac.digest(secret, head.encode(), sha256)).decode().rstrip('=')}"


def with_other_claims() -> str:
    head, _, signature = token().split(".")
    return f"{head}.{part(but(ror_profile=1))}.{signature}"


def test_a_token_in_order_gives_the_caller_that_it_names() -> None:
    assert caller(token()) == SAMU


def test_a_token_of_the_other_algorithm_is_taken_too() -> None:
    assert caller(token(key=ec_key(), algorithm="ES256", kid="e1")) == SAMU


def test_a_national_perimeter_and_no_scope() -> None:
    assert caller(token(but(ror_perimeter="NATIONAL", scope=None))).viewer == Viewer(Profile(3), NATIONAL, frozenset())


@pytest.mark.parametrize("audience", ["rorgraph", ["other", "rorgraph"]])
def test_the_audience_is_one_or_one_of_several(audience: object) -> None:
    assert caller(token(but(aud=audience))) == SAMU


@pytest.mark.parametrize("claims", [but(nbf=NOW + 20), but(iat=NOW + 20), but(exp=NOW + 0.5)])
def test_clocks_may_differ_a_little(claims: Mapping[str, Any]) -> None:
    assert caller(token(claims)) == SAMU


def test_a_token_without_key_id_is_checked_with_the_only_key_of_its_algorithm() -> None:
    assert caller(token(kid=None)) == SAMU


def test_a_token_without_key_id_is_refused_where_there_are_two() -> None:
    two = tokens(jwks(jwk(rsa_key(), kid="r1"), jwk(rsa_key("new"), kid="r2")))
    with pytest.raises(Unauthenticated, match=r"^kid: "):
        asyncio.run(two.caller(token(kid=None), None))


WRONG = {
    "no JWT": ("abc", "token"),
    "two parts": ("e30.e30", "token"),
    "not base64": ("!!!.e30.e30", "token"),
    "not ASCII": ("é.e30.e30", "token"),
    "head that is no object": (f"{part([])}.e30.e30", "token"),
    "huge": ("a" * 8193, "token"),
    "unsigned": (unsigned(), "alg"),
    "alg in capitals": (unsigned().replace(part({"alg": "none", "kid": "r1"}), part({"alg": "NONE", "kid": "r1"})), "alg"),
    "alg that is no text": (f"{part({'alg': ['RS256']})}.{part(but())}.e30", "alg"),
    "HS256 with the public key": (signed_with_the_public_key(), "alg"),
    "RS512": (token(algorithm="RS512"), "alg"),
    "a key that is unknown": (token(key=rsa_key("other"), kid="other"), "kid"),
    "the key of the other algorithm": (token(key=ec_key(), algorithm="ES256", kid="r1"), "kid"),
    "another key under a known id": (token(key=rsa_key("other")), "signature"),
    "other claims under the signature": (with_other_claims(), "signature"),
    "an extension that must be understood": (token(crit=["x"], x=1), "token"),
    "expired": (token(but(exp=NOW)), "exp"),
    "no end": (token(but(exp=None)), "exp"),
    "an end in words": (token(but(exp=str(NOW + 600))), "exp"),
    "an end that is true": (token(but(exp=True)), "exp"),
    "an end that is no number": (token(but(exp=float("nan"))), "exp"),
    "no end in sight": (token(but(exp=float("inf"))), "exp"),
    "not yet valid": (token(but(nbf=NOW + 31)), "nbf"),
    "issued in the future": (token(but(iat=NOW + 31)), "iat"),
    "another issuer": (token(but(iss="https://other.example")), "iss"),
    "no issuer": (token(but(iss=None)), "iss"),
    "another audience": (token(but(aud="other")), "aud"),
    "an audience that holds ours": (token(but(aud="rorgraph-test")), "aud"),
    "no audience": (token(but(aud=None)), "aud"),
    "no client": (token(but(sub=None)), "sub"),
    "an empty client": (token(but(sub=" ")), "sub"),
    "a long client": (token(but(sub="a" * 256)), "sub"),
    "the operator's name": (token(but(sub="local")), "sub"),
    "the name of nobody": (token(but(sub="anonymous")), "sub"),
    "no profile": (token(but(ror_profile=None)), "ror_profile"),
    "profile 6": (token(but(ror_profile=6)), "ror_profile"),
    "profile -1": (token(but(ror_profile=-1)), "ror_profile"),
    "profile true": (token(but(ror_profile=True)), "ror_profile"),
    "profile as text": (token(but(ror_profile="1")), "ror_profile"),
    "profile 1.0": (token(but(ror_profile=1.0)), "ror_profile"),
    "no perimeter": (token(but(ror_perimeter=None)), "ror_perimeter"),
    "an empty perimeter": (token(but(ror_perimeter=[])), "ror_perimeter"),
    "a perimeter of one text": (token(but(ror_perimeter="11")), "ror_perimeter"),
    "a region by name": (token(but(ror_perimeter=["11", "Bretagne"])), "ror_perimeter"),
    "a region as number": (token(but(ror_perimeter=[11])), "ror_perimeter"),
    "a region with a line end": (token(but(ror_perimeter=["11\n"])), "ror_perimeter"),
    "a region in other digits": (token(but(ror_perimeter=["\u0661\u0661"])), "ror_perimeter"),
    "national in a list": (token(but(ror_perimeter=["NATIONAL"])), "ror_perimeter"),
    "scopes as list": (token(but(scope=["runs"])), "scope"),
    "bound to a certificate that does not come": (token(but(cnf={"x5t#S256": THUMBPRINT})), "cnf"),
    "bound to something else": (token(but(cnf={"jkt": "abc"})), "cnf"),
    "bound to nothing": (token(but(cnf={})), "cnf"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_token_is_a_401_that_says_what_is_wrong_and_never_the_token(name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    text, claim = WRONG[name]
    answer = client_of(admission()).post("/graphql", json={"query": "{__typename}"}, headers={"authorization": f"Bearer {text}".encode()})
    error = answer.json()["errors"][0]
    assert (answer.status_code, error["extensions"]["code"], error["message"].partition(":")[0], "data" in answer.json()) == (
        401,
        "UNAUTHENTICATED",
        claim,
        False,
    )
    assert answer.headers["www-authenticate"] == f'Bearer realm="rorgraph", error="invalid_token", error_description="{error["message"]}"'
    assert text not in answer.text + caplog.text
    assert audited(caplog) == [(None, None, None, "UNAUTHENTICATED")]


def test_every_refusal_can_stand_in_a_header() -> None:
    said = []
    for text, _ in WRONG.values():
        with pytest.raises(Unauthenticated) as refused:
            caller(text)
        said.append(str(refused.value))
    assert [one for one in said if not one.isascii() or not one.isprintable() or '"' in one or "\\" in one] == []


HEADER = base64.b64encode(CERTIFICATE).decode()
BOUND = token(but(cnf={"x5t#S256": THUMBPRINT}))


@pytest.mark.parametrize("header", [f":{HEADER}:", HEADER, f"-----BEGIN%20CERTIFICATE-----%0A{HEADER.replace('=', '%3D')}%0A-----END%20CERTIFICATE-----%0A"])
def test_a_token_that_is_bound_is_taken_with_its_certificate(header: str) -> None:
    assert ask(bearing(BOUND) | {CERT_HEADER: header}).json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    ("text", "header", "what"),
    [
        (BOUND, base64.b64encode(CERTIFICATE + b"x").decode(), "cnf"),
        (BOUND, "", "cnf"),
        (BOUND, "no certificate", "certificate"),
        (BOUND, base64.b64encode(b"no DER").decode(), "certificate"),
        (token(), HEADER, "cnf"),
    ],
)
def test_a_certificate_and_a_token_that_do_not_belong_together_are_refused(text: str, header: str, what: str) -> None:
    answer = ask(bearing(text) | {CERT_HEADER: header})
    assert (answer.status_code, answer.json()["errors"][0]["message"].partition(":")[0]) == (401, what)


def test_two_certificates_are_refused() -> None:
    answer = client_of(admission()).post(
        "/graphql", json={"query": "{__typename}"}, headers=[("authorization", f"Bearer {BOUND}"), (CERT_HEADER, HEADER), (CERT_HEADER, HEADER)]
    )
    assert answer.status_code == 401


def test_no_header_is_believed_that_the_settings_do_not_name() -> None:
    assert ask(bearing(BOUND) | {CERT_HEADER: HEADER}, admission(cert_header=None)).status_code == 401


def test_without_credentials_the_caller_is_anonymous(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "rorgraph.audit")
    assert ask({}).json() == {"data": {"__typename": "Query"}}
    assert audited(caplog) == [("anonymous", 0, "NATIONAL", "OK")]
    assert ANONYMOUS.viewer.scopes == frozenset()


def test_with_a_token_the_audit_line_names_its_client(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "rorgraph.audit")
    assert ask(bearing(token())).json() == {"data": {"__typename": "Query"}}
    assert audited(caplog) == [("samu-96", 3, "11,96", "OK")]


def test_a_client_that_would_write_on_a_terminal_is_harmless_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "rorgraph.audit")
    ask(bearing(token(but(sub="a\x1b[2J\nb\u202ec"))))
    assert audited(caplog)[0][0] == "a?[2J?b?c"


@pytest.mark.parametrize("value", ["", "Bearer", "Bearer  ", "Basic dXNlcjpwYXNz"])
def test_credentials_of_another_kind_are_not_the_same_as_none(value: str) -> None:
    answer = ask({"authorization": value})
    assert (answer.status_code, answer.json()["errors"][0]["message"]) == (401, "Authorization: it must be one header, Bearer and a token.")


def test_two_tokens_are_refused() -> None:
    headers = [("authorization", f"Bearer {token()}"), ("authorization", f"Bearer {token()}")]
    assert client_of(admission()).post("/graphql", json={"query": "{__typename}"}, headers=headers).status_code == 401


def test_the_word_bearer_is_read_in_any_case() -> None:
    assert ask({"authorization": f"bearer  {token()}"}).status_code == 200


def test_a_token_in_the_address_is_refused() -> None:
    answer = client_of(admission()).get("/graphql", params={"query": "{__typename}", "access_token": token()})
    assert (answer.status_code, answer.json()["errors"][0]["message"].partition(":")[0]) == (401, "access_token")


def test_without_keys_no_token_is_taken_and_the_answer_says_so() -> None:
    answer = ask(bearing(token()), ByToken(Rates(60)))
    assert (answer.status_code, answer.json()["errors"][0]["message"]) == (
        401,
        "Authorization: this server takes no tokens: RORGRAPH_JWKS is not set. Without one you have profile 0.",
    )


# limits, token, scope, arguments, ...; the first failure answers alone


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b" " * 2001, 413, "LIMIT_EXCEEDED"),
        (json.dumps({"query": "{" + "page " * 70 + "}"}).encode(), 400, "LIMIT_EXCEEDED"),
        (json.dumps({"query": "{person(id: 1) {friends {friends {friends {id}}}}}"}).encode(), 400, "LIMIT_EXCEEDED"),
        (json.dumps({"query": "{__typename}", "variables": {"a": {"b": {"c": {"d": {}}}}}}).encode(), 400, "LIMIT_EXCEEDED"),
        (json.dumps({"query": "{page(first: 51)}"}).encode(), 400, "LIMIT_EXCEEDED"),
        (json.dumps({"query": "query Q($n: Int) {page(first: $n)}", "variables": {"n": 51}}).encode(), 400, "LIMIT_EXCEEDED"),
        (json.dumps({"query": "query Q($n: Int = 51) {page(first: $n)}"}).encode(), 400, "LIMIT_EXCEEDED"),
        (b"no JSON", 401, "UNAUTHENTICATED"),
        (json.dumps({"query": "{nothing}"}).encode(), 401, "UNAUTHENTICATED"),
        (json.dumps({"query": "{page("}).encode(), 401, "UNAUTHENTICATED"),
        (json.dumps({"query": "{page(first: 0)}"}).encode(), 401, "UNAUTHENTICATED"),
    ],
)
def test_limits_answer_before_the_token_and_the_token_before_arguments(content: bytes, status: int, code: str) -> None:
    answer = client_of(admission()).post("/graphql", content=content, headers=bearing("abc") | {"content-type": "application/json"})
    assert (answer.status_code, [one["extensions"]["code"] for one in answer.json()["errors"]]) == (status, [code])


def test_a_wrong_token_has_the_store_asked_nothing() -> None:
    store = TinyStore()
    Client(tiny_schema(), lambda: opening(store), SMALL, admission()).post("/graphql", json={"query": '{person(id: "1") {id}}'}, headers=bearing("abc"))
    assert store.asked == []


def test_requests_a_minute_answer_before_a_wrong_token() -> None:
    client = client_of(admission(requests=1))
    said = [client.post("/graphql", json={"query": "{__typename}"}, headers=bearing("abc")) for _ in range(2)]
    assert [one.status_code for one in said] == [401, 429]


def test_too_many_requests_say_when_to_come_again_and_have_their_audit_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "rorgraph.audit")
    client = client_of(admission(requests=2))
    said = [client.post("/graphql", json={"query": "{__typename}"}, headers=bearing(token())) for _ in range(3)]
    assert [one.status_code for one in said] == [200, 200, 429]
    assert (said[2].headers["retry-after"], said[2].json()) == (
        "60",
        {
            "errors": [
                {
                    "message": "requests_a_minute: more than 2, the limit of a client. Try again in 60 s.",
                    "extensions": {"code": "LIMIT_EXCEEDED"},
                }
            ]
        },
    )
    assert audited(caplog)[2] == ("samu-96", 3, "11,96", "LIMIT_EXCEEDED")


def test_a_client_with_a_token_is_not_stopped_by_what_its_address_asked_without() -> None:
    client = client_of(admission(requests=1))
    sent = [{}, {}, bearing(token()), bearing(token(but(sub="other")))]
    assert [client.post("/graphql", json={"query": "{__typename}"}, headers=headers).status_code for headers in sent] == [200, 429, 200, 200]


@pytest.mark.parametrize(("proxies", "statuses"), [(0, [200, 429, 429]), (1, [200, 200, 429])])
def test_a_forwarded_address_is_believed_from_trusted_proxies_only(proxies: int, statuses: list[int]) -> None:
    client = client_of(admission(requests=1, proxies=proxies))
    sent = ["192.0.2.1", "192.0.2.2", "6.6.6.6, 192.0.2.2"]
    assert [client.post("/graphql", json={"query": "{__typename}"}, headers={"x-forwarded-for": one}).status_code for one in sent] == statuses


def test_the_operator_is_not_counted() -> None:
    client = Client(tiny_schema(), lambda: opening(TinyStore()), replace(SMALL, requests_a_minute=1))
    assert [client.get("/graphql", params={"query": "{__typename}"}).status_code for _ in range(3)] == [200, 200, 200]


# No claims other than well-formed ones give a caller.

values = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 8) | st.sampled_from([NOW - 40, NOW - 1, NOW, NOW + 1, NOW + 29, NOW + 40]) | st.floats() | st.text(max_size=3)
    | st.sampled_from(["NATIONAL", "11", "975", "rorgraph", "https://issuer.example", "runs quality x", "local", THUMBPRINT]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["x5t#S256", "jkt"]), inner, max_size=2),
    max_leaves=4,
)  # fmt: skip
NAMES = ["iss", "aud", "sub", "iat", "nbf", "exp", "ror_profile", "ror_perimeter", "scope", "cnf"]


@settings(max_examples=600, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), values, max_size=3), st.sets(st.sampled_from(NAMES), max_size=1), st.sampled_from([None, THUMBPRINT]))
def test_no_claims_but_well_formed_ones_give_a_caller(changed: dict[str, Any], left: set[str], thumbprint: str | None) -> None:
    claims = {name: value for name, value in (but() | changed).items() if name not in left}
    what = ""
    found: Caller | None
    try:
        found = caller_of(claims, EXPECTED, NOW, thumbprint)
    except Unauthenticated as wrong:
        found, what = None, wrong.what
    assert (found is not None) == plainly_in_order(claims, thumbprint)
    if found is None:
        assert what in NAMES
        return
    regions = None if claims["ror_perimeter"] == "NATIONAL" else frozenset(claims["ror_perimeter"])
    assert (found.client, found.viewer.profile, found.viewer.perimeter) == (claims["sub"], claims["ror_profile"], regions)
    assert {scope.value for scope in found.viewer.scopes} == set(claims.get("scope", "").split()) & {scope.value for scope in Scope}


def plainly_in_order(claims: Mapping[str, Any], thumbprint: str | None) -> bool:
    """The sentences of A-10, once more and another way."""
    seconds = {name: claims[name] for name in ("exp", "nbf", "iat") if name in claims}
    if any(type(value) not in (int, float) or value in (float("inf"), -float("inf")) or value != value for value in seconds.values()):  # noqa: PLR0124 - NaN
        return False
    audience, perimeter, sub, profile = (claims.get(name) for name in ("aud", "ror_perimeter", "sub", "ror_profile"))
    binding = claims["cnf"].get("x5t#S256") if isinstance(claims.get("cnf"), dict) else None
    return (
        "exp" in seconds
        and seconds["exp"] > NOW
        and all(seconds[name] <= NOW + 30 for name in ("nbf", "iat") if name in seconds)
        and claims.get("iss") == "https://issuer.example"
        and (audience == "rorgraph" or (type(audience) is list and "rorgraph" in audience))
        and type(sub) is str
        and sub.strip() not in ("", "local", "anonymous")
        and type(profile) is int
        and 0 <= profile <= 5
        and (perimeter == "NATIONAL" or (type(perimeter) is list and perimeter != [] and all(one in ("11", "96", "975") for one in perimeter)))
        and type(claims.get("scope", "")) is str
        and (binding == thumbprint if "cnf" in claims else thumbprint is None)
        and ("cnf" not in claims or thumbprint is not None)
    )


def test_a_caller_of_another_key_size_is_refused() -> None:
    weak = rsa.generate_private_key(65537, 1024)
    with pytest.raises(Unauthenticated, match=r"^kid: "), pytest.warns(match="below the minimum"):
        asyncio.run(tokens(jwks(jwk(weak, kid="r1"))).caller(token(key=weak), None))
