"""XML as rows: what a row holds, and what no file can do to the reader."""

from pathlib import Path

import pytest

from graph.errors import BadFile
from graph.record import Place, Rejected
from loaders.files import input_files
from loaders.xml_rows import DEEPEST, LARGEST_ROW, Element, XmlHead, XmlRow, xml_head, xml_rows
from tests.loaders.given import one_file, write

FLUX = frozenset({"flux"})


def read(path: Path, parents: frozenset[str] = FLUX) -> list[XmlRow | Rejected]:
    return list(xml_rows(one_file(path), parents))


def shape(element: Element) -> tuple[object, ...]:
    return (element.name, element.attributes, element.text, [shape(child) for child in element.children])


def test_each_child_of_a_parent_is_a_row_with_its_line_and_its_text(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xml", '<flux>\n  <site>\n    <name>Bourg &amp; co</name>\n    <n:code x:nil="true"/>\n  </site>\n  <site/></flux>')
    rows = [row for row in read(path) if isinstance(row, XmlRow)]
    assert [(row.place, row.parent, row.text) for row in rows] == [
        (Place("a.xml", 2), "flux", '<site>\n    <name>Bourg &amp; co</name>\n    <n:code x:nil="true"/>\n  </site>'),
        (Place("a.xml", 6), "flux", "<site/>"),
    ]
    assert [shape(row.element) for row in rows] == [
        ("site", {}, "", [("name", {}, "Bourg & co", []), ("code", {"nil": "true"}, "", [])]),
        ("site", {}, "", []),
    ]


def test_a_value_is_the_text_of_the_first_child_of_that_name_and_empty_where_it_is_nil(tmp_path: Path) -> None:
    [row] = read(write(tmp_path / "a.xml", '<flux><s><a> 1 </a><a>2</a><b x:nil="true">3</b></s></flux>'))
    assert isinstance(row, XmlRow)
    assert (row.element.value("a"), [one.text for one in row.element.all("a")], row.element.value("b"), row.element.value("c")) == ("1", ["1", "2"], "", "")


def test_rows_lie_under_parents_at_any_depth_whatever_their_prefix(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xml", "<e:Envelope><Body><c:orgs><c:org>1</c:org></c:orgs><c:sites><c:site>2</c:site></c:sites></Body></e:Envelope>")
    rows = [row for row in read(path, frozenset({"orgs", "sites"})) if isinstance(row, XmlRow)]
    assert [(row.parent, row.element.name, row.text) for row in rows] == [("orgs", "org", "<c:org>1</c:org>"), ("sites", "site", "<c:site>2</c:site>")]


def test_the_head_is_what_stands_before_the_first_row(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xml", '<?xml version="1.0"?>\n<!-- (c) -->\n<root xmlns:c="urn:c"><c:flux v="2"><s/></c:flux></root>')
    assert xml_head(one_file(path), FLUX) == XmlHead(
        '<?xml version="1.0"?>\n<!-- (c) -->\n<root xmlns:c="urn:c"><c:flux v="2">', (("root", {"xmlns:c": "urn:c"}), ("flux", {"v": "2"}))
    )


def test_a_file_without_the_parent_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as problem:
        xml_head(one_file(write(tmp_path / "a.xml", "<root/>")), FLUX)
    assert str(problem.value) == "a.xml: no element flux in it. Nothing was loaded."


def test_a_rejects_file_is_read_though_its_end_tags_are_missing(tmp_path: Path) -> None:
    parts = ("# rorgraph file: a.xml\n<flux>\n# rorgraph: line 7: why\n<s>1</s>\n", "# rorgraph file: b.xml\n<flux>\n# rorgraph: line 9: why\n<s>2\n</s>\n")
    path = write(tmp_path / "rejects.xml", "".join(parts))
    rows = [row for file in input_files([path], ["*"]) for row in xml_rows(file, FLUX)]
    assert [(row.place, row.text) for row in rows] == [(Place("a.xml", 4), "<s>1</s>"), (Place("b.xml", 8), "<s>2\n</s>")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "cp1252"])
@pytest.mark.parametrize("declared", ["UTF-8", "ISO-8859-1", "nonsense"])
def test_what_the_bytes_are_counts_and_not_what_is_declared(tmp_path: Path, encoding: str, declared: str) -> None:
    word = "l’Œuvre" if encoding == "cp1252" else "Évreux"
    [row] = read(write(tmp_path / "a.xml", f'<?xml version="1.0" encoding="{declared}"?><flux><s>{word}</s></flux>'.encode(encoding)))
    assert isinstance(row, XmlRow)
    assert (row.text, row.element.text) == (f"<s>{word}</s>", word)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            '<!DOCTYPE flux [<!ENTITY a "b">]>\n<flux><s>&a;</s></flux>',
            "line 1: it has a DOCTYPE, which may hide entities and other files; a file of this format has none",
        ),
        ("<flux>\n<s>&a;</s></flux>", "line 2: not well-formed XML: undefined entity"),
        ("<flux>\n<s>1</t></flux>", "line 2: not well-formed XML: mismatched tag"),
        ("<flux>\n<s>1</s>", "line 2: not well-formed XML: no element found"),
        ("<flux>" + "<d>" * 100_000, f"line 1: elements in elements, more than {DEEPEST} deep"),
        ("<d>" * 100_000, f"line 1: elements in elements, more than {DEEPEST} deep"),
        ("<flux><s a='" + "x" * 3 * LARGEST_ROW + "'/></flux>", "line 1: something there is larger than 1,048,576 bytes"),
        ("code label", "line 1: not well-formed XML: syntax error"),
    ],
    ids=["DOCTYPE", "entity", "tags crossed", "cut", "deep row", "deep root", "large tag", "no XML"],
)
def test_a_file_that_is_no_plain_xml_is_refused(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(BadFile) as problem:
        read(write(tmp_path / "a.xml", content))
    assert str(problem.value) == f"a.xml, {said}. Nothing of the file was loaded; fetch it again or correct it."


def test_a_row_that_is_too_large_is_rejected_and_the_next_go_on(tmp_path: Path) -> None:
    content = "<flux>\n<s><a>" + "x" * LARGEST_ROW + "</a><b/></s>\n<s>1</s>\n<t>" + "y" * 3 * LARGEST_ROW + "</t><s>2</s></flux>"
    rows = read(write(tmp_path / "a.xml", content))
    assert [row if isinstance(row, Rejected) else row.text for row in rows] == [
        Rejected(Place("a.xml", 2), "<!-- s of line 2: too large to be kept here -->", "", "The element s is larger than 1,048,576 bytes."),
        "<s>1</s>",
        Rejected(Place("a.xml", 4), "<!-- t of line 4: too large to be kept here -->", "", "The element t is larger than 1,048,576 bytes."),
        "<s>2</s>",
    ]


def test_what_stands_between_rows_may_be_larger_than_a_row(tmp_path: Path) -> None:
    between = ("<!-- " + "c" * 1000 + " -->\n<?p i?>" + " " * 1000) * 2000
    rows = read(write(tmp_path / "a.xml", f"<flux>{between}<s>1</s>{between}<s>2</s>{between}</flux>"))
    assert [row.text for row in rows] == ["<s>1</s>", "<s>2</s>"]


@pytest.mark.parametrize("size", [1, 7, 64])
def test_a_row_cut_by_the_chunks_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr("loaders.files.CHUNK", size)
    content = "<?xml version='1.0'?><flux><s><a>é&lt;</a><b/></s> <s/><t></t>\n<!-- x --><s a='1'>2</s></flux>"
    assert [row.text for row in read(write(tmp_path / "a.xml", content))] == ["<s><a>é&lt;</a><b/></s>", "<s/>", "<t></t>", "<s a='1'>2</s>"]
