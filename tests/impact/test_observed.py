"""Declared against observed (docs/observed.md; I-35): the worked case, and the same counts from a plain reading of the calls."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, NotFound
from graph.impact import calls
from graph.impact.calls import Call, Clients, Tally, clients_of
from graph.impact.inventory import Inventory
from graph.impact.observed import MOST_PROPOSED, Observation, Proposal, Use, What, observed
from graph.impact.observed_table import observed_table
from graph.impact.projection import Projection
from graph.impact.proposals import proposals_text
from graph.inventory_forms import Described
from tests.impact.small import app, flow, iface, inventory, ror

FIRST, LAST = date(2026, 1, 1), date(2026, 1, 10)
CLIENTS = {"CN=vt": "VT", "10.1.0.0/16": "SAS", "10.1.2.0/24": "DPI"}
DECLARED = inventory(
    (ror(), app("VT"), app("SAS"), app("DPI"), app("MAPS"), app("OLD")),
    (iface("I-ROR", "ROR", "OFFER"), iface("I-IN", "ROR", intake=True), iface("I-OTHER", "ROR", "OFFER")),
    (
        flow("F1", "VT", "I-ROR", "OFFER"),
        flow("F2", "VT", "I-ROR", "BED"),
        flow("F3", "MAPS", "I-ROR", "OFFER", starts_on=date(2026, 1, 4)),
        flow("F4", "OLD", "I-ROR", "OFFER", ends_on=FIRST),
        flow("F5", "DPI", "I-OTHER", "OFFER"),
    ),
)


def call(day: int, who: str = "", address: str = "192.0.2.1", *, answered: bool = True) -> Call:
    return Call(date(2026, 1, day), who, address, answered)


LOG = (
    *(call(day, "CN=vt") for day in (1, 1, 3, 10)),
    *(call(day, address="10.1.2.7") for day in (2, 5)),
    call(5, address="10.1.9.9"),
    call(6, address="10.1.9.9", answered=False),
    call(7, "CN=maps", answered=False),
    *(call(8, "anna") for _ in range(3)),
    call(9),
)


def tallied(log: Iterable[Call], clients: Clients | None = None) -> Tally:
    tally = Tally(clients or clients_of(CLIENTS, DECLARED))
    for one in log:
        tally.add(one)
    return tally


def seen(log: Iterable[Call], what: Inventory = DECLARED, interface: str = "I-ROR", days: int = 10) -> Observation:
    return observed(Projection(what), interface, tallied(log), days)


def test_the_worked_case() -> None:
    found = seen(LOG)
    vt = Use(4, 3, FIRST, LAST)
    assert found == Observation(
        interface="I-ROR",
        intake=False,
        since=FIRST,
        until=LAST,
        days=10,
        logged_days=10,
        calls=11,
        refused=2,
        outside=0,
        proposals=(
            Proposal(What.UNDECLARED, "OBS-DPI-I-ROR", "DPI", Use(2, 2, date(2026, 1, 2), date(2026, 1, 5))),
            Proposal(What.UNDECLARED, "OBS-SAS-I-ROR", "SAS", Use(1, 1, date(2026, 1, 5), date(2026, 1, 5), refused=1)),
            Proposal(What.UNKNOWN_CLIENT, "OBS-I-ROR-1", None, Use(3, 1, date(2026, 1, 8), date(2026, 1, 8)), client="anna"),
            Proposal(What.UNKNOWN_CLIENT, "OBS-I-ROR-2", None, Use(1, 1, date(2026, 1, 9), date(2026, 1, 9)), client="192.0.2.1"),
            Proposal(What.SEEN, "F1", "VT", vt, beside=("F2",)),
            Proposal(What.SEEN, "F2", "VT", vt, beside=("F1",)),
            Proposal(What.SILENT, "F3", "MAPS", Use(), since=date(2026, 1, 4)),
        ),
        unproven=(),
        unlisted=0,
        unlisted_calls=0,
    )


def test_calls_that_are_all_refused_make_no_consumer_and_a_declared_flow_stays_silent() -> None:
    tally = tallied((*LOG, *(call(day, "CN=maps", answered=False) for day in (1, 2))), clients_of({**CLIENTS, "CN=maps": "MAPS"}, DECLARED))
    [silent] = observed(Projection(DECLARED), "I-ROR", tally, 10).of(What.SILENT)
    assert (silent.flow, silent.use) == ("F3", Use(refused=3))


def test_a_log_that_is_shorter_than_the_window_proves_no_silence() -> None:
    found = seen([call(5, "CN=vt"), call(10, "CN=vt")])
    assert (found.logged_days, found.unproven, found.of(What.SILENT)) == (6, ("F3",), ())
    whole = seen([call(5, "CN=vt"), call(10, "CN=vt")], days=6)
    assert (whole.unproven, [one.flow for one in whole.of(What.SILENT)]) == ((), ["F3"])


def test_calls_before_and_after_the_window_are_counted_apart() -> None:
    found = observed(Projection(DECLARED), "I-ROR", tallied(LOG), days=2, until=date(2026, 1, 3))
    assert (found.since, found.calls, found.outside) == (date(2026, 1, 2), 2, 11)
    assert [one.flow for one in found.of(What.SEEN)] == ["F1", "F2"]


def test_what_feeds_an_intake_is_a_feed() -> None:
    found = seen([call(day, address="10.1.2.7") for day in (1, 10)], interface="I-IN")
    [flow_] = [one["flow"] for one in yaml.safe_load(proposals_text(found, (), "p.yaml"))["proposals"]]
    assert {name: flow_[name] for name in ("code", "mode", "producer", "feeds")} == {
        "code": "OBS-DPI-I-IN",
        "mode": "feed",
        "producer": "DPI",
        "feeds": "I-IN",
    }


def test_a_new_flow_takes_no_code_that_is_taken() -> None:
    taken = inventory(
        DECLARED.applications, DECLARED.interfaces, (*DECLARED.flows, flow("OBS-DPI-I-ROR", "DPI", "I-OTHER"), flow("OBS-I-ROR-1", "DPI", "I-OTHER"))
    )
    assert [one.flow for one in seen(LOG, taken).proposals[:4]] == ["OBS-DPI-I-ROR-2", "OBS-SAS-I-ROR", "OBS-I-ROR-2", "OBS-I-ROR-3"]


def test_the_narrowest_network_says_who_a_client_is_and_a_name_goes_before() -> None:
    clients = clients_of({"10.1.0.0/16": "SAS", "10.1.2.0/24": "DPI", "10.1.2.9": "MAPS", "CN=a/b": "VT"}, DECLARED)
    found = [clients.find(*who) for who in (("", "10.1.2.7"), ("", "10.1.7.7"), ("", "10.1.2.9"), ("CN=a/b", "10.1.2.9"), ("", "host"))]
    assert found == ["DPI", "SAS", "MAPS", "VT", None]


@pytest.mark.parametrize("code", ["NOBODY", None, ["VT"]])
def test_a_client_of_no_application_is_refused_and_not_named(code: object) -> None:
    with pytest.raises(BadInput) as problem:
        clients_of({"CN=vt": "VT", "anna": code}, DECLARED)
    assert str(problem.value) == f"--clients: entry 2: '{code}' is not an application of the inventory. Load it first, or leave the client out."


def test_an_unknown_interface_and_a_log_without_a_call_are_refused() -> None:
    with pytest.raises(NotFound, match="'I-X' is not an interface"):
        seen(LOG, interface="I-X")
    with pytest.raises(BadInput, match="The log has no call\\."):
        seen([])
    with pytest.raises(BadInput, match="no call from 2025-12-31 to 2025-12-31"):
        observed(Projection(DECLARED), "I-ROR", tallied(LOG), 1, date(2025, 12, 31))


def test_clients_beyond_what_is_proposed_are_counted() -> None:
    found = seen([call(1, f"person-{number}") for number in range(MOST_PROPOSED + 5)])
    assert (len(found.of(What.UNKNOWN_CLIENT)), found.unlisted, found.unlisted_calls) == (MOST_PROPOSED, 5, 5)


def test_memory_does_not_grow_with_clients_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "MOST_CLIENTS", 3)
    tally = tallied([*(call(1, f"person-{number}") for number in range(10)), call(1, "CN=vt"), call(2, "person-0")])
    found = observed(Projection(DECLARED), "I-ROR", tally, 2)
    assert (len(tally.counts), found.calls, found.unlisted_calls) == (6, 12, 7)
    assert [one.use.calls for one in found.of(What.UNKNOWN_CLIENT)] == [2, 1, 1]


NAMES = ("CN=vt", "anna", "")
ADDRESSES = ("10.1.2.7", "10.1.9.9", "192.0.2.1")


@given(
    st.lists(st.builds(Call, st.dates(FIRST, LAST), st.sampled_from(NAMES), st.sampled_from(ADDRESSES), st.booleans()), min_size=1, max_size=30),
    st.integers(1, 12),
)
@settings(deadline=None, max_examples=200)
def test_every_answered_call_of_the_window_is_in_one_proposal_and_the_uses_are_those_of_a_plain_count(log: list[Call], days: int) -> None:
    until = max(one.day for one in log)
    window = [one for one in log if one.day > until - timedelta(days=days)]
    found = observed(Projection(DECLARED), "I-ROR", tallied(log), days)
    who = {"CN=vt": "VT", "10.1.2.7": "DPI", "10.1.9.9": "SAS"}
    for proposal in found.proposals:
        own = [one for one in window if (who.get(one.user) or who.get(one.address)) == proposal.application and proposal.application]
        if proposal.client:
            own = [one for one in window if not who.get(one.user) and not who.get(one.address) and (one.user or one.address) == proposal.client]
        days_seen = [one.day for one in own if one.answered]
        assert proposal.use == Use(len(days_seen), len(set(days_seen)), min(days_seen, default=None), max(days_seen, default=None), len(own) - len(days_seen))
    once = [one for one in found.proposals if one.flow != "F2"]  # F1 and F2 are of one application
    assert sum(one.use.calls for one in once) == found.calls == sum(one.answered for one in window)
    assert found.refused == sum(not one.answered for one in window)
    assert found.outside == len(log) - len(window)


HELD = (
    Described(
        "flows",
        {
            "code": "F1",
            "mode": "query",
            "consumer": "VT",
            "calls": "I-ROR",
            "carries": {"OFFER": {}},
            "criticality": 4,
            "evidence": "declared",
            "frequency": "chaque nuit ; observé : 1 appels",
        },
    ),
    Described("flows", {"code": "F3", "mode": "query", "consumer": "MAPS", "calls": "I-ROR"}),
    Described("interfaces", {"code": "I-ROR"}, fictional=True),
)


def test_a_proposal_holds_the_whole_flow_with_the_evidence_of_the_log() -> None:
    document = yaml.safe_load(proposals_text(seen(LOG), HELD, "p.yaml"))
    assert (document["dataset"], document["fictional"], document["as_of"]) == ("observed-I-ROR", True, "2026-01-10")
    by_code = {one["flow"]["code"]: one for one in document["proposals"] if "code" in one["flow"]}
    assert {one["accept"] for one in document["proposals"]} == {None}
    assert by_code["F1"]["flow"] == {
        "code": "F1",
        "mode": "query",
        "consumer": "VT",
        "calls": "I-ROR",
        "carries": {"OFFER": {}},
        "criticality": 4,
        "evidence": "observed",
        "frequency": "chaque nuit ; observé : 4 appels en 3 jours sur 10, du 2026-01-01 au 2026-01-10",
        "evidence_date": "2026-01-10",
    }
    silent = by_code["F3"]["flow"]
    assert (silent["ends_on"], silent["evidence"], silent["evidence_date"]) == ("2026-01-04", "observed", "2026-01-10")
    assert silent["reason"] == "observé : jamais vu dans le journal d'accès du 2026-01-04 au 2026-01-10"
    assert by_code["OBS-SAS-I-ROR"]["flow"]["frequency"] == "observé : 1 appels en 1 jours sur 10, du 2026-01-05 au 2026-01-05"
    assert (by_code["OBS-I-ROR-1"]["client"], by_code["OBS-I-ROR-1"]["flow"]["consumer"]) == ("anna", None)


def test_the_table_names_no_client() -> None:
    table = observed_table(seen(LOG))
    assert len(table.rows) == 7
    assert [name for name in ("anna", "192.0.2") if name in str(table)] == []
    assert table.notes[:2] == (
        "I-ROR, du 2026-01-01 au 2026-01-10 (10 jours de journal sur 10) : 11 appels servis, 2 refusés ou en échec, 0 hors période.",
        "Consommateurs non déclarés : 2. Clients inconnus : 2. Flux déclarés vus : 2. Flux déclarés jamais vus : 1.",
    )
