"""Extracts of the Annuaire Santé: what becomes of each line. Everyone here is fictional."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from graph.errors import BadFile
from graph.questions import Question
from graph.reads import Row
from graph.record import Event, Item, Left, Link, Owned, Place, Record, Ref
from loaders.annuaire.people import NO_PRACTICE, NONE_HELD
from loaders.annuaire.source import NO_PLACE, SOURCE
from loaders.source import Reading
from tests.loaders.given import items, read, records, rejected, write

COLUMNS: Final = (
    "Type d'identifiant PP", "Identification nationale PP", "Code civilité d'exercice", "Nom d'exercice", "Prénom d'exercice", "Code profession",
    "Code catégorie professionnelle", "Code type savoir-faire", "Code savoir-faire", "Code mode exercice", "Numéro SIRET site", "Numéro SIREN site",
    "Numéro FINESS site", "Numéro FINESS établissement juridique", "Identifiant technique de la structure", "Raison sociale site",
    "Code postal (coord. structure)", "Code commune (coord. structure)", "Téléphone (coord. structure)", "Adresse e-mail (coord. structure)",
    "Ancien identifiant de la structure", "Code secteur d'activité", "Code section tableau pharmaciens", "Code rôle", "Code genre activité",
)  # fmt: skip
SKILL_COLUMNS: Final = (COLUMNS[1], *COLUMNS[5:9])
DOCTOR: Final = {
    "Identification nationale PP": "800096000013",
    "Code civilité d'exercice": "DR",
    "Nom d'exercice": "FICTIVE",
    "Prénom d'exercice": "Maëlle",
    "Code profession": "10",
    "Code catégorie professionnelle": "C",
    "Code type savoir-faire": "S",
    "Code savoir-faire": "SM53",
    "Code mode exercice": "L",
}
HOSPITAL: Final = {"Numéro FINESS site": "960000073", "Identifiant technique de la structure": "F960000073"}
SURGERY: Final = {
    "Numéro SIRET site": "00096020100018",
    "Identifiant technique de la structure": "C00096020100018",
    "Raison sociale site": "CABINET DU PORT",
    "Code postal (coord. structure)": "96000",
    "Code commune (coord. structure)": "96001",
    "Code secteur d'activité": "SA08",
}
PRACTICE: Final = Ref("Practice", "800096000013/10/C/C00096020100018/L")
PERSON: Final = Ref("Professional", "800096000013")
SITE: Final = Ref("GeographicEntity", "300096020100018")


class Sites:
    """A store that holds sites: (SIRET, id, commune), and by rang."""

    def __init__(self, sirets: Sequence[tuple[str, str, str | None]] = (), ranks: Sequence[tuple[str, str]] = ()) -> None:
        self.sirets, self.ranks = sirets, ranks

    def read(self, question: Question, /, **params: Any) -> list[Row]:
        if question.name == "sites_of_ranks":
            return [{"rank": rank, "id": site} for rank, site in self.ranks if rank in params["ranks"]]
        found = [one for one in self.sirets if one[0] in params["sirets"]]
        return [{"siret": siret, "id": site, "communes": [{"code": commune, "rank": 0}] if commune else []} for siret, site, commune in found]


def extract(folder: Path, *rows: dict[str, str], columns: Sequence[str] = COLUMNS, name: str = "PS_LibreAcces_Personne_activite_202601010800.txt") -> Path:
    lines = ["|".join(columns), *("|".join(row.get(column, "") for column in columns) + "|" for row in rows)]
    return write(folder / name, "\n".join(lines) + "\n")


def skills(folder: Path, *rows: dict[str, str]) -> Path:
    return extract(folder, *rows, columns=SKILL_COLUMNS, name="PS_LibreAcces_SavoirFaire_202601010800.txt")


def of(folder: Path, *rows: dict[str, str], store: Sites | None = None) -> tuple[Reading, list[Event]]:
    return read(SOURCE, folder, extract(folder, *rows), store=store or Sites())


def at(events: list[Event]) -> list[str]:
    return [link.end.key for record in records(events) for link in record.items[0].links if link.type == "AT"]


def test_a_line_is_a_practice_with_its_professional_and_its_site(tmp_path: Path) -> None:
    more = {"Code rôle": "FON-01", "Code genre activité": "GENR01", "Code section tableau pharmaciens": "A", "Téléphone (coord. structure)": "06 00 00 02 01"}
    _, [record] = of(tmp_path, {**DOCTOR, **SURGERY, **more})
    assert isinstance(record, Record)
    assert record.items == (
        Item(
            *PRACTICE,
            {
                "kind": "REGISTER",
                "profession": "TRE_G15-10",
                "category": "TRE_R09-C",
                "exercise_mode": "TRE_R23-L",
                "roles": ["TRE_R21-FON-01"],
                "activity_kinds": ["TRE_R22-GENR01"],
                "sections": ["TRE_R06-A"],
                "exercise_name": "Maëlle FICTIVE",
            },
            (
                Link("BY", PRACTICE, PERSON),
                Link("AT", PRACTICE, SITE),
                Link("HAS_SPECIALTY", PRACTICE, Ref("Concept", "TRE_R38-SM53"), {"type": "TRE_R04-S"}),
            ),
            (
                Owned(
                    "HAS_TELECOM",
                    Ref("Telecom", "800096000013/10/C/C00096020100018/L#2ec49ecadff217ba"),
                    {"channel": "TRE_R200-1", "value": "0600000201", "confidentiality": 1},
                ),
            ),
        ),
        Item(
            *SITE,
            {
                "siret": "00096020100018",
                "rpps_rank": None,
                "adeli_rank": None,
                "name": "CABINET DU PORT",
                "usual_name": None,
                "category": "TRE_R02-SA08",
                "address": "96000",
                "postal_code": "96000",
            },
            (Link("LOCATED_IN", SITE, Ref("Commune", "96001")),),
        ),
        Item(*PERSON, {"family_name": "FICTIVE", "given_names": "Maëlle", "title": "DR"}),
    )


def test_a_site_with_a_finess_number_is_named_and_not_described(tmp_path: Path) -> None:
    _, events = of(tmp_path, {**DOCTOR, **SURGERY, **HOSPITAL})
    assert (at(events), [label for label, _ in items(events)]) == (["1960000073"], ["Practice", "Professional"])


def test_lines_of_one_practice_are_put_together_wherever_they_stand(tmp_path: Path) -> None:
    other = {**DOCTOR, "Identification nationale PP": "800096000021", **SURGERY}
    second = {"Code type savoir-faire": "C", "Code savoir-faire": "C34", "Code rôle": "FON-02", "Adresse e-mail (coord. structure)": "a@fictif.example"}
    _, events = of(tmp_path, {**DOCTOR, **SURGERY, "Code rôle": "FON-01"}, other, {**DOCTOR, **SURGERY, **second})
    practice = items(events)[PRACTICE]
    assert [record.place.line for record in records(events)] == [2, 4, 3]
    assert [record.items[0].key for record in records(events)] == [PRACTICE.key, PRACTICE.key, "800096000021/10/C/C00096020100018/L"]
    assert records(events)[0].items[0] == records(events)[1].items[0]
    assert practice.props["roles"] == ["TRE_R21-FON-01", "TRE_R21-FON-02"]
    assert [link.end.key for link in practice.links if link.type == "HAS_SPECIALTY"] == ["TRE_R38-SM53", "TRE_R39-C34"]
    assert [one.props["value"] for one in practice.owned] == ["a@fictif.example"]


def test_every_savoir_faire_of_a_profession_is_of_each_of_its_practices(tmp_path: Path) -> None:
    companion = skills(tmp_path, {**DOCTOR, "Code savoir-faire": "SM38"}, {**DOCTOR, "Code profession": "21", "Code savoir-faire": "SP01"})
    main = extract(tmp_path, {**DOCTOR, **SURGERY}, {**DOCTOR, **HOSPITAL, "Code mode exercice": "S", "Code type savoir-faire": "", "Code savoir-faire": ""})
    _, events = read(SOURCE, tmp_path, main, companion)
    found = {key: [link.end.key for link in item.links if link.type == "HAS_SPECIALTY"] for (label, key), item in items(events).items() if label == "Practice"}
    assert found == {PRACTICE.key: ["TRE_R38-SM38", "TRE_R38-SM53"], "800096000013/10/C/F960000073/S": ["TRE_R38-SM38", "TRE_R38-SM53"]}
    assert [event for event in events if isinstance(event, Left)] == [Left(Place(companion.name, 3), NO_PRACTICE)]


@pytest.mark.parametrize(
    ("kind", "code", "concept"),
    [("S", "SM53", "TRE_R38-SM53"), ("DEC", "DSC1", "TRE_R97-DSC1"), ("FQ", "FQ01", "TRE_R45-FQ01"), ("NEW", "SST01", "JDV_J107-SST01")],
)
def test_the_type_of_a_savoir_faire_says_its_nomenclature(tmp_path: Path, kind: str, code: str, concept: str) -> None:
    _, events = of(tmp_path, {**DOCTOR, "Code type savoir-faire": kind, "Code savoir-faire": code})
    assert records(events)[0].items[0].links[-1] == Link(
        "HAS_SPECIALTY", Ref("Practice", "800096000013/10/C//L"), Ref("Concept", concept), {"type": f"TRE_R04-{kind}"}
    )


@pytest.mark.parametrize(
    ("former", "key", "props"),
    [
        ("400096000047001", "400096000047001", {"rpps_rank": "00096000047001", "adeli_rank": None, "siret": None}),
        ("096100001501", "096100001501", {"rpps_rank": None, "adeli_rank": "96100001501", "siret": None}),
        ("300096020100018", "300096020100018", {"rpps_rank": None, "adeli_rank": None, "siret": "00096020100018"}),
        ("", "annuaire#R77", {"rpps_rank": None, "adeli_rank": None, "siret": None}),
    ],
)
def test_a_structure_without_finess_number_is_keyed_by_its_rang_then_its_siret(tmp_path: Path, former: str, key: str, props: dict[str, str | None]) -> None:
    _, events = of(tmp_path, {**DOCTOR, "Identifiant technique de la structure": "R77", "Ancien identifiant de la structure": former})
    site = items(events)["GeographicEntity", key]
    assert {name: site.props[name] for name in props} == props


def test_a_former_finess_number_names_the_site(tmp_path: Path) -> None:
    _, events = of(tmp_path, {**DOCTOR, "Identifiant technique de la structure": "R77", "Ancien identifiant de la structure": "1960000073"})
    assert at(events) == ["1960000073"]


def test_the_legal_entity_is_the_finess_one_else_that_of_the_siren_where_no_siret_has_it(tmp_path: Path) -> None:
    rank = {"Identifiant technique de la structure": "R77", "Ancien identifiant de la structure": "400096000047001", "Numéro SIREN site": "000960202"}
    by_finess = {**SURGERY, "Numéro FINESS établissement juridique": "967800053", "Numéro SIREN site": "000960201"}
    _, events = of(tmp_path, {**DOCTOR, **rank}, {**DOCTOR, **by_finess})
    assert {key: item.links[0].end.key for (label, key), item in items(events).items() if label == "GeographicEntity"} == {
        "400096000047001": "2000960202",
        "300096020100018": "1967800053",
    }


@pytest.mark.parametrize(
    ("sirets", "found"),
    [
        ([("00096020100018", "1960003648", "96001")], "1960003648"),
        ([("00096020100018", "1960003648", "96002")], "300096020100018"),
        ([("00096020100018", "1960003648", "96001"), ("00096020100018", "1960003713", "96001")], "300096020100018"),
        ([("00096020100018", "1960003648", "96001"), ("00096020100018", "1960003713", "96002")], "1960003648"),
        ([("00096020100018", "300096020100018", "96001")], "300096020100018"),
    ],
    ids=["one site", "in another commune", "two sites", "one of two communes", "the register's own"],
)
def test_a_siret_is_the_one_open_site_that_bears_it_in_that_commune(tmp_path: Path, sirets: list[tuple[str, str, str | None]], found: str) -> None:  # S-3
    _, events = of(tmp_path, {**DOCTOR, **SURGERY}, store=Sites(sirets))
    assert at(events) == [found]
    assert (("GeographicEntity", found) in items(events)) is (found == SITE.key)


def test_a_siret_of_two_structures_here_is_not_matched(tmp_path: Path) -> None:  # S-3: one on each side
    other = {**SURGERY, "Identifiant technique de la structure": "R77", "Ancien identifiant de la structure": "400096000047001"}
    _, events = of(tmp_path, {**DOCTOR, **SURGERY}, {**DOCTOR, **other}, store=Sites([("00096020100018", "1960003648", "96001")]))
    assert at(events) == ["300096020100018", "400096000047001"]


def test_a_rang_is_the_site_that_bears_it(tmp_path: Path) -> None:  # S-2
    rank = {"Identifiant technique de la structure": "R77", "Ancien identifiant de la structure": "400096000047001"}
    _, events = of(tmp_path, {**DOCTOR, **rank}, store=Sites(ranks=[("00096000047001", "1960003648")]))
    assert at(events) == ["1960003648"]


def test_a_structure_stated_in_several_ways_is_as_most_lines_say(tmp_path: Path) -> None:
    people = [{**DOCTOR, "Identification nationale PP": number, **SURGERY} for number in ("800096000013", "800096000021", "800096000039")]
    people[0]["Raison sociale site"] = "A"
    reading, events = of(tmp_path, *people)
    assert items(events)[SITE].props["name"] == "CABINET DU PORT"
    assert reading.notes.remarks == {"structure stated in several ways; what most lines say is kept": 1}


def test_two_sites_of_one_practice_reject_its_lines_and_name_them(tmp_path: Path) -> None:
    name = "PS_LibreAcces_Personne_activite_202601010800.txt"
    _, events = of(tmp_path, {**DOCTOR, **HOSPITAL}, {**DOCTOR, **HOSPITAL, "Numéro FINESS site": "960000149"}, {**DOCTOR, **SURGERY})
    about = Ref("Practice", "800096000013/10/C/F960000073/L")
    assert [(row.place.line, row.field, row.reason, row.about, row.also) for row in rejected(events)] == [
        (
            2,
            "Numéro FINESS site",
            f"Lines of one practice state different things here (also: {name}, line 3). All are left out: keep the right one.",
            about,
            (PERSON,),
        ),
        (
            3,
            "Numéro FINESS site",
            f"Lines of one practice state different things here (also: {name}, line 2). All are left out: keep the right one.",
            about,
            (PERSON,),
        ),
    ]
    assert [item.key for item in records(events)[0].items] == [PRACTICE.key, SITE.key, PERSON.key]


def test_two_names_of_one_practice_reject_its_lines_without_saying_them(tmp_path: Path) -> None:
    _, events = of(tmp_path, {**DOCTOR, **HOSPITAL}, {**DOCTOR, **HOSPITAL, "Nom d'exercice": "AUTRE"})
    assert [(row.field, "AUTRE" in row.reason, "FICTIVE" in row.reason) for row in rejected(events)] == [("Nom d'exercice", False, False)] * 2


@pytest.mark.parametrize(
    ("changes", "field", "reason", "about", "also"),
    [
        (
            {"Identification nationale PP": "FICTIVE"},
            "Identification nationale PP",
            "It is no national number of a person: 8 and 11 figures, or 0 and 9 characters.",
            None,
            (),
        ),
        ({"Code profession": ""}, "Code profession", "It is empty; a practice has a profession.", PERSON, ()),
        (
            {"Numéro FINESS site": "FICTIVE"},
            "Numéro FINESS site",
            "It is no FINESS number: nine figures, or 2A and 2B at the start (were leading zeros lost?).",
            PRACTICE,
            (PERSON,),
        ),
        ({"Nom d'exercice": "FICTIVE|Maëlle"}, "", "The line has 27 fields, its header has 25.", None, ()),
    ],
)
def test_a_line_that_cannot_be_used_is_rejected_without_its_values(
    tmp_path: Path, changes: dict[str, str], field: str, reason: str, about: Ref | None, also: tuple[Ref, ...]
) -> None:
    _, events = of(tmp_path, {**DOCTOR, **SURGERY, **changes})
    assert [(row.place.line, row.field, row.reason, row.about, row.also) for row in rejected(events)] == [(2, field, reason, about, also)]


@pytest.mark.parametrize(
    ("kind", "number", "key"),
    [
        ("8", "00096000013", "800096000013"),
        ("0", "961000015", "0961000015"),
        ("3", "3960000073/0000000123", "annuaire#3960000073/0000000123"),
    ],
)
def test_a_person_is_keyed_by_the_national_number_else_by_the_register(tmp_path: Path, kind: str, number: str, key: str) -> None:  # K-3
    _, events = of(tmp_path, {**DOCTOR, "Type d'identifiant PP": kind, "Identification nationale PP": number})
    assert [item.key for item in records(events)[0].items if item.label == "Professional"] == [key]


def test_a_wrong_last_figure_is_told_by_its_line(tmp_path: Path) -> None:
    reading, events = of(tmp_path, {**DOCTOR, "Identification nationale PP": "800096000014"})
    assert len(records(events)) == 1
    assert reading.notes.examples == {
        "Identification nationale PP: the last figure does not agree; kept": "PS_LibreAcces_Personne_activite_202601010800.txt, line 2"
    }


CONNECT: Final = (
    *COLUMNS[:-1], "Code genre d'activité", "Nom de famille", "Prénoms", "Date de naissance", "Code sexe", "Téléphone (coord. correspondance)",
    "Autres identifiants",
)  # fmt: skip
PRIVATE: Final = {"Date de naissance": "01/01/1980", "Code sexe": "F", "Téléphone (coord. correspondance)": "0600000777"}


def connect(folder: Path, *rows: dict[str, str]) -> tuple[Reading, list[Event]]:
    return read(SOURCE, folder, extract(folder, *rows, columns=CONNECT, name="Extraction_ProSanteConnect_Personne_activite_202601010800.txt"))


def test_rpps_and_adeli_tied_by_the_register_are_two_nodes_and_one_person(tmp_path: Path) -> None:  # P-2: RPPS leads
    tied = {"Autres identifiants": "800096000013,RPPS,1;0961000015,ADELI,1"}
    adeli = {**DOCTOR, "Identification nationale PP": "0961000015"}
    _, events = connect(tmp_path, {**DOCTOR, **tied}, {**adeli, **tied})
    same = (Link("SAME_AS", PERSON, Ref("Professional", "0961000015"), {"rule": "P-2", "state": "decided"}),)
    assert [items(events)["Professional", key].hung for key in ("800096000013", "0961000015")] == [same, same]


def test_private_data_is_counted_and_never_kept(tmp_path: Path) -> None:
    reading, events = connect(tmp_path, {**DOCTOR, **PRIVATE, "Code genre d'activité": "GENR02"})
    assert reading.notes.unplaced == {"Date de naissance": 1, "Code sexe": 1, "Téléphone (coord. correspondance)": 1}
    said = repr([item for record in records(events) for item in record.items])
    assert [value for value in PRIVATE.values() if value != "F" and value in said] == []
    assert records(events)[0].items[0].props["activity_kinds"] == ["TRE_R22-GENR02"]


def test_a_column_of_no_extract_is_told_by_its_place_for_a_damaged_header_may_hold_a_name(tmp_path: Path) -> None:
    reading, _ = read(SOURCE, tmp_path, extract(tmp_path, {**DOCTOR, "SONGE": "x"}, columns=(*COLUMNS, "SONGE")))
    assert reading.notes.unplaced == {f"column {len(COLUMNS) + 1}": 1}


def test_the_civil_name_stands_in_for_a_missing_name_of_exercise(tmp_path: Path) -> None:
    civil = {"Nom d'exercice": "", "Prénom d'exercice": "", "Nom de famille": "REVERIE", "Prénoms": "Enora'Lena'"}
    _, events = connect(tmp_path, {**DOCTOR, **civil})
    assert items(events)[PERSON].props == {"family_name": "REVERIE", "given_names": "Enora Lena", "title": "DR"}


def test_diplomas_are_counted_and_left(tmp_path: Path) -> None:
    columns = ("Identification nationale PP", "Code diplôme obtenu")
    diplomas = extract(tmp_path, {**DOCTOR, "Code diplôme obtenu": "DE09"}, columns=columns, name="PS_LibreAcces_Dipl_AutExerc_202601010800.txt")
    reading, events = read(SOURCE, tmp_path, extract(tmp_path, DOCTOR), diplomas)
    assert [event for event in events if isinstance(event, Left)] == [Left(Place(diplomas.name, 2), NO_PLACE)]
    assert reading.notes.unplaced == {"Code diplôme obtenu": 1}


def test_columns_are_bound_whatever_their_order_case_and_accents(tmp_path: Path) -> None:
    straight, _ = of(tmp_path, {**DOCTOR, **SURGERY}), None
    names = [name.upper().replace("É", "E").replace("'", "’") for name in reversed(COLUMNS)]
    row = dict(zip(names, [{**DOCTOR, **SURGERY}.get(name, "") for name in reversed(COLUMNS)], strict=True))
    _, turned = read(SOURCE, tmp_path, extract(tmp_path, row, columns=names))
    assert items(turned) == items(straight[1])


def test_a_file_of_an_unknown_version_is_refused_with_those_known_and_no_value(tmp_path: Path) -> None:
    path = write(tmp_path / "PS_LibreAcces_Personne_activite.txt", "Code mode exercice|FICTIVE|Maëlle\n")
    with pytest.raises(BadFile) as problem:
        read(SOURCE, tmp_path, path)
    assert str(problem.value) == (
        "PS_LibreAcces_Personne_activite.txt, line 1: no column Identification nationale PP, Nom d'exercice, Code profession, Code catégorie "
        "professionnelle, Code type savoir-faire, Code savoir-faire, Numéro SIRET site, Numéro FINESS site, Identifiant technique de la structure, Raison "
        "sociale site, Code commune (coord. structure). Known columns found: Code mode exercice. Versions known: PS_LibreAcces_Personne_activite (56 columns, "
        "52 before 2022), PS_LibreAcces_SavoirFaire, PS_LibreAcces_Dipl_AutExerc, Extraction_ProSanteConnect_Personne_activite (49 to 51 columns). "
        "Nothing was loaded; give the file with its header line."
    )


def test_a_companion_alone_is_not_the_whole(tmp_path: Path) -> None:  # refused without --delta (M-6)
    reading, _ = read(SOURCE, tmp_path, skills(tmp_path, DOCTOR))
    assert reading.partial == "PS_LibreAcces_SavoirFaire_202601010800.txt: savoir-faire and diplomas alone state no practice"


SPECIALTY: Final = {"type": "TRE_R04-S"}


class Holds:
    """A store that holds one practice of the doctor."""

    def read(self, question: Question, /, **params: Any) -> list[Row]:
        if question.name != "register_practices" or params["person"] != PERSON.key:
            return []
        telecom = {"id": "t", "channel": "1", "value": "0536490301", "confidentiality": 1}
        return [
            {"id": PRACTICE.key, "profession": "TRE_G15-10", "category": "TRE_R09-C", "sites": [SITE.key],
             "specialties": [{"id": "TRE_R38-SM53", "type": "TRE_R04-S"}], "telecoms": [telecom]},
        ]  # fmt: skip


def test_savoir_faire_alone_are_added_to_the_practices_that_the_store_holds(tmp_path: Path) -> None:  # invariant 7
    _, events = read(SOURCE, tmp_path, skills(tmp_path, {**DOCTOR, "Code savoir-faire": "SM38"}), store=Holds())
    assert [record.items for record in records(events)] == [(
        Item(
            *PRACTICE,
            {},
            (
                Link("BY", PRACTICE, PERSON), Link("AT", PRACTICE, SITE), Link("HAS_SPECIALTY", PRACTICE, Ref("Concept", "TRE_R38-SM38"), SPECIALTY),
                Link("HAS_SPECIALTY", PRACTICE, Ref("Concept", "TRE_R38-SM53"), SPECIALTY),
            ),
            (Owned("HAS_TELECOM", Ref("Telecom", "t"), {"channel": "1", "value": "0536490301", "confidentiality": 1}),),
        ),
    )]  # fmt: skip


def test_savoir_faire_alone_of_another_profession_or_person_are_left(tmp_path: Path) -> None:
    others = ({**DOCTOR, "Code profession": "21"}, {**DOCTOR, "Identification nationale PP": "800096000021"})
    _, events = read(SOURCE, tmp_path, skills(tmp_path, *others), store=Holds())
    assert [event.rule for event in events if isinstance(event, Left)] == [NONE_HELD] * 2


def test_extracts_of_two_days_are_refused(tmp_path: Path) -> None:
    old = extract(tmp_path, DOCTOR, name="PS_LibreAcces_Personne_activite_202512010800.txt")
    with pytest.raises(BadFile) as problem:
        read(SOURCE, tmp_path, old, extract(tmp_path, DOCTOR))
    assert str(problem.value) == (
        "PS_LibreAcces_Personne_activite_202512010800.txt, PS_LibreAcces_Personne_activite_202601010800.txt: extracts of several days. "
        "Nothing was loaded; give the files of the newest one."
    )


def test_a_rejected_line_is_read_again_once_corrected(tmp_path: Path) -> None:
    path = extract(tmp_path, {**DOCTOR, **SURGERY, "Code profession": ""})
    reading, events = read(SOURCE, tmp_path, path)
    [row] = rejected(events)
    corrected = row.text.replace("|Maëlle||", "|Maëlle|10|")
    again = write(tmp_path / "rejects.txt", f"# rorgraph file: {path.name}\n{reading.heads[path.name]}\n# rorgraph: {row.reason}\n{corrected}\n")
    assert items(read(SOURCE, tmp_path, again)[1]) == items(of(tmp_path, {**DOCTOR, **SURGERY})[1])


def test_lines_of_one_person_beyond_what_a_person_has_are_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.annuaire.source.MOST_LINES", 2)
    _, events = of(tmp_path, *[{**DOCTOR, **SURGERY}] * 4)
    assert [row.reason for row in rejected(events)] == ["The files have more than 2 lines of this person."] * 2
