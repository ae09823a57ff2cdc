"""Inventories as sheets: what a cell says, what is said of wrong ones, and the template."""

from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadFile, BadInput
from graph.record import Event
from loaders.inventory.cells import BadCell, read_cell
from loaders.inventory.sheets import HEADS, SHEETS
from loaders.inventory.source import SOURCE
from loaders.inventory.template import EXAMPLES, HELP, template_files, template_text, write_template
from loaders.matrix import SOURCE as MATRIX
from tests.loaders.given import items, read, records, rejected, write


def given(folder: Path, **sheets: str) -> list[Event]:
    for name, text in sheets.items():
        write(folder / "sheets" / f"{name}.csv", text)
    return read(SOURCE, folder, folder / "sheets")[1]


def cell(section: str, name: str, text: str) -> Any:
    into: dict[str, Any] = {}
    read_cell(section, name, text, into)
    return into


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("perimeter", "11, 24", ["11", "24"]),
        ("perimeter", "national", "NATIONAL"),
        ("trust_circles", "NAT,,IDF ", ["NAT", "IDF"]),
        ("criticality", "3", 3),
        ("criticality", "high", "high"),
        ("intake", "Oui", True),
        ("intake", "faux", False),
        ("opens_on", "30/06/2026", "2026-06-30"),
        ("opens_on", "2026-06-30", "2026-06-30"),
        ("version", "3.0", "3.0"),
        ("serves", "OFFER, BEDS(count, date), A-1+, B - , C(x)+(y, z)", {
            "OFFER": {}, "BEDS": {"attributes": ["count", "date"]}, "A-1": {"regional_extension": True}, "B": {"regional_extension": False},
            "C": {"attributes": ["x"], "regional_extension": ["y", "z"]},
        }),
        ("coverage", "OFFER, BEDS(count), C+, D(a)+", {"OFFER": "ALL", "BEDS": ["count"], "C": ["regional_extension"], "D": ["a", "regional_extension"]}),
    ],
)  # fmt: skip
def test_a_cell(name: str, text: str, value: object) -> None:
    assert cell("interfaces", name, text) == {name: value}


@pytest.mark.parametrize("text", ["OFFER BEDS", "BEDS(count", "(count)", "OFFER,,BEDS", "é", "OFFER, OFFER"])
def test_classes_that_cannot_be_read(text: str) -> None:
    with pytest.raises(BadCell):
        cell("flows", "carries", text)


def test_an_item_and_its_lists_stand_in_several_sheets(tmp_path: Path) -> None:
    events = given(
        tmp_path,
        dataset="dataset;title;fictional;as_of\ndemo;t;false;2026-01-15\n",
        applications='code,name,#note,criticality\n# un mot,,,\nROR,"ROR, l\'ancien",rien,4\n,,,\n',
        entries="application;class;regions;since\nROR;OFFER;11,24;01/02/2025\nROR;BEDS;NATIONAL;\n",
        connections="application;to;state\nROR;VT;failing\n",
        usages="code;essential;useful\nU;OFFER;BEDS, X\n",
        pathways="code;name\nP;p\n",
        steps="pathway;code;next\nP;A;B\nP;B;\n",
    )
    found = items(events)
    ror = found["Application", "ROR"]
    assert (rejected(events), ror.props["name"], ror.props["criticality"]) == ([], "ROR, l'ancien", 4)
    assert [(link.type, link.end.key) for link in ror.links] == [("CONNECTED_TO", "VT"), ("ENTERS", "OFFER"), ("ENTERS", "BEDS")]
    assert [(link.end.key, link.props["essential"]) for link in found["Usage", "U"].links] == [("OFFER", True), ("BEDS", False), ("X", False)]
    assert [link.end.key for link in found["Step", "P/A"].links] == ["P/B"]


def test_a_fault_is_told_at_the_line_of_the_sheet_where_it_stands(tmp_path: Path) -> None:
    events = given(
        tmp_path,
        applications="code;criticality\nA;9\nB;\nC;\n",
        entries="application;class;regions;evidence\nB;OFFER;11;\nB;BEDS;11;guessed\nX;OFFER;11;\n",
        flows="code;mode;consumer;calls;carries\nF;query;A;I;OFFER BEDS\n",
    )
    assert [(row.place.file, row.place.line, row.field, row.reason) for row in rejected(events)] == [
        ("entries.csv", 4, "application", "'X' is no line of applications.csv. Write it there, or correct the code here."),
        ("applications.csv", 2, "criticality", "9 is greater than the maximum of 4."),
        ("entries.csv", 3, "enters[1].evidence", "'guessed' is none of observed, declared, inferred."),
        ("flows.csv", 2, "carries", "'OFFER BEDS' is not written as classes are: OFFER, BEDS(count, date), CONTACT+."),
    ]
    assert [record.items[0].key for record in records(events)] == ["C"]


def test_a_rejected_item_comes_again_whole_as_yaml(tmp_path: Path) -> None:
    [row] = rejected(given(tmp_path, dataset="dataset\nd\n", applications="code;criticality\nA;9\n", entries="application;class;regions\nA;OFFER;11\n"))
    again = write(tmp_path / "again.yaml", f"# rorgraph file: applications.csv\n# rorgraph: why\n{row.text.replace('9', '4')}\n")
    reading, events = read(SOURCE, tmp_path, again)
    assert (reading.stamp, [(one.props["criticality"], one.links[0].end.key) for one in items(events).values()]) == ("inventory:d", [(4, "OFFER")])


def test_two_lines_of_one_code_both_stay(tmp_path: Path) -> None:  # M-9: the pipeline rejects both
    assert [record.items[0].key for record in records(given(tmp_path, actors="code;name\nA;a\nA;b\n"))] == ["A", "A"]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("applications", "code;name;colour\nA;a;red\n", r"applications\.csv, line 1: there is no column colour\. Columns: code, name, kind"),
        ("flows", "mode;consumer\nquery;A\n", r"flows\.csv, line 1: no column code"),
        ("things", "code;name\nA;a\n", r"things\.csv: the name is that of no sheet\. Sheets: dataset\.csv, regions\.csv"),
        ("dataset", "dataset\na\nb\n", r"dataset\.csv, line 3: the data set is said in one line"),
    ],
)
def test_a_sheet_that_is_none_is_refused(tmp_path: Path, name: str, text: str, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        given(tmp_path, **{name: text})


def test_files_of_two_forms_are_not_loaded_together(tmp_path: Path) -> None:
    write(tmp_path / "both" / "actors.csv", "code;name\nA;a\n")
    write(tmp_path / "both" / "b.yaml", "regions: ['11']\n")
    with pytest.raises(BadFile, match=r"several forms \(sheets: actors\.csv; documents: b\.yaml\)"):
        read(SOURCE, tmp_path, tmp_path / "both")


def test_the_template_loads_as_it_is_and_is_fictional(tmp_path: Path) -> None:
    write_template(tmp_path / "sheets")
    reading, events = read(SOURCE, tmp_path, tmp_path / "sheets")
    assert (reading.stamp, rejected(events), reading.notes.unplaced) == ("inventory:ma-region", [], {})
    found = items(events)
    assert {label for label, _ in found} == {"Region", "Actor", "DataClass", "Usage", "Pathway", "Step", "Application", "Interface", "Flow"}
    assert [one.props["fictional"] for one in found.values() if "fictional" in one.props] == [True] * 4
    assert {link.type for one in found.values() for link in one.links} >= {"ENTERS", "CONNECTED_TO", "REPLACED_BY", "CARRIES", "SERVES", "NEEDS", "SUPPORTS"}


def test_each_column_of_the_template_is_explained_and_each_sheet_has_its_example() -> None:
    columns = {"dataset": HEADS} | {name: sheet.columns for name, sheet in SHEETS.items()}
    assert set(HELP) == {name for of in columns.values() for name in of}
    assert [(name, set(EXAMPLES[name]) - set(of)) for name, of in columns.items() if set(EXAMPLES[name]) - set(of)] == []
    assert {name: len(text.splitlines()) for name, text in template_files().items()} == {f"{name}.csv": 3 for name in columns}


def test_a_template_is_not_written_over_what_a_person_filled_in(tmp_path: Path) -> None:
    write(tmp_path / "sheets" / "flows.csv", "mine")
    with pytest.raises(BadInput, match=r"holds flows\.csv already; nothing was written"):
        write_template(tmp_path / "sheets")
    assert [path.name for path in (tmp_path / "sheets").iterdir()] == ["flows.csv"]


def test_only_the_inventory_has_a_template_and_without_one_files_are_needed(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="the source matrix has none"):
        template_text(MATRIX, tmp_path)
    with pytest.raises(BadInput, match="FILE is needed"):
        template_text(SOURCE, None)
