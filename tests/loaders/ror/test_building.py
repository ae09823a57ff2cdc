"""What both forms of a ROR build alike."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadFile, BadInput
from graph.questions import Question
from graph.reads import Reader, Row
from graph.record import Link, Ref
from loaders.ror.address import Address
from loaders.ror.building import BEDS_AVAILABLE, area, capacities, contact, object_id, practice_id, source_region, v24_capacity
from loaders.ror.codes import concept
from loaders.ror.origin import Ror, national_origin, regional_origin
from loaders.ror.values import FieldFault, confidentiality, day, instant, time_of_day
from loaders.source import Work
from tests.loaders.given import EMPTY

NATIONAL = Ror("ROR-NAT", national=True)
IDF = Ror("ROR-IDF", national=False, region="11")
OFFER = Ref("Offer", "11/47")


class _Rors:
    """A store with two RORs of one region and one of another."""

    def read(self, question: Question, /, **params: Any) -> list[Row]:
        return [
            {"code": "ROR-A", "kind": "REGIONAL_ROR", "regions": ["11"], "hosts": ["a.example"]},
            {"code": "ROR-B", "kind": "REGIONAL_ROR", "regions": ["11"], "hosts": []},
            {"code": "ROR-C", "kind": "REGIONAL_ROR", "regions": ["24"], "hosts": []},
            {"code": "ROR-N", "kind": "NATIONAL_ROR", "regions": ["11", "24"], "hosts": []},
        ]


def work(store: Reader = EMPTY, ror: str | None = None, region: str | None = None) -> Work:
    return Work(Path(), store, ror, region)


def test_fhir_files_come_from_the_national_ror_unless_said() -> None:
    ror = national_origin(work())
    assert (ror, ror.stamp, ror.rank) == (NATIONAL, "ror:ROR-NAT", 70)


def test_files_said_to_be_of_a_regional_ror_have_its_stamp_rank_and_region() -> None:
    ror = national_origin(work(_Rors(), "ROR-C"))
    assert (ror.stamp, ror.rank, ror.region) == ("ror:ROR-C", 80, "24")


def test_a_ror_that_the_inventory_knows_as_national_ranks_as_national() -> None:
    assert national_origin(work(_Rors(), "ROR-N")).rank == 70


def test_xml_files_come_from_the_ror_of_their_host_before_that_of_their_region() -> None:
    assert regional_origin(work(_Rors()), "24", "a.example").code == "ROR-A"
    assert regional_origin(work(_Rors()), "24", "other.example").code == "ROR-C"


def test_a_region_with_two_rors_is_not_guessed() -> None:
    with pytest.raises(BadFile, match=r"the region 11: 2 RORs of the inventory fit \(ROR-A, ROR-B\)\. Say which ROR they come from with --ror CODE"):
        regional_origin(work(_Rors()), "11", None)


def test_a_code_that_no_application_has_is_wrong_use() -> None:
    with pytest.raises(BadInput, match="this is no code of an application"):
        national_origin(work(ror="ROR IDF"))


def test_a_bare_id_of_a_regional_ror_gets_its_region_and_one_of_the_national_stays() -> None:
    assert (object_id(IDF, "0047", "r1"), object_id(NATIONAL, "0047", "r1"), object_id(NATIONAL, " ", "r1")) == ("11/0047", "0047", "ror:ROR-NAT#r1")


def test_a_practice_without_an_identifier_of_the_form_of_offers_is_named_by_its_ends() -> None:
    assert practice_id(NATIONAL, "11102379616", "810107592544", "11/47", "TRE_G15-60", "r1") == "810107592544/11/47/TRE_G15-60"
    assert practice_id(NATIONAL, "11/9", "810107592544", "11/47", "TRE_G15-60", "r1") == "11/9"
    assert practice_id(NATIONAL, None, "810107592544", None, "TRE_G15-60", "r1") == "ror:ROR-NAT#r1"


def test_a_value_set_as_system_gives_the_nomenclature_of_the_place() -> None:
    assert concept("Offer.care_mode", "https://mos.esante.gouv.fr/NOS/JDV_J19-ModePriseEnCharge-ROR/FHIR/JDV-J19-ModePriseEnCharge-ROR", "28") == "TRE_R213-28"
    assert concept("GeographicEntity.category", "https://mos.esante.gouv.fr/NOS/TRE_R02-SecteurActivite/FHIR/TRE-R02-SecteurActivite", "SA07") == "TRE_R02-SA07"


def test_instants_are_in_utc_and_days_as_written() -> None:
    assert instant("f", "2023-12-20T10:00:00+01:00") == "2023-12-20T09:00:00.000+00:00"
    assert instant("f", "2024-07-08T18:15:39Z") == "2024-07-08T18:15:39.000+00:00"
    assert instant("f", "2023") == "2023-01-01T00:00:00.000+00:00"
    assert day("f", "2024-07-08T23:15:39+02:00") == date(2024, 7, 8)


@pytest.mark.parametrize("text", ["", "not a day", "9999-12-31T23:59:59-12:00", "2023-13-01"])
def test_what_is_no_instant_is_a_fault_of_its_field(text: str) -> None:
    with pytest.raises(FieldFault):
        instant("f", text)


def test_times_and_levels() -> None:
    assert (time_of_day("f", "9:05:00"), confidentiality("f", "3")) == ("09:05", 3)
    for fault in (lambda: time_of_day("f", "25:00"), lambda: time_of_day("f", "9h"), lambda: confidentiality("f", "4")):
        with pytest.raises(FieldFault):
            fault()


def test_two_capacity_lines_of_one_key_are_a_fault() -> None:
    line = v24_capacity(BEDS_AVAILABLE, 3, None)
    assert [one.props["count"] for one in capacities("11/47", [line, {**line, "status": "TRE_R330-01"}])] == [3, 3]
    with pytest.raises(FieldFault, match="Two lines state the capacity"):
        capacities("11/47", [line, {**line, "count": 4}])


def test_beds_of_the_older_form_have_the_codes_of_the_newer() -> None:
    assert v24_capacity(BEDS_AVAILABLE, 3, "2024-01-01T00:00:00.000+00:00") == {
        "nature": "TRE_R329-01",
        "status": "TRE_R330-02",
        "temporality": "TRE_R331-01",
        "assignment": "TRE_R337-01",
        "count": 3,
        "updated_at": "2024-01-01T00:00:00.000+00:00",
    }


def test_areas_are_territories_of_the_model_and_the_country_hangs_on_the_region_of_the_offer() -> None:
    assert area(OFFER, "4", "011", None) == Link("INTERVENES_IN", OFFER, Ref("HealthTerritory", "TRE_R88-011"))
    assert area(OFFER, "5", "99100", "11") == Link("INTERVENES_IN", OFFER, Ref("Region", "11"), {"whole_country": True})
    assert (area(OFFER, "6", "A", "11"), area(OFFER, "5", "99109", "11")) == (None, None)


def test_a_contact_with_another_telecom_is_another_contact() -> None:
    one, other = (contact("11/47", {"name": "Standard"}, [{"channel": "TRE_R200-2", "value": value}]) for value in ("01", "02"))
    assert (one.node.key == other.node.key, [t.props["value"] for t in one.owned]) == (False, ["01"])


def test_the_region_of_an_object_is_stated_or_that_of_its_id_or_of_its_ror() -> None:
    given = (("24", "11/1", IDF), (None, "93/1", IDF), (None, "ZZZ", IDF), (None, "ZZZ", NATIONAL))
    assert [source_region(*one) for one in given] == ["24", "93", "11", None]


def test_an_address_is_one_line_with_its_post_once() -> None:
    parts = Address(number="103", way="rue", street="des Bourguignons", postal_code="92270", town="BOIS-COLOMBES")
    assert parts.props() == {"address": "103 rue des Bourguignons, 92270 BOIS-COLOMBES", "postal_code": "92270"}
    assert Address(lines=("7 rue porte de Buc 78000 Versailles",), postal_code="78000", town="Versailles").text == "7 rue porte de Buc 78000 Versailles"
    assert parts.location_props()["street_or_locality"] == "103 rue des Bourguignons"
