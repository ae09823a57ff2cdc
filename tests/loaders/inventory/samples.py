"""Samples of the forms of an inventory beside YAML and JSON (tests/loaders/samples.py)."""

from typing import Final

from tests.loaders.sample import Edit, Files, Sample

HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" xmlns:xsi="x" identifier="m">\n<name>m</name>\n'
)


def _sheets() -> Files:
    return {
        "dataset.csv": b"dataset;fictional\nsample;false\n",
        "classes.csv": b"code;name;access\nOFFER;Offre;OFFER\n",
        "applications.csv": b"code;name;criticality;deployed_in\nROR-ILE;ROR;;96\nSAS;Plateforme;3;\nVT;Trajectoire;3;\n",
        "entries.csv": b"application;class;regions\nROR-ILE;OFFER;96\n",
        "interfaces.csv": b"code;exposed_by;serves\nI-ILE;ROR-ILE;OFFER\n",
        "flows.csv": b"code;mode;consumer;calls;carries;evidence;evidence_date\nF1;query;SAS;I-ILE;OFFER;declared;2024-01-01\n",
    }


def _archimate() -> Files:
    elements = "".join(
        f'<element identifier="{one}" xsi:type="ApplicationComponent"><name>{one}</name><properties><property propertyDefinitionRef="p"><value>3</value>'
        "</property></properties></element>\n"
        for one in ("ROR-ILE", "SAS", "VT")
    )
    interface = '<element identifier="I-ILE" xsi:type="ApplicationInterface"><name>i</name></element>\n'
    relationships = (
        '<relationship identifier="R1" source="ROR-ILE" target="I-ILE" xsi:type="Composition"/>\n'
        '<relationship identifier="F1" source="I-ILE" target="SAS" xsi:type="Flow"/>\n'
    )
    definitions = '<propertyDefinition identifier="p" type="string"><name>ror:criticality</name></propertyDefinition>\n'
    body = (
        f"<elements>\n{elements}{interface}</elements>\n<relationships>\n{relationships}</relationships>\n"
        f"<propertyDefinitions>\n{definitions}</propertyDefinitions>\n"
    )
    return {"model.xml": (HEAD + body + "</model>\n").encode()}


def _archi() -> Files:
    elements = "".join(f'"{one}","ApplicationComponent","{one}","",""\n' for one in ("ROR-ILE", "SAS", "VT"))
    relations = '"R1","CompositionRelationship","","","ROR-ILE","I-ILE",""\n"F1","FlowRelationship","","","I-ILE","SAS",""\n'
    return {
        "elements.csv": f'"ID","Type","Name","Documentation","Specialization"\n{elements}"I-ILE","ApplicationInterface","i","",""\n'.encode(),
        "relations.csv": f'"ID","Type","Name","Documentation","Source","Target","Specialization"\n{relations}'.encode(),
        "properties.csv": b'"ID","Key","Value"\n"SAS","ror:criticality","3"\n',
    }


def _mercator() -> Files:
    return {
        "applications.json": b'[\n{"id": 1, "name": "SAS", "entity_resp_id": 2},\n{"id": 3, "name": "VT"},\n{"id": 4, "name": "ROR"}\n]\n',
        "entities.json": b'[\n{"id": 2, "name": "GRADeS", "entity_type": "exploitant"}\n]\n',
        "fluxes.json": b'[\n{"id": 5, "name": "lecture", "application_source_id": 4, "application_dest_id": 1}\n]\n',
    }


def _proposals() -> Files:
    flow = "{{code: {0}, mode: query, consumer: {1}, calls: I-ILE, criticality: 3, evidence: observed, evidence_date: '2026-01-10'}}"
    accepted = "".join(f"- {{accept: true, what: seen, flow: {flow.format(*one)}}}\n" for one in (("F1", "SAS"), ("F2", "VT")))
    return {"observed-I-ILE.yaml": f"dataset: observed-I-ILE\nproposals:\n{accepted}- {{accept: null, flow: {{}}}}\n- {{accept: false, flow: {{}}}}\n".encode()}


INVENTORY_SAMPLES: Final = (
    Sample(
        "inventory",
        "sheets",
        _sheets,
        rows=6,
        changed=Edit("applications.csv", "Plateforme;3", "Plateforme;4"),
        dropped=Edit("applications.csv", "VT[^\n]*\n"),
        gone={"Application": 1},
        spoilt=Edit("applications.csv", "Plateforme;3", "Plateforme;9"),
        mended=("criticality: 9", "criticality: 3"),
    ),
    Sample(
        "inventory",
        "archimate",
        _archimate,
        rows=5,
        changed=Edit("model.xml", "<value>3</value>", "<value>4</value>"),
        dropped=Edit("model.xml", '<element identifier="VT"[^\n]*\n'),
        gone={"Application": 1},
        spoilt=Edit("model.xml", "<value>3</value>", "<value>9</value>"),
        mended=("criticality: 9", "criticality: 3"),
    ),
    Sample(
        "inventory",
        "archi",
        _archi,
        rows=5,
        changed=Edit("properties.csv", '"3"', '"4"'),
        dropped=Edit("elements.csv", '"VT"[^\n]*\n'),
        gone={"Application": 1},
        spoilt=Edit("properties.csv", '"3"', '"9"'),
        mended=("criticality: 9", "criticality: 3"),
    ),
    Sample(
        "inventory",
        "mercator",
        _mercator,
        rows=6,
        changed=Edit("applications.json", '"name": "VT"', '"name": "Trajectoire"'),
        dropped=Edit("applications.json", r'\{"id": 3[^\n]*\n'),
        gone={"Application": 1},
        spoilt=Edit("entities.json", '"name"', '"nom"'),
        mended=("- code: MERCATOR-ENTITY-2", "- code: MERCATOR-ENTITY-2\n  name: GRADeS"),
    ),
    Sample(
        "inventory",
        "proposals",
        _proposals,
        rows=2,
        changed=Edit("observed-I-ILE.yaml", "criticality: 3", "criticality: 4"),
        dropped=Edit("observed-I-ILE.yaml", "- [^\n]*F2[^\n]*\n"),
        gone={"Flow": 1},
        spoilt=Edit("observed-I-ILE.yaml", "criticality: 3", "criticality: 9"),
        mended=("criticality: 9", "criticality: 3"),
    ),
)
