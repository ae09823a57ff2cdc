"""`rorgraph load`: what a person sees of good and of bad files, with its exit code."""

import gzip
import json
import signal
import subprocess
import time
from pathlib import Path

import pytest

from graph.keys import has_right_check_digit
from graph.store.connection import Store
from tests.cli.shell import Shell
from tests.loading.build import one

HEAD = "finess;etalab;34;2021-01-08\n"


def number(place: int) -> str:
    return next(f"96{place:06d}{digit}" for digit in range(10) if has_right_check_digit(f"96{place:06d}{digit}"))


def site(finess: str, name: str = "CH D'ESSAI") -> str:
    return (
        f"structureet;{finess};{number(1)};{name};;;;1;RUE;DU PORT;;;001;96;ILE;96001 PORT;0102030405;;355;Centre Hospitalier;1102;Centres;"
        "26010004500012;8610Z;;;1;Etablissement public;1979-02-13;;2020-02-04;\n"
    )


def position(finess: str) -> str:
    return f"geolocalisation;{finess};870215.7;6571590.5;1,ATLASANTE,100,IGN,BD_ADRESSE,V2.2,LAMBERT_93;2021-01-04\n"


def finess_file(folder: Path, sites: int, name: str = "etalab-cs1100507-stock-20260101-0000.csv") -> Path:
    path = folder / name
    numbers = [number(place) for place in range(100, 100 + sites)]
    path.write_text(HEAD + "".join(map(site, numbers)) + "".join(map(position, numbers)), encoding="utf-8")
    return path


def test_a_load_says_what_it_did_and_ends_with_0(shell: Shell) -> None:
    done = shell.run("load", "finess", str(finess_file(shell.folder, 3)), "--report", "report.json")
    assert done.returncode == 0, done.stderr
    assert "  rows   3 seen = 3 created + 0 updated + 0 unchanged + 0 rejected\n" in done.stdout
    assert json.loads((shell.folder / "report.json").read_text(encoding="utf-8"))["objects"] == {"GeographicEntity": 3}


def test_a_wrong_key_is_rejected_can_be_corrected_and_loaded_again(shell: Shell, shell_store: Store) -> None:
    path = finess_file(shell.folder, 2)
    path.write_text(path.read_text(encoding="utf-8").replace(number(101), number(101)[2:]), encoding="utf-8")
    done = shell.run("load", "finess", str(path))
    assert done.returncode == 1
    rejects = shell.folder / "rejects" / "finess.csv"
    assert (
        f"# rorgraph: {path.name}, line 3, nofinesset: '{number(101)[2:]}' has 7 characters, a FINESS number has 9 (were leading zeros lost?)."
    ) in rejects.read_text(encoding="utf-8")
    rejects.write_text(rejects.read_text(encoding="utf-8").replace(f";{number(101)[2:]};", f";{number(101)};"), encoding="utf-8")
    again = shell.run("load", "finess", str(rejects), "--delta")
    assert (again.returncode, again.stderr) == (0, "")
    assert one(shell_store, "MATCH (n:GeographicEntity) WHERE n.latitude IS NOT NULL RETURN count(n)") == 2


def test_a_half_empty_file_is_refused_with_3_and_ends_nothing(shell: Shell, shell_store: Store) -> None:  # invariant 4
    shell.run("load", "finess", str(finess_file(shell.folder, 20)))
    half = shell.run("load", "finess", str(finess_file(shell.folder, 10)))
    assert half.returncode == 3
    assert half.stderr.startswith("These files no longer hold much of what they held before (limit 10%): GeographicEntity: 10 of 20.")
    assert one(shell_store, "MATCH (n:GeographicEntity) WHERE n.gone_on IS NULL RETURN count(n)") == 20


@pytest.mark.parametrize(
    ("name", "content", "exit_code", "said"),
    [
        ("etalab-cs1100507-stock-1-1.csv.gz", gzip.compress((HEAD + site(number(5)) * 50).encode())[:-20], 2, "breaks off"),
        ("etalab-cs1100507-stock-1-1.csv", b"", 2, "empty"),
        ("etalab-cs1100507-stock-1-1.csv", HEAD.encode(), 3, "no row in it. Nothing was written and nothing was ended."),
        ("communes.csv", b"code_insee;nom\n01001;X\n", 2, "code_postal"),
    ],
    ids=["truncated gz", "empty file", "no row", "missing column"],
)
def test_a_file_that_cannot_be_read_is_one_clear_error(shell: Shell, name: str, content: bytes, exit_code: int, said: str) -> None:
    (shell.folder / name).write_bytes(content)
    done = shell.run("load", "geography" if name == "communes.csv" else "finess", name)
    assert (done.returncode, done.stderr.count("\n"), said in done.stderr) == (exit_code, 1, True), done.stderr


def test_odd_rows_are_rejected_and_the_others_loaded(shell: Shell) -> None:
    path = shell.folder / "etalab-cs1100507-stock-1-1.csv"
    rows = [site(number(5)), site(number(6), "A\0B"), "structureet;" + "x" * 10_000_000 + "\n", site(number(7), "Hôpital à Œuvre")]
    path.write_bytes((HEAD + "".join(rows)).encode("cp1252"))
    done = shell.run("load", "finess", path.name)
    assert done.returncode == 1
    assert "  rows   4 seen = 2 created + 0 updated + 0 unchanged + 2 rejected\n" in done.stdout
    assert "cp1252" in done.stdout


def test_a_folder_without_a_file_of_the_source_is_a_clear_error(shell: Shell) -> None:
    (shell.folder / "empty").mkdir()
    done = shell.run("load", "finess", "empty")
    assert (done.returncode, "empty" in done.stderr, done.stderr.count("\n")) == (2, True, 1), done.stderr


def test_an_unknown_source_names_those_that_exist(shell: Shell) -> None:
    done = shell.run("load", "finesse", "x")
    assert (done.returncode, done.stderr.startswith("'finesse' is no source."), "finess, " in done.stderr) == (2, True, True)


def test_a_load_killed_in_the_middle_leaves_a_readable_graph_and_is_completed(shell: Shell, shell_store: Store) -> None:  # invariant 8
    path = finess_file(shell.folder, 5000)
    process = subprocess.Popen(shell.command("load", "finess", str(path)), cwd=shell.folder, env=shell.environment, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while one(shell_store, "MATCH (n:GeographicEntity) RETURN count(n)") < 500:
        assert process.poll() is None, "the load ended before it could be killed"
        assert time.monotonic() < deadline
    process.send_signal(signal.SIGKILL)
    process.wait()
    held = one(shell_store, "MATCH (n:GeographicEntity) RETURN count(n)")
    assert 500 <= held < 5000
    whole = "MATCH (n:GeographicEntity) WHERE n.said IS NULL OR NOT (n)-[:PART_OF]->() OR NOT (n)-[:HAS_TELECOM]->() RETURN count(n)"
    assert one(shell_store, whole) == 0
    done = shell.run("load", "finess", str(path))
    held = one(shell_store, "MATCH (r:Run {status: 'failed'}) RETURN count(r)")
    assert (done.returncode, held) == (0, 1), done.stderr
    assert one(shell_store, "MATCH (n:GeographicEntity) WHERE n.gone_on IS NULL RETURN count(n)") == 5000
