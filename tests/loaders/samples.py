"""One line a format of each source: a small sample, a changed one, one that lacks an object, one with a row that cannot be loaded.

The shared invariant tests (tests/loading/test_every_source.py) and the mutated files (test_mutated_files.py) read it. A new source or format is a line in
SAMPLES, or in REGISTER_SAMPLES: `test_every_format_has_a_sample` is red until then.
"""

from typing import Final

from loaders.pipeline import Options
from tests.loaders.inventory.samples import INVENTORY_SAMPLES
from tests.loaders.register_samples import REGISTER_SAMPLES
from tests.loaders.ror.samples import fhir_bundle, fhir_lines, xml_answer
from tests.loaders.sample import REGION, Edit, Files, Sample, lines


def _geography() -> Files:
    head = "code_insee;nom;code_postal;code_departement;latitude;longitude\n"
    ain = "".join(f"{code};{name};01500;01;45.96;{east}\n" for code, name, east in (("01004", "Ambérieu-en-Bugey", 5.37), ("01384", "Saint-Denis", 5.3)))
    lyon = "".join(f"6938{number};Lyon {number}e;6900{number};69;45.7{number};4.8\n" for number in (1, 2))
    entry = '{{\n  "num_dep": "{}",\n  "dep_name": "{}",\n  "region_name": "Auvergne-Rhône-Alpes"\n}}'
    departments = ",\n".join(entry.format(*one) for one in (("01", "Ain"), ("42", "Loire"), ("69", "Rhône")))
    return {"communes.csv": (head + ain + lyon).encode(), "departements-region.json": f"[{departments}]\n".encode()}


SITES: Final = "^finess|;96000(0073|0149|0214|0289);"


def _finess_positions() -> Files:
    return {"etalab-cs1100507-stock-1.csv": lines("finess/etalab-cs1100507-stock-20260101-0000.csv", SITES)}


def _finess_sites() -> Files:
    return {"etalab-cs1100502-stock-1.csv": lines("finess/etalab-cs1100507-stock-20260101-0000.csv", f"^structureet.*({SITES})|^finess")}


def _finess_entities() -> Files:
    return {"etalab-cs1100501-stock-1.csv": lines("finess/etalab-cs1100501-stock-20260101-0000.csv", "^finess|;9678000(04|12|20);")}


def _nos_tabs() -> Files:
    return {"TRE_R330-TypeStatutCapacite.tabs": (REGION / "nos" / "TRE_R330-TypeStatutCapacite.tabs").read_bytes()}


def _nos_list() -> Files:
    return {"JDV_J19_ModePriseEnCharge_ROR.psv": lines("nos/JDV_J19_ModePriseEnCharge_ROR.psv", "^(20|28|29)")}


def _nos_svs() -> Files:
    name = "JDV_J190-GenreCapacite-ROR.xml"
    return {name: (REGION / "nos" / name).read_bytes()}


def _nos_fhir() -> Files:
    name = "CodeSystem-TRE-R333-TypeFermetureCapacite.json"
    return {name: (REGION / "nos" / name).read_bytes()}


def _sae() -> Files:
    return {f"{name}_2023r.csv": lines(f"sae/{name}_2023r.csv", "^BOR|^bor|96000(1758|0495)") for name in ("ID", "USLD")}


def _pathways() -> Files:
    content = """code: {code}
name: Filière {code}
population: Adultes
source: a guideline
valid_from: "2014-11-18"
steps:
  - code: unit
    name: Unité
    max_delay_h: 4.5
    requirement: {{activity: [TRE_R211-356]}}
    next: [{{step: home, condition: Retour}}]
  - {{code: home, name: Domicile, place: HOME, requirement: {{careMode: [TRE_R213-31]}}}}
"""
    return {f"pathways/{code}.yaml": content.format(code=code).encode() for code in ("stroke", "heart")}


def _inventory() -> Files:
    return {
        "inventory.yaml": b"""dataset: sample
classes: [{code: OFFER, name: Offre, access: [OFFER]}]
applications:
  - {code: ROR-ILE, name: ROR regional, kind: REGIONAL_ROR, deployed_in: ["96"]}
  - {code: SAS, name: Plateforme, kind: CONSUMER, criticality: 3}
  - {code: VT, name: Trajectoire, kind: CONSUMER, criticality: 3}
interfaces: [{code: I-ILE, exposed_by: ROR-ILE, serves: {OFFER: {}}}]
flows:
  - {code: F1, mode: query, consumer: SAS, calls: I-ILE, carries: {OFFER: {}}, evidence: declared, evidence_date: "2024-01-01"}
"""
    }


def _case() -> Files:
    return {
        "case.json": b"""{"shared": {"applications": [{"code": "ROR-ILE", "kind": "REGIONAL_ROR", "deployed_in": ["96"]}]},
 "inventory": {"applications": [
  {"code": "SAS", "name": "Plateforme", "kind": "CONSUMER", "criticality": 3},
  {"code": "VT", "name": "Trajectoire", "kind": "CONSUMER", "criticality": 3}]}}
"""
    }


def _sas() -> Files:
    return {"sas_search_radius_2026.csv": (REGION / "sas" / "sas_search_radius_2026.csv").read_bytes()}


def _matrix() -> Files:
    return {"roads_2026.csv": (REGION / "matrix" / "roads_2026.csv").read_bytes()}


def _beds() -> Files:
    return {"lits_2026-01-15.csv": (REGION / "beds" / "lits_2026-01-15.csv").read_bytes()}


def _survey() -> Files:
    rows = "MCO;Bretagne;89;100;4\nPSY;Bretagne;138;100;1\nMCO;La Réunion Mayotte;60;100;100\nMCO;TOTAL;149;100;40\n"
    return {"peuplement_2018-03-30.csv": f"field;region;target_sites;populated_pct;quality_pct\n{rows}".encode()}


def _smr() -> Files:
    entry = '"{}": {{"raison_sociale": "{}", "categorie": "CH", "nofinesset": "{}", "nofinessej": "967800004"}}'
    entries = (("960000073", "CLINIQUE", "960000073"), ("967800004", "CH DE BRUME", "960000149"))
    return {"smr_establishments_2024.json": ("{\n" + ",\n".join(entry.format(*one) for one in entries) + "\n}\n").encode()}


def _stroke_units() -> Files:
    head = "c_nom,l_hsi,l_si,finess_site,rs,periode,etat,rq"
    return {"unv_2026.csv": f'{head}\nPORT-BRUME,11,4,960000073,"CH DE BRUME",2010,"labellisé actif",\nDUNES,8,4,960000149,CLINIQUE,2012,prévu,\n'.encode()}


def _stroke_sites() -> Files:
    return {"FINESS96.csv": b"code,label,long,lat\n960000073,CH DE BRUME,-4.5,46.25\n960000149,CLINIQUE,-4.25,46.5\n"}


def _stroke_practices() -> Files:
    head = "pseudo_id;code_insee;commune;code_postal;specialite;finess_site;raison_sociale_site;en_etablissement"
    rows = "PS96-00001;96001;Port-Brume;96000;Neurologie;960000073;CH;oui\nPS96-00002;96002;Brume;96000;Neurologie;;;non\n"
    return {"rpps_brume_pseudonymise.csv": f"{head}\n{rows}".encode()}


SAMPLES: Final = (
    Sample(
        "geography",
        "communes",
        _geography,
        rows=7,
        changed=Edit("communes.csv", "Saint-Denis", "Saint-Denis-en-Bugey"),
        dropped=Edit("communes.csv", r"01384;[^\n]*\n"),
        gone={"Commune": 1},
        spoilt=Edit("communes.csv", "01384;", "1384;"),
        mended=("\n1384;", "\n01384;"),
    ),
    Sample(
        "geography",
        "departments",
        _geography,
        rows=7,
        changed=Edit("departements-region.json", '"Loire"', '"La Loire"'),
        dropped=Edit("departements-region.json", r',\s*\{\s*"num_dep": "42".*?\}'),
        gone={"Department": 1},
        spoilt=Edit("departements-region.json", '"Loire"', "[]"),
        mended=('"dep_name": []', '"dep_name": "Loire"'),
    ),
    Sample(
        "sas",
        "radii",
        _sas,
        rows=3,
        changed=Edit("sas_search_radius_2026.csv", ";40;20", ";45;20"),
        dropped=Edit("sas_search_radius_2026.csv", r"962;[^\n]*\n"),
        gone={"Department": 1},
        spoilt=Edit("sas_search_radius_2026.csv", ";40;20", ";quarante;20"),
        mended=(";quarante;", ";40;"),
    ),
    Sample(
        "finess",
        "sites with positions",
        _finess_positions,
        rows=4,
        changed=Edit("etalab-cs1100507-stock-1.csv", "0536490001", "0536490099"),
        dropped=Edit("etalab-cs1100507-stock-1.csv", r"structureet;960000289[^\n]*\n"),
        gone={"GeographicEntity": 1},
        spoilt=Edit("etalab-cs1100507-stock-1.csv", ";2025-11-30;\n", ";30/11/2025;\n"),
        mended=(";30/11/2025;", ";2025-11-30;"),
        personal=("0536490000", "0536490001", "0536490002", "0536490003"),
    ),
    Sample(
        "finess",
        "sites",
        _finess_sites,
        rows=4,
        changed=Edit("etalab-cs1100502-stock-1.csv", "0536490001", "0536490099"),
        dropped=Edit("etalab-cs1100502-stock-1.csv", r"structureet;960000289[^\n]*\n"),
        gone={"GeographicEntity": 1},
        spoilt=Edit("etalab-cs1100502-stock-1.csv", "structureet;960000149", "structureet;60000149"),
        mended=("structureet;60000149", "structureet;960000149"),
        personal=("0536490000", "0536490001", "0536490002", "0536490003"),
    ),
    Sample(
        "finess",
        "legal entities",
        _finess_entities,
        rows=3,
        changed=Edit("etalab-cs1100501-stock-1.csv", "0536490901", "0536490999"),
        dropped=Edit("etalab-cs1100501-stock-1.csv", r"structureej;967800020[^\n]*\n"),
        gone={"LegalEntity": 1},
        spoilt=Edit("etalab-cs1100501-stock-1.csv", "1970-01-01", "1970-13-01"),
        mended=("1970-13-01", "1970-01-01"),
        personal=("0536490900", "0536490901", "0536490902"),
    ),
    Sample(
        "nos",
        "tabs",
        _nos_tabs,
        rows=6,
        changed=Edit("TRE_R330-TypeStatutCapacite.tabs", ";02;Disponible;Disponible;Disponible;", ";02;Libre;Libre;Libre;"),
        dropped=Edit("TRE_R330-TypeStatutCapacite.tabs", r"[^\n]*;02;Disponible[^\n]*\n"),
        gone={"Concept": 1},
        spoilt=Edit("TRE_R330-TypeStatutCapacite.tabs", ";02;Disponible;", ";;Disponible;"),
        mended=(";;Disponible;", ";02;Disponible;"),
        head=3,
    ),
    Sample(
        "nos",
        "list",
        _nos_list,
        rows=3,
        changed=Edit("JDV_J19_ModePriseEnCharge_ROR.psv", "Hospitalisation de jour", "Jour"),
        dropped=Edit("JDV_J19_ModePriseEnCharge_ROR.psv", r"29\|[^\n]*\n"),
        gone={"Concept": 1},
        spoilt=Edit("JDV_J19_ModePriseEnCharge_ROR.psv", r"29\|", "|"),
        mended=("\n|Hosp", "\n29|Hosp"),
        head=0,
    ),
    Sample(
        "nos",
        "svs",
        _nos_svs,
        rows=4,
        changed=Edit("JDV_J190-GenreCapacite-ROR.xml", 'displayName="Homme"', 'displayName="Hommes"'),
        dropped=Edit("JDV_J190-GenreCapacite-ROR.xml", r'<Concept code="04"[^\n]*'),
        gone={"Concept": 1},
        spoilt=Edit("JDV_J190-GenreCapacite-ROR.xml", 'code="04"', 'code=""'),
        mended=('code=""', 'code="04"'),
    ),
    Sample(
        "nos",
        "fhir",
        _nos_fhir,
        rows=3,
        changed=Edit("CodeSystem-TRE-R333-TypeFermetureCapacite.json", '"display": "Indéterminé"', '"display": "Inconnu"'),
        dropped=Edit("CodeSystem-TRE-R333-TypeFermetureCapacite.json", r',\s*\{\s*"code": "03".*?\]\s*\}(?=\s*\]\s*\})'),
        gone={"Concept": 1},
        spoilt=Edit("CodeSystem-TRE-R333-TypeFermetureCapacite.json", '"code": "03"', '"code": ""'),
        mended=('"code":""', '"code":"03"'),
    ),
    Sample(
        "sae",
        "table",
        _sae,
        rows=2,
        changed=Edit("USLD_2023r.csv", ";40;14200;", ";41;14200;"),
        dropped=Edit("USLD_2023r.csv", r"USLD;2023;960001758[^\n]*\n"),
        gone={"Offer": 1},
        spoilt=Edit("USLD_2023r.csv", "960001758", "60001758"),
        mended=(";60001758;", ";960001758;"),
    ),
    Sample(
        "pathways",
        "pathway",
        _pathways,
        rows=2,
        changed=Edit("pathways/heart.yaml", "4.5", "6"),
        dropped=Edit("pathways/heart.yaml", r"    next:[^\n]*\n  - \{code: home.*\}\}\n"),
        gone={"Step": 1},
        spoilt=Edit("pathways/heart.yaml", "place: HOME", "place: HOUSE"),
        mended=("place: HOUSE", "place: HOME"),
    ),
    Sample(
        "inventory",
        "inventory",
        _inventory,
        rows=6,
        changed=Edit("inventory.yaml", "criticality: 3", "criticality: 4"),
        dropped=Edit("inventory.yaml", r"  - \{code: VT[^\n]*\n"),
        gone={"Application": 1},
        spoilt=Edit("inventory.yaml", "criticality: 3", "criticality: 9"),
        mended=("criticality: 9", "criticality: 3"),
    ),
    Sample(
        "inventory",
        "case",
        _case,
        rows=3,
        changed=Edit("case.json", '"criticality": 3', '"criticality": 4'),
        dropped=Edit("case.json", r',\s*\{"code": "VT"[^\n]*\}(?=\])'),
        gone={"Application": 1},
        spoilt=Edit("case.json", '"criticality": 3', '"criticality": 9'),
        mended=('"criticality": 9', '"criticality": 3'),
    ),
    Sample(
        "ror-fhir",
        "bulk export",
        fhir_lines,
        rows=6,
        changed=Edit("ror.ndjson", "Soins du port", "Soins du grand port"),
        dropped=Edit("ror.ndjson", r'\{"resourceType": "Location"[^\n]*\n'),
        gone={"Location": 1},
        spoilt=Edit("ror.ndjson", '"name": "Soins du port"', '"name": 5'),
        mended=('"name": 5', '"name": "Soins du port"'),
    ),
    Sample(
        "ror-fhir",
        "answers of a search",
        fhir_bundle,
        rows=6,
        changed=Edit("ror.json", "Soins du port", "Soins du grand port"),
        dropped=Edit("ror.json", r'\{[^{]*"resource": \{\s*"resourceType": "Location".*?"mode": "match"\s*\}\s*\},'),
        gone={"Location": 1},
        spoilt=Edit("ror.json", '"name": "Soins du port"', '"name": 5'),
        mended=('"name": 5', '"name": "Soins du port"'),
    ),
    Sample(
        "ror-xml",
        "v2.4",
        xml_answer,
        rows=6,
        changed=Edit("ror.xml", "UNITE NEUROVASCULAIRE", "SOINS NEUROVASCULAIRES"),
        dropped=Edit("ror.xml", r"<!-- -->.*?<!-- -->"),
        gone={"Offer": 1},
        spoilt=Edit("ror.xml", "<value>18</value>", "<value>dix-huit</value>"),
        mended=("dix-huit", "18"),
        options=Options(ror="ROR-ILE", region="96"),
    ),
    Sample(
        "beds",
        "capacity",
        _beds,
        rows=6,
        changed=Edit("lits_2026-01-15.csv", ";;;;3;", ";;;;4;"),
        dropped=Edit("lits_2026-01-15.csv", r";;;96/0010;01;06[^\n]*\n"),
        gone={"Capacity": 1},
        spoilt=Edit("lits_2026-01-15.csv", ";01;01;6;", ";01;01;six;"),
        mended=(";six;", ";6;"),
    ),
    Sample(
        "survey",
        "figures",
        _survey,
        rows=3,
        changed=Edit("peuplement_2018-03-30.csv", ";89;100;4", ";89;100;5"),
        dropped=Edit("peuplement_2018-03-30.csv", r"PSY;[^\n]*\n"),
        gone={"PopulationFigure": 1},
        spoilt=Edit("peuplement_2018-03-30.csv", "PSY;Bretagne", "PSY;Petite Bretagne"),
        mended=("Petite Bretagne", "Bretagne"),
    ),
    Sample(
        "smr",
        "establishments",
        _smr,
        rows=2,
        changed=Edit("smr_establishments_2024.json", "CLINIQUE", "CLINIQUE DES DUNES"),
        dropped=Edit("smr_establishments_2024.json", r',\n"967800004".*?\}'),
        gone={"Listing": 1},
        spoilt=Edit("smr_establishments_2024.json", '"CLINIQUE"', "[]"),
        mended=('"raison_sociale": []', '"raison_sociale": "CLINIQUE"'),
    ),
    Sample(
        "stroke",
        "units",
        _stroke_units,
        rows=2,
        changed=Edit("unv_2026.csv", ",8,4,", ",8,6,"),
        dropped=Edit("unv_2026.csv", r"DUNES[^\n]*\n"),
        gone={"Listing": 1},
        spoilt=Edit("unv_2026.csv", "960000149", "96000149"),
        mended=(",96000149,", ",960000149,"),
    ),
    Sample(
        "stroke",
        "sites",
        _stroke_sites,
        rows=2,
        changed=Edit("FINESS96.csv", "46.5", "46.25"),
        dropped=Edit("FINESS96.csv", r"960000149[^\n]*\n"),
        gone={"Listing": 1},
        spoilt=Edit("FINESS96.csv", "46.5", "146.5"),
        mended=(",146.5", ",46.5"),
    ),
    Sample(
        "stroke",
        "practices",
        _stroke_practices,
        rows=2,
        changed=Edit("rpps_brume_pseudonymise.csv", "Brume;96000;Neurologie;;", "Brume;96000;Spécialiste en Médecine générale;;"),
        dropped=Edit("rpps_brume_pseudonymise.csv", r"PS96-00002[^\n]*\n"),
        gone={"Practice": 1},
        spoilt=Edit("rpps_brume_pseudonymise.csv", "PS96-00002;96002", "PS96-00002;6002"),
        mended=(";6002;", ";96002;"),
    ),
    Sample(
        "matrix",
        "roads",
        _matrix,
        rows=3,
        changed=Edit("roads_2026.csv", ",71", ",75"),
        dropped=Edit("roads_2026.csv", r"96201,[^\n]*\n"),
        gone={"Commune": 1},
        spoilt=Edit("roads_2026.csv", ",118,", ",cent,"),
        mended=(",cent,", ",118,"),
    ),
    *INVENTORY_SAMPLES,
    *REGISTER_SAMPLES,
)
