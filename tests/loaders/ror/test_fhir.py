"""What resources of the ROR guide become, rule by rule; the whole of the fields is test_fhir_fields.py."""

import json
from pathlib import Path
from typing import Any

import pytest

from graph.questions import Question
from graph.reads import Reader, Row
from graph.record import Dangling, Event, Item, Link, Notes, Record, Ref, Rejected
from loaders.ror.fhir.source import SOURCE
from tests.loaders.given import EMPTY, items, needs, read, records, rejected, strangers
from tests.loaders.ror.made_fhir import (
    DRAFT,
    ENTITY,
    GUIDE,
    OFFER,
    PERSON,
    PLACE,
    ROLE,
    SITE,
    UNIT,
    bundle,
    coded,
    document,
    ext,
    ext_code,
    identifier,
    ndjson,
    nested,
)
from tests.shared import SHARED

REAL = SHARED / "ror_fhir"
G07 = "TRE_G07-TypeIdentifiantStructure"
R66 = coded(("355", "TRE_R66-CategorieEtablissement"))


def events_of(folder: Path, *resources: Any, store: Reader = EMPTY, ror: str | None = None) -> tuple[list[Event], Notes]:
    reading, events = read(SOURCE, folder, ndjson(folder / "ror.ndjson", *resources), store=store, ror=ror)
    return events, reading.notes


def item_of(folder: Path, resource: Any, *more: Any, store: Reader = EMPTY) -> Item:
    """The main item of the first resource."""
    events, _ = events_of(folder, resource, *more, store=store)
    first = events[0]
    assert isinstance(first, Record), first
    return first.items[0]


def fault_of(folder: Path, resource: Any) -> tuple[str, str]:
    [event], _ = events_of(folder, resource)
    assert isinstance(event, Rejected), event
    return event.field, event.reason


def unplaced(folder: Path, resource: Any) -> dict[str, int]:
    return events_of(folder, resource)[1].unplaced


def organization(**more: Any) -> dict[str, Any]:
    return {"resourceType": "Organization", "id": "x", **more}


@pytest.mark.parametrize(
    ("stated", "ref"),
    [
        ({"type": [coded(("1", "TRE_R207-TypeOrganisationInterne"))]}, ("OrganisationalUnit", "ror:ROR-NAT#x")),
        ({"identifier": [identifier("96/P1", "42", "TRE_R345-TypeIdentifiantAutre")]}, ("OrganisationalUnit", "96/P1")),
        ({"type": [R66]}, ("GeographicEntity", "ror:ROR-NAT#x")),
        ({"type": [coded(("SA07", "TRE_R02-SecteurActivite"))]}, ("GeographicEntity", "ror:ROR-NAT#x")),
        ({"type": [coded(("355", "JDV_J55-CategorieEG-ROR"))]}, ("GeographicEntity", "ror:ROR-NAT#x")),
        ({"type": [coded(("72", "TRE_R72-FinessStatutJuridique"))]}, ("LegalEntity", "ror:ROR-NAT#x")),
        ({"type": [{"coding": [{"code": "GEOGRAPHICAL-ENTITY"}]}]}, ("GeographicEntity", "ror:ROR-NAT#x")),
        ({"identifier": [identifier("960000018", "FINEJ", "v2-0203")]}, ("LegalEntity", "1960000018")),
        ({"identifier": [identifier("960000026", "FINEG", "v2-0203")]}, ("GeographicEntity", "1960000026")),
        ({"identifier": [identifier("960000018", "2", G07)]}, ("LegalEntity", "2960000018")),
        ({"identifier": [identifier("96000001800012", "SIRET", "v2-0203")]}, ("GeographicEntity", "396000001800012")),
        ({"identifier": [{"system": "http://sirene.fr", "value": "96000001800012"}]}, ("GeographicEntity", "396000001800012")),
        ({"type": [R66], "identifier": [identifier("888888888", "1", G07)]}, ("GeographicEntity", "ror:ROR-NAT#x")),
        ({"type": [R66], "identifier": [identifier("410960000001002", "40", G07)]}, ("GeographicEntity", "410960000001002")),
        ({"type": [R66], "identifier": [identifier("10960000001002", "RPPSRG", "v2-0203")]}, ("GeographicEntity", "410960000001002")),
    ],
)
def test_an_organization_is_an_entity_a_site_or_a_unit_by_type_and_identifier(tmp_path: Path, stated: dict[str, Any], ref: tuple[str, str]) -> None:
    assert item_of(tmp_path, organization(**stated)).ref == ref


def test_an_organization_without_a_kind_is_rejected(tmp_path: Path) -> None:
    field, reason = fault_of(tmp_path, organization(name="A"))
    assert (field, reason.partition(":")[0]) == (
        "Organization.type",
        "It says neither a legal entity (TRE_R72), nor a geographic one (TRE_R66, TRE_R02), nor a unit (TRE_R207).",
    )


def test_a_number_of_wrong_length_is_rejected_with_what_it_is_about(tmp_path: Path) -> None:
    [event], _ = events_of(tmp_path, organization(type=[R66], identifier=[identifier("1078005", "1", G07)]))
    assert isinstance(event, Rejected)
    assert (event.field, event.about) == ("Organization.identifier (FINESS)", None)
    assert event.reason == "'1078005' has 7 characters, a FINESS number has 9 (were leading zeros lost?)."


def test_what_a_ror_declares_stands_beside_the_key_that_we_compute(tmp_path: Path) -> None:
    site = item_of(tmp_path, {**SITE, "identifier": [*SITE["identifier"][1:3], identifier("396000001800012", "40", G07)]}, ENTITY)
    assert site.said is not None
    assert (site.key, site.said.stated["declared_id"], site.said.stated["stated_parent"]) == ("1960000026", "396000001800012", "1960000018")


def test_extensions_are_known_by_the_end_of_their_url_in_both_spellings(tmp_path: Path) -> None:
    name = [ext("exerciseLastName", valueString="Goff")]
    urls = ("RORPractitionerRoleName", "http://interop.esante.gouv.fr/fhir/ig/ror30/StructureDefinition/ror-practitionerrole-name")
    found = [item_of(tmp_path, {**ROLE, "extension": [nested(url, *name)]}).props["exercise_name"] for url in urls]
    assert found == ["Goff", "Goff"]


def test_equipment_in_the_spelling_of_a_draft_is_equipment(tmp_path: Path) -> None:
    place = item_of(tmp_path, {**PLACE, "extension": [nested("ror-location-equipement", ext_code("equipmentType", "032", "TRE_R212-Equipement"))]})
    assert Link("HAS_EQUIPMENT", place.ref, Ref("Concept", "TRE_R212-032"), {"in_service": None, "limits": None}) in place.links


def test_two_capacity_lines_of_one_key_reject_the_location(tmp_path: Path) -> None:
    line = next(one for one in PLACE["extension"] if one["url"].endswith("supported-capacity"))
    other = {**line, "extension": [ext("nbCapacity", valueInteger=3), *line["extension"][1:]]}
    field, reason = fault_of(tmp_path, {**PLACE, "extension": [line, other]})
    assert (field, reason.partition(".")[0]) == ("capacity", "Two lines state the capacity of one nature, status, temporality, gender and assignment")


def ages_of(folder: Path, low: dict[str, Any], high: dict[str, Any]) -> list[Any]:
    patients = nested("ror-healthcareservice-patient-type", ext("ageRange", valueRange={"low": low, "high": high}))
    offer = item_of(folder, {**OFFER, "extension": [patients]})
    return [offer.props[name] for name in ("min_age", "max_age", "age_unit")]


def test_an_age_without_unit_is_in_years_and_two_units_become_the_finer(tmp_path: Path) -> None:
    assert ages_of(tmp_path, {"value": 18}, {"value": 90}) == [18.0, 90.0, "a"]
    assert ages_of(tmp_path, {"value": 6, "unit": "mois"}, {"value": 2, "code": "a"}) == [6.0, 24.0, "mo"]


def test_the_areas_of_an_offer_are_its_territories_and_the_country_needs_its_region(tmp_path: Path) -> None:
    country = next(one for one in OFFER["extension"] if "5" in json.dumps(one) and one["url"].endswith("territorial-division") and "99100" in json.dumps(one))
    bare = {"resourceType": "HealthcareService", "id": "x", "name": "A", "identifier": [{"value": "ZZZ"}], "extension": [country]}
    events, notes = events_of(tmp_path, bare)
    assert [link.type for record in records(events) for link in record.items[0].links] == ["SOURCED_FROM"]
    assert notes.unplaced["HealthcareService.extension.ror-territorial-division (no such territory in the model)"] == 1


def test_every_key_and_extension_that_no_reader_takes_is_counted_by_its_path(tmp_path: Path) -> None:
    price = nested("ror-organization-price", ext("amount", valueMoney={"value": 1}), ext("secret", valueString="x"))
    strange = {
        **SITE,
        "qualityScore": {"a": 1},
        "_name": {"extension": [{"url": f"{GUIDE}/ror-organization-additional-name", "valueString": "B"}]},
        "extension": [ext("ror-unheard-of", valueString="x"), price],
    }
    names = ("qualityScore", "_name", "extension.ror-unheard-of", "extension.ror-organization-price.extension.secret")
    found = unplaced(tmp_path, strange)
    assert [found.get(f"Organization.{name}") for name in names] == [1, 1, 1, 1]


def test_an_offer_without_a_name_is_rejected(tmp_path: Path) -> None:
    assert fault_of(tmp_path, {"resourceType": "HealthcareService", "id": "x"}) == ("HealthcareService.name", "It is missing; an object of this kind has it.")


@pytest.mark.parametrize(
    ("field", "value", "path"),
    [
        ("name", 5, "HealthcareService.name"),
        ("name", None, "HealthcareService.name"),
        ("type", "01", "HealthcareService.type"),
        ("type", [None], "HealthcareService.type"),
        ("characteristic", [{"coding": [{"code": 28}]}], "HealthcareService.characteristic"),
        ("extension", {"url": "x"}, "HealthcareService.extension"),
        ("extension", [{"valueString": "x"}], "HealthcareService.extension"),
        ("extension", [ext("ror-healthcareservice-sensitive-unit", valueBoolean="no")], "HealthcareService.extension.ror-healthcareservice-sensitive-unit"),
        ("meta", {"lastUpdated": "yesterday"}, "HealthcareService.meta.lastUpdated"),
        ("availableTime", [{"availableStartTime": "25:00"}], "HealthcareService.availableTime.availableStartTime"),
        ("providedBy", "Organization/1", "HealthcareService.providedBy"),
        ("id", 5, "HealthcareService.id"),
    ],
)
def test_a_value_of_another_type_rejects_the_resource_with_its_field(tmp_path: Path, field: str, value: Any, path: str) -> None:
    assert fault_of(tmp_path, {**OFFER, field: value})[0] == path


def test_a_reason_says_nothing_of_a_person(tmp_path: Path) -> None:
    field, reason = fault_of(tmp_path, {**PERSON, "name": [{"family": ["Le Goff"]}]})
    assert (field, reason) == ("Practitioner.name.family", "It is not a text.")
    for resource in (PERSON, ROLE):
        _, reason = fault_of(tmp_path, {**resource, "meta": {"lastUpdated": "l'abbé Le Goff"}})
        assert reason == "The value is not an instant; it is written like 2023-12-20T10:00:00+01:00."


def test_birth_and_gender_are_dropped_at_the_reader(tmp_path: Path) -> None:
    found = unplaced(tmp_path, PERSON)
    assert (found["Practitioner.gender"], found["Practitioner.birthDate"]) == (1, 1)
    assert set(item_of(tmp_path, PERSON).props) == {"family_name", "given_names", "title"}


def test_a_professional_without_a_number_is_named_by_its_source(tmp_path: Path) -> None:
    assert item_of(tmp_path, {**PERSON, "identifier": [{"value": "X1"}]}).key == "ror:ROR-NAT#p1"


def test_references_resolve_whatever_their_form_and_the_order_of_the_files(tmp_path: Path) -> None:
    for reference in ("Organization/eg1", "https://ror.example/fhir/Organization/eg1", "Organization/eg1/_history/3"):
        unit = item_of(tmp_path, {**UNIT, "partOf": {"reference": reference}}, SITE)
        assert (unit.links, unit.dangling) == ((Link("PART_OF", unit.ref, Ref("GeographicEntity", "1960000026")),), ())


def test_a_reference_by_urn_leads_to_the_entry_of_that_address(tmp_path: Path) -> None:
    urn = "urn:uuid:53fefa32-fcbb-4ff8-8a92-55ee120877b7"
    both = bundle({**UNIT, "partOf": {"reference": urn}}, SITE)
    both["entry"][1]["fullUrl"] = urn
    _, events = read(SOURCE, tmp_path, document(tmp_path / "b.json", both))
    assert items(events)["OrganisationalUnit", "96/P1"].links[0].end == Ref("GeographicEntity", "1960000026")


def test_a_contained_resource_is_an_object_named_by_the_one_that_holds_it(tmp_path: Path) -> None:
    inner = {"resourceType": "Location", "id": "in", "name": "Salle 3"}
    offer = {**OFFER, "contained": [inner, {"resourceType": "Task", "id": "t"}], "location": [{"reference": "#in"}]}
    events, notes = events_of(tmp_path, offer)
    found = items(events)
    assert Link("DELIVERED_AT", Ref("Offer", "96/0047"), Ref("Location", "ror:ROR-NAT#o1#in")) in found["Offer", "96/0047"].links
    assert (found["Location", "ror:ROR-NAT#o1#in"].props["name"], notes.unplaced["HealthcareService.contained (not read)"]) == ("Salle 3", 1)


def test_a_reference_that_nothing_resolves_is_dangling(tmp_path: Path) -> None:
    unit = item_of(tmp_path, {**UNIT, "partOf": {"reference": "https://ror.example/fhir/Organization/eg9"}})
    assert (unit.links, unit.dangling) == ((), (Dangling("PART_OF", "Organization/eg9"),))


class _Recorded:
    """A store whose records know Organization/eg9."""

    def read(self, question: Question, /, **params: Any) -> list[Row]:
        asked = params.get("ids", ())
        return [{"id": one, "label": "GeographicEntity", "key": "1960000099"} for one in asked if one == "ror:ROR-NAT/Organization/eg9"]


def test_what_the_files_do_not_hold_is_looked_for_among_the_records_of_the_store(tmp_path: Path) -> None:
    unit = item_of(tmp_path, {**UNIT, "partOf": {"reference": "Organization/eg9"}}, store=_Recorded())
    assert unit.links == (Link("PART_OF", unit.ref, Ref("GeographicEntity", "1960000099")),)


def test_an_end_that_the_model_does_not_have_is_left_and_counted(tmp_path: Path) -> None:
    events, notes = events_of(tmp_path, {**ROLE, "organization": {"reference": "Organization/ej1"}}, ENTITY)
    assert (
        [link.type for link in records(events)[0].items[0].links if link.type == "AT"],
        notes.unplaced["PractitionerRole.organization (a LegalEntity)"],
    ) == ([], 1)


def test_savoir_faire_of_a_draft_goes_to_the_practices_of_that_profession_only(tmp_path: Path) -> None:
    role = {
        "resourceType": "PractitionerRole",
        "id": "r9",
        "practitioner": {"reference": "Practitioner/p2"},
        "code": [coded(("60", "TRE_G15-ProfessionSante"))],
    }
    practice = item_of(tmp_path, role, DRAFT)
    assert (practice.props["profession"], [link.type for link in practice.links]) == ("TRE_G15-60", ["BY"])


def test_a_type_of_savoir_faire_without_a_code_is_counted(tmp_path: Path) -> None:
    events, notes = events_of(tmp_path, {**ROLE, "specialty": [coded(("CEX", "JDV_J209-TypeSavoirFaire-ROR"))]})
    assert (notes.unplaced["PractitionerRole.specialty (a type without a code)"], strangers(events)) == (1, [])


def test_files_of_a_regional_ror_have_its_stamp(tmp_path: Path) -> None:
    reading, events = read(SOURCE, tmp_path, ndjson(tmp_path / "r.ndjson", {**OFFER, "identifier": [{"value": "0047"}]}), ror="ROR-ILE", region="96")
    assert (reading.stamp, reading.rank, records(events)[0].items[0].key) == ("ror:ROR-ILE", 80, "96/0047")


@needs(REAL)
def test_the_examples_of_the_guide_give_the_same_items_in_both_forms(tmp_path: Path) -> None:
    lines, entries = (read(SOURCE, tmp_path, *paths)[1] for paths in (sorted(REAL.glob("*.ndjson")), [REAL / "bundle-searchset.json"]))
    assert [len(records(events)) for events in (lines, entries)] == [8, 8]
    assert [sorted(str(record.items) for record in records(events)) for events in (lines,)] == [sorted(str(record.items) for record in records(entries))]
    assert (rejected(lines), rejected(entries)) == ([], [])


@needs(REAL)
def test_the_examples_of_the_guide_hold_nothing_of_which_it_is_not_known_where_it_is_left(tmp_path: Path) -> None:
    reading, events = read(SOURCE, tmp_path, REAL / "bundle-searchset.json")
    beside = {path for path in reading.notes.unplaced if not path.endswith((".display", ".id", "ror-meta-creation-date"))}
    assert beside == {
        "Bundle.meta",
        "Location.status",
        "Organization.identifier.use",
        "Organization.type (TRE_R69)",
        "Practitioner.gender",
        "PractitionerRole.specialty (a type without a code)",
    }
    assert strangers(events) == []
