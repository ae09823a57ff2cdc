"""Files of one register: sites with positions (cs1100507) and without (cs1100502), legal entities (cs1100501), XML stock files (M-1, M-6, M-7)."""

from pathlib import Path

from graph.store.connection import Store
from loaders.finess.source import SOURCE
from loaders.pipeline import load
from tests.cli.test_load_command import HEAD, finess_file, number, site
from tests.loading.build import one, options

POINT = "MATCH (n:GeographicEntity {finess: $finess}) RETURN [n.latitude IS NOT NULL, n.name, n.gone_on]"


def test_a_file_without_positions_leaves_the_positions_alone(embedded_store: Store, tmp_path: Path) -> None:
    located = finess_file(tmp_path, 2)
    plain = tmp_path / "etalab-cs1100502-stock-20260201-0000.csv"
    plain.write_text(HEAD + site(number(100), "NOUVEAU NOM") + site(number(101)), encoding="utf-8")
    for path in (located, plain):
        load(embedded_store, SOURCE, [path], options(tmp_path))
    assert one(embedded_store, POINT, finess=number(100)) == [True, "NOUVEAU NOM", None]


def test_the_entities_fill_their_stubs_and_end_no_site(embedded_store: Store, tmp_path: Path) -> None:
    load(embedded_store, SOURCE, [finess_file(tmp_path, 2)], options(tmp_path))
    entities = tmp_path / "etalab-cs1100501-stock-20260201-0000.csv"
    fields = ["structureej", number(1), "EJ", "EJ LONG", "", "1", "RUE", "DU PORT", "", "", "", "001", "96001 PORT", "96", "ILE", "", "13", "Etab", "355", "CH"]
    entities.write_text(HEAD + ";".join([*fields, "260100045", "8610Z", "1979-02-13"]) + "\n", encoding="utf-8")
    report = load(embedded_store, SOURCE, [entities], options(tmp_path))
    assert (report.created, report.gone) == (1, {})
    assert one(embedded_store, "MATCH (e:LegalEntity)<-[:PART_OF]-(s) RETURN [e.name, e.stub, count(s)]") == ["EJ LONG", None, 2]


FORMS = Path(__file__).parents[2] / "data" / "region" / "finess_other_forms"
LIVE = "MATCH (n) WHERE (n:GeographicEntity OR n:Authorisation OR n:Concept) AND n.stub IS NULL AND n.gone_on IS NOT NULL RETURN count(n)"
CLOSED = "MATCH (n:GeographicEntity {id: '1960009991'}) RETURN [n.gone_on, toString(n.closed_on), n.closing_type]"
SECONDARY = "MATCH (:GeographicEntity {id: '1960000149'})-[r:SECONDARY_OF]->() RETURN r.gone_on IS NULL"


def test_an_open_data_file_ends_no_closed_site_and_a_file_of_one_kind_nothing_of_another(embedded_store: Store, tmp_path: Path) -> None:
    for code in ("cs1400102", "cs1400103", "cs1400104", "cs1500106", "cs1500107"):
        load(embedded_store, SOURCE, [FORMS / f"finess_{code}_stock_20260101-0000.xml"], options(tmp_path))
    report = load(embedded_store, SOURCE, [FORMS / "etalab-cs1100502-stock-20260101-0000.csv"], options(tmp_path))
    assert (report.gone, one(embedded_store, LIVE)) == ({}, 0)
    assert one(embedded_store, CLOSED) == [None, "2010-07-10", "TRE_R233-DEF"]


def test_what_only_the_xml_file_says_of_a_site_ends_with_a_later_open_data_file(embedded_store: Store, tmp_path: Path) -> None:
    load(embedded_store, SOURCE, [FORMS / "finess_cs1400102_stock_20260101-0000.xml"], options(tmp_path))
    assert one(embedded_store, SECONDARY) is True
    load(embedded_store, SOURCE, [FORMS / "etalab-cs1100502-stock-20260101-0000.csv"], options(tmp_path))
    assert one(embedded_store, SECONDARY) is False
