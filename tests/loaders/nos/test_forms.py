"""The four forms of the NOS: SVS XML and FHIR beside .tabs and lists; one nomenclature in each of them gives equal concepts."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadFile
from graph.record import Item, Left, Link, Place, Ref
from loaders.nos.source import SOURCE
from tests.loaders.given import items, read, records, rejected, strangers, write
from tests.loaders.nos.made import CODES, R211, R227, SVS, address, code_system, fhir, resource, svs, tabs, value_set

NAME = "TRE_R227-ChampActivite"
SET = "JDV_J20-ChampActivite-ROR"
VALID, CLOSED = "2015-04-08T12:00:00+02:00", "2022-12-31T12:00:00+01:00"
CITY = {
    "code": "05",
    "display": "Offre ambulatoire",
    "designation": [{"use": {"code": "LibelleCourt"}, "value": "Amb"}, {"use": {"code": "LibelleAdapte"}, "value": "Ambulatoire"}],
    "property": [{"code": "dateValid", "valueDateTime": VALID}, {"code": "dateFin", "valueDateTime": CLOSED}],
}
CITY_SVS = 'code="05" displayName="Ambulatoire" longDesignation="Offre ambulatoire" shortDesignation="Amb" dateValid="20150408120000" dateFin="20221231120000"'
CITY_TABS = f"{R227};05;Ambulatoire;Amb;Offre ambulatoire;20150408120000;20221231120000;20190329120000"
CONCEPT = Item(
    "Concept",
    "TRE_R227-05",
    {
        "system": "TRE_R227",
        "code": "05",
        "label": "Offre ambulatoire",
        "short_label": "Amb",
        "former_labels": [],
        "valid_from": date(2015, 4, 8),
        "valid_to": date(2022, 12, 31),
    },
)
ME = Ref("ValueSet", "JDV_J20")
VALUES = Item("ValueSet", "JDV_J20", {"name": "Titre de JDV_J20-", "version": "20190329"}, (Link("INCLUDES", ME, Ref("Concept", "TRE_R227-05")),))


def all_items(folder: Path, *paths: Path) -> list[Item]:
    _, events = read(SOURCE, folder, *paths)
    assert strangers(events) == []
    return list(items(events).values())


def concept(code: str, *nested: dict[str, Any], **properties: str) -> dict[str, Any]:
    said = {"property": [{"code": name, "valueCode": value} for name, value in properties.items()]} if properties else {}
    return {"code": code, "display": f"Code {code}", **said, **({"concept": list(nested)} if nested else {})}


def above(folder: Path, *paths: Path) -> list[tuple[str, str]]:
    return sorted((link.start.key, link.end.key) for item in all_items(folder, *paths) for link in item.links if link.type == "BROADER")


def test_tabs_svs_and_fhir_of_one_nomenclature_give_equal_concepts(tmp_path: Path) -> None:
    made = (tabs(tmp_path, f"{NAME}.tabs", CODES, CITY_TABS), svs(tmp_path, NAME, CITY_SVS), fhir(tmp_path, code_system(NAME, CITY)))
    assert [all_items(tmp_path, path) for path in made] == [[CONCEPT], [CONCEPT], [CONCEPT]]


def test_a_list_gives_the_same_concept_as_far_as_it_says_it(tmp_path: Path) -> None:
    [item] = all_items(tmp_path, write(tmp_path / "TRE_R227_ChampActivite.psv", "05|Offre ambulatoire\n"))
    undated: dict[str, Any] = {"short_label": None, "valid_from": None, "valid_to": None}
    assert item == Item("Concept", "TRE_R227-05", {**CONCEPT.props, **undated})


def test_tabs_svs_and_fhir_of_one_value_set_give_equal_value_sets(tmp_path: Path) -> None:
    made = (
        tabs(tmp_path, f"{SET}.tabs", "<OID>;<Code>;<Libellé>", f"{R227};05;Ambulatoire", oid="1.2"),
        svs(tmp_path, SET, f'code="05" codeSystem="{R227}" displayName="Ambulatoire"', oid="1.2"),
        fhir(tmp_path, value_set(SET, NAME, [("05", "Ambulatoire")], oid="1.2")),
    )
    assert [[item for item in all_items(tmp_path, path) if item.label == "ValueSet"] for path in made] == [[VALUES], [VALUES], [VALUES]]


def test_all_forms_together_say_the_same_concept_once(tmp_path: Path) -> None:
    made = (tabs(tmp_path, f"{NAME}.tabs", CODES, CITY_TABS), svs(tmp_path, NAME, CITY_SVS), fhir(tmp_path, code_system(NAME, CITY)))
    assert all_items(tmp_path, *made) == [CONCEPT]


def test_the_newest_form_leads_and_the_old_label_is_kept(tmp_path: Path) -> None:  # M-3
    newer = fhir(tmp_path, code_system(NAME, {**CITY, "display": "Offre de ville"}, day="2024-04-17T08:59:16.942+00:00"))
    [item] = all_items(tmp_path, tabs(tmp_path, f"{NAME}.tabs", CODES, CITY_TABS), newer)
    assert (item.props["label"], item.props["former_labels"]) == ("Offre de ville", ["Offre ambulatoire"])


def test_a_code_that_the_newest_dated_form_no_longer_ends_is_valid(tmp_path: Path) -> None:  # M-2: an empty end means open
    newer = fhir(tmp_path, code_system(NAME, {**CITY, "property": []}, day="2024-04-17T08:59:16.942+00:00"))
    [item] = all_items(tmp_path, tabs(tmp_path, f"{NAME}.tabs", CODES, CITY_TABS), newer)
    assert item.props["valid_to"] is None


def test_a_code_nested_in_another_is_more_precise(tmp_path: Path) -> None:
    assert above(tmp_path, fhir(tmp_path, code_system(NAME, concept("1", concept("11", concept("111")), concept("12"))))) == [
        ("TRE_R227-11", "TRE_R227-1"),
        ("TRE_R227-111", "TRE_R227-11"),
        ("TRE_R227-12", "TRE_R227-1"),
    ]


def test_a_parent_and_a_child_are_said_by_property_too(tmp_path: Path) -> None:
    assert above(tmp_path, fhir(tmp_path, code_system(NAME, concept("1", child="12"), concept("11", parent="1"), concept("12")))) == [
        ("TRE_R227-11", "TRE_R227-1"),
        ("TRE_R227-12", "TRE_R227-1"),
    ]


def test_a_concept_map_says_which_code_is_more_precise_on_either_side(tmp_path: Path) -> None:
    group = {
        "source": address("TRE_R266-FamilleActivite"),
        "target": address("TRE_R211-ActiviteOperationnelle"),
        "element": [
            {"code": "01", "target": [{"code": "325", "equivalence": "narrower"}]},
            {"code": "02", "target": [{"code": "326", "equivalence": "wider"}]},
        ],
    }
    assert above(tmp_path, fhir(tmp_path, resource("ConceptMap", "ASS_Z99-Autre", group=[group]))) == [
        ("TRE_R211-325", "TRE_R266-01"),
        ("TRE_R266-02", "TRE_R211-326"),
    ]


def test_a_concept_map_without_hierarchy_or_with_another_nomenclature_is_left(tmp_path: Path) -> None:
    def group(source: str, equivalence: str) -> dict[str, Any]:
        element = [{"code": "1", "target": [{"code": "2", "equivalence": equivalence}]}]
        return {"source": source, "target": address("TRE_R211-X"), "element": element}

    made = resource("ConceptMap", "ASS_Z99-Autre", group=[group(address("TRE_R1-X"), "equal"), group("http://loinc.org", "narrower")])
    assert [event.rule for event in read(SOURCE, tmp_path, fhir(tmp_path, made))[1] if isinstance(event, Left)] == [
        "association without hierarchy",
        "association with a nomenclature that is not of the NOS",
    ]


def test_a_concept_map_of_places_says_which_lies_in_which(tmp_path: Path) -> None:
    group = {"source": address("TRE_G09-Dept"), "target": address("TRE_R13-Commune")}
    made = resource("ConceptMap", "ASS_X12-Commune", group=[{**group, "element": [{"code": "01", "target": [{"code": "01004", "equivalence": "narrower"}]}]}])
    [record] = records(read(SOURCE, tmp_path, fhir(tmp_path, made))[1])
    assert record.items[0].hung == (Link("IN", Ref("Commune", "01004"), Ref("Department", "01")),)


def test_a_value_set_may_include_a_whole_nomenclature(tmp_path: Path) -> None:
    whole = resource("ValueSet", SET, oid="1.2", compose={"include": [{"system": address(NAME)}]})
    found = all_items(tmp_path, fhir(tmp_path, code_system(NAME, concept("1"), concept("2")), whole))
    assert [link.end.key for item in found for link in item.links] == ["TRE_R227-1", "TRE_R227-2"]


def test_a_value_set_of_a_nomenclature_that_is_not_there_is_told(tmp_path: Path) -> None:
    reading, _ = read(SOURCE, tmp_path, fhir(tmp_path, resource("ValueSet", SET, compose={"include": [{"system": address(NAME)}]})))
    assert reading.notes.examples == {"value set of a whole nomenclature that is not among the files: its codes are not known": "TRE_R227"}


def test_a_value_set_may_be_given_by_its_expansion(tmp_path: Path) -> None:
    contains = [{"display": "Titre", "contains": [{"system": address(NAME), "code": "1", "display": "Un"}]}]
    found = all_items(tmp_path, fhir(tmp_path, resource("ValueSet", SET, expansion={"contains": contains})))
    assert [(item.label, item.key) for item in found] == [("Concept", "TRE_R227-1"), ("ValueSet", "JDV_J20")]


def test_a_code_of_a_nomenclature_that_is_not_of_the_nos_belongs_to_the_value_set(tmp_path: Path) -> None:  # K-5
    include = {"system": "http://loinc.org", "concept": [{"code": "11488-4", "display": "CR"}]}
    found = all_items(tmp_path, fhir(tmp_path, resource("ValueSet", SET, compose={"include": [include]})))
    assert [item.key for item in found] == ["JDV_J20-11488-4", "JDV_J20"]


def test_the_oid_of_a_member_says_its_nomenclature_where_the_address_does_not(tmp_path: Path) -> None:
    member = {"code": "013", "display": "Cardiologie", "designation": [{"use": {"code": "OID"}, "value": f"urn:oid:{R211}"}]}
    found = all_items(tmp_path, fhir(tmp_path, resource("ValueSet", SET, compose={"include": [{"system": "http://other", "concept": [member]}]})))
    assert found[0].key == "TRE_R211-013"


def test_resources_may_stand_in_a_bundle_or_one_a_line(tmp_path: Path) -> None:
    made = code_system(NAME, CITY), value_set(SET, NAME, [("05", "Ambulatoire")], oid="1.2")
    both = [all_items(tmp_path, fhir(tmp_path, *made, name=name)) for name in ("nos.json", "nos.ndjson")]
    assert both == [[CONCEPT, VALUES], [CONCEPT, VALUES]]


def test_a_code_stands_at_its_line(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, fhir(tmp_path, code_system(NAME, concept("1", concept("11")), concept("2"))))
    lines = (tmp_path / "nos.json").read_text(encoding="utf-8").splitlines()
    assert [lines[record.place.line - 1].strip() for record in records(events)] == ['"code": "1",', '"code": "11",', '"code": "2",']


def test_what_has_no_place_is_counted_by_path(tmp_path: Path) -> None:
    extra = {**concept("1", status="retired"), "definition": "x"}
    reading, _ = read(SOURCE, tmp_path, fhir(tmp_path, code_system(NAME, extra, status="active")))
    assert reading.notes.unplaced == {
        "CodeSystem.id": 1,
        "CodeSystem.status": 1,
        "CodeSystem.concept.definition": 1,
        "CodeSystem.concept.property.status": 1,
    }


def test_a_bad_code_is_rejected_and_read_again_from_the_rejects_file(tmp_path: Path) -> None:
    bad = {**concept("2"), "property": [{"code": "dateValid", "valueDateTime": "hier"}]}
    _, events = read(SOURCE, tmp_path, fhir(tmp_path, code_system(NAME, concept("1", bad))))
    [row] = rejected(events)
    assert (row.field, row.reason) == ("dateValid", "'hier' or '' is no date; it is written like 2019-01-25T12:00:00+01:00.")
    again = write(tmp_path / "again.json", f"# rorgraph file: nos.json\n# rorgraph: why\n{row.text.replace('hier', '2019-01-25')}\n")
    assert above(tmp_path, again) == [("TRE_R227-2", "TRE_R227-1")]


def test_a_bad_concept_of_svs_is_read_again_from_the_rejects_file(tmp_path: Path) -> None:
    path = svs(tmp_path, NAME, CITY_SVS.replace("20150408120000", "hier"), 'code="06" displayName="Coordination"')
    reading, events = read(SOURCE, tmp_path, path)
    [row] = rejected(events)
    assert (row.place, row.field) == (Place(path.name, 5), "dateValid")
    part = f"# rorgraph file: {path.name}\n{reading.heads[path.name]}\n# rorgraph: why\n{row.text.replace('hier', '20150408')}\n"
    assert all_items(tmp_path, write(tmp_path / "again.xml", part)) == [CONCEPT]


def test_a_code_with_two_contents_in_one_resource_is_rejected_twice(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, fhir(tmp_path, code_system(NAME, {"code": "1", "display": "a"}, {"code": "1", "display": "b"})))
    assert [row.field for row in rejected(events)] == ["Code", "Code"]


@pytest.mark.parametrize(
    ("made", "field", "reason"),
    [
        ({"resourceType": "Patient"}, "resourceType", "A Patient is no nomenclature; CodeSystem, ValueSet and ConceptMap are."),
        (
            {"resourceType": "CodeSystem", "url": "http://loinc.org"},
            "url",
            "Neither url nor name says which nomenclature it is, like TRE_R227-ChampActivite, JDV_J20-... or ASS_A14-...",
        ),
    ],
)
def test_another_resource_is_rejected(tmp_path: Path, made: dict[str, Any], field: str, reason: str) -> None:
    [row] = rejected(read(SOURCE, tmp_path, fhir(tmp_path, made))[1])
    assert (row.field, row.reason) == (field, reason)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", r"line 1: this is not JSON"),
        ("[]", "a FHIR resource is a JSON object"),
        ('{"resourceType": "Bundle"}', "no CodeSystem, ValueSet or ConceptMap in it"),
        ('{"resourceType": "Bundle", "entry": [1]}', "an entry holds a resource"),
        ('{"resourceType": "CodeSystem", "name": "TRE_R227", "concept": {}}', "a list of objects is expected"),
        ('{"a":' * 3000, "this is not JSON"),
    ],
)
def test_what_is_no_fhir_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        read(SOURCE, tmp_path, write(tmp_path / "nos.json", text))


def test_another_version_of_svs_is_refused_with_the_one_that_is_known(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as problem:
        read(SOURCE, tmp_path, svs(tmp_path, NAME, CITY_SVS, namespace="urn:ihe:iti:svs:2030"))
    assert str(problem.value) == (
        "TRE_R227-ChampActivite.xml: its version (namespace) of SVS is urn:ihe:iti:svs:2030; the one that is known is urn:ihe:iti:svs:2008. Nothing was loaded."
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<RetrieveValueSetResponse><ConceptList/></RetrieveValueSetResponse>", "with one ValueSet and its ConceptList is"),
        ('<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><r>&e;</r>', "DOCTYPE"),
        (f'<RetrieveValueSetResponse xmlns="{SVS}"><ValueSet displayName="x"><ConceptList/></ValueSet></RetrieveValueSetResponse>', "displayName must"),
    ],
)  # fmt: skip
def test_another_xml_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        read(SOURCE, tmp_path, write(tmp_path / "x.xml", text))
