"""Each column of the made extracts of the Annuaire Santé is found again in the graph, where the page of the sources says that it goes."""

from pathlib import Path
from typing import Any, Final

import pytest

from graph.runs import Mode
from graph.store.connection import Store
from loaders.annuaire.source import SOURCE
from loaders.finess.source import SOURCE as FINESS
from loaders.pipeline import NotWhole, load
from tests.loading.build import one, options

REGION: Final = Path(__file__).parents[2] / "data" / "region"
DOCTOR: Final = "MATCH (p:Practice {id: '800096000013/10/C/C00096020100018/L'}) "
GROUP: Final = "MATCH (s:GeographicEntity {id: '300096020100018'}) "
ORTHO: Final = "MATCH (s:GeographicEntity {id: '096100001501'}) "
DENTIST: Final = "MATCH (s:GeographicEntity {id: '300096020300014'}) "
NURSE: Final = "MATCH (s:GeographicEntity {id: '400096000047001'}) "
TELECOMS: Final = DOCTOR + "MATCH (p)-[:HAS_TELECOM]->(t:Telecom {channel: '%s'}) RETURN t.value"
SKILLS: Final = DOCTOR + "MATCH (p)-[r:HAS_SPECIALTY]->(c) WITH c, r ORDER BY c.id RETURN collect(%s)"
LIVE_SKILLS: Final = SKILLS % "CASE WHEN r.gone_on IS NULL THEN c.id END"

FOUND: Final[dict[str, tuple[str, Any]]] = {
    "Identification nationale PP": (DOCTOR + "MATCH (p)-[:BY]->(n:Professional) RETURN n.id", "800096000013"),
    "Code civilité d'exercice": ("MATCH (n:Professional {id: '800096000013'}) RETURN n.title", "DR"),
    "Nom d'exercice": ("MATCH (n:Professional {id: '800096000013'}) RETURN n.family_name", "FICTIVE"),
    "Prénom d'exercice": (DOCTOR + "RETURN p.exercise_name", "Maëlle FICTIVE"),
    "Code profession": (DOCTOR + "RETURN p.profession", "TRE_G15-10"),
    "Code catégorie professionnelle": (DOCTOR + "RETURN p.category", "TRE_R09-C"),
    "Code type savoir-faire": (SKILLS % "r.type", ["TRE_R04-S", "TRE_R04-S", "TRE_R04-C"]),
    "Code savoir-faire": (SKILLS % "c.id", ["TRE_R38-SM38", "TRE_R38-SM53", "TRE_R39-C34"]),
    "Code mode exercice": (DOCTOR + "RETURN p.exercise_mode", "TRE_R23-L"),
    "Code secteur d'activité": (GROUP + "RETURN s.category", "TRE_R02-SA08"),
    "Code section tableau pharmaciens": ("MATCH (p:Practice {id: '800096000039/21/C/R10000009601/S'}) RETURN p.sections", ["TRE_R06-G"]),
    "Code rôle": ("MATCH (p:Practice {id: '800096000039/21/C/R10000009601/S'}) RETURN p.roles", ["TRE_R21-FON-05"]),
    "Code genre activité": ("MATCH (p:Practice {id: '800096000039/21/C/F960002665/S'}) RETURN p.activity_kinds", ["TRE_R22-GENR02"]),
    "Numéro FINESS site": ("MATCH (p:Practice {id: '800096000013/10/C/F960000073/S'})-[:AT]->(s) RETURN s.name", "Chu Des Iles - Site Port-Brume (fictif)"),
    "Numéro SIRET site": ("MATCH (p:Practice {id: '800096000039/21/C/R10000009601/S'})-[:AT]->(s) RETURN s.id", "1960003648"),
    "Numéro SIREN site": (ORTHO + "MATCH (s)-[:PART_OF]->(e:LegalEntity) RETURN e.id", "2000960202"),
    "Numéro FINESS établissement juridique": (DENTIST + "MATCH (s)-[:PART_OF]->(e:LegalEntity) RETURN e.id", "1967800053"),
    "Identifiant technique de la structure": (GROUP + "MATCH (s)<-[:AT]-(p {id: '800096000021/10/C/C00096020100018/L'}) RETURN p.kind", "REGISTER"),
    "Ancien identifiant de la structure": (NURSE + "RETURN s.rpps_rank", "00096000047001"),
    "Raison sociale site": (GROUP + "RETURN s.name", "CABINET MEDICAL DU PORT (FICTIF)"),
    "Enseigne commerciale site": (GROUP + "RETURN s.usual_name", "LA CRIEE"),
    "Complément destinataire (coord. structure)": (GROUP + "RETURN split(s.address, ', ')[0]", "BATIMENT A"),
    "Complément point géographique (coord. structure)": (GROUP + "RETURN split(s.address, ', ')[1]", "2E ETAGE"),
    "Numéro Voie (coord. structure)": (GROUP + "RETURN s.address CONTAINS '17B'", True),
    "Indice répétition voie (coord. structure)": (GROUP + "RETURN split(s.address, ', ')[2]", "17B Quai DES FABLES"),
    "Code type de voie (coord. structure)": ("MATCH (s:GeographicEntity {id: '300096020400012'}) RETURN s.address", "5 AV DES REVES, 96200"),
    "Libellé type de voie (coord. structure)": (GROUP + "RETURN s.address CONTAINS 'Quai'", True),
    "Libellé Voie (coord. structure)": (GROUP + "RETURN s.address CONTAINS 'DES FABLES'", True),
    "Mention distribution (coord. structure)": (GROUP + "RETURN split(s.address, ', ')[3]", "BP 12"),
    "Bureau cedex (coord. structure)": (NURSE + "RETURN s.address", "3 Chemin DES SONGES, 96119 CAP LOINTAIN CEDEX"),
    "Code postal (coord. structure)": (GROUP + "RETURN s.postal_code", "96000"),
    "Code commune (coord. structure)": (GROUP + "MATCH (s)-[:LOCATED_IN]->(c) RETURN c.code", "96001"),
    "Libellé commune (coord. structure)": (GROUP + "RETURN split(s.address, ', ')[4]", "96000 Port-Brume"),
    "Téléphone (coord. structure)": (TELECOMS % "TRE_R200-2", "0536490201"),
    "Téléphone 2 (coord. structure)": (TELECOMS % "TRE_R200-1", "0600000201"),
    "Télécopie (coord. structure)": (TELECOMS % "TRE_R200-6", "0536490202"),
    "Adresse e-mail (coord. structure)": (TELECOMS % "TRE_R200-3", "cabinet.port@fictif.example"),
    "Nom de famille": ("MATCH (n:Professional {id: '800096000096'}) RETURN n.family_name", "REVERIE"),
    "Prénoms": ("MATCH (n:Professional {id: '800096000096'}) RETURN n.given_names", "Enora Lena"),
    "Autres identifiants": ("MATCH (n:Professional {id: '800096000088'})-[r:SAME_AS]->(o) RETURN [r.rule, r.state, o.id]", ["P-2", "decided", "0961000023"]),
}
BIRTH: Final = "MATCH (n) WHERE any(k IN keys(n) WHERE n[k] IN ['01/01/1980', '0600000777', 'prive@fictif.example', '02/02/1990']) RETURN count(n)"


def test_each_column_is_found_again_where_the_page_says(embedded_store: Store, tmp_path: Path) -> None:
    load(embedded_store, FINESS, [REGION / "finess"], options(tmp_path))
    report = load(embedded_store, SOURCE, [REGION / "annuaire"], options(tmp_path))
    assert (report.seen, report.rejected, sum(report.left.values())) == (19, 0, 3)
    assert {column: one(embedded_store, text) for column, (text, _) in FOUND.items()} == {column: value for column, (_, value) in FOUND.items()}
    assert one(embedded_store, BIRTH) == 0


def test_the_columns_are_those_of_the_page() -> None:
    assert {place.field for form in SOURCE.formats for place in form.places} == set(FOUND)


def test_the_same_extract_again_changes_nothing(embedded_store: Store, tmp_path: Path) -> None:
    load(embedded_store, SOURCE, [REGION / "annuaire"], options(tmp_path))
    report = load(embedded_store, SOURCE, [REGION / "annuaire"], options(tmp_path))
    assert (report.seen, report.unchanged, report.gone) == (19, 19, {})


def test_mended_savoir_faire_load_alone_and_leave_the_practice_as_it_was(store: Store, tmp_path: Path) -> None:  # invariant 7
    extract, skills = (next((REGION / "annuaire").glob(f"PS_LibreAcces_{name}_*.txt")) for name in ("Personne_activite", "SavoirFaire"))
    bad = tmp_path / skills.name
    right, wrong = "|10|Médecin|C|Civil|S|Spécialité ordinale|SM38|", "||Médecin|C|Civil|S|Spécialité ordinale|SM38|"
    bad.write_text(skills.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")
    whole = load(store, SOURCE, [extract, skills], options(tmp_path))
    asked = [text for text, _ in FOUND.values() if text.startswith(DOCTOR)] + [LIVE_SKILLS]
    before = [one(store, text) for text in asked]
    rejects = load(store, SOURCE, [extract, bad], options(tmp_path)).rejects
    assert (whole.rejects, rejects is None, one(store, LIVE_SKILLS)) == (None, False, ["TRE_R38-SM53", "TRE_R39-C34"])
    assert rejects is not None
    rejects.write_text(rejects.read_text(encoding="utf-8").replace(wrong, right), encoding="utf-8")
    with pytest.raises(NotWhole):
        load(store, SOURCE, [rejects], options(tmp_path))
    mended = load(store, SOURCE, [rejects], options(tmp_path, mode=Mode.DELTA))
    assert (mended.seen, mended.updated, mended.left) == (1, 1, {})
    assert [one(store, text) for text in asked] == before
