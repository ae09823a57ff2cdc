"""Two files of one register: the sites with their positions (cs1100507) and without (cs1100502), the legal entities (cs1100501) (M-1, M-6, M-7)."""

from pathlib import Path

from graph.store.connection import Store
from loaders.finess import SOURCE
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
