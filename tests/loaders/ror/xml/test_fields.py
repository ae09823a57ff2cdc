"""What a field of the XML form becomes, where it is not plain; each field in the store: test_in_store.py."""

from datetime import date
from pathlib import Path

import pytest

from graph.keys import capacity_id
from graph.record import Dangling, Item, Link, Ref
from tests.loaders.given import items
from tests.loaders.ror.xml.made import CONTACT, DEVICES, ENTITY, OFFER, PROVIDER, SERVICES, SITE, UNIT, WHOLE, coded, directories, loaded, record

SITE_KEY = ("GeographicEntity", "1960000027")
OFFER_KEY = ("Offer", "96/0001")


def organization(folder: Path, *identifiers: tuple[str, str], parent: bool = False) -> Item:
    """The structure of these identifiers (code, authority)."""
    stated = "".join(f'<otherID code="{code}" assigningAuthorityName="{authority}"/>' for code, authority in identifiers)
    above = '<parent entityID="s_1"/>' if parent else ""
    row = f'<organization entityID="o">{stated}{coded("codedType", "1")}<primaryName>X</primaryName>{above}{record("1")}</organization>'
    [item] = items(loaded(folder, directories(organization=row))[1]).values()
    return item


@pytest.mark.parametrize(
    ("identifiers", "parent", "key"),
    [
        ([("960000019", "1.2.250.1.213.3.2"), ("000960001", "1.3.2")], False, "1960000019"),
        ([("000960001", "1.3.2")], False, "2000960001"),
        ([("00096000100012", "1.3.2")], True, "300096000100012"),
        ([("83602013100", "1.2.250.1.71.4.2.1"), ("00096000100012", "1.3.2")], True, "083602013100"),
        ([("10107592544001", "1.2.250.1.71.4.2.1"), ("83602013100", "1.2.250.1.71.4.2.1")], True, "410107592544001"),
        ([("300096000100012", "1.2.250.1.71.4.2.2")], True, "300096000100012"),
        ([("888888888", "1.2.250.1.213.3.2")], True, "ror:ROR-ILE#o"),
        ([("", ""), ("X", "1.2.3")], True, "ror:ROR-ILE#o"),
    ],
    ids=["FINESS", "SIREN", "SIRET", "ADELI-rang", "RPPS-rang", "declared only", "the dummy FINESS number", "none"],
)
def test_a_structure_has_the_key_of_its_best_number(tmp_path: Path, identifiers: list[tuple[str, str]], parent: bool, key: str) -> None:  # K-1
    assert organization(tmp_path, *identifiers, parent=parent).key == key


def test_a_number_of_an_unknown_authority_is_counted_not_dropped(tmp_path: Path) -> None:
    reading, _ = loaded(tmp_path, directories(organization=ENTITY.replace("1.3.2", "1.3.9")))
    assert reading.notes.unplaced["organization.otherID@code"] == 1


@pytest.mark.parametrize(
    ("code", "scheme", "category"),
    [("355", "1.2.250.1.213.1.6.1.8", "TRE_R66-355"), ("SA07", "1.2.250.1.213.1.6.1.8", "TRE_R02-SA07"), ("SA05", "1.2.250.1.71.4.2.4", "TRE_R02-SA05")],
)
def test_a_sector_of_activity_is_a_category_whatever_its_oid(tmp_path: Path, code: str, scheme: str, category: str) -> None:  # K-5
    content = directories(organization=SITE.replace(coded("codedType", "355", "1.2.250.1.213.1.6.1.8"), coded("codedType", code, scheme)))
    assert items(loaded(tmp_path, content)[1])[SITE_KEY].props["category"] == category


def test_coordinates_of_another_system_are_left(tmp_path: Path) -> None:
    reading, events = loaded(tmp_path, directories(organization=SITE.replace(">WGS84<", ">LAMBERT 93<").replace(">45.5<", ">6861000<")))
    props = items(events)[SITE_KEY].props
    assert (props["latitude"], props["longitude"], props["point_reliable"]) == (None, None, None)
    assert reading.notes.unplaced["organization.extension.location.geoCoordinates.latitude"] == 1


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ('<otherID code=" 96/0001 " assigningAuthorityName="1"/>', "96/0001"),
        ('<otherID code="0099" assigningAuthorityName="1"/>', "96/0099"),
        ('<otherID code="5/0099" assigningAuthorityName="1"/>', "05/0099"),
        ('<otherID code="X" assigningAuthorityName="1"/><otherID code="96/7" assigningAuthorityName="2"/>', "96/7"),
        ('<otherID code="" assigningAuthorityName=""/>', "ror:ROR-ILE#f_1"),
        ("", "ror:ROR-ILE#f_1"),
    ],
    ids=["trimmed", "bare", "region of one digit", "the one with a region", "empty", "missing"],
)
def test_an_offer_has_the_key_of_its_identifier(tmp_path: Path, written: str, key: str) -> None:  # K-2
    content = directories(facility=OFFER.replace('<otherID code=" 96/0001 " assigningAuthorityName="1.2.3"/>', written))
    assert ("Offer", key) in items(loaded(tmp_path, content)[1])


@pytest.mark.parametrize(
    ("nature", "status", "temporality", "count"),
    [("01", "01", "01", 26), ("01", "02", "01", 4), ("02", "01", "01", 3), ("02", "02", "01", 1), ("01", "06", "01", 2), ("01", "06", "02", 6)],
    ids=["beds", "beds available", "places", "places available", "crisis T0", "crisis T60"],
)
def test_a_number_of_v24_is_the_capacity_of_v3(tmp_path: Path, nature: str, status: str, temporality: str, count: int) -> None:  # sources.md, Same statement
    line = {"nature": f"TRE_R329-{nature}", "status": f"TRE_R330-{status}", "temporality": f"TRE_R331-{temporality}", "assignment": "TRE_R337-01"}
    owned = {one.node.key: one.props for one in items(loaded(tmp_path, WHOLE)[1])[OFFER_KEY].owned}
    assert owned[capacity_id("96/0001", line)]["count"] == count


def test_the_right_spellings_are_read_like_those_of_the_schema(tmp_path: Path) -> None:
    spelt = WHOLE
    for schema, right in (
        ("residentialCapactity", "residentialCapacity"),
        ("annualOpenning", "annualOpening"),
        ("crisisAccomodationCapacity", "crisisAccommodationCapacity"),
        ("avaible", "available"),
        ("<space ", "<spaces "),
        ("accomodationFamily", "accommodationFamily"),
        ("basePackageAccomodation", "basePackageAccommodation"),
        ("nbTemporarySocialeHelpPlace", "nbTemporarySocialHelpPlace"),
    ):
        assert schema in spelt
        spelt = spelt.replace(schema, right)
    assert items(loaded(tmp_path, spelt)[1]) == items(loaded(tmp_path, WHOLE)[1])


def test_several_extensions_are_read_as_one(tmp_path: Path) -> None:
    split = OFFER.replace("<sensitiveUnit>", '</extension><extension type="ROR" urn="v"><sensitiveUnit>')
    assert items(loaded(tmp_path, directories(facility=split))[1]) == items(loaded(tmp_path, directories(facility=OFFER))[1])


def test_an_element_of_another_namespace_is_not_read_and_is_counted(tmp_path: Path) -> None:
    reading, events = loaded(tmp_path, directories(facility=OFFER.replace("<primaryName>", '<x:careMode xmlns:x="urn:x" code="1"/><primaryName>')))
    assert (items(events)[OFFER_KEY].props["care_mode"], reading.notes.unplaced["facility.careMode@code"]) == ("TRE_R213-28", 1)


def test_what_the_model_has_no_place_for_is_counted_by_path(tmp_path: Path) -> None:
    row = OFFER.replace("<sensitiveUnit>", 'reste<new unit="x">1<deep/><deep>2</deep></new><sensitiveUnit>')
    unplaced = loaded(tmp_path, directories(facility=row))[0].notes.unplaced
    path = "facility.extension"
    assert [unplaced[name] for name in (path, f"{path}.new", f"{path}.new@unit", f"{path}.new.deep")] == [1, 1, 1, 1]


def test_a_second_field_of_activity_is_left_and_counted(tmp_path: Path) -> None:
    content = directories(facility=OFFER.replace("<careMode ", coded("typeActivity", "02") + "<careMode "))
    reading, events = loaded(tmp_path, content)
    assert (items(events)[OFFER_KEY].props["field_of_activity"], reading.notes.unplaced["facility.extension.typeActivity@code"]) == ("TRE_R227-01", 1)


@pytest.mark.parametrize(
    ("rows", "links", "dangling"),
    [
        ({"organization": SITE, "facility": UNIT + OFFER}, [("OFFERED_BY", "96/U1")], ()),
        ({"organization": SITE, "facility": OFFER}, [("OFFERED_BY", "1960000027")], ()),
        ({"facility": OFFER}, [], (Dangling("OFFERED_BY", "organization/e_1"),)),
        ({"facility": OFFER.replace('<organization entityID="e_1">', '<organization entityID="">')}, [], (Dangling("OFFERED_BY", "facility/u_1"),)),
    ],
    ids=["the unit above it", "its site where no file has the unit", "neither", "no site named"],
)
def test_an_offer_is_of_the_nearest_that_is_known(tmp_path: Path, rows: dict[str, str], links: list[tuple[str, str]], dangling: tuple[Dangling, ...]) -> None:
    offer = items(loaded(tmp_path, directories(service=SERVICES, device=DEVICES, **rows))[1])[OFFER_KEY]
    assert ([(link.type, link.end.key) for link in offer.links if link.type == "OFFERED_BY"], offer.dangling) == (links, dangling)


def test_what_no_file_describes_is_dangling(tmp_path: Path) -> None:  # M-10
    offer = items(loaded(tmp_path, directories(organization=SITE, facility=OFFER))[1])[OFFER_KEY]
    site = items(loaded(tmp_path, directories(organization=SITE))[1])[SITE_KEY]
    practice = next(item for item in items(loaded(tmp_path, directories(provider=PROVIDER))[1]).values() if item.label == "Practice")
    assert offer.dangling == (
        Dangling("HAS_ACTIVITY", "service/a_1"),
        Dangling("HAS_ACTIVITY", "service/a_2"),
        Dangling("HAS_EQUIPMENT", "device/d_1"),
        Dangling("HAS_EQUIPMENT", "device/d_2"),
    )
    assert site.dangling == (Dangling("PART_OF", "organization/s_1"),)
    assert practice.dangling == (Dangling("AT", "organization/e_1"), Dangling("FOR", "facility/f_1"))


def test_an_id_that_two_elements_bear_leads_nowhere(tmp_path: Path) -> None:
    other = SITE.replace("960000027", "960000035")
    offer = items(loaded(tmp_path, directories(organization=SITE + other, facility=OFFER))[1])[OFFER_KEY]
    assert Dangling("OFFERED_BY", "organization/e_1") in offer.dangling


def test_a_closed_day_is_one_of_the_type_that_closes(tmp_path: Path) -> None:
    hours = [one.props for one in items(loaded(tmp_path, WHOLE)[1])[OFFER_KEY].owned if one.node.label == "OpeningHours"]
    assert [(one["day"], one["from"], one["type"], one["effective_from"]) for one in hours] == [
        (1, "08:00", "TRE_R252-01", date(2024, 1, 1)),
        (7, "08:00", "TRE_R252-01", date(2024, 1, 1)),
        (None, None, "TRE_R252-08", date(2024, 8, 1)),
    ]


def test_a_contact_has_its_telecoms_each_of_its_own_level(tmp_path: Path) -> None:
    [contact] = [one for one in items(loaded(tmp_path, WHOLE)[1])[SITE_KEY].owned if one.node.label == "Contact"]
    assert (contact.props["name"], contact.props["function"], contact.props["confidentiality"]) == ("Anne Onyme", "TRE_R251-01", 2)
    assert [(one.props["channel"], one.props["value"], one.props["confidentiality"]) for one in contact.owned] == [
        ("TRE_R200-2", "05 36 49 00 01", 2),
        ("TRE_R200-3", "contact@ile.example", 3),
    ]


def test_a_level_that_is_not_stated_stays_empty(tmp_path: Path) -> None:
    content = directories(facility=OFFER.replace(CONTACT, CONTACT.replace(coded("confidentialityLevel", "2"), "", 1)))
    [contact] = [one for one in items(loaded(tmp_path, content)[1])[OFFER_KEY].owned if one.node.label == "Contact"]
    assert contact.props["confidentiality"] is None


def test_a_provider_without_id_and_organisation_is_one_of_this_source(tmp_path: Path) -> None:  # K-3, K-4
    row = f'<provider entityID="p">{coded("codedType", "60")}<demographic><name><commonName>X</commonName></name></demographic>{record("1")}</provider>'
    found = items(loaded(tmp_path, directories(provider=row))[1])
    assert list(found) == [("Professional", "ror:ROR-ILE#p"), ("Practice", "ror:ROR-ILE#p/TRE_G15-60")]


def test_a_provider_has_a_practice_for_each_unit_and_profession(tmp_path: Path) -> None:
    row = PROVIDER.replace('<facility entityID="f_1"/>', '<facility entityID="f_1"/><facility entityID="f_2"/>').replace(
        '<codedType code="10"', '<codedType code="60" codingScheme="1"/><codedType code="10"', 1
    )
    second = OFFER.replace("f_1", "f_2").replace("96/0001", "96/0002")
    found = items(loaded(tmp_path, directories(facility=OFFER + second, provider=row))[1])
    assert sorted(key for label, key in found if label == "Practice") == [
        f"810107592544/96/{offer}/TRE_G15-{profession}" for offer in ("0001", "0002") for profession in ("10", "60")
    ]


def test_a_skill_without_code_is_counted(tmp_path: Path) -> None:
    reading, events = loaded(tmp_path, WHOLE)
    practice = next(item for (label, _), item in items(events).items() if label == "Practice")
    assert [link for link in practice.links if link.type == "HAS_SPECIALTY"] == [
        Link("HAS_SPECIALTY", practice.ref, Ref("Concept", "TRE_R38-SM32"), {"type": "TRE_R04-S"})
    ]
    assert reading.notes.unplaced["provider.credential.codedType@code"] == 1


def test_birth_date_and_gender_are_not_read(tmp_path: Path) -> None:
    reading, events = loaded(tmp_path, WHOLE)
    assert items(events)["Professional", "810107592544"].props == {"family_name": "ONYME", "given_names": "Anne", "title": "MME"}
    assert (reading.notes.unplaced["provider.demographic.dateOfBirth"], reading.notes.unplaced["provider.demographic.gender"]) == (1, 1)


def test_a_unit_of_type_1_to_3_is_part_of_the_unit_above(tmp_path: Path) -> None:
    pole = UNIT.replace("u_1", "u_0").replace("96/U1", "96/U0").replace('code="2"', 'code="1"')
    unit = UNIT.replace("<creationDate>", '<parentFacility entityID="u_0"/><creationDate>')
    found = items(loaded(tmp_path, directories(organization=SITE, service=SERVICES, facility=unit + pole))[1])
    ends = {key: [link.end.key for link in found["OrganisationalUnit", key].links if link.type == "PART_OF"] for key in ("96/U1", "96/U0")}
    assert ends == {"96/U1": ["96/U0"], "96/U0": ["1960000027"]}


def test_a_price_has_what_it_is_for(tmp_path: Path) -> None:
    [price] = [one.props for one in items(loaded(tmp_path, WHOLE)[1])[SITE_KEY].owned if one.node.label == "Tariff"]
    assert {name: value for name, value in price.items() if value is not None} == {
        "type": "TRE_R246-01",
        "unit": "TRE_R228-02",
        "amount": 65.5,
        "valid_from": date(2024, 1, 1),
        "under_60": True,
        "housing": "TRE_R242-02",
        "reception": "TRE_R240-02",
        "conditions": ["TRE_R250-01"],
        "included": ["TRE_R264-03", "Coiffeur"],
    }


def test_a_site_above_a_site_and_an_entity_above_a_unit_are_counted_not_joined(tmp_path: Path) -> None:
    second = SITE.replace("e_1", "e_2").replace("960000027", "960000035").replace('<parent entityID="s_1"/>', '<parent entityID="e_1"/>')
    unit = UNIT.replace("e_1", "s_1")
    reading, events = loaded(tmp_path, directories(organization=ENTITY + SITE + second, service=SERVICES, facility=unit))
    found = items(events)
    assert [link for key in (("GeographicEntity", "1960000035"), ("OrganisationalUnit", "96/U1")) for link in found[key].links if link.type == "PART_OF"] == []
    assert {path: times for path, times in reading.notes.unplaced.items() if "(" in path} == {
        "organization.parent@entityID (of another geographic entity)": 1,
        "facility.organizations.organization@entityID (a legal entity of a unit)": 1,
    }


def test_a_record_of_the_source_has_the_region_of_its_object(tmp_path: Path) -> None:
    found = items(loaded(tmp_path, WHOLE.replace("96/0001", "99/0001"))[1])
    regions = {label: item.said.stated["region"] for (label, _), item in found.items() if item.said}
    assert regions == {
        "LegalEntity": "96",
        "GeographicEntity": "96",
        "OrganisationalUnit": "96",
        "Offer": "99",
        "Location": "99",
        "Professional": "96",
        "Practice": "96",
    }


@pytest.mark.parametrize(
    ("rows", "path"),
    [
        ({"organization": ENTITY.replace('"000960001"', '"00096000100012"')}, "organization.otherID@code (SIRET of a legal entity)"),
        ({"organization": SITE.replace('"00096000100012"', '"000960001"')}, "organization.otherID@code (SIREN of a geographic entity)"),
        ({"facility": OFFER.replace("<codedType ", '<otherID code="X" assigningAuthorityName="2"/><codedType ', 1)}, "facility.otherID@code"),
        ({"facility": OFFER.replace('<residentialType code="02"', '<residentialType code=""')}, "facility.extension.residentialCapactity.residentialNumber"),
        ({"facility": OFFER.replace("<addressLine ", '<addressLine lineOne="Porte 3" ')}, "facility.extension.location.address.addressLine@lineOne"),
        (
            {"facility": OFFER.replace("</address>", '<addressLine cityName="AILLEURS"/></address>')},
            "facility.extension.location.address.addressLine@cityName",
        ),
        ({"facility": OFFER.replace("<equipment>contact@ile.example</equipment>", "")}, "facility.extension.contact.contactPoint.codedType@code"),
    ],
)
def test_what_is_stated_beside_what_the_model_has_is_counted(tmp_path: Path, rows: dict[str, str], path: str) -> None:
    assert loaded(tmp_path, directories(**rows))[0].notes.unplaced[path] == 1


def test_an_address_without_parts_is_that_of_its_lines(tmp_path: Path) -> None:
    row = ENTITY.replace(
        '<addressLine buildingNumber="17" streetType="RTE" streetName="DE LA MER" postOfficeBox="BP 24"', '<addressLine lineOne="17 route de la mer"'
    )
    props = items(loaded(tmp_path, directories(organization=row))[1])["LegalEntity", "1960000019"].props
    assert (props["address"], props["postal_code"]) == ("17 route de la mer, 96100 PORT-BRUME", "96100")


def test_an_empty_parent_is_a_parent(tmp_path: Path) -> None:
    rows = {"organization": SITE.replace('<parent entityID="s_1"/>', "<parent/>"), "facility": OFFER}
    offer = items(loaded(tmp_path, directories(**rows))[1])[OFFER_KEY]
    assert [link.end for link in offer.links if link.type == "OFFERED_BY"] == [Ref("GeographicEntity", "1960000027")]
