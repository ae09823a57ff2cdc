"""Random sequences of loads by three sources, full or delta, against the rules written plainly (M-1 to M-8)."""

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.record import Item, Link, Owned, Record, Ref, Said
from graph.runs import Mode
from graph.store.connection import Store
from tests.loading.plain_rules import MERGED, RANKS, Object, Rules, Stated
from tests.loading.several import DAY_1, DAY_2, row, say

NAMES = ("name", "comment", "closing_type")
OBJECTS: list[Object] = [("Offer", "o1"), ("Offer", "o2"), (MERGED, "s1"), (MERGED, "s2")]
LABELS = (MERGED, "Offer")

statements = st.builds(
    Stated,
    st.fixed_dictionaries({"name": st.sampled_from("AB")}, optional={name: st.sampled_from([None, "x", "y"]) for name in NAMES[1:]}),
    st.frozensets(st.sampled_from(["e1", "e2"])),
    st.dictionaries(st.sampled_from(["01", "02"]), st.sampled_from(["work", "home"])),
    st.sampled_from([None, DAY_1, DAY_2]),
)
loads = st.tuples(st.sampled_from(sorted(RANKS)), st.sampled_from(list(Mode)), st.dictionaries(st.sampled_from(OBJECTS), statements, min_size=1))

NODES = (
    "MATCH (n:Offer|GeographicEntity) WHERE n.said IS NOT NULL AND n.gone_on IS NULL "
    "RETURN head(labels(n)) AS label, n.id AS key, [n.name, n.comment, n.closing_type] AS props, n.source AS source, n.said AS said"
)
LINKS = (
    "MATCH (n:Offer|GeographicEntity)-[r:SPECIALISED_IN|IN_TERRITORY|SOURCED_FROM]->(x) WHERE r.gone_on IS NULL "
    "RETURN head(labels(n)) AS label, n.id AS key, coalesce(x.id, x.code) AS end, r.source AS source"
)
PHONES = (
    "MATCH (n:Offer|GeographicEntity)-[r:HAS_TELECOM]->(t:Telecom) WHERE r.gone_on IS NULL AND t.gone_on IS NULL "
    "RETURN DISTINCT head(labels(n)) AS label, n.id AS key, t.value AS value, t.usage AS usage, t.source AS source"
)
OTHER_PHONES = "MATCH (t:Telecom) WHERE t.gone_on IS NULL AND size([(t)<-[r:HAS_TELECOM]-() WHERE r.gone_on IS NULL | 1]) = 0 RETURN t.id AS id"
RECORDS = (
    "MATCH (s:SourceRecord)-[d:DESCRIBES]->(n) WHERE s.gone_on IS NULL AND d.gone_on IS NULL RETURN s.source AS source, head(labels(n)) AS label, n.id AS key"
)


def record(source: str, which: Object, said: Stated) -> Record:
    me = Ref(*which)
    kind, end = ("IN_TERRITORY", "HealthTerritory") if me.label == MERGED else ("SPECIALISED_IN", "Concept")
    links = [Link(kind, me, Ref(end, key)) for key in sorted(said.ends)]
    if me.label == "Offer":
        links.append(Link("SOURCED_FROM", me, Ref("Application", "application")))
    owned = tuple(Owned("HAS_TELECOM", Ref("Telecom", f"{me.key}#{number}"), {"value": number, "usage": usage}) for number, usage in said.phones.items())
    props = dict(said.props) | ({"updated_at": said.updated_at} if me.label == "Offer" and said.updated_at else {})
    return row(Item(*me, props, tuple(links), owned, said=Said("X", me.key) if source.startswith("ror:") else None))


def graph(store: Store) -> dict[Object, Any]:
    found: dict[Object, Any] = {}
    for label, key, props, source, said in store.stream(NODES):
        stated = {name: value for name, value in zip(NAMES, props, strict=True) if value is not None}
        asserting = sorted(entry.partition("=")[0] for entry in said if not entry.endswith("=-"))
        found[label, key] = [stated, source, [], {}, asserting]
    for label, key, end, source in store.stream(LINKS):
        found[label, key][2].append([end, source])
    for label, key, value, usage, source in store.stream(PHONES):
        found[label, key][3][value] = [usage, source]
    for one in found.values():
        one[2].sort()
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large])
@given(st.lists(loads, min_size=1, max_size=6))
def test_any_sequence_of_loads_ends_as_the_rules_say(
    embedded_store: Store, tmp_path: Path, sequence: list[tuple[str, Mode, dict[Object, Stated]]]
) -> None:  # fmt: skip
    embedded_store.write([("MATCH (n) WHERE NOT n:SchemaState DETACH DELETE n", {})])
    rules = Rules()
    for source, mode, rows in sequence:
        dated = {which: said if which[0] == "Offer" else said._replace(updated_at=None) for which, said in rows.items()}
        report = say(embedded_store, tmp_path, (source, RANKS[source]), [record(source, *one) for one in dated.items()], mode, LABELS)
        assert report.rejected == rules.load(source, mode, dated)
        assert graph(embedded_store) == rules.graph()
        assert list(embedded_store.stream(OTHER_PHONES)) == []
        told = {(who, (label, key)) for who, label, key in embedded_store.stream(RECORDS)}
        assert told == {(who, which) for who, held in rules.said.items() if who != "finess" for which in held}
