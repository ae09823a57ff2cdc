"""The commands about loads and sources: changes, differences, history, reconcile; what they print on the sample region and how they end."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest

from tests.cli.shell import ROOT, Shell

ROR: Final = ROOT / "data" / "region" / "ror"
SINCE: Final = "2020-01-01"
CHANGES: Final = '{ changes(since: "2020-01-01T00:00:00Z", label: OFFER, first: 200) { edges { node { run label object kind property } } } }'
RECONCILIATION: Final = """{ reconciliation(regional: "ROR-ILE", national: "ROR-NATF") {
  rows(first: 200) { edges { node { outcome rule state department regional { id } national { id } } } } } }"""


@pytest.fixture
def two_rors(shell: Shell) -> Shell:
    """The regional and the national ROR of the sample region, and an update of the national one: a new offer, and another name of one that was there."""
    bundle = json.loads((ROR / "national_update" / "bundle.json").read_text(encoding="utf-8"))
    renamed = next(entry["resource"] for entry in bundle["entry"] if entry["resource"]["id"] == "o-01")
    renamed["meta"]["lastUpdated"], renamed["name"] = "2026-02-02T08:00:00+01:00", "Unité neurovasculaire, nouveau nom (fictif)"
    update = shell.folder / "bundle.json"
    update.write_text(json.dumps(bundle), encoding="utf-8")
    for words in (
        ("ror-xml", str(ROR / "regional" / "ror_ile.xml"), "--ror", "ROR-ILE", "--region", "96"),
        ("ror-fhir", str(ROR / "national"), "--ror", "ROR-NATF"),
        ("ror-fhir", str(update), "--ror", "ROR-NATF", "--delta"),
    ):
        done = shell.run("load", *words)
        assert done.returncode in {0, 1}, done.stdout + done.stderr  # 1: some rows of the sample are meant to be rejected
    return shell


def as_csv(shell: Shell, *words: str) -> list[dict[str, str]]:
    done = shell.run(*words, "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    return list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff")), delimiter=";"))


def as_graphql(shell: Shell, document: str, *path: str) -> list[dict[str, Any]]:
    answer = json.loads(shell.run("query", text=document).stdout)["data"]
    for name in path:
        answer = answer[name]
    return [edge["node"] for edge in answer["edges"]]


def told(rows: list[dict[str, Any]], names: tuple[str, ...], of: Callable[[Mapping[str, Any], str], Any] = lambda row, name: row[name]) -> list[list[str]]:
    """The rows as lists of text, in one order: enumerations of GraphQL and words of the model are told alike."""
    return sorted([str(of(row, name) or "").replace("_", "").lower() for name in names] for row in rows)


def test_csv_and_graphql_hold_the_same_changes_and_pairs(two_rors: Shell) -> None:  # invariant 10
    names: tuple[str, ...] = ("run", "label", "object", "kind", "property")
    changed = as_csv(two_rors, "changes", "--since", SINCE, "--label", "Offer")
    assert {row["kind"] for row in changed} >= {"created", "changed"}
    assert told(changed, names) == told(as_graphql(two_rors, CHANGES, "changes"), names)
    names = ("outcome", "rule", "state", "department", "regional", "national")
    pairs = as_csv(two_rors, "reconcile", "ROR-ILE", "ROR-NATF")
    assert {row["outcome"] for row in pairs} >= {"SAME", "ONLY_REGIONAL", "ONLY_NATIONAL"}
    rows = as_graphql(two_rors, RECONCILIATION, "reconciliation", "rows")
    assert told(pairs, names) == told(rows, names, lambda row, name: row[name]["id"] if isinstance(row[name], dict) else row[name])


def test_history_names_the_object_who_states_it_and_what_changed(two_rors: Shell) -> None:
    changed = next(row for row in as_csv(two_rors, "changes", "--since", SINCE, "--label", "Offer") if row["kind"] == "changed")
    done = two_rors.run("history", changed["object"], "--label", "Offer")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Offer {changed['object']}: ")
    assert all(word in done.stdout for word in ("ror:ROR-NATF", changed["run"], changed["property"]))


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("changes",), "--since INSTANT"),
        (("changes", "--since", "31/01/2026"), "31/01/2026"),
        (("changes", "--run", "no-such-load"), "no-such-load"),
        (("changes", "--run", "r", "--source", "finess"), "--source"),
        (("differences", "nobody"), "nobody"),
        (("history", "960000073"), "960000073"),
        (("reconcile", "ROR-ILE", "ROR-NATF"), "ROR-ILE"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
def test_what_there_is_not_or_is_written_otherwise_is_named_and_ends_with_2(shell: Shell, words: tuple[str, ...], named: str) -> None:
    done = shell.run(*words)
    assert (done.returncode, done.stdout, named in done.stderr) == (2, "", True), done.stderr
