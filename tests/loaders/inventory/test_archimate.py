"""ArchiMate in and out (docs/archimate.md): a round trip loses nothing of ours, a model of somebody else gives what it says and no more."""

import json
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.archimate.archi_csv import archi_files
from graph.archimate.exchange import exchange_text
from graph.archimate.inventory_model import inventory_model
from graph.errors import BadFile
from graph.inventory_forms import Described
from graph.record import Event, Item, Left, Link, Notes
from loaders.files import input_files
from loaders.inventory.documents import read_documents
from loaders.inventory.entries import Entry
from loaders.inventory.source import SOURCE
from loaders.marked import Marked
from tests.loaders.given import items, needs, read, records, rejected, write
from tests.shared import SHARED

DATA = Path(__file__).parents[3] / "data"
SCHEMA = SHARED / "archimate" / "archimate3_Model.xsd"
EDGES: Mapping[str, list[dict[str, Any]]] = {
    "regions": [{"code": "11"}, {"code": "96", "name": "Îles", "aliases": ["a, b", 'c "d"']}],
    "actors": [{"code": "ARS", "name": "ARS & <co>", "kind": "ARS"}],
    "classes": [{"code": "OFFER", "access": ["OFFER", "BEDS"], "name": "é\nsecond line"}],
    "usages": [{"code": "U", "needs": {"OFFER": "useful"}, "supports": ["P", "P/A", "P/B"]}],
    "pathways": [{"code": "P", "name": "p", "steps": [{"code": "A", "next": ["B"]}, {"code": "B", "name": "b"}]}],
    "applications": [
        {
            "code": "ROR",
            "kind": "REGIONAL_ROR",
            "criticality": 4,
            "perimeter": "NATIONAL",
            "trust_circles": ["11", "true"],
            "deployed_in": ["11", "96"],
            "owned_by": "ARS",
            "users": "3",
            "enters": [{"class": "OFFER", "regions": ["11"], "since": "2025-01-01", "evidence": "declared", "reason": "r"}],
            "connected_to": [{"state": "failing", "to": ["VT", "SAS"], "checked_on": "2026-01-01"}, {"state": "unknown", "to": "ROR"}],
        },
        {"code": "VT", "name": "VT", "source": "a; b", "reason": "2026"},
        {"code": "SAS"},
    ],
    "interfaces": [
        {
            "code": "I",
            "exposed_by": "ROR",
            "intake": False,
            "version": "3.0",
            "serves": {"OFFER": {"attributes": ["a"], "regional_extension": ["x", "y"]}, "GONE": {}},
            "replaced_by": [{"interface": "IN", "coverage": {"OFFER": "ALL", "BEDS": ["n"]}, "note": "n"}, "ELSEWHERE"],
        },
        {"code": "IN", "exposed_by": "ROR", "intake": True, "opens_on": "2026-01-01"},
    ],
    "flows": [
        {
            "code": "F1",
            "mode": "query",
            "consumer": "VT",
            "calls": "I",
            "carries": {"OFFER": {"regional_extension": False}},
            "for_usage": ["U"],
            "criticality": 1,
        },
        {"code": "F2", "mode": "feed", "producer": "SAS", "feeds": "IN", "name": "n", "evidence": "observed", "evidence_date": "2026-01-01"},
    ],
}


def held_of(form: Mapping[str, list[dict[str, Any]]], fictional: bool = True) -> list[Described]:
    return [Described(section, one, fictional) for section, some in form.items() for one in some]


def held_in(folder: Path) -> list[Described]:
    found = read_documents(input_files([folder], ["*.yaml"]))
    entries = [one for one in found if isinstance(one, Entry)]
    return [Described(one.section, _form(one.marked), one.fictional) for one in entries]


def _form(marked: Marked) -> dict[str, Any]:
    return dict(marked.value) if isinstance(marked.value, dict) else {"code": marked.value}


def stated(events: list[Event]) -> dict[tuple[str, str], tuple[Any, Counter[str]]]:
    """What the items say, whatever the order of lists and relations."""
    return {key: (_sorted(one), Counter(map(_link, one.links))) for key, one in items(events).items()}


def _sorted(one: Item) -> dict[str, Any]:
    return {name: sorted(value) if isinstance(value, list) else value for name, value in one.props.items()}


def _link(link: Link) -> str:
    return f"{link.type} {link.start} {link.end} {sorted(link.props.items())}"


def written(folder: Path, held: list[Described], form: str) -> Path:
    model = inventory_model(held, "demo")
    files = {"model.xml": exchange_text(model)} if form == "archimate" else archi_files(model)
    for name, text in files.items():
        write(folder / form / name, text)
    return folder / form


def documented(folder: Path, held: list[Described]) -> list[Event]:
    documents = [{"dataset": "demo", "fictional": one.fictional, one.section: [one.form]} for one in held]
    paths = [write(folder / "given" / f"{place}.json", json.dumps(one, ensure_ascii=False)) for place, one in enumerate(documents)]
    return read(SOURCE, folder, *paths)[1]


@pytest.mark.parametrize("form", ["archimate", "archi"])
@pytest.mark.parametrize("what", ["edges", "programme", "region"])
def test_a_round_trip_loses_nothing(tmp_path: Path, what: str, form: str) -> None:
    held = held_of(EDGES) if what == "edges" else held_in(DATA / "programme" if what == "programme" else DATA / "region" / "inventory")
    reading, events = read(SOURCE, tmp_path, written(tmp_path, held, form))
    assert (rejected(events), [one for one in events if isinstance(one, Left)], reading.notes.unplaced) == ([], [], {})
    assert (reading.stamp, stated(events)) == ("inventory:demo", stated(documented(tmp_path, held)))


CODE = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,3}", fullmatch=True)
TEXT = st.text(st.characters(exclude_categories=("C", "Z")) | st.sampled_from(" ,;'\"|<&>=[]{}"), min_size=1, max_size=12).map(lambda text: f"x{text}x")
CODES = st.lists(CODE, min_size=1, max_size=3, unique=True)
CONTENT = st.fixed_dictionaries(
    {},
    optional={"attributes": st.lists(TEXT, min_size=1, max_size=2, unique=True), "regional_extension": st.booleans() | st.lists(TEXT, max_size=2, unique=True)},
)
APPLICATION = st.fixed_dictionaries(
    {"code": CODE},
    optional={
        "name": TEXT,
        "source": TEXT,
        "users": TEXT | st.sampled_from(["1", "true", "null", "[]"]),
        "criticality": st.integers(1, 4),
        "perimeter": CODES | st.just("NATIONAL"),
        "source_hosts": st.lists(TEXT, min_size=1, max_size=2),
        "owned_by": CODES,
        "deployed_in": CODES,
        "certificate_ends_on": st.just("2026-01-01"),
    },
)
FLOW = st.fixed_dictionaries(
    {"code": CODE, "mode": st.just("query"), "consumer": CODE, "calls": CODE},
    optional={"name": TEXT, "carries": st.dictionaries(CODE, CONTENT, max_size=2), "for_usage": CODES | CODE, "frequency": TEXT, "reason": TEXT},
)


@given(
    st.lists(APPLICATION, max_size=3, unique_by=lambda one: str(one["code"])), st.lists(FLOW, max_size=3, unique_by=lambda one: str(one["code"])), st.booleans()
)
@settings(max_examples=60, deadline=None)
def test_a_round_trip_loses_nothing_whatever_the_texts(applications: list[dict[str, Any]], flows: list[dict[str, Any]], fictional: bool) -> None:
    held = held_of({"applications": applications, "flows": flows}, fictional)
    if not held:
        return
    with tempfile.TemporaryDirectory() as name:
        expected = stated(documented(Path(name), held))
        for form in ("archimate", "archi"):
            _, events = read(SOURCE, Path(name), written(Path(name), held, form))
            assert (rejected(events), stated(events)) == ([], expected)


def test_the_same_inventory_gives_the_same_file_and_its_ids_are_its_own() -> None:
    held = held_of(EDGES)
    text = exchange_text(inventory_model(held, "demo"))
    assert text == exchange_text(inventory_model(held_of(EDGES), "demo"))
    ids = [part.partition('"')[0] for part in text.split(' identifier="')[1:]]
    assert [one for one, times in Counter(ids).items() if times > 1] == []


@needs(SCHEMA)
@pytest.mark.parametrize("what", ["edges", "programme", "empty"])
def test_the_file_is_valid_against_the_schema(what: str) -> None:
    etree = pytest.importorskip("lxml.etree", reason="lxml, which reads XML schemas, is not installed")
    held = {"edges": held_of(EDGES), "programme": held_in(DATA / "programme"), "empty": []}[what]
    local = etree.XMLParser(no_network=True)

    class Beside(etree.Resolver):  # type: ignore[misc, name-defined]  # lxml has no types here
        def resolve(self, url: str, _: str, context: object) -> object:
            return self.resolve_filename(str(SCHEMA.parent / url.rpartition("/")[2]), context)

    local.resolvers.add(Beside())
    schema = etree.XMLSchema(etree.parse(str(SCHEMA), local))
    schema.assertValid(etree.fromstring(exchange_text(inventory_model(held, "demo")).encode()))


FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" identifier="m">
 <name>Une cartographie</name>
 <elements>
  <element identifier="a" xsi:type="ApplicationComponent"><name>Outil</name><documentation>Sert à orienter</documentation>
   <properties><property propertyDefinitionRef="p1"><value>DSI</value></property></properties></element>
  <element identifier="b" xsi:type="ApplicationComponent"><name>ROR</name>
   <properties><property propertyDefinitionRef="p2"><value>ROR-X</value></property>
    <property propertyDefinitionRef="p3"><value>11, 24</value></property></properties></element>
  <element identifier="i" xsi:type="ApplicationInterface"><name>API</name></element>
  <element identifier="n" xsi:type="BusinessActor"><name>GRADeS</name></element>
  <element identifier="s" xsi:type="Node"><name>Serveur</name></element>
  <element identifier="d" xsi:type="DataObject"><name>Une donnée</name></element>
 </elements>
 <relationships>
  <relationship identifier="r1" source="b" target="i" xsi:type="Composition"/>
  <relationship identifier="r2" source="i" target="a" xsi:type="Serving"><name>lecture</name></relationship>
  <relationship identifier="r3" source="n" target="b" xsi:type="Assignment"/>
  <relationship identifier="r4" source="a" target="b" xsi:type="Flow"/>
  <relationship identifier="r5" source="s" target="a" xsi:type="Assignment"/>
  <relationship identifier="r6" source="a" target="nowhere" xsi:type="Flow"/>
 </relationships>
 <propertyDefinitions>
  <propertyDefinition identifier="p1" type="string"><name>Service</name></propertyDefinition>
  <propertyDefinition identifier="p2" type="string"><name>ror:code</name></propertyDefinition>
  <propertyDefinition identifier="p3" type="string"><name>ror:perimeter</name></propertyDefinition>
 </propertyDefinitions>
</model>
"""


def foreign(folder: Path, *changes: tuple[str, str]) -> tuple[Notes, list[Event]]:
    text = FOREIGN
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    reading, events = read(SOURCE, folder, write(folder / "foreign.xml", text))
    return reading.notes, events


def test_of_a_model_of_somebody_else_come_applications_interfaces_actors_and_flows(tmp_path: Path) -> None:
    notes, events = foreign(tmp_path)
    found = items(events)
    assert sorted(found) == [
        ("Actor", "n"), ("Application", "ROR-X"), ("Application", "a"), ("Flow", "r2"), ("Flow", "r4"), ("Interface", "I-a"), ("Interface", "i"),
    ]  # fmt: skip
    assert (found["Application", "a"].props["document"], found["Application", "ROR-X"].props["perimeter"]) == ("Sert à orienter", ["11", "24"])
    links = {(link.type, link.start.key, link.end.key) for one in found.values() for link in one.links}
    assert links == {
        ("OWNED_BY", "ROR-X", "n"), ("EXPOSED_BY", "i", "ROR-X"), ("EXPOSED_BY", "I-a", "a"),
        ("CONSUMER", "r2", "a"), ("CALLS", "r2", "i"), ("CONSUMER", "r4", "ROR-X"), ("CALLS", "r4", "I-a"),
    }  # fmt: skip
    assert [found["Flow", code].props["evidence"] for code in ("r2", "r4")] == ["declared", "declared"]
    assert sorted(one.rule for one in events if isinstance(one, Left)) == [
        "element DataObject",
        "element Node",
        "relationship Assignment from Node to ApplicationComponent",
        "relationship Flow with an end that is no element of the file",
    ]
    assert notes.unplaced == {"property Service of ApplicationComponent": 1}


def test_a_wrong_value_is_rejected_at_its_line_and_comes_again_from_the_rejects(tmp_path: Path) -> None:
    _, events = foreign(tmp_path, ("<name>ror:perimeter</name>", "<name>ror:criticality</name>"), ("11, 24", "9"))
    [row] = rejected(events)
    assert (row.place.line, row.field, row.reason) == (7, "criticality", "9 is greater than the maximum of 4.")
    again = write(tmp_path / "rejects.yaml", f"# rorgraph file: foreign.xml\n{row.text.replace('criticality: 9', 'criticality: 4')}\n")
    [record] = records(read(SOURCE, tmp_path, again)[1])
    assert (record.items[0].key, record.items[0].props["criticality"]) == ("ROR-X", 4)


def test_a_field_of_ours_that_does_not_exist_is_rejected(tmp_path: Path) -> None:
    [row] = rejected(foreign(tmp_path, ("ror:perimeter", "ror:perimetre"))[1])
    assert row.reason.startswith("perimetre: there is no such field. Fields: code, name, kind")


def test_an_interface_of_two_applications_is_rejected(tmp_path: Path) -> None:
    _, events = foreign(tmp_path, ('source="s" target="a" xsi:type="Assignment"', 'source="a" target="i" xsi:type="Composition"'))
    assert [(row.place.line, row.reason) for row in rejected(events)] == [
        (20, "The model says both 'ROR-X' and 'a'; there is one. Keep the right relationship.")
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<model><elements/></model>", "the root is not a model of the ArchiMate Open Exchange"),
        (FOREIGN.replace("<model", '<!DOCTYPE model [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<model'), "it has a DOCTYPE"),
        (FOREIGN[:900], "not well-formed XML"),
    ],
)
def test_what_is_no_model_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        read(SOURCE, tmp_path, write(tmp_path / "m.xml", text))


def test_archis_files_are_read_with_another_delimiter_a_prefix_and_line_breaks(tmp_path: Path) -> None:
    write(tmp_path / "x" / "si-elements.csv", 'ID;Type;Name;Documentation\na;ApplicationComponent;"Out;il";"one\ntwo"\nb;Node;n;\nc;ApplicationInterface;;\n')
    write(tmp_path / "x" / "si-relations.csv", "ID;Type;Name;Documentation;Source;Target\nr;CompositionRelationship;;;a;c\n")
    write(tmp_path / "x" / "si-properties.csv", "ID;Key;Value\na;ror:criticality;high\n")
    events = read(SOURCE, tmp_path, tmp_path / "x")[1]
    [row] = rejected(events)
    assert (row.place.file, row.place.line, row.field) == ("si-properties.csv", 2, "criticality")
    write(tmp_path / "x" / "si-properties.csv", "ID;Key;Value\na;ror:criticality;3\n")
    found = items(read(SOURCE, tmp_path, tmp_path / "x")[1])
    assert (found["Application", "a"].props["name"], found["Application", "a"].props["document"]) == ("Out;il", "one\ntwo")
    assert (found["Application", "a"].props["criticality"], found["Interface", "c"].links[0].end.key) == (3, "a")


def test_archis_relations_alone_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"relations\.csv: Archi's file of elements is missing"):
        read(SOURCE, tmp_path, write(tmp_path / "relations.csv", "ID,Type,Name,Documentation,Source,Target\nr,CompositionRelationship,,,a,c\n"))
