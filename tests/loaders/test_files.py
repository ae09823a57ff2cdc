"""Input files: every bad file has a clear answer, every good one its lines with their numbers."""

import gzip
import zipfile
from pathlib import Path

import pytest

from graph.errors import BadFile
from graph.record import Place, Rejected
from loaders.files import LONGEST_LINE, input_files
from loaders.table import Row, table
from tests.loaders.given import one_file, write


def test_lines_come_with_their_number_and_without_their_end(tmp_path: Path) -> None:
    file = one_file(write(tmp_path / "a.csv", b"one\r\ntwo\n\nfour"))
    assert list(file.lines()) == [(1, "one"), (2, "two"), (4, "four")]


@pytest.mark.parametrize(
    ("content", "encoding", "line"),
    [
        ("Évreux".encode(), "utf-8", "Évreux"),
        (b"\xef\xbb\xbf" + "Évreux".encode(), "utf-8-sig", "Évreux"),
        ("Évreux".encode("latin-1"), "iso-8859-1", "Évreux"),
        ("l’Œuvre".encode("cp1252"), "cp1252", "l’Œuvre"),
        (b"\x81\xc9", "iso-8859-1", "\x81É"),
    ],
    ids=["UTF-8", "with a byte order mark", "ISO-8859-1", "Windows-1252", "a byte that Windows-1252 does not define"],
)
def test_the_encoding_is_detected(tmp_path: Path, content: bytes, encoding: str, line: str) -> None:
    file = one_file(write(tmp_path / "a.csv", content))
    assert (file.encoding, list(file.lines())) == (encoding, [(1, line)])


def test_a_letter_cut_by_a_chunk_is_still_utf_8(tmp_path: Path) -> None:
    file = one_file(write(tmp_path / "a.csv", "x" + "é" * 200_000))
    assert file.encoding == "utf-8"


def test_a_gz_and_a_zip_of_one_entry_are_read_as_they_are(tmp_path: Path) -> None:
    write(tmp_path / "a.csv.gz", "packed")
    with zipfile.ZipFile(tmp_path / "b.csv.zip", "w") as archive:
        archive.writestr("inside.csv", "zipped")
    assert [(file.name, list(file.lines())) for file in input_files([tmp_path], ["*.csv"])] == [("a.csv", [(1, "packed")]), ("b.csv", [(1, "zipped")])]


def test_a_folder_gives_the_files_that_fit_at_any_depth_in_order(tmp_path: Path) -> None:
    for name in ("b/JDV_J1.psv", "a.PSV", "readme.txt"):
        write(tmp_path / name, "x")
    assert [file.name for file in input_files([tmp_path], ["*.psv"])] == ["a.PSV", "JDV_J1.psv"]


def bad_file(path: Path) -> str:
    with pytest.raises(BadFile) as problem:
        list(one_file(path).lines())
    return str(problem.value)


def test_a_truncated_gz_is_told_before_any_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"line\n" * 100_000)[:-20])
    assert bad_file(path) == f"{path}: the compressed file breaks off before its end (truncated transfer?). Fetch it again; nothing of it was loaded."


def test_a_file_that_is_no_gz_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(b"plain text")
    assert bad_file(path) == f"{path}: named .gz, but it is not a gzip file, or a damaged one. Unpack it or rename it; nothing of it was loaded."


def test_a_zip_of_several_entries_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one", "1")
        archive.writestr("two", "2")
    assert bad_file(path) == f"{path}: the archive holds 2 files, one is expected. Unpack it and give the folder."


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert bad_file(tmp_path / "a.csv") == f"{tmp_path / 'a.csv'}: there is no such file. Check the name and the folder."


def test_an_empty_file_is_a_failure_and_not_zero_rows(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "")
    assert bad_file(path) == f"{path}: the file is empty. An empty file is a failed transfer, not zero rows; nothing was changed."


def test_a_utf_16_file_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "a;b".encode("utf-16"))
    assert bad_file(path) == f"{path}: the file is UTF-16. Save it as UTF-8 (in a spreadsheet: 'CSV UTF-8')."


def test_a_folder_without_a_file_that_fits_is_told(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    assert bad_file(tmp_path / "sub") == f"{tmp_path / 'sub'}: no file in this folder is named like *. Give the files themselves."


def test_a_line_with_a_nul_is_rejected_and_the_next_one_read(tmp_path: Path) -> None:
    file = one_file(write(tmp_path / "a.csv", b"a\0b\nnext\n"))
    assert list(file.lines()) == [
        Rejected(Place("a.csv", 1), "a\0b", "", "The line holds a NUL character (byte 0), which no text has. Remove it, or fetch the file again."),
        (2, "next"),
    ]


def test_a_line_of_ten_megabytes_is_rejected_with_its_start_and_the_next_one_read(tmp_path: Path) -> None:
    file = one_file(write(tmp_path / "a.csv", b"first\n" + b"x" * 10_000_000 + b"\nnext\n"))
    assert list(file.lines()) == [
        (1, "first"),
        Rejected(Place("a.csv", 2), "x" * 200, "", f"The line is longer than {LONGEST_LINE:,} bytes; only its start is kept here."),
        (3, "next"),
    ]


def test_an_endless_last_line_is_rejected(tmp_path: Path) -> None:
    [line] = one_file(write(tmp_path / "a.csv.gz", b"x" * 3_000_000)).lines()
    assert isinstance(line, Rejected)


def test_a_rejects_file_is_read_as_the_files_its_rows_came_from(tmp_path: Path) -> None:
    path = write(tmp_path / "r.csv", "# rorgraph file: a.csv\nhead a\n# rorgraph: why\nrow a\n# rorgraph file: b.csv\nhead b\nrow b\n")
    found = [(file.name, list(file.lines())) for file in input_files([path], ["*"])]
    assert found == [("a.csv", [(2, "head a"), (4, "row a")]), ("b.csv", [(6, "head b"), (7, "row b")])]


def test_a_text_read_as_a_whole_keeps_line_numbers(tmp_path: Path) -> None:
    [_, second] = input_files([write(tmp_path / "r", "# rorgraph file: a\nx\n# rorgraph file: b\n# rorgraph: why\ny: 1\n")], ["*"])
    assert second.text() == "\n\n\n\ny: 1\n"


def test_columns_are_bound_by_name_whatever_the_case_and_the_order(tmp_path: Path) -> None:
    [row] = table(one_file(write(tmp_path / "a.csv", "Label;CODE\nun;1\n")), ["code", "label"]).rows()
    assert row == Row(Place("a.csv", 2), "un;1", {"label": "un", "code": "1"})


def test_a_quoted_field_may_hold_the_delimiter(tmp_path: Path) -> None:
    [row] = table(one_file(write(tmp_path / "a.csv", 'a,b\n"x,y",2\n')), ["a"], ",", quoted=True).rows()
    assert isinstance(row, Row)
    assert row.values == {"a": "x,y", "b": "2"}


def test_a_missing_column_is_one_error_before_any_row(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as problem:
        table(one_file(write(tmp_path / "a.csv", "Code;Label\n1;un\n")), ["code", "day"])
    assert str(problem.value) == (
        "a.csv, line 1: no column day. Columns found: Code, Label. Needed: code, day. Nothing was loaded; give the file with its header line."
    )


def test_a_row_with_another_number_of_fields_is_rejected(tmp_path: Path) -> None:
    [row] = table(one_file(write(tmp_path / "a.csv", "a;b\n1;2;3\n")), ["a"]).rows()
    assert row == Rejected(Place("a.csv", 2), "1;2;3", "", "The line has 3 fields, the header has 2.")
