"""The same offer in the two forms of a ROR says the same (sources.md, Same statement in two models). Both are made."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from graph.model.kinds import Value
from graph.record import Item
from loaders.ror.fhir.source import SOURCE as FHIR
from tests.loaders.given import items, read, write
from tests.loaders.ror.xml.made import DEVICES, ENTITY, OFFER, SERVICES, SITE, directories, loaded

GUIDE: Final = "https://interop.esante.gouv.fr/ig/fhir/ror/StructureDefinition/"
ONLY_V3: Final = {"no_consent", "reopens_on", "comment", "opened_on"}  # V2.4 has no such field, V3 no opening date of an offer
RELATIONS: Final = {
    "FOR_PUBLIC",
    "PERFORMS_ACT",
    "SPECIALISED_IN",
    "MOBILISES",
    "HAS_COMPETENCE",
    "INTERVENES_IN",
    "OFFERED_BY",
    "HAS_EQUIPMENT",
    "HAS_HOUSING",
}
CAPACITY: Final = (("01", "01", "01", 26), ("01", "02", "01", 4), ("02", "01", "01", 3), ("02", "02", "01", 1), ("01", "06", "01", 2), ("01", "06", "02", 6))


def concept(nomenclature: str, *stated: str) -> dict[str, Any]:
    system = f"https://mos.esante.gouv.fr/NOS/{nomenclature}/FHIR/{nomenclature}"
    return {"coding": [{"system": system, "code": code} for code in stated]}


def said(name: str, **value: Any) -> dict[str, Any]:
    return {"url": name, **value}


def inner(name: str, *extensions: dict[str, Any]) -> dict[str, Any]:
    return {"url": GUIDE + name, "extension": list(extensions)}


def capacity(nature: str, status: str, temporality: str, number: int) -> dict[str, Any]:
    return inner(
        "ror-location-supported-capacity",
        said("capacityType", valueCodeableConcept=concept("TRE_R329", nature)),
        said("capacityStatus", valueCodeableConcept=concept("TRE_R330", status)),
        said("temporalityCapacity", valueCodeableConcept=concept("TRE_R331", temporality)),
        said("temporaryAssignement", valueCodeableConcept=concept("TRE_R337", "01")),
        said("nbCapacity", valueInteger=number),
    )


PLACE: Final = {
    "resourceType": "Location",
    "id": "l",
    "extension": [
        *(capacity(*one) for one in CAPACITY),
        inner("ror-location-equipment", said("equipmentType", valueCodeableConcept=concept("TRE_R212", "05")), said("nbInService", valueInteger=3)),
        inner(
            "ror-location-residential-capacity",
            said("residentialType", valueCodeableConcept=concept("TRE_R242", "02")),
            said("residentialNumber", valueInteger=6),
        ),
    ],
}
SERVICE: Final = {
    "resourceType": "HealthcareService",
    "id": "f_1",
    "meta": {"profile": [GUIDE + "ror-healthcareservice"], "lastUpdated": "2024-05-06T08:00:00+02:00"},
    "identifier": [{"value": "96/0001"}],
    "name": "UNITE NEUROVASCULAIRE",
    "providedBy": {"reference": "Organization/e_1"},
    "location": [{"reference": "Location/l"}],
    "type": [concept("TRE_R227", "01")],
    "category": [concept("TRE_R244", "11")],
    "characteristic": [
        {**concept("TRE_R210", "0320"), "extension": [{"url": GUIDE + "ror-act-type", "valueCode": "specificAct"}]},
        *(
            concept(nomenclature, code)
            for nomenclature, code in (
                *(("TRE_R213", "28"), ("TRE_R240", "01"), ("TRE_R236", "01"), ("TRE_R238", "01"), ("TRE_R253", "04"), ("TRE_R286", "DEF")),
                *(("TRE_R245", "03"), ("TRE_R243", "07"), ("TRE_G15", "60"), ("TRE_R38", "SM32")),
            )
        ),
    ],
    "notAvailable": [{"description": "x", "during": {"start": "2025-01-01"}}],
    "extension": [
        {"url": GUIDE + "ror-meta-creation-date", "valueDateTime": "2020-01-01T00:00:00Z"},
        {"url": GUIDE + "ror-healthcareservice-sensitive-unit", "valueBoolean": False},
        {"url": GUIDE + "ror-healthcareservice-psychiatric-sector", "valueString": "96I01"},
        inner(
            "ror-healthcareservice-patient-type",
            said("ageRange", valueRange={"low": {"value": 6, "code": "mo"}, "high": {"value": 18, "code": "a"}}),
            said("supportedPatientInfo", valueCodeableConcept=concept("TRE_R239", "02")),
        ),
        inner(
            "ror-territorial-division",
            said("typeTerritorialDivision", valueCodeableConcept=concept("TRE_R201", "2")),
            said("codeTerritorialDivision", valueCodeableConcept=concept("TRE_G09", "960")),
        ),
    ],
}
STRUCTURE: Final = {
    "resourceType": "Organization",
    "id": "e_1",
    "name": "HOPITAL DE PORT-BRUME",
    "identifier": [{"type": concept("TRE_G07", "1"), "value": "960000027"}],
    "type": [concept("TRE_R66", "355")],
}


def both_forms(folder: Path) -> tuple[dict[tuple[str, str], Item], dict[tuple[str, str], Item]]:
    """Items of the XML form and of the FHIR form, of one ROR."""
    content = directories(organization=ENTITY + SITE, service=SERVICES, facility=OFFER, device=DEVICES)
    lines = "\n".join(json.dumps(one) for one in (STRUCTURE, SERVICE, PLACE))
    _, events = read(FHIR, folder, write(folder / "export.ndjson", lines), ror="ROR-ILE", region="96")
    return items(loaded(folder, content)[1]), items(events)


def relations(found: Iterable[Item]) -> list[tuple[str, str, dict[str, Any]]]:
    links = [link for item in found for link in item.links if link.type in RELATIONS]
    stated: dict[tuple[str, str], dict[str, Any]] = {
        (one.type, one.end.key): {name: value for name, value in one.props.items() if value is not None} for one in links
    }
    return [(kind, end, stated[kind, end]) for kind, end in sorted(stated)]


def test_an_offer_has_the_same_properties_in_both_forms(tmp_path: Path) -> None:
    xml, fhir = (found["Offer", "96/0001"].props for found in both_forms(tmp_path))
    assert {name: value for name, value in xml.items() if name not in ONLY_V3} == {
        name: value if name != "psychiatry_sectors" else list(value)  # type: ignore[arg-type]
        for name, value in fhir.items()
        if name not in ONLY_V3
    }


def test_an_offer_has_the_same_relations_in_both_forms(tmp_path: Path) -> None:  # those of its location in V3, its own in V2.4
    xml, fhir = ([found["Offer", "96/0001"], *(item for item in found.values() if item.label == "Location")] for found in both_forms(tmp_path))
    assert relations(xml) == relations(fhir)


def test_an_offer_has_the_same_capacities_in_both_forms(tmp_path: Path) -> None:
    def counted(found: dict[tuple[str, str], Item]) -> list[tuple[Value, ...]]:
        lines = [one.props for item in found.values() for one in item.owned if one.node.label == "Capacity"]
        return sorted(tuple(line[name] for name in ("nature", "status", "temporality", "assignment", "count")) for line in lines)

    xml, fhir = both_forms(tmp_path)
    assert counted(xml) == counted(fhir)
    assert len(counted(xml)) == len(CAPACITY)
