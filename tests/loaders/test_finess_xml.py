"""XML stock files of FINESS: what becomes of each element, alone and beside the open-data files."""

import gzip
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from graph.errors import BadFile
from graph.questions import Question
from graph.reads import Row
from graph.record import Item, Left, Link, Owned, Place, Record, Ref, Rejected
from loaders.finess.flux import NAMED, PAST
from loaders.finess.newest import OLDER
from loaders.finess.source import SOURCE
from tests.loaders.given import items, needs, read, records, rejected, strangers, write
from tests.loaders.test_finess import HEAD, POSITION, SITE
from tests.shared import SHARED

REAL: Final = SHARED / "finess"
EXCERPTS: Final = sorted(REAL.glob("finess_cs*.xml*"))
KINDS: Final = (
    "structureej", "structureet", "activiteoffresoin", "equipmateriellourd", "equipementsocial", "autreactivite", "activitesoumiseareco",
    "nomenclcategorieETavecagr", "nomenclstatutavecagr",
)  # fmt: skip
ENTITY: Final = (
    "<structureej><nofiness>010008407</nofiness><rs>CH DU HAUT BUGEY</rs><rslongue>CENTRE HOSPITALIER DU HAUT BUGEY</rslongue><numvoie>1</numvoie>"
    "<typvoie>RTE</typvoie><voie>DE VEYZIAT</voie><commune>283</commune><departement>01</departement><codepostal>01117</codepostal>"
    "<ligneacheminement>01117 OYONNAX CEDEX</ligneacheminement><telecopie>0474731002</telecopie><statutjuridique>14</statutjuridique>"
    "<categetab>355</categetab><siren>260110218</siren><datecrea>2001-01-01</datecrea><datemaj>2020-02-04</datemaj>"
    "<datefermeture xsi:nil='true'/><typefermeture xsi:nil='true'/><qualifcreation>GEN</qualifcreation></structureej>"
)
CLOSED: Final = (
    "<structureet><nofinesset>010000040</nofinesset><nofinessej>010008407</nofinessej><rs>[Fermé] CH NANTUA</rs><rslongue xsi:nil='true'/>"
    "<commune>269</commune><departement>01</departement><courriel>a@fictif.example</courriel><categetab>355</categetab><typeet>S</typeet>"
    "<nofinessppal>010000057</nofinessppal><siret>26011021800047</siret><codesph>1</codesph><dateouv>1901-01-01</dateouv><indcaduc>N</indcaduc>"
    "<typefermeture>DEF</typefermeture><datefermeture>2007-04-20</datefermeture><datemaj>2008-01-17</datemaj></structureet>"
)
CARE: Final = (
    "<activiteoffresoin><nofinessej>010008407</nofinessej><activite>16</activite><libactivite>x</libactivite><modalite>42</modalite><forme>00</forme>"
    "<noautor>442218650</noautor><dateautor>2005-10-11</dateautor><nofinesset>010005239</nofinesset><noligautor>15239</noligautor>"
    "<sectpsy xsi:nil='true'/><datemeo>2008-12-04</datemeo><datefin>2026-05-03</datefin><indcaduc>N</indcaduc><indsupact>N</indsupact>"
    "<indsupsite>N</indsupsite><datemajact>2022-08-24</datemajact><datemajsite>2022-08-25</datemajsite></activiteoffresoin>"
)
SOCIAL: Final = (
    "<equipementsocial><nofinesset>580006104</nofinesset><de>509</de><ta>16</ta><client>010</client><capinstot>37</capinstot>"
    "<datepremautor>2013-04-01</datepremautor><capautot>40</capautot><indsupaut>O</indsupaut><dateautor xsi:nil='true'/></equipementsocial>"
)
OTHER: Final = (
    "<autreactivite><noautor>752217289</noautor><nofinessej>640780813</nofinessej><nofinesset>640000402</nofinesset><activite>A1</activite>"
    "<modalite>M0</modalite><forme>00</forme><datedecision>2009-09-16</datedecision><etatautorisation>7</etatautorisation><datefin>2024-09-15</datefin>"
    "</autreactivite>"
)
CATEGORY: Final = (
    "<nomenclcategorieETavecagr><code>355</code><libelle>Centre Hospitalier (C.H.)</libelle><libellecourt>C.H.</libellecourt><domaine>SAN</domaine>"
    "<datedeb>1979-01-01</datedeb><datefin xsi:nil='true'/><codeagr3>1102</codeagr3><libelleagr3>Centres Hospitaliers</libelleagr3>"
    "<libellecourtagr3>C.H.</libellecourtagr3><codeagr2>1100</codeagr2><libelleagr2>Hospitaliers</libelleagr2><libellecourtagr2>H.</libellecourtagr2>"
    "<codeagr1>1000</codeagr1><libelleagr1>Loi Hospitalière</libelleagr1><libellecourtagr1>L.H.</libellecourtagr1></nomenclcategorieETavecagr>"
)


def flux(folder: Path, *rows: str, name: str = "finess_cs1400103_stock_20211214-0343.xml", head: str = "") -> Path:
    return write(folder / name, f'<fluxfiness xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n{head}' + "\n".join(rows) + "\n</fluxfiness>\n")


def stamp(version: str, day: str) -> str:
    return f"<horodatage><versionmessage>{version}</versionmessage><datemaj>{day}</datemaj></horodatage>\n"


def test_a_legal_entity_is_read_with_what_closes_it(tmp_path: Path) -> None:
    reading, [record] = read(SOURCE, tmp_path, flux(tmp_path, ENTITY))
    me = Ref("LegalEntity", "1010008407")
    assert isinstance(record, Record)
    assert (record.place, record.text, reading.asserts) == (Place("finess_cs1400103_stock_20211214-0343.xml", 2), ENTITY, ("LegalEntity",))
    assert record.items == (
        Item(
            *me,
            {
                "finess": "010008407",
                "siren": "260110218",
                "legal_status": "TRE_R72-14",
                "category": "TRE_R66-355",
                "opened_on": date(2001, 1, 1),
                "name": "CENTRE HOSPITALIER DU HAUT BUGEY",
                "address": "1 RTE DE VEYZIAT, 01117 OYONNAX CEDEX",
                "postal_code": "01117",
                "closed_on": None,
                "closing_type": None,
                "updated_at": date(2020, 2, 4),
            },
            (Link("LOCATED_IN", me, Ref("Commune", "01283")),),
            (Owned("HAS_TELECOM", Ref("Telecom", record.items[0].owned[0].node.key), {"channel": "TRE_R200-6", "value": "0474731002", "confidentiality": 1}),),
        ),
    )
    assert reading.notes.unplaced == {"structureej.qualifcreation": 1}


def test_a_closed_site_is_read_without_its_mark_with_its_principal_site(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, flux(tmp_path, CLOSED))
    me = Ref("GeographicEntity", "1010000040")
    assert records(events)[0].items[0].props == {
        "finess": "010000040",
        "siret": "26011021800047",
        "category": "TRE_R66-355",
        "espic": "TRE_R73-1",
        "opened_on": date(1901, 1, 1),
        "lapsed": False,
        "name": "CH NANTUA",
        "address": None,
        "postal_code": None,
        "closed_on": date(2007, 4, 20),
        "closing_type": "TRE_R233-DEF",
        "updated_at": date(2008, 1, 17),
    }
    assert records(events)[0].items[0].links == (
        Link("PART_OF", me, Ref("LegalEntity", "1010008407")),
        Link("SECONDARY_OF", me, Ref("GeographicEntity", "1010000057")),
        Link("LOCATED_IN", me, Ref("Commune", "01269")),
    )
    assert [(one.props["channel"], one.props["value"]) for one in records(events)[0].items[0].owned] == [("TRE_R200-3", "a@fictif.example")]


def test_a_principal_site_is_secondary_of_none(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, flux(tmp_path, CLOSED.replace("<typeet>S", "<typeet>P")))
    assert [link.type for link in records(events)[0].items[0].links] == ["PART_OF", "LOCATED_IN"]


def test_an_authorisation_is_keyed_by_kind_number_line_and_site(tmp_path: Path) -> None:  # K-6
    _, events = read(SOURCE, tmp_path, flux(tmp_path, CARE))
    me = Ref("Authorisation", "AS/442218650/15239/010005239")
    assert records(events)[0].items == (
        Item(
            *me,
            {
                "kind": "AS",
                "number": "442218650",
                "line": "15239",
                "activity": "TRE_R274-16",
                "modality": "TRE_R275-42",
                "form": "TRE_R276-00",
                "valid_from": date(2005, 10, 11),
                "ends_on": date(2026, 5, 3),
                "lapsed": False,
                "state": None,
                "psychiatry_sector": None,
                "updated_at": date(2022, 8, 25),
            },
            (Link("GRANTED_TO", me, Ref("GeographicEntity", "1010005239")), Link("HELD_BY", me, Ref("LegalEntity", "1010008407"))),
        ),
    )


def test_social_equipment_is_keyed_by_site_discipline_mode_and_public(tmp_path: Path) -> None:  # K-6
    _, events = read(SOURCE, tmp_path, flux(tmp_path, SOCIAL))
    me = Ref("Authorisation", "ASOCR/580006104/509/16/010")
    assert records(events)[0].items == (
        Item(
            *me,
            {
                "kind": "ASOCR",
                "activity": "TRE_R280-509",
                "modality": "TRE_R209-16",
                "form": "TRE_R279-010",
                "valid_from": date(2013, 4, 1),
                "state": "REMOVED",
                "capacity": 40,
                "installed_capacity": 37,
                "updated_at": None,
            },
            (Link("GRANTED_TO", me, Ref("GeographicEntity", "1580006104")),),
        ),
    )


@pytest.mark.parametrize(
    ("row", "key", "state"),
    [
        (OTHER, "AASA/752217289/640000402", "7"),
        (OTHER.replace("autreactivite", "activitesoumiseareco"), "ASR/752217289/640000402", "7"),
        (
            CARE.replace("activiteoffresoin", "equipmateriellourd").replace("activite", "eml").replace("indsupact>N", "indsup>O"),
            "EML/442218650/010005239",
            "REMOVED",
        ),
        (CARE.replace("<indsupsite>N", "<indsupsite>O"), "AS/442218650/15239/010005239", "REMOVED"),
    ],
)
def test_an_authorisation_without_line_is_keyed_by_number_and_site_and_has_its_state(tmp_path: Path, row: str, key: str, state: str) -> None:
    row = row.replace("</indsupact>", "</indsup>") if "<indsup>" in row else row
    _, events = read(SOURCE, tmp_path, flux(tmp_path, row))
    assert (strangers(events), [(item.key, item.props["state"]) for record in records(events) for item in record.items]) == ([], [(key, state)])


def test_a_category_is_narrower_than_its_aggregates_each_than_the_next(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, flux(tmp_path, CATEGORY))
    keys = ["TRE_R66-355", "TRE_R65-1102", "TRE_R64-1100", "TRE_R63-1000"]
    assert [(item.key, [link.end.key for link in item.links]) for item in records(events)[0].items] == list(
        zip(keys, [["TRE_R65-1102"], ["TRE_R64-1100"], ["TRE_R63-1000"], []], strict=True)
    )
    assert records(events)[0].items[0].props == {
        "system": "TRE_R66",
        "code": "355",
        "label": "Centre Hospitalier (C.H.)",
        "short_label": "C.H.",
        "valid_from": date(1979, 1, 1),
        "valid_to": None,
    }


def test_an_aggregate_of_several_categories_is_as_it_was_first_stated(tmp_path: Path) -> None:
    other = CATEGORY.replace("<code>355", "<code>106").replace("<libelleagr2>Hospitaliers", "<libelleagr2>Autres")
    reading, events = read(SOURCE, tmp_path, flux(tmp_path, CATEGORY, other))
    assert [record.items[2].props["label"] for record in records(events)] == ["Hospitaliers", "Hospitaliers"]
    assert reading.notes.remarks == {"aggregate with two labels; the first one is kept": 1}


def test_structures_named_beside_authorisations_and_events_are_left(tmp_path: Path) -> None:
    named = "<structureej><nofiness>490000163</nofiness><rs>CHS CESAME</rs></structureej>"
    path = flux(tmp_path, named, OTHER, "<evenement><noautor>1</noautor></evenement>")
    reading, events = read(SOURCE, tmp_path, path)
    assert [event for event in events if isinstance(event, Left)] == [Left(Place(path.name, 2), NAMED), Left(Place(path.name, 4), PAST)]
    assert (reading.asserts, len(records(events))) == (("Authorisation",), 1)


@pytest.mark.parametrize(
    ("row", "field", "reason", "about"),
    [
        (ENTITY.replace("010008407", "10008407"), "nofiness", "'10008407' has 8 characters, a FINESS number has 9 (were leading zeros lost?).", None),
        (
            CLOSED.replace("2007-04-20", "hier"),
            "datefermeture",
            "What stands there is not a day; it is written like 2020-02-04.",
            Ref("GeographicEntity", "1010000040"),
        ),
        (CLOSED.replace("<indcaduc>N", "<indcaduc>X"), "indcaduc", "It is neither O nor N.", Ref("GeographicEntity", "1010000040")),
        (CARE.replace("442218650", ""), "noautor", "It is empty; it is a part of the key of an authorisation.", None),
        (
            CARE.replace("<noligautor>15239", "<noligautor>").replace("2026-05-03", "2026-05-32"),
            "datefin",
            "'2026-05-32' is not a day; it is written like 2020-02-04.",
            Ref("Authorisation", "AS/442218650/010005239"),
        ),
        (
            SOCIAL.replace("<capautot>40", "<capautot>-4"),
            "capautot",
            "It is no whole number of beds, places or persons.",
            Ref("Authorisation", "ASOCR/580006104/509/16/010"),
        ),
        (CATEGORY.replace("<code>355", "<code>"), "code", "It is empty; a code of a nomenclature is needed.", None),
    ],
)
def test_an_element_that_cannot_be_used_is_rejected(tmp_path: Path, row: str, field: str, reason: str, about: Ref | None) -> None:
    path = flux(tmp_path, row)
    _, events = read(SOURCE, tmp_path, path)
    assert events == [Rejected(Place(path.name, 2), row, field, reason, about)]


def test_an_element_of_another_kind_is_rejected(tmp_path: Path) -> None:
    _, events = read(SOURCE, tmp_path, flux(tmp_path, CARE, SOCIAL))
    assert [row.reason for row in rejected(events)] == ["'equipementsocial' is not activiteoffresoin, as the other elements of this file."]


def test_a_rejected_element_is_read_again_once_corrected(tmp_path: Path) -> None:
    path = flux(tmp_path, CLOSED.replace("<nofinesset>010000040", "<nofinesset>10000040"), head=stamp("1", "2021-12-14"))
    reading, events = read(SOURCE, tmp_path, path)
    [row] = rejected(events)
    corrected = row.text.replace("<nofinesset>1", "<nofinesset>01")
    again = write(tmp_path / "rejects.xml", f"# rorgraph file: {path.name}\n{reading.heads[path.name]}\n# rorgraph: {row.reason}\n{corrected}\n")
    assert items(read(SOURCE, tmp_path, again)[1]) == items(read(SOURCE, tmp_path, flux(tmp_path, CLOSED))[1])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<fluxfiness><autre/></fluxfiness>", "no element that a FINESS stock file has"),
        (
            f"<fluxfiness>{stamp('3', '2030-01-01')}{CARE}</fluxfiness>".replace("xsi:", ""),
            "versionmessage '3' is not known; known are 1, 2. Nothing was loaded.",
        ),
        ("<CSD/>", "no element fluxfiness in it. Nothing was loaded."),
    ],
)
def test_a_file_that_is_none_of_finess_is_refused(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(BadFile) as problem:
        read(SOURCE, tmp_path, write(tmp_path / "finess.xml", content))
    assert said in str(problem.value)


def test_of_two_files_of_one_load_the_newest_states_a_structure(tmp_path: Path) -> None:
    csv = write(tmp_path / "etalab-cs1100502-stock-20220101-0000.csv", f"{HEAD.replace('2021-01-08', '2022-01-01')}\n{SITE}\n")
    older = flux(tmp_path, CLOSED.replace("010000040", "010000024"), CLOSED, name="finess_cs1400102_stock_20211214-0336.xml")
    _, events = read(SOURCE, tmp_path, csv, older)
    assert (items(events)["GeographicEntity", "1010000024"].props["name"], [event.rule for event in events if isinstance(event, Left)]) == (
        "CH DE FLEYRIAT",
        [OLDER],
    )
    newer = flux(tmp_path, CLOSED.replace("010000040", "010000024"), CLOSED, name="finess_cs1400102_stock_20230101-0336.xml")
    _, events = read(SOURCE, tmp_path, csv, newer)
    assert (items(events)["GeographicEntity", "1010000024"].props["name"], [event.rule for event in events if isinstance(event, Left)]) == (
        "CH NANTUA",
        [OLDER],
    )


def test_of_two_files_of_one_day_the_xml_file_states_a_structure(tmp_path: Path) -> None:
    csv = write(tmp_path / "etalab-cs1100502-stock-20210108-0000.csv", f"{HEAD}\n{SITE}\n")
    xml = flux(tmp_path, CLOSED.replace("010000040", "010000024"), head=stamp("1", "2021-01-08"))
    _, events = read(SOURCE, tmp_path, csv, xml)
    assert [record.items[0].props["name"] for record in records(events)] == ["CH NANTUA"]


def test_a_site_of_an_xml_file_has_the_position_of_the_open_data_file(tmp_path: Path) -> None:
    csv = write(tmp_path / "etalab-cs1100507-stock-20210108-0000.csv", f"{HEAD}\n{SITE}\n{POSITION}\n")
    xml = flux(tmp_path, CLOSED.replace("010000040", "010000024"), head=stamp("1", "2022-01-01"))
    _, events = read(SOURCE, tmp_path, csv, xml)
    props = items(events)["GeographicEntity", "1010000024"].props
    assert (props["name"], props["latitude"], rejected(events)) == ("CH NANTUA", 46.2227448, [])


class Holds:
    """A store in which each paged question finds one id."""

    def read(self, question: Question, /, **params: Any) -> list[Row]:
        key = f"{params.get('of', '')} {question.name}"
        return [] if params["after"] else [{"id": key}]


def test_open_data_files_keep_what_is_closed_and_xml_files_what_is_of_another_kind(tmp_path: Path) -> None:  # M-6
    csv = write(tmp_path / "etalab-cs1100502-stock-20210108-0000.csv", f"{HEAD}\n{SITE}\n")
    sites, cares = flux(tmp_path, CLOSED, name="b.xml"), flux(tmp_path, CARE, name="c.xml")
    categories = flux(tmp_path, CATEGORY, name="d.xml")
    kept = {path.name: list(read(SOURCE, tmp_path, *paths, store=Holds())[0].keeps) for path, *paths in [(one, one) for one in (csv, sites, cares, categories)]}
    assert kept == {
        csv.name: [Ref("GeographicEntity", " closed_sites")],
        "b.xml": [],
        "c.xml": [Ref("Authorisation", f"{kind} authorisations_of_kind") for kind in ("EML", "ASOCR", "AASA", "ASR")],
        "d.xml": [Ref("Concept", f"TRE_R{number} concepts_of_system") for number in (72, 70, 69, 68)],
    }
    assert list(read(SOURCE, tmp_path, csv, sites, store=Holds())[0].keeps) == []


@needs(REAL)
@pytest.mark.parametrize("path", EXCERPTS, ids=lambda path: path.name)
def test_a_real_excerpt_gives_a_record_for_each_element_of_its_kind(tmp_path: Path, path: Path) -> None:
    text = (gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()).decode()
    counted = Counter(name for name in re.findall(r"<(\w+)>", text) if name in KINDS or name == "evenement")
    _, events = read(SOURCE, tmp_path, path)
    kind = next(name for name in KINDS if counted[name] and (not name.startswith("structure") or (f"<{name}>" in text and "<departement>" in text)))
    assert (strangers(events), rejected(events), len(records(events)), len(events)) == ([], [], counted[kind], counted.total())
