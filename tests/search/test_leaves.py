"""Each criterion that an offer meets by itself, at its edges: TRUE, UNKNOWN (None), and FALSE, which no answer holds (S-1, S-2, S-4)."""

from datetime import date
from typing import Any

import pytest

from graph.reads import answer
from graph.search.criteria import parse
from graph.search.offers import Asked, Match, Unknowns, search_offers
from graph.search.reference import Reference
from graph.store.connection import Store

AT = date(2026, 6, 1)  # a Monday
CODES = ["X-1", "X-2", "E-1", "TA-1", "TRE_R340-01", "TRE_R332-01"]
FRESH, OLD = "2026-06-01T12:00:00.000+00:00", "2026-05-31T12:00:00.000+00:00"

# Offers by name of what they say; `plain` says nothing.
OFFERS: list[dict[str, Any]] = [
    {"id": "plain"},
    {"id": "adult", "min_age": 18.0, "max_age": 75.0, "age_unit": "a", "maternity_type": "X-1"},
    {"id": "infant", "min_age": 0.0, "max_age": 18.0, "age_unit": "mo"},
    {"id": "from_18", "min_age": 18.0, "age_unit": "a"},
    {"id": "sector", "psychiatry_sectors": ["75G01"], "source_region": "11", "updated_at": "2026-03-01T10:00:00.000+00:00", "folded": "clinique du nord"},
]
RELATIONS = [
    ("adult", "PERFORMS_ACT", "X-1", {}),
    ("infant", "PERFORMS_ACT", "X-2", {}),
    ("adult", "HAS_EQUIPMENT", "E-1", {"in_service": 1, "limits": ["TRE_R340-01: 250 kg"]}),
    ("infant", "HAS_EQUIPMENT", "E-1", {"in_service": 1}),
    ("from_18", "HAS_EQUIPMENT", "E-1", {"in_service": 0}),
]
BEDS: list[dict[str, Any]] = [
    {"o": "adult", "id": "b1", "status": "TRE_R330-02", "gender": "TRE_R332-03", "count": 2, "updated_at": FRESH},
    {"o": "adult", "id": "b2", "status": "TRE_R330-02", "gender": "TRE_R332-01", "count": 1, "updated_at": FRESH},
    {"o": "infant", "id": "b3", "status": "TRE_R330-02", "gender": "TRE_R332-04", "count": 5, "updated_at": FRESH},
    {"o": "from_18", "id": "b4", "status": "TRE_R330-02", "gender": "TRE_R332-03", "count": 5, "updated_at": OLD},
    {"o": "sector", "id": "b5", "status": "TRE_R330-01", "gender": "TRE_R332-03", "count": 5, "updated_at": OLD},
]
HOURS: list[dict[str, Any]] = [
    {"o": "adult", "id": "h1", "day": 1, "from": "09:00", "to": "17:00", "type": "TRE_R252-01"},
    {"o": "adult", "id": "h2", "from": "09:00", "to": "12:00", "type": "TRE_R252-01", "effective_from": date(2026, 6, 8), "effective_to": date(2026, 6, 14)},
    {"o": "infant", "id": "h3", "day": 1, "from": "20:00", "to": "08:00", "type": "TRE_R252-01"},
    {"o": "from_18", "id": "h4", "from": "00:00", "to": "23:59", "type": "TRE_R252-01"},
    {"o": "from_18", "id": "h5", "type": "TRE_R252-08", "effective_from": date(2026, 6, 9), "effective_to": date(2026, 6, 9)},
    {"o": "sector", "id": "h6", "from": "09:00", "to": "17:00", "type": "TRE_R252-04"},
]
TARIFFS: list[dict[str, Any]] = [
    {"id": "t1", "type": "TA-1", "unit": "U-1", "amount": 70.0, "valid_from": date(2025, 1, 1)},
    {"id": "t2", "type": "TA-1", "unit": "U-1", "amount": 80.0, "valid_from": date(2026, 1, 1)},
    {"id": "t3", "type": "TA-1", "unit": "U-1", "amount": 60.0, "valid_from": date(2026, 6, 2)},
]
ALL = {one["id"] for one in OFFERS}


@pytest.fixture
def written(store: Store) -> Store:
    store.write([
        ("UNWIND $rows AS r CREATE (:Concept {id: r})", {"rows": CODES}),
        ("CREATE (:Region {code: '11'})<-[:IN]-(:Department {code: '75'})<-[:IN]-(:Commune {code: '75056'})", {}),
        ("MATCH (c:Commune {code: '75056'}) CREATE (:GeographicEntity {id: 's'})-[:LOCATED_IN]->(c)", {}),
        ("UNWIND $rows AS r MATCH (s:GeographicEntity {id: 's'}) CREATE (o:Offer {id: r.id, origin: 'OBSERVED'})-[:OFFERED_BY]->(s) SET o += r",
         {"rows": OFFERS}),
        *(("MATCH (o:Offer {id: $o}) MATCH (k:Concept {id: $k}) CREATE (o)-[r:" + relation + "]->(k) SET r += $props", {"o": o, "k": k, "props": props})
          for o, relation, k, props in RELATIONS),
        ("UNWIND $rows AS r MATCH (o:Offer {id: r.o}) CREATE (o)-[:HAS_CAPACITY]->(k:Capacity {id: r.id, nature: 'TRE_R329-01'}) SET k += r", {"rows": BEDS}),
        ("UNWIND $rows AS r MATCH (o:Offer {id: r.o}) CREATE (o)-[:HAS_HOURS]->(n:OpeningHours {id: r.id}) SET n += r", {"rows": HOURS}),
        ("UNWIND $rows AS r MATCH (s:GeographicEntity {id: 's'}) CREATE (s)-[:HAS_TARIFF]->(t:Tariff {id: r.id}) SET t += r", {"rows": TARIFFS}),
        ("MATCH (o:Offer {id: 'adult'}) MATCH (d:Department {code: '75'}) CREATE (o)-[:INTERVENES_IN]->(d) CREATE (:Anomaly {id: 'a1'})-[:ABOUT]->(o)", {}),
        ("MATCH (o:Offer {id: 'infant'}) CREATE (:Anomaly {id: 'a2', corrected: date('2026-05-01')})-[:ABOUT]->(o)", {}),
        ("MATCH (o:Offer {id: 'adult'}) MATCH (k:Concept {id: 'X-1'}) CREATE (p:Practice {id: 'p'})-[:FOR]->(o) CREATE (p)-[:HAS_SPECIALTY]->(k)", {}),
    ])  # fmt: skip
    return store


Case = tuple[str, dict[str, Any], set[str], set[str]]
CASES: list[Case] = [
    ("an act that it performs; the other act of a list is surely lacking", {"act": ["X-1"]}, {"adult"}, ALL - {"adult", "infant"}),
    ("a type of maternity", {"maternityType": ["X-1"]}, {"adult"}, ALL - {"adult"}),
    ("a specialty of a professional", {"specialty": ["X-1"]}, {"adult"}, ALL - {"adult"}),
    ("both bounds of an age are included", {"age": 18}, {"adult"}, {"from_18", "plain", "sector"}),
    ("a completed age up to the upper bound", {"age": 75}, {"adult"}, {"from_18", "plain", "sector"}),
    ("one year is 12 to 23 months, so 18 months straddle it", {"age": 1}, set(), {"infant", "plain", "sector"}),
    ("an age in months", {"age": 18, "ageUnit": "MONTH"}, {"infant"}, {"plain", "sector"}),
    ("the bound that is there excludes", {"age": 17}, set(), {"plain", "sector"}),
    ("an equipment in service", {"equipment": [{"equipment": "E-1"}]}, {"adult", "infant"}, {"plain", "sector"}),
    ("a limit that suffices", {"equipment": [{"equipment": "E-1", "limit": "TRE_R340-01", "atLeast": 250}]}, {"adult"}, {"infant", "plain", "sector"}),
    ("a limit that does not", {"equipment": [{"equipment": "E-1", "limit": "TRE_R340-01", "atLeast": 251}]}, set(), {"infant", "plain", "sector"}),
    ("beds summed over the lines", {"capacity": {"atLeast": 3}}, {"adult", "infant"}, {"from_18", "plain", "sector"}),
    ("a bed for all fits each gender, an undetermined one perhaps", {"capacity": {"gender": "TRE_R332-01", "atLeast": 3}}, {"adult"}, ALL - {"adult"}),
    ("too few beds", {"capacity": {"atLeast": 4}}, {"infant"}, {"from_18", "plain", "sector"}),
    ("an older count, where it is allowed", {"capacity": {"atLeast": 4, "maxAgeHours": 48}}, {"infant", "from_18"}, {"plain", "sector"}),
    ("installed beds do not age", {"capacity": {"status": "TRE_R330-01", "atLeast": 5}}, {"sector"}, ALL - {"sector"}),
    ("the newest valid tariff counts", {"tariff": {"type": "TA-1", "atMost": 80.0}}, ALL, set()),
    ("an older or a coming one does not", {"tariff": {"type": "TA-1", "atMost": 79.9}}, set(), set()),
    ("no tariff of that unit", {"tariff": {"type": "TA-1", "unit": "X-1", "atMost": 80.0}}, set(), ALL),
    ("an area that holds the commune", {"interventionArea": {"commune": "75056"}}, {"adult"}, ALL - {"adult"}),
    ("an area that is a part of the region", {"interventionArea": {"region": "11"}}, {"adult"}, ALL - {"adult"}),
    ("described since, the instant included", {"updatedSince": "2026-03-01T11:00:00+01:00"}, {"sector"}, ALL - {"sector"}),
    ("described before", {"updatedSince": "2026-03-01T10:00:01Z"}, set(), ALL - {"sector"}),
    ("the region of its ROR", {"sourceRegion": "11"}, {"sector"}, ALL - {"sector"}),
    ("a sector of psychiatry", {"psychiatrySector": "75G02"}, set(), ALL - {"sector"}),
    ("an anomaly that is not corrected", {"inAnomaly": True}, {"adult"}, set()),
    ("no anomaly", {"inAnomaly": False}, ALL - {"adult"}, set()),
    ("the start of a word", {"text": "cliniq"}, {"sector"}, set()),
    ("two letters swapped", {"text": "Clinqiue"}, {"sector"}, set()),
    ("the middle of a word is not its start", {"text": "inique"}, set(), set()),
    ("open from its hour", {"openAt": "2026-06-01T09:00:00+02:00"}, {"adult", "from_18"}, {"plain", "sector"}),
    ("closed at its end; another opens in the evening", {"openAt": "2026-06-01T17:00:00+02:00"}, {"from_18"}, {"plain", "sector"}),
    ("over midnight into a day that is left out", {"openAt": "2026-06-02T07:59:00+02:00"}, {"infant", "from_18"}, {"plain", "sector"}),
    ("the instant is read on the clock of the site", {"openAt": "2026-06-01T07:00:00Z"}, {"adult", "from_18"}, {"plain", "sector"}),
    ("dated lines beat weekly ones", {"openAt": "2026-06-08T13:00:00+02:00"}, {"from_18"}, {"plain", "sector"}),
    ("closing beats opening", {"openAt": "2026-06-09T10:00:00+02:00"}, {"adult"}, {"plain", "sector"}),
    ("a public holiday makes weekly lines unknown, unless open round the week",
     {"openAt": "2026-05-25T10:00:00+02:00"}, {"from_18"}, ALL - {"from_18", "infant"}),
]  # fmt: skip


def test_each_criterion_says_true_unknown_or_false_at_its_edges(written: Store) -> None:
    reference = Reference()

    def found(raw: dict[str, Any]) -> tuple[set[str], set[str]]:
        page = answer(written, search_offers(Asked(parse(raw), AT, unknowns=Unknowns.INCLUDE), reference))
        return tuple({edge.node.id for edge in page.edges if edge.match is match} for match in (Match.TRUE, Match.UNKNOWN))  # type: ignore[return-value]

    codes = [*CODES, "U-1", "TRE_R330-01", "TRE_R330-02"]
    written.write([("UNWIND $rows AS r MERGE (:Concept {id: r})", {"rows": codes})])
    assert {name: found(raw) for name, raw, _, _ in CASES} == {name: (true, unknown) for name, _, true, unknown in CASES}


def test_each_leaf_says_by_which_value_it_is_true(written: Store) -> None:
    raw = {
        "act": ["X-1"], "age": 30, "capacity": {"atLeast": 1}, "equipment": [{"equipment": "E-1"}], "inAnomaly": True,
        "interventionArea": {"commune": "75056"}, "maternityType": ["X-1"],
        "openAt": "2026-06-01T10:00:00+02:00", "specialty": ["X-1"], "tariff": {"type": "TA-1", "atMost": 90.0},
    }  # fmt: skip
    page = answer(written, search_offers(Asked(parse(raw), AT), Reference()))
    assert [(one.criterion, one.value) for one in page.edges[0].reasons] == [
        ("act", "X-1"), ("age", "18 to 75 a"), ("capacity", "3"), ("equipment", "E-1"), ("inAnomaly", "a1"), ("interventionArea", "Department:75"),
        ("maternityType", "X-1"), ("openAt", "2026-06-01T10:00:00+02:00"), ("specialty", "X-1"), ("tariff", "80.0"),
    ]  # fmt: skip
