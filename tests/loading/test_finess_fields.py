"""Each field of the made FINESS files is found again in the graph, where the page of the sources says that it goes."""

from datetime import date
from pathlib import Path
from typing import Any, Final

from graph.reads import plain
from graph.store.connection import Store
from loaders.finess.source import SOURCE
from loaders.pipeline import load
from tests.loaders.given import needs
from tests.loading.build import one, options
from tests.shared import SHARED

REAL: Final = SHARED / "finess"
REGION: Final = Path(__file__).parents[2] / "data" / "region"
SITE: Final = "MATCH (s:GeographicEntity {id: '1960000149'}) "
SHUT: Final = "MATCH (s:GeographicEntity {id: '1960009991'}) "
ENTITY: Final = "MATCH (s:LegalEntity {id: '1967800004'}) "
GONE: Final = "MATCH (s:LegalEntity {id: '1967800996'}) "
STOCK: Final = "MATCH (s:GeographicEntity {id: '1960000214'}) "
LISTED: Final = "MATCH (s:LegalEntity {id: '1967800012'}) "
TELECOM: Final = "MATCH (s)-[:HAS_TELECOM]->(t:Telecom {channel: 'TRE_R200-%s'}) RETURN t.value"
PLACE: Final = "MATCH (s)-[:LOCATED_IN]->(c) RETURN c.code"
TYPES: Final = "MATCH (c:Concept {id: '%s'}) RETURN "
Found = dict[str, tuple[str, Any]]


def structure(start: str, *, name: str, address: str, postal_code: str, commune: str, phone: str, category: str) -> Found:
    """What both forms say of a site or an entity."""
    return {
        "rs, rslongue": (start + "RETURN s.name", name),
        "numvoie, typvoie, voie, compvoie, lieuditbp": (start + "RETURN s.address", address),
        "ligneacheminement": (start + "RETURN s.postal_code", postal_code),
        "departement, commune": (start + PLACE, commune),
        "telephone": (start + TELECOM % "2", phone),
        "categetab": (start + "RETURN s.category", category),
    }


def held(key: str, **values: Any) -> Found:
    """Values of an authorisation by field."""
    start = f"MATCH (a:Authorisation {{id: '{key}'}}) "
    found: Found = {"nofinesset": (start + "MATCH (a)-[:GRANTED_TO]->(s) RETURN s.id", "1" + values.pop("site", "960000073"))}
    for field, (name, value) in values.pop("fields").items():
        found[field] = (start + f"RETURN a.{name}", value)
    if values.pop("holder", True):
        found["nofinessej"] = (start + "MATCH (a)-[:HELD_BY]->(e) RETURN e.id", "1967800004")
    return found


CHU: Final = structure(
    ENTITY,
    name="CENTRE HOSPITALIER UNIVERSITAIRE DES ILES (FICTIF)",
    address="1B R DES FICTIONS, BP 1, 96000 PORT BRUME",
    postal_code="96000",
    commune="96001",
    phone="0536490101",
    category="TRE_R66-101",
)
EMBRUNS: Final = structure(
    SITE,
    name="CHU DES ILES - SITE EMBRUNS (FICTIF)",
    address="2B QU DES FICTIONS, BP 9, 96040 VALLON DES EMBRUNS",
    postal_code="96040",
    commune="96009",
    phone="0536490101",
    category="TRE_R66-101",
)
HAVRE: Final = structure(
    STOCK,
    name="CH DU HAVRE (FICTIF)",
    address="3 R DES FICTIONS, 96100 HAVRE DU SUD",
    postal_code="96100",
    commune="96101",
    phone="0536490002",
    category="TRE_R66-355",
)
SITES: Final[Found] = {
    **HAVRE,
    "nofinesset": (STOCK + "RETURN s.finess", "960000214"),
    "nofinessej": (STOCK + "MATCH (s)-[:PART_OF]->(e) RETURN e.id", "1967800012"),
    "siret": (STOCK + "RETURN s.siret", "00096001300027"),
    "codesph": (STOCK + "RETURN s.espic", "TRE_R73-1"),
    "dateouv": (STOCK + "RETURN s.opened_on", date(1985, 4, 1)),
    "maj": (STOCK + "RETURN s.updated_at", date(2025, 11, 30)),
}
FORMS: Final[dict[str, Found]] = {
    "legal entities, XML": {
        **CHU,
        "nofiness": (ENTITY + "RETURN s.finess", "967800004"),
        "statutjuridique": (ENTITY + "RETURN s.legal_status", "TRE_R72-14"),
        "siren": (ENTITY + "RETURN s.siren", "000960005"),
        "datecrea": (ENTITY + "RETURN s.opened_on", date(1971, 1, 1)),
        "telecopie": (ENTITY + TELECOM % "6", "0536490102"),
        "codepostal": (ENTITY + "RETURN s.postal_code", "96000"),
        "datefermeture": (GONE + "RETURN s.closed_on", date(2010, 7, 10)),
        "typefermeture": (GONE + "RETURN s.closing_type", "TRE_R232-DEF"),
        "datemaj": (ENTITY + "RETURN s.updated_at", date(2025, 11, 30)),
    },
    "sites, XML": {
        **EMBRUNS,
        "nofinesset": (SITE + "RETURN s.finess", "960000149"),
        "nofinessej": (SITE + "MATCH (s)-[:PART_OF]->(e) RETURN e.id", "1967800004"),
        "telecopie": (SITE + TELECOM % "6", "0536490102"),
        "siret": (SITE + "RETURN s.siret", "00096000500015"),
        "codesph": (SITE + "RETURN s.espic", "TRE_R73-1"),
        "dateouv": (SITE + "RETURN s.opened_on", date(1985, 5, 1)),
        "courriel": ("MATCH (s:GeographicEntity {id: '1960000073'}) " + TELECOM % "3", "contact@fictif.example"),
        "typeet, nofinessppal": (SITE + "MATCH (s)-[:SECONDARY_OF]->(p) RETURN p.id", "1960000073"),
        "indcaduc": (SITE + "RETURN s.lapsed", True),
        "codepostal": (SITE + "RETURN s.postal_code", "96040"),
        "datefermeture": (SHUT + "RETURN s.closed_on", date(2010, 7, 10)),
        "typefermeture": (SHUT + "RETURN s.closing_type", "TRE_R233-DEF"),
        "datemaj": (SITE + "RETURN s.updated_at", date(2025, 11, 30)),
    },
    "authorisations of care activities, XML": held(
        "AS/960000002/96002/960000073",
        fields={
            "noautor": ("number", "960000002"),
            "noligautor": ("line", "96002"),
            "activite": ("activity", "TRE_R274-04"),
            "modalite": ("modality", "TRE_R275-09"),
            "forme": ("form", "TRE_R276-01"),
            "dateautor, datemeo": ("valid_from", date(2001, 8, 3)),
            "datefin": ("ends_on", date(2029, 2, 4)),
            "indcaduc": ("lapsed", True),
            "indsupact, indsupsite": ("state", "REMOVED"),
            "sectpsy": ("psychiatry_sector", "96G01"),
            "datemajact, datemajsite": ("updated_at", date(2025, 9, 24)),
        },
    ),
    "authorisations of heavy equipment, XML": held(
        "EML/960000003/960000073",
        fields={
            "noautor": ("number", "960000003"),
            "eml": ("activity", "TRE_R272-06201"),
            "dateautor, datemeo": ("valid_from", date(2019, 6, 28)),
            "datefin": ("ends_on", date(2029, 3, 7)),
            "indcaduc": ("lapsed", False),
            "indsup": ("state", None),
            "datemaj": ("updated_at", date(2025, 8, 24)),
        },
    ),
    "social equipment, XML": held(
        "ASOCR/960001824/924/11/711",
        site="960001824",
        holder=False,
        fields={
            "de": ("activity", "TRE_R280-924"),
            "ta": ("modality", "TRE_R209-11"),
            "client": ("form", "TRE_R279-711"),
            "dateautor, datepremautor": ("valid_from", date(2017, 1, 3)),
            "capautot": ("capacity", 80),
            "capinstot": ("installed_capacity", 78),
            "indsupaut": ("state", None),
            "datemajaut, datemajinst": ("updated_at", date(2025, 4, 21)),
        },
    ),
    "other authorised activities, XML": held(
        "AASA/960000004/960000073",
        fields={
            "noautor": ("number", "960000004"),
            "activite": ("activity", "TRE_R274-A1"),
            "modalite": ("modality", "TRE_R275-M0"),
            "forme": ("form", "TRE_R276-00"),
            "datedecision, datemeo": ("valid_from", date(2019, 6, 3)),
            "datefin": ("ends_on", date(2029, 5, 31)),
            "etatautorisation": ("state", "7"),
            "datemaj": ("updated_at", date(2025, 8, 24)),
        },
    ),
    "recognised activities, XML": held(
        "ASR/960000005/960000073",
        fields={
            "noautor": ("number", "960000005"),
            "activite": ("activity", "TRE_R274-R4"),
            "modalite": ("modality", "TRE_R275-N1"),
            "forme": ("form", "TRE_R276-01"),
            "dateeffetasr": ("valid_from", date(2013, 12, 1)),
            "capaciteautorisee": ("capacity", 10),
            "etatautorisation": ("state", "23"),
            "datemaj": ("updated_at", date(2025, 8, 24)),
        },
    ),
    "categories of establishments, XML": {
        "code": (TYPES % "TRE_R66-355" + "c.code", "355"),
        "libelle, libellecourt": (TYPES % "TRE_R66-355" + "[c.label, c.short_label]", ["Centre Hospitalier (C.H.)", "C.H."]),
        "datedeb, datefin": (TYPES % "TRE_R66-355" + "[toString(c.valid_from), toString(c.valid_to)]", ["1979-01-01", "2030-12-31"]),
        "codeagr3, codeagr2, codeagr1": (
            "MATCH (:Concept {id: 'TRE_R66-355'})-[:BROADER]->(a)-[:BROADER]->(b)-[:BROADER]->(c) RETURN [a.id, b.id, c.id]",
            ["TRE_R65-1102", "TRE_R64-1100", "TRE_R63-1000"],
        ),
        "libelleagr3, libellecourtagr3 and the like": (
            TYPES % "TRE_R64-1100" + "[c.label, c.short_label]",
            ["Etablissements Hospitaliers", "Etab.Hospitaliers"],
        ),
    },
    "legal statuses, XML": {
        "code": (TYPES % "TRE_R72-14" + "c.code", "14"),
        "libelle, libellecourt": (TYPES % "TRE_R72-14" + "c.short_label", "Etb.Pub.Intcom.Hosp."),
        "datedeb, datefin": (TYPES % "TRE_R72-14" + "c.valid_from", date(1979, 1, 1)),
        "codeagr3, codeagr2, codeagr1": (
            "MATCH (:Concept {id: 'TRE_R72-14'})-[:BROADER]->(a)-[:BROADER]->(b)-[:BROADER]->(c) RETURN [a.id, b.id, c.id]",
            ["TRE_R70-1210", "TRE_R69-1200", "TRE_R68-1000"],
        ),
        "libelleagr3, libellecourtagr3 and the like": (TYPES % "TRE_R68-1000" + "c.label", "Organismes et Etablissements Publics"),
    },
}
STOCKS: Final[dict[str, Found]] = {
    "sites with positions": {
        **SITES,
        "telecopie": (STOCK + TELECOM % "6", "0536490003"),
        "coordxet, coordyet, source": (STOCK + "RETURN [s.latitude > 45, s.longitude < -3]", [True, True]),
    },
    "sites": {**SITES, "telecopie": (STOCK + TELECOM % "6", "0536490003")},
    "legal entities": {
        **structure(
            LISTED,
            name="CH DU HAVRE (FICTIF)",
            address="1 R DE LA FABLE, 96100 HAVRE DU SUD",
            postal_code="96100",
            commune="96101",
            phone="0536490901",
            category="TRE_R66-355",
        ),
        "nofiness": (LISTED + "RETURN s.finess", "967800012"),
        "statutjuridique": (LISTED + "RETURN s.legal_status", "TRE_R72-13"),
        "siren": (LISTED + "RETURN s.siren", "000960013"),
        "datecrea": (LISTED + "RETURN s.opened_on", date(1970, 1, 1)),
    },
}


def found(store: Store, forms: dict[str, Found]) -> dict[str, dict[str, Any]]:
    return {form: {field: plain(one(store, text)) for field, (text, _) in fields.items()} for form, fields in forms.items()}


def expected(forms: dict[str, Found]) -> dict[str, dict[str, Any]]:
    return {form: {field: tuple(value) if isinstance(value, list) else value for field, (_, value) in fields.items()} for form, fields in forms.items()}


def test_each_field_of_the_xml_files_is_found_again_where_the_page_says(embedded_store: Store, tmp_path: Path) -> None:
    report = load(embedded_store, SOURCE, [REGION / "finess_other_forms"], options(tmp_path))
    assert (report.rejected, sorted(report.objects)) == (0, ["Authorisation", "Concept", "GeographicEntity", "LegalEntity"])
    assert found(embedded_store, FORMS) == expected(FORMS)
    load(embedded_store, SOURCE, [REGION / "finess"], options(tmp_path))
    assert found(embedded_store, STOCKS) == expected(STOCKS)


def test_the_fields_are_those_of_the_page() -> None:
    stated = {form.name: {place.field for place in form.places} for form in SOURCE.formats}
    assert {form: set(fields) for form, fields in {**STOCKS, **FORMS}.items()} == stated


@needs(REAL)
def test_the_real_excerpts_are_loaded_and_a_key_that_stands_four_times_is_rejected(embedded_store: Store, tmp_path: Path) -> None:
    report = load(embedded_store, SOURCE, sorted(REAL.glob("finess_cs*.xml*")), options(tmp_path))
    assert (report.seen, report.rejected, sum(report.left.values())) == (431, 4, 13)
    assert report.objects == {"Authorisation": 29, "Concept": 517, "GeographicEntity": 14, "LegalEntity": 3}
    doubled = "MATCH (a:Authorisation) WHERE a.id STARTS WITH 'ASOCR/010003598/' RETURN count(a)"
    assert one(embedded_store, doubled) == 0
