"""The reviewed mapping of the SAE: its rules on rows written here, and its counts on the real tables where they are at hand."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import BadFile
from loaders.sae.expression import Join, NotANumberError, Related, Row
from loaders.sae.mapping import CapacityRow, EquipmentRow, Mapped, OfferRow, offers_of
from loaders.sae.places import place_of
from loaders.sae.rules import MAPPING_FILE, Confidence, Effect, SaeMapping, read_mapping
from tests.shared import SHARED

TABLES = SHARED / "sae_2023"
needs_tables = pytest.mark.skipif(not TABLES.is_dir(), reason="the SAE 2023 tables are not at hand (shared data)")
SITE = {"AN": "2023", "FI": "010000024", "FI_EJ": "010780054"}
BEDS, PLACES = "TRE_R329-01", "TRE_R329-02"


@pytest.fixture(scope="module")
def mapping() -> SaeMapping:
    return read_mapping()


def alone(_join: Join) -> str:
    return ""


def installed(nature: str, count: int) -> CapacityRow:
    return CapacityRow(nature, "TRE_R330-01", "TRE_R331-01", count)


def row(mapping: SaeMapping, table: str, **cells: str) -> Row:
    return dict.fromkeys(mapping.columns(table), "") | SITE | cells


def rules_of(offers: tuple[OfferRow, ...]) -> list[str]:
    return [offer.rule for offer in offers]


def test_a_stroke_unit_row_becomes_the_whole_offer(mapping: SaeMapping) -> None:
    mapped = offers_of(mapping, "MCOAVC", row(mapping, "MCOAVC", UNV="1", LIT_UNV="20"), lambda _: "20")
    reason = mapped.offers[0].reason
    assert mapped.offers == (
        OfferRow(
            id="SAE-2023/010000024/MCOAVC-UNV",
            name="Unité neurovasculaire : soins intensifs",
            year="2023",
            site="010000024",
            entity="010780054",
            on_entity=False,
            field="TRE_R227-01",
            care_mode="TRE_R213-28",
            offer_type="TRE_R244-263",
            activities=("TRE_R211-356",),
            min_age=None,
            max_age=None,
            sensitive=False,
            capacities=(installed(BEDS, 20),),
            equipment=(),
            rule="MCOAVC-UNV",
            confidence=Confidence.HIGH,
            table="MCOAVC",
            reason=reason,
        ),
    )


def test_beds_outside_intensive_care_make_a_second_stroke_offer_with_the_difference(mapping: SaeMapping) -> None:
    offers = offers_of(mapping, "MCOAVC", row(mapping, "MCOAVC", UNV="1", LIT_UNV="20"), lambda _: "8").offers
    assert [(o.rule, o.capacities) for o in offers] == [
        ("MCOAVC-UNV", (installed(BEDS, 8),)),
        ("MCOAVC-BEDS", (installed(BEDS, 12),)),
    ]


def test_a_stroke_unit_without_intensive_care_row_has_unknown_beds_and_one_offer(mapping: SaeMapping) -> None:
    offers = offers_of(mapping, "MCOAVC", row(mapping, "MCOAVC", UNV="1", LIT_UNV="20"), alone).offers
    assert [(o.rule, o.capacities) for o in offers] == [("MCOAVC-UNV", ())]


def test_intensive_care_beds_of_a_declared_stroke_unit_make_no_offer_of_their_own(mapping: SaeMapping) -> None:
    mapped = offers_of(mapping, "REA", row(mapping, "REA", UNI="SIUNV", LIT="8"), lambda _: "1")
    assert (mapped.offers, mapped.left) == ((), "REA-in-stroke-unit")


def test_intensive_care_beds_without_a_declared_stroke_unit_are_an_offer(mapping: SaeMapping) -> None:
    assert rules_of(offers_of(mapping, "REA", row(mapping, "REA", UNI="SIUNV", LIT="8"), alone).offers) == ["REA-SIUNV"]


def test_the_two_modes_of_rehabilitation_are_two_offers_for_adults(mapping: SaeMapping) -> None:
    offers = offers_of(mapping, "SSR", row(mapping, "SSR", GDE="SSR_A52", AUT="1", LIT="30", JOUHP="12"), alone).offers
    assert [(o.rule, o.care_mode, o.capacities, o.min_age, o.max_age) for o in offers] == [
        ("SSR-A52-28", "TRE_R213-28", (installed(BEDS, 30),), 18, None),
        ("SSR-A52-29", "TRE_R213-29", (), 18, None),
    ]


def test_rehabilitation_of_children_is_under_eighteen_and_has_no_type(mapping: SaeMapping) -> None:
    (offer,) = offers_of(mapping, "SSR", row(mapping, "SSR", GDE="SSR_E52", AUT="1", LIT="5"), alone).offers
    assert (offer.min_age, offer.max_age, offer.offer_type, offer.activities) == (None, 17, "", ("TRE_R211-234",))


def test_an_authorisation_alone_is_left_by_its_rule(mapping: SaeMapping) -> None:
    assert offers_of(mapping, "SSR", row(mapping, "SSR", GDE="SSR_A52", AUT="1"), alone).left == "SSR-no-activity"


def test_activity_without_authorisation_makes_the_offer_and_a_remark(mapping: SaeMapping) -> None:
    mapped = offers_of(mapping, "SSR", row(mapping, "SSR", GDE="SSR_A55", AUT="0", PLA="2"), alone)
    assert (rules_of(mapped.offers), mapped.remarks) == (["SSR-A55-29"], ("SSR-unauthorised",))


def test_a_total_with_a_mobile_team_gives_the_team_and_no_beds(mapping: SaeMapping) -> None:
    mapped = offers_of(mapping, "SSR", row(mapping, "SSR", GDE="SSR_TOT", LIT="80", EMSSR="1"), alone)
    assert [(o.rule, o.capacities) for o in mapped.offers] == [("SSR-EMSSR", ())]


def test_home_care_states_its_places_and_palliative_activity_once_on_its_first_offer(mapping: SaeMapping) -> None:
    cells = {"AUTMED": "0", "AUTOBS": "1", "AUTSSR": "1", "PLATOT": "45", "SEJ_PAL": "3"}
    offers = offers_of(mapping, "HAD", row(mapping, "HAD", **cells), alone).offers
    assert [(o.rule, o.activities, o.capacities) for o in offers] == [
        ("HAD-OBS", ("TRE_R211-170",), (installed(PLACES, 45),)),
        ("HAD-SSR", (), ()),
    ]


def test_prison_psychiatry_is_sensitive_and_has_both_activities(mapping: SaeMapping) -> None:
    (offer,) = offers_of(mapping, "PSY", row(mapping, "PSY", DIS="PEN", CAP_HTP="10"), alone).offers
    assert (offer.sensitive, offer.activities) == (True, ("TRE_R211-229", "TRE_R211-089"))


def test_figures_of_a_whole_entity_hang_on_it(mapping: SaeMapping) -> None:
    (offer,) = offers_of(mapping, "PSY", row(mapping, "PSY", DIS="GEN", CAP_HTP="10", FI="010780054"), alone).offers
    assert (offer.site, offer.on_entity) == ("010780054", True)


def test_a_mammograph_counts_what_the_site_runs(mapping: SaeMapping) -> None:
    (offer,) = offers_of(mapping, "IMAGES", row(mapping, "IMAGES", EQUIPIMA="MAMM", NBEXP="2"), alone).offers
    assert offer.equipment == (EquipmentRow("TRE_R212-094", 2),)


def test_a_questionnaire_that_was_only_sent_is_left(mapping: SaeMapping) -> None:
    assert offers_of(mapping, "FILTRE", row(mapping, "FILTRE", STATUT="INIT", NEURO_INT="1"), alone).left == "FILTRE-sent"


def test_a_word_where_a_number_is_counted_is_named(mapping: SaeMapping) -> None:
    with pytest.raises(NotANumberError, match=r"^LIT_OBS: 'douze' is not a number$"):
        offers_of(mapping, "MCO", row(mapping, "MCO", LIT_OBS="douze"), alone)


@pytest.mark.parametrize(
    ("given", "commune", "department"),
    [
        ({"COMINSEE": "01451", "ARMT": "", "DEP": "01"}, "01451", "01"),
        ({"COMINSEE": "13055", "ARMT": "13215", "DEP": "13"}, "13215", "13"),
        ({"COMINSEE": "2A004", "ARMT": "", "DEP": "2A"}, "2A004", "2A"),
        ({"COMINSEE": "9F608", "ARMT": "", "DEP": "9F"}, "97608", "976"),
    ],
    ids=["mainland", "arrondissement", "Corsica", "overseas"],
)
def test_a_site_is_placed_by_its_insee_commune(given: dict[str, str], commune: str, department: str) -> None:
    place = place_of({"FI": "010000024", "RS": "CH", "FI_EJ": "010780054", "CAT": "355", **given})
    assert (place.commune, place.department) == (commune, department)


def with_line(tmp_path: Path, line: str) -> Path:
    path = tmp_path / "mapping.csv"
    header = next(text for text in MAPPING_FILE.read_text(encoding="utf-8").splitlines() if not text.startswith("#"))
    always = "MCO;MCO-rest;leave;always;;;;;;;;;;;;;nothing is said"
    path.write_text("\n".join(["# a comment", header, line, always, ""]), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("MCO;OBS;leave;always;;;;;;;;;;;;;r", "line 3, rule: 'OBS' cannot be used: it must begin with MCO-."),
        ("MCO;MCO-X;invent;always;;;;;;;;;;;;;r", "line 3, effect: 'invent' cannot be used."),
        ("MCO;MCO-X;leave;LIT >;;;;;;;;;;;;;r", "line 3, condition: 'LIT >' cannot be used: 'LIT >': expected a value at the end."),
        ("MCO;MCO-X;offer;LIT > 0;N;01;28;1000;;;;;;;;H;r", "line 3, activities: '1000' cannot be used: a code has two or three digits."),
        ("MCO;MCO-X;offer;LIT > 0;N;01;28;;;;;;beds LIT;;;H;r", "line 3, capacity: 'beds LIT' cannot be used."),
        ("MCO;MCO-X;offer;LIT > 0;N;01;28;;;;;;;;;X;r", "line 3, confidence: 'X' cannot be used."),
        ("MCO;MCO-rest;leave;LIT > 0;;;;;;;;;;;;;r", "rule MCO-rest: stated twice: the ids of its offers would be the same. Rename one."),
        ("SSR;SSR-X;leave;LIT > 0;;;;;;;;;;;;;r", "table SSR: add a 'leave' rule whose condition is 'always': each row needs a reason."),
    ],
)
def test_a_defect_of_the_table_is_told_with_its_place(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(BadFile) as error:
        read_mapping(with_line(tmp_path, line))
    assert str(error.value).partition("mapping.csv, ")[2] == told


def rows(table: str) -> Iterator[Row]:
    with gzip.open(TABLES / f"{table}_2023r.csv.gz", "rt", encoding="iso-8859-1", newline="") as file:
        lines = csv.reader(file, delimiter=";")
        header = [name.upper() for name in next(lines)]
        for cells in lines:
            yield dict(zip(header, cells, strict=True))


def related_in(real: dict[str, list[Row]], site: str) -> Related:
    def read(join: Join) -> str:
        held = (r for r in real[join.table] if r["FI"] == site and (not join.key or r[join.key] == join.text))
        return next((r[join.column] for r in held), "")

    return read


@pytest.fixture(scope="module")
def mapped(mapping: SaeMapping) -> list[Mapped]:
    """What every row of the real tables becomes."""
    joined = {join.table for join in mapping.joins()}
    by_site: dict[str, dict[str, list[Row]]] = {}
    for table in joined:
        for each in rows(table):
            by_site.setdefault(each["FI"], {name: [] for name in joined})[table].append(each)
    nothing: dict[str, list[Row]] = {name: [] for name in joined}
    return [offers_of(mapping, table, each, related_in(by_site.get(each["FI"], nothing), each["FI"])) for table in mapping.rules for each in rows(table)]


@needs_tables
def test_each_rule_holds_on_as_many_real_rows_as_its_review_counted(mapping: SaeMapping, mapped: list[Mapped]) -> None:
    counted = Counter(name for row in mapped for name in [*rules_of(row.offers), *row.remarks, row.left] if name)
    reviewed = {rule.name: rule.rows_2023 for rules in mapping.rules.values() for rule in rules}
    assert {name: counted[name] for name in reviewed} == reviewed


@needs_tables
def test_the_headers_of_the_real_tables_have_every_column_the_rules_read(mapping: SaeMapping) -> None:
    missing = {table: sorted(mapping.columns(table) - next(rows(table)).keys()) for table in mapping.rules}
    assert missing == {table: [] for table in mapping.rules}


@needs_tables
def test_no_offer_identifier_is_made_twice(mapped: list[Mapped]) -> None:
    ids = Counter(offer.id for row in mapped for offer in row.offers)
    assert [offer for offer, times in ids.items() if times > 1] == []


def test_every_offer_rule_states_its_count_of_the_review(mapping: SaeMapping) -> None:
    unsaid = [rule.name for rules in mapping.rules.values() for rule in rules if rule.effect is Effect.OFFER and rule.rows_2023 is None]
    assert unsaid == []
