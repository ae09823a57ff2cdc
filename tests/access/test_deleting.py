"""What the plain reading of the rules leaves, on the made graph: each rule by a viewer to whom it matters, as literals."""

import pytest

from graph.access import EVERYTHING, Scope, Viewer
from graph.store.connection import Store
from tests.access.content import Content, read, write
from tests.access.deleting import delete_withheld, keys, links_of, reduced, values, viewers
from tests.access.made import OFFERS, made

MADE = made()
ALL = frozenset(Scope)
SENSITIVE = {"84/flag", "84/flag-ms", "84/activity", "84/type14", "84/type17", "84/name", "84/unit-name", "11/flag"}
PRIVATE = {"84/cabinet", "84/groupe", "93/societe"}


def left(profile: int, *regions: str, scopes: frozenset[Scope] = ALL) -> Content:
    (viewer,) = viewers([profile], [frozenset(regions) or None], scopes)
    return reduced(MADE, viewer)


def test_the_operator_is_left_everything() -> None:
    assert reduced(MADE, EVERYTHING).nodes == MADE.nodes
    assert list(reduced(MADE, EVERYTHING).links) == list(MADE.links)


@pytest.mark.parametrize(("profile", "hidden"), [(0, SENSITIVE), (1, set()), (2, SENSITIVE), (3, SENSITIVE), (4, PRIVATE), (5, SENSITIVE)])
def test_offers_of_a_profile(profile: int, hidden: set[str]) -> None:
    assert keys(left(profile), "Offer") == OFFERS.keys() - hidden


def test_offers_of_a_perimeter() -> None:
    ninety_three = {"93/mco", "93/abroad", "93/societe", "site-13", "entity-13"}
    assert keys(left(1, "93"), "Offer") == ninety_three
    assert keys(left(1, "93", "84"), "Offer") == ninety_three | {key for key in OFFERS if key.startswith("84")}


def test_a_unit_is_withheld_with_all_of_its_offers() -> None:
    assert keys(left(2), "OrganisationalUnit") == {"84/pole", "84/uf", "84/uf-empty", "93/uf", "84/uf-cabinet"}
    assert keys(left(1, "93"), "OrganisationalUnit") == {"84/uf-empty", "93/uf", "84/uf-cabinet"}
    assert "84/uf-cabinet" not in keys(left(4), "OrganisationalUnit")


def test_a_location_is_seen_through_its_offers_and_shared_without_capacity() -> None:
    seen = left(2)
    assert keys(seen, "Location") == {"84/L-mco", "84/L-ms", "84/L-mixed", "84/L-shared", "84/L-empty", "84/L-cabinet", "93/L-mco", "93/L-border"}
    assert {start for start, _ in links_of(seen, "HAS_CAPACITY") if "/L-" in start} == keys(seen, "Location") - {"84/L-shared"}
    assert keys(left(1, "84"), "Location") >= {"84/L-hidden", "93/L-border"}
    assert "84/L-cabinet" not in keys(left(4), "Location")


@pytest.mark.parametrize(
    ("profile", "states"),
    [
        (0, {"installed"}),
        (2, {"installed", "available", "occupied", "reserved", "closed"}),
        (3, {"installed"}),
        (4, {"installed", "available", "occupied", "reserved", "closed", "supplementary", "crisis", "extra", "unstated"}),
        (5, {"installed"}),
    ],
)
def test_capacities_of_a_profile(profile: int, states: set[str]) -> None:
    assert {end.partition("#")[2] for start, end in links_of(left(profile), "HAS_CAPACITY") if start == "84/ms"} == states


def test_codes_and_comments() -> None:
    assert not links_of(left(0), "PERFORMS_ACT")
    assert {start for start, _ in links_of(left(3), "PERFORMS_ACT")} == {"84/ms"}
    assert {start for start, _ in links_of(left(3), "HAS_EQUIPMENT")} == {"84/ms", "84/L-ms"}
    assert values(left(3), "Offer", "comment").keys() == {"84/ms"}
    assert values(left(3), "Location", "comment").keys() == {"84/L-ms"}
    assert not values(left(3), "GeographicEntity", "comment")
    assert values(left(4), "GeographicEntity", "drop_zone")
    assert not values(left(5), "GeographicEntity", "drop_zone")
    assert links_of(left(0), "FOR_PUBLIC") > {("84/ms", "TRE_R239-01")}


def test_professionals_are_found_through_a_visible_practice() -> None:
    assert keys(left(0), "Practice") == {"84/ville/practice", "84/cabinet/practice", "both/practice", "register/cabinet", "register/two"}
    assert keys(left(3), "Practice") == keys(left(0), "Practice") | {"84/ms/practice"}
    assert keys(left(4), "Practice") == keys(left(4), "Professional") == set()
    assert keys(left(0), "Professional") == {"800000000000", "800000000002", "800000000003", "800000000101", "800000000103"}
    assert keys(left(2), "Practice") == keys(MADE, "Practice") - {"84/flag/practice"}


def test_sites_and_entities_are_seen_but_private_practices() -> None:
    assert keys(left(0, "11"), "GeographicEntity") == keys(MADE, "GeographicEntity")
    assert {key[0] for key in keys(left(4), "GeographicEntity")} == {"1"}
    assert keys(left(4), "LegalEntity") == {"1690000001", "1010000002", "1130000001", "1750000001"}


def test_levels_of_contacts_and_telecoms() -> None:
    def levels(profile: int, holder: str) -> set[str]:
        seen = left(profile)
        return {end.partition("#")[2] for kind in ("HAS_CONTACT", "HAS_TELECOM") for start, end in links_of(seen, kind) if start.startswith(holder)}

    assert levels(0, "84/mco") == {"contact-1", "contact-1#telecom-1", "telecom-1"}
    assert levels(3, "84/mco") == {"contact-1", "contact-1#telecom-1", "telecom-1"}
    both = {"contact-1", "contact-2", "contact-1#telecom-1", "contact-1#telecom-2", "contact-2#telecom-1", "contact-2#telecom-2", "telecom-1", "telecom-2"}
    assert levels(3, "84/ms") == both
    assert levels(2, "1690000011") == both
    assert levels(3, "1690000011") == {"contact-1", "contact-1#telecom-1", "telecom-1"}
    assert levels(4, "84/ms") == set()
    assert levels(0, "register/cabinet") == {"telecom-1"}
    assert levels(0, "800000000103") == set()  # works in a hospital too: level 2
    assert levels(0, "800000000101") == {"telecom-1"}


def test_what_is_kept_about_objects_goes_with_them_and_with_the_class() -> None:
    seen = left(2)
    assert keys(seen, "SourceRecord") == {f"ror:ROR-NAT/{key}" for key in ("84/mco", "84/ms", "84/ville", "84/cabinet", "93/mco")}
    assert {key.rpartition("/")[2] for key in keys(seen, "Change") if "/Offer/84/mco/" in key} == {"created", "name", "comment", "PERFORMS_ACT"}
    assert {key for key in keys(seen, "Change") if "/Offer/" not in key} == {
        "made-2/GeographicEntity/1690000011/name",
        "made-2/GeographicEntity/410000000001/name",
        "made-2/Practice/register/hospital/HAS_SPECIALTY",
        "made-2/Application/ROR-84/name",
    }
    assert {key for key in keys(left(0), "Anomaly") if key.startswith("84/mco")} == {"84/mco/None", "84/mco/name"}
    statement = values(left(0), "SourceRecord", "statement")["ror:ROR-NAT/84/mco"]
    assert "Commentaire" not in statement
    assert "PERFORMS_ACT" not in statement
    assert "Nom national" in statement
    assert "HAS_CAPACITY" not in values(seen, "SourceRecord", "statement")["ror:ROR-NAT/84/mco"]
    assert '"comment"' not in values(left(0), "GeographicEntity", "told_by")["1690000011"][0]
    assert not values(left(1, "84"), "Run", "counts")


def test_scopes() -> None:
    bare = left(1, scopes=frozenset())
    assert not links_of(bare, "SOURCED_FROM")
    for label in ("Application", "Interface", "Flow", "Usage", "DataClass", "Actor", "Run", "Change", "SourceRecord", "Anomaly", "Dangling"):
        assert not keys(bare, label), label
    assert keys(bare, "Offer") == OFFERS.keys()
    assert not values(bare, "Offer", "run")
    assert keys(left(1, scopes=frozenset({Scope.QUALITY})), "Anomaly") == keys(MADE, "Anomaly")


def test_nothing_hangs_on_nothing() -> None:
    for viewer in viewers(range(6), [None, frozenset({"84"})]):
        seen = reduced(MADE, viewer)
        assert all(link.start in seen.nodes and link.end in seen.nodes for link in seen.links)
        hung = {link.end for link in seen.links if link.type in {"HAS_CONTACT", "HAS_TELECOM", "HAS_CAPACITY", "HAS_HOURS", "HAS_TARIFF"}}
        assert hung == {ref for ref in seen.nodes if ref.label in {"Contact", "Telecom", "Capacity", "OpeningHours", "Tariff"}}


def test_a_store_is_left_what_is_left_of_its_content(embedded_store: Store) -> None:
    write(embedded_store, MADE)
    whole = read(embedded_store)
    viewer = Viewer(2, None, ALL)  # type: ignore[arg-type]
    delete_withheld(embedded_store, viewer)
    assert read(embedded_store).nodes == reduced(whole, viewer).nodes
    assert keys(read(embedded_store), "Offer") == OFFERS.keys() - SENSITIVE
    assert sorted(map(repr, read(embedded_store).links)) == sorted(map(repr, reduced(whole, viewer).links))
