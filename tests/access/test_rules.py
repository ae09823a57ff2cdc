"""Each rule as a condition of a statement against the plain reading of the rules, on the made graph (A-2, A-3, A-6, A-7)."""

from typing import NamedTuple

import pytest

from graph.access import EVERYTHING, Scope, Viewer
from graph.access.rendering import condition, rendered
from graph.model import NODES
from graph.store.connection import Store
from tests.access.content import Content, Ref, read, write
from tests.access.deleting import keys, reduced, viewers
from tests.access.made import made
from tests.access.seeing import EVERY_VIEWER, SeenBy, shown

LABELS = (
    "Offer", "OrganisationalUnit", "Location", "GeographicEntity", "LegalEntity", "Practice", "Professional", "Authorisation", "SourceRecord", "Change",
    "Anomaly",
)  # fmt: skip
NO_SCOPE = viewers([1, 2], [None, frozenset({"84"})], frozenset())
HANGING = {
    "HAS_CAPACITY": "Capacity", "HAS_CONTACT": "Contact", "HAS_TELECOM": "Telecom", "PERFORMS_ACT": "", "HAS_EQUIPMENT": "",
    "HAS_COMPETENCE": "", "FOR_PUBLIC": "",
    "SOURCED_FROM": "",
}  # fmt: skip


class Asked(NamedTuple):
    text: str


@pytest.fixture(scope="module")
def content() -> Content:
    return made()


@pytest.fixture
def askers(request: pytest.FixtureRequest) -> list[Viewer]:
    """Every viewer on the embedded server; on Neo4j, which plans each of these long conditions for a second, the one with M rows."""
    return [*EVERY_VIEWER, *NO_SCOPE] if "embedded" in request.node.name else viewers([3], [frozenset({"84"})])


@pytest.fixture
def full(store: Store, content: Content) -> Store:
    write(store, content)
    return store


def test_what_is_seen_of_each_label_is_what_the_rules_written_plainly_leave(full: Store, askers: list[Viewer]) -> None:
    whole = read(full)
    for viewer in askers:
        left = reduced(whole, viewer)
        for label in LABELS:
            key = NODES[label].key
            found = SeenBy(full, viewer).read(Asked(f"MATCH (n:{label}) WHERE n.{key} IS NOT NULL /*sees {label} n*/ RETURN n.{key} AS key"))
            assert {row["key"] for row in found} == keys(left, label), (shown(viewer), label)


def test_a_condition_says_the_same_after_a_pattern_in_a_list_and_as_a_value(full: Store, askers: list[Viewer]) -> None:
    for viewer in askers:
        for label in LABELS[:8]:
            seen = condition(viewer, label, "n")
            given = rendered(f"/*where sees {label} n*/", viewer).params
            marked = f"/*where sees {label} n*/"
            forms = (
                f"MATCH (n:{label}) {marked} RETURN n.id AS key",
                f"MATCH (n:{label}) WITH n, 1 AS one {marked} RETURN n.id AS key",
                f"MATCH (n:{label}) WITH collect(n) AS ns UNWIND [n IN ns WHERE n.id IS NOT NULL /*sees {label} n*/ | n.id] AS key RETURN key",
            )
            as_value = {row["key"] for row in full.read(Asked(f"MATCH (n:{label}) RETURN n.id AS key, {seen} AS seen"), **given) if row["seen"] is True}
            for form in forms:
                assert {row["key"] for row in SeenBy(full, viewer).read(Asked(form))} == as_value, (shown(viewer), form)


def test_what_hangs_on_an_object_is_seen_as_the_rules_written_plainly_leave_it(full: Store, askers: list[Viewer]) -> None:
    whole = read(full)
    for viewer in askers:
        left = reduced(whole, viewer)
        for kind, label in HANGING.items():
            expected = {(link.start, link.end) for link in left.links if link.type == kind}
            assert _hanging(full, viewer, kind, label, left) == expected, (shown(viewer), kind)


def _hanging(store: Store, viewer: Viewer, kind: str, label: str, left: Content) -> set[tuple[Ref, Ref]]:
    mark = f"sees {kind} r" if kind == "SOURCED_FROM" else "sees relation r of Node o*/ /*sees Node n of Node o" if label else "sees relation r of Node o"
    asked = Asked(
        f"MATCH (o)-[r:{kind}]->(n) WHERE r.gone_on IS NULL /*{mark}*/ RETURN labels(o) AS a, o.id AS start, labels(n) AS b, coalesce(n.id, n.code) AS end"
    )
    rows = SeenBy(store, viewer).read(asked)
    found = {(Ref(_label(row["a"]), row["start"]), Ref(_label(row["b"]), row["end"])) for row in rows}
    return {pair for pair in found if pair[0] in left.nodes}


def _label(labels: list[str]) -> str:
    return next(one for one in labels if one in NODES)


def test_the_operator_puts_every_statement_as_it_stands() -> None:
    text = "MATCH (o:Offer) /*where sees Offer o*/ RETURN properties(o) /*shown Offer o*/ AS node, [] /*withheld*/ AS withheld"
    assert rendered(text, EVERYTHING).text is text
    assert rendered(text, Viewer(EVERYTHING.profile, None, frozenset(Scope))).text is text


def test_a_mark_that_says_nothing_known_is_a_defect() -> None:
    (viewer,) = viewers([2], [None])
    for text in ("WHERE true /*sees Offers o*/", "WHERE true /*seen Offer o*/", "WHERE true /*sees Tariff t of Offer o*/"):
        with pytest.raises(ValueError, match=r"no (rule|mark)"):
            rendered(text, viewer)
