"""The commands about inventories as a shell runs them: an access log held against the declared flows, export, conflicts, template."""

import csv
import io
from pathlib import Path

import pytest
import yaml

from graph.inventory_forms import Described, described
from graph.reads import answer
from graph.store.connection import Store
from tests.cli.shell import ROOT, Shell

REGION = ROOT / "data" / "region" / "inventory"
LINE = '{address} - {user} [{day:02d}/Mar/2026:10:00:00 +0100] "GET /{path} HTTP/1.1" {status} 10\n'


def line(day: int, user: str = "-", address: str = "10.0.0.1", path: str = "ror", status: int = 200) -> str:
    return LINE.format(day=day, user=user, address=address, path=path, status=status)


@pytest.fixture
def region(shell: Shell) -> Shell:
    """The inventory of the sample region."""
    done = shell.run("load", "inventory", str(REGION))
    assert done.returncode == 0, done.stderr
    return shell


def flows_to(store: Store, interface: str) -> dict[str, Described]:
    return {one.code: one for one in answer(store, described()) if one.section == "flows" and one.form.get("calls") == interface}


def test_what_a_person_accepts_of_a_log_enters_the_inventory_and_nothing_else_does(region: Shell, shell_store: Store) -> None:
    before = flows_to(shell_store, "I-ILE-V2")
    callers = sorted({one.form["consumer"] for one in before.values()})
    seen, silent = callers[0], callers[1]
    consumers = {one.code for one in answer(shell_store, described()) if one.section == "applications"}
    new = sorted(consumers - set(callers))[0]
    log = "".join([*(line(day, "anna") for day in (1, 10)), *(line(day, address="10.0.0.2") for day in (2, 3)), line(4, address="10.0.0.3"), "broken\n"])
    (region.folder / "access.log").write_text(log, encoding="utf-8")
    (region.folder / "clients.yaml").write_text(f"10.0.0.2: {seen}\n10.0.0.3: {new}\n", encoding="utf-8")
    words = ("observe", "access.log", "--interface", "I-ILE-V2", "--clients", "clients.yaml", "--days", "10", "--out", "observed.yaml", "--format", "csv")
    done = region.run(*words)
    assert done.returncode == 1, done.stderr  # one line could not be read
    told, onward = done.stderr.splitlines()
    assert told == "5 lines of the log read, 0 of other paths left, 1 that are of no access log: access.log, line 6."
    assert onward.endswith("proposals are in observed.yaml: decide each (accept), then  rorgraph load inventory observed.yaml --delta")
    assert [one for one in ("anna", "10.0.0") if one in done.stdout + done.stderr] == []
    rows = list(csv.DictReader(io.StringIO(done.stdout), delimiter=";"))
    document = yaml.safe_load((region.folder / "observed.yaml").read_text(encoding="utf-8"))
    assert [(row["what"], row["flow"]) for row in rows] == [(one["what"], one["flow"]["code"]) for one in document["proposals"]]
    assert region.run(*words).stderr == "--out: observed.yaml is there already; it was not written over. Name another file.\n"

    undecided = region.run("load", "inventory", "observed.yaml", "--delta")
    assert undecided.returncode == 0, undecided.stderr
    assert "nobody has decided yet" in undecided.stdout
    assert flows_to(shell_store, "I-ILE-V2") == before

    for one in document["proposals"]:
        code = one["flow"].get("consumer")
        one["accept"] = {seen: True, new: True, silent: False}.get(code)
    (region.folder / "observed.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")
    accepted = region.run("load", "inventory", "observed.yaml", "--delta")
    assert accepted.returncode == 0, accepted.stderr
    after = flows_to(shell_store, "I-ILE-V2")
    assert after.keys() - before.keys() == {f"OBS-{new}-I-ILE-V2"}
    for code, one in after.items():
        if one.form["consumer"] in {seen, new}:
            assert one.form["evidence"] == "observed"
            assert one.form["evidence_date"] == ("2026-03-03" if one.form["consumer"] == seen else "2026-03-04")
            left = {"evidence", "evidence_date", "frequency"}
            if code in before:
                assert {name: value for name, value in one.form.items() if name not in left} == {
                    name: value for name, value in before[code].form.items() if name not in left
                }
        else:
            assert one.form == before[code].form
    again = region.run("load", "inventory", str(REGION))
    assert again.returncode == 0, again.stderr
    assert {code: one.form for code, one in flows_to(shell_store, "I-ILE-V2").items()} == {code: one.form for code, one in after.items()}


def test_an_export_is_loaded_again_and_changes_nothing(region: Shell) -> None:
    for words, path in ((("archimate", "--out", "m.xml"), "m.xml"), (("archi", "--out", "archi"), "archi"), (("yaml", "--out", "i.yaml"), "i.yaml")):
        done = region.run("export", *words, "--dataset", "region")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        again = region.run("load", "inventory", path)
        assert again.returncode == 0, again.stderr
        assert " 0 created + 0 updated + " in again.stdout
    assert region.run("export", "archimate").stdout.startswith('<?xml version="1.0"')
    assert region.run("export", "archi").stderr == "--out is needed: the folder into which the three files of Archi go.\n"
    assert region.run("export", "yaml", "--dataset", "none").stderr == "--dataset: no inventory 'none' is loaded.\n"


def test_conflicts_name_who_leads(region: Shell) -> None:
    file: Path = region.folder / "other.yaml"
    file.write_text("dataset: zone\napplications: [{code: ROR-ILE, name: autrement}]\n", encoding="utf-8")
    loaded = region.run("load", "inventory", str(file))
    assert "Application.name declared otherwise by inventory:region; it leads" in loaded.stdout
    rows = list(csv.reader(io.StringIO(region.run("conflicts", "--format", "csv").stdout), delimiter=";"))
    assert rows == [["label", "code", "leader", "others", "differs"], ["Application", "ROR-ILE", "inventory:region", "inventory:zone", "true"]]


def test_the_template_is_written_and_loads(shell: Shell) -> None:
    done = shell.run("load", "inventory", "--template", "sheets")
    assert (done.returncode, done.stdout) == (
        0,
        "13 sheets are in sheets. Fill them in, take the example lines out, then  rorgraph load inventory sheets\n",
    )
    loaded = shell.run("load", "inventory", "sheets")
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    assert shell.run("load", "finess").stderr.startswith("FILE is needed: the files to load")
