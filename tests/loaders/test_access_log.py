"""Access logs: which lines are calls, and what is said of the others."""

from datetime import date
from pathlib import Path

import pytest

from graph.errors import BadFile
from graph.impact.calls import Call
from loaders.access_log import Lines, read_log
from tests.loaders.given import write

DAY = date(2025, 10, 9)
TIME = "[09/Oct/2025:13:55:36 +0200]"


def log(folder: Path, text: str, name: str = "access.log", path: str = "") -> tuple[list[Call], Lines]:
    calls: list[Call] = []
    lines = read_log([write(folder / name, text)], calls.append, path)
    return calls, lines


@pytest.mark.parametrize(
    ("line", "call"),
    [
        (f'10.0.0.1 - - {TIME} "GET /ror HTTP/1.1" 200 2326', Call(DAY, "", "10.0.0.1", answered=True)),
        (f'10.0.0.1 - - {TIME} "GET /ror HTTP/1.1" 304', Call(DAY, "", "10.0.0.1", answered=True)),
        (f'10.0.0.1 - CN=vt, O="A" {TIME} "POST /ror HTTP/1.1" 403 - "-" "curl/8"', Call(DAY, 'CN=vt, O="A', "10.0.0.1", answered=False)),
        (f'2001:db8::1 - anna {TIME} "GET /a\\"b HTTP/2" 500 0', Call(DAY, "anna", "2001:db8::1", answered=False)),
        (f'10.0.0.1 - - {TIME} "-" 408 0', Call(DAY, "", "10.0.0.1", answered=False)),
    ],
)
def test_a_line_of_the_common_format_is_a_call(tmp_path: Path, line: str, call: Call) -> None:
    assert log(tmp_path, line + "\n")[0] == [call]


@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_a_line_of_csv_is_a_call(tmp_path: Path, mark: str) -> None:
    rows = ["Time|client|request|status|user", '2025-10-09T23:59:59+02:00|10.0.0.1|"GET /ror HTTP/1.1"|200|-', "2025-10-09 01:02:03|10.0.0.2|/ror|404|CN=a-"]
    calls, _ = log(tmp_path, "\n".join(row.replace("|", mark) for row in rows) + "\n", "log.csv")
    assert calls == [Call(DAY, "", "10.0.0.1", answered=True), Call(DAY, "CN=a-", "10.0.0.2", answered=False)]


def test_bad_lines_are_counted_by_number_and_not_shown(tmp_path: Path) -> None:
    good = f'10.0.0.1 - anna {TIME} "GET /ror HTTP/1.1" 200 1'
    bad = [
        "anna was here",
        good.replace("Oct", "Okt"),
        good.replace("09/", "32/"),
        good.replace("200", "ok"),
        good.replace("[", ""),
        good.replace("GET", "GET\0"),
        good.replace("/ror", "/" + "x" * 20_000),
    ]
    calls, lines = log(tmp_path, "\n".join([good, *bad, good]) + "\n")
    assert (len(calls), lines.read, lines.bad) == (2, 2, 7)
    assert lines.text() == (
        "2 lines of the log read, 0 of other paths left, 7 that are of no access log: "
        "access.log, line 2; access.log, line 3; access.log, line 4; access.log, line 5; access.log, line 6; access.log, line 7; access.log, line 8."
    )


def test_a_bad_line_of_csv_is_counted_by_number(tmp_path: Path) -> None:
    text = "time;client;request;status\n2025-10-09;a;/x;200\n2025-13-09;a;/x;200\n2025-10-09;;/x;200\n2025-10-09;a;/x\n2025-10-09;a;/x;ok\n"
    calls, lines = log(tmp_path, text, "log.csv")
    assert (len(calls), lines.bad, lines.bad_lines) == (1, 4, [f"log.csv, line {number}" for number in (3, 4, 5, 6)])


def test_only_requests_of_the_path_are_taken(tmp_path: Path) -> None:
    text = "".join(f'10.0.0.1 - - {TIME} "GET {path} HTTP/1.1" 200 1\n' for path in ("/ror/Organization?a=b", "/other", "/ror"))
    calls, lines = log(tmp_path, text, path="/ror")
    assert (len(calls), lines.read, lines.other) == (2, 2, 1)


def test_packed_logs_and_those_of_a_folder_are_read_one_after_the_other(tmp_path: Path) -> None:
    line = f'10.0.0.1 - - {TIME} "GET /ror HTTP/1.1" 200 1\n'
    write(tmp_path / "logs" / "access.log", line)
    write(tmp_path / "logs" / "access.log.1.gz", line * 2)
    calls: list[Call] = []
    assert (read_log([tmp_path / "logs"], calls.append).read, len(calls)) == (3, 3)


@pytest.mark.parametrize(("name", "text"), [("access.log", "a\nb\n"), ("log.csv", "time;client;status\n2025-10-09;a;200\n")])
def test_a_file_that_is_no_log_is_refused(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(BadFile, match="no line of it is of an access log"):
        log(tmp_path, text, name)
