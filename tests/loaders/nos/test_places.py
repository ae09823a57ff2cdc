"""Every field of the four forms of the NOS is found again in the graph."""

from datetime import date
from pathlib import Path

from graph.store.connection import Store
from loaders.nos.source import SOURCE
from tests.loaders.given import write
from tests.loaders.nos.made import CODES, R211, R227, address, code_system, fhir, resource, svs, tabs, value_set
from tests.loaders.places import Asked, expected, fields, found, loaded

CONCEPT = "MATCH (c:Concept {id: 'TRE_R227-05'})"
SET = "MATCH (v:ValueSet {code: 'JDV_J20'})"
INCLUDED = f"{SET}-[:INCLUDES]->(c) RETURN c.id"
BROADER = "MATCH (c:Concept)-[:BROADER]->(b) RETURN c.id + ' ' + b.id"
LABEL = f"{CONCEPT} RETURN c.label"


def labels_and_dates(prefix: str, names: tuple[str, str, str, str, str, str]) -> dict[str, Asked]:
    """What the concept TRE_R227-05 must be, by the fields of a form: nomenclature, code, labels, short label, start, end."""
    system, code, label, short, start, end = (f"{prefix}{name}" for name in names)
    return {
        system: (f"{CONCEPT} RETURN c.system", "TRE_R227"),
        code: (f"{CONCEPT} RETURN c.code", "05"),
        label: (LABEL, "Offre ambulatoire"),
        short: (f"{CONCEPT} RETURN c.short_label", "Amb"),
        start: (f"{CONCEPT} RETURN c.valid_from", date(2015, 4, 8)),
        end: (f"{CONCEPT} RETURN c.valid_to", date(2022, 12, 31)),
    }


def test_every_field_of_tabs(embedded_store: Store, tmp_path: Path) -> None:
    columns = "<OID>;<Code>;<Libellé>"
    families, towns, departments = "1.2.250.1.213.3.3.61", "1.2.250.1.213.2.23", "1.2.250.1.71.1.2.16"
    code = f"{R227};05;Ambulatoire;Amb;Offre ambulatoire;20150408120000;20221231120000;20190329120000"
    loaded(
        embedded_store,
        SOURCE,
        tmp_path,
        tabs(tmp_path, "TRE_R227-ChampActivite.tabs", CODES, code),
        write(tmp_path / "TRE_R227_ChampActivite.psv", "05|Ville\n"),
        tabs(tmp_path, "TRE_R88-Territoire.tabs", CODES, "9.88;7;Brume;Brume;Territoire de Brume;;;", oid="9.88"),
        tabs(tmp_path, "JDV_J20-ChampActivite-ROR.tabs", columns, f"{R227};05;Ambulatoire", oid="1.2"),
        tabs(tmp_path, "TRE_R266-Famille.tabs", CODES, f"{families};01;a;b;c;;;", oid=families),
        tabs(tmp_path, "TRE_R13-CommuneOM.tabs", CODES, f"{towns};96001;a;b;c;;;", oid=towns),
        tabs(tmp_path, "TRE_G09-DepartementOM.tabs", CODES, f"{departments};960;a;b;c;;;", oid=departments),
        tabs(tmp_path, "ASS_A14-FamilleActivite.tabs", f"<1.9>;<{families}>;<{R211}>", ";01;325", oid="9"),
        tabs(tmp_path, "ASS_X12-CommuneDept.tabs", f"<{towns}>;<{departments}>", "96001;960", oid="9"),
    )
    names = ("Nom fichier", "Code", "Libellé long, Libellé adapté", "Libellé court", "Date valid", "Date fin")
    asked: dict[str, Asked] = {
        **labels_and_dates("TRE: ", names),
        "TRE: Libellé long, Libellé adapté": (f"{CONCEPT} RETURN c.label + ', ' + c.former_labels[0]", "Ville, Offre ambulatoire"),
        "TRE_R88: Code, Libellé long": ("MATCH (t:HealthTerritory) RETURN t.code + ' ' + t.name", "7 Territoire de Brume"),
        "JDV: Nom fichier": ("MATCH (v:ValueSet) RETURN v.code", "JDV_J20"),
        "JDV: Description": (f"{SET} RETURN v.name", "Titre de JDV_J20-"),
        "JDV: Date MàJ": (f"{SET} RETURN v.version", "20190329"),
        "JDV: OID, Code": (INCLUDED, "TRE_R227-05"),
        "ASS_X10, X11, A14: codes": (BROADER, "TRE_R211-325 TRE_R266-01"),
        "ASS_X12, X09: codes": ("MATCH (c:Commune)-[:IN]->(d:Department) RETURN c.code + ' ' + d.code", "96001 960"),
    }
    assert (found(embedded_store, asked), list(asked)) == (expected(asked), fields(SOURCE, "tabs"))


def test_every_field_of_a_list(embedded_store: Store, tmp_path: Path) -> None:
    loaded(embedded_store, SOURCE, tmp_path, write(tmp_path / "JDV_J20_ChampActivite_ROR.psv", f"05|Ville|{R227}\n"))
    asked: dict[str, Asked] = {
        "(name of the file)": ("MATCH (v:ValueSet) RETURN v.code + ' ' + v.name", "JDV_J20 ChampActivite_ROR"),
        "code": (INCLUDED, "TRE_R227-05"),
        "label": (LABEL, "Ville"),
        "OID": (f"{CONCEPT} RETURN c.system", "TRE_R227"),
    }
    assert (found(embedded_store, asked), list(asked)) == (expected(asked), fields(SOURCE, "list"))


def test_every_field_of_svs(embedded_store: Store, tmp_path: Path) -> None:
    said = 'displayName="Ambulatoire" longDesignation="Offre ambulatoire" shortDesignation="Amb" dateValid="20150408120000" dateFin="20221231120000"'
    loaded(
        embedded_store,
        SOURCE,
        tmp_path,
        svs(tmp_path, "TRE_R227-ChampActivite", f'code="05" {said}'),
        svs(tmp_path, "JDV_J20-ChampActivite-ROR", f'code="05" codeSystem="{R227}" displayName="Ambulatoire"', oid="1.2"),
    )
    names = (
        "ValueSet.displayName",
        "Concept.code",
        "Concept.longDesignation, displayName",
        "Concept.shortDesignation",
        "Concept.dateValid",
        "Concept.dateFin",
    )
    asked: dict[str, Asked] = {
        **labels_and_dates("TRE: ", names),
        "JDV: ValueSet.displayName": ("MATCH (v:ValueSet) RETURN v.code", "JDV_J20"),
        "JDV: ValueSet.description": (f"{SET} RETURN v.name", "Titre de JDV_J20-"),
        "JDV: ValueSet.dateMaj": (f"{SET} RETURN v.version", "20190329"),
        "JDV: Concept.codeSystem, code": (INCLUDED, "TRE_R227-05"),
    }
    assert (found(embedded_store, asked), list(asked)) == (expected(asked), fields(SOURCE, "svs"))


def test_every_field_of_fhir(embedded_store: Store, tmp_path: Path) -> None:
    concept = {
        "code": "05",
        "display": "Offre ambulatoire",
        "designation": [{"use": {"code": "LibelleCourt"}, "value": "Amb"}],
        "property": [{"code": "dateValid", "valueDateTime": "2015-04-08T12:00:00+02:00"}, {"code": "dateFin", "valueDateTime": "2022-12-31T12:00:00+01:00"}],
        "concept": [{"code": "051", "display": "Maison"}],
    }
    pair = {"code": "01", "target": [{"code": "325", "equivalence": "narrower"}]}
    group = {"source": address("TRE_R266-Famille"), "target": address("TRE_R211-Activite"), "element": [pair]}
    loaded(
        embedded_store,
        SOURCE,
        tmp_path,
        fhir(
            tmp_path,
            code_system("TRE_R227-ChampActivite", concept),
            value_set("JDV_J20-ChampActivite-ROR", "TRE_R227-ChampActivite", [("05", "Ambulatoire")], oid="1.2"),
            resource("ConceptMap", "ASS_Z99-Familles", group=[group]),
        ),
    )
    code = "CodeSystem.concept."
    names = (
        "CodeSystem.url, name",
        f"{code}code",
        f"{code}display, designation LibelleAdapte",
        f"{code}designation LibelleCourt",
        f"{code}property dateValid",
        f"{code}property dateFin",
    )
    above = "MATCH (c:Concept)-[:BROADER]->(b) WHERE c.system = '{}' RETURN c.id + ' ' + b.id"
    asked: dict[str, Asked] = {
        **labels_and_dates("", names),
        f"{code}concept, property parent, child": (above.format("TRE_R227"), "TRE_R227-051 TRE_R227-05"),
        "ValueSet.url, name": ("MATCH (v:ValueSet) RETURN v.code", "JDV_J20"),
        "ValueSet.description, title": (f"{SET} RETURN v.name", "Titre de JDV_J20-"),
        "ValueSet.date": (f"{SET} RETURN v.version", "20190329"),
        "ValueSet.compose.include.system, concept; expansion.contains": (INCLUDED, "TRE_R227-05"),
        "ConceptMap.group.source, target, element: narrower, wider": (above.format("TRE_R211"), "TRE_R211-325 TRE_R266-01"),
    }
    assert (found(embedded_store, asked), list(asked)) == (expected(asked), fields(SOURCE, "fhir"))
