"""Resources made for the scenarios of the ROR guide: what the sample region's national ROR does not describe. They belong to that region; all is fictional.

Each resource says of which scenario it is. Those that only one of FHIR and GraphQL selects are made so that docs/scenarios.md can show why.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from graph.store.connection import Store
from tests.loaders.ror.made_fhir import Json, coded, division, ext, ext_code, identifier, nested, system

BEFORE, FRESH, STALE = "2026-01-02T08:00:00+01:00", "2026-01-06T08:00:00+01:00", "2026-01-01T08:00:00+01:00"
PORT: Final = (46.35, -4.9)  # of the commune 96001
NOS: Final[Mapping[str, tuple[str, ...]]] = {  # beside the sample's lists: public codes that the guide or these resources name
    "TRE_R211_ActiviteOperationnelle.psv": (
        "005|Allergologie", "013|Cardiologie générale", "025|Chirurgie traumatologique", "227|Pédopsychiatrie infanto-juvénile",
        "233|Réadaptation de l'appareil locomoteur", "391|Surveillance continue spécialisée pédiatrique", "481|Médecine générale à orientation Allergologie",
    ),
    "TRE_R244_TypeOffre.psv": ("50|ITEP", "102|SMR locomoteur"),
    "TRE_R338_ModaliteAccueil.psv": ("01|Accueil séquentiel accepté", "02|Autre modalité"),
    "TRE_R210_ActeSpecifique.psv": ("0316|Neurochirurgie éveillée avec mapping cortical",),
    "TRE_R253_TypeMaternite.psv": ("01|Type 1", "02|Type 2"),
    "TRE_R212_Equipement.psv": ("083|Appareil de radiologie adapté à l'obésité",),
    "TRE_R246_TypeTarif.psv": ("02|Forfait socle hébergement", "03|Dépendance"),
    "TRE_R242_TypeHabitation.psv": ("01|Chambre", "03|F1"),
    "TRE_R250_ConditionTarifaire.psv": ("03|Tarif agréé ASH",),
    "TRE_R237_GroupeTarifaireDependance.psv": ("01|GIR 1-2", "02|GIR 3-4"),
    "TRE_R240_TemporaliteAccueil.psv": ("02|Permanent",),
}  # fmt: skip


def _meta(updated: str = BEFORE) -> Json:
    return {"lastUpdated": updated, "tag": [{"system": system("TRE_R30-RegionOM"), "code": "96"}]}


def site(key: str, finess: str, name: str, category: str, *prices: Json, commune: str | None = None) -> Json:
    """A site (R66)."""
    address = {"address": [{"city": "PORT-BRUME", "extension": [ext("inseeCode", valueCoding={"system": system("JDV_J124-Commune"), "code": commune})]}]}
    return {
        "resourceType": "Organization", "id": key, "meta": _meta(), "identifier": [identifier(finess, "1", "TRE_G07-TypeIdentifiantStructure")],
        "name": f"{name} (fictif)", "type": [coded((category, "TRE_R66-CategorieEtablissement"))], "partOf": {"reference": "Organization/ej-1"},
        "extension": list(prices), **(address if commune else {}),
    }  # fmt: skip


def price(kind: str, amount: float, since: str, **codes: str) -> Json:
    """A price of a site: its type (R246), euros, first day, and further codes."""
    nomenclatures = {
        "residentialType": "TRE_R242-TypeHabitation", "specialPrice": "TRE_R250-ConditionTarifaire", "dependencyLevel": "TRE_R237-GroupeTarifaireDependance",
        "welcomeType": "TRE_R240-TemporaliteAccueil",
    }  # fmt: skip
    more = [ext_code(name, code, nomenclatures[name]) for name, code in codes.items()]
    amounts = [ext("amount", valueMoney={"value": amount, "currency": "EUR"}), ext("startDate", valueDateTime=since)]
    return nested("ror-organization-price", ext_code("priceType", kind, "TRE_R246-TypeTarif"), *amounts, *more)


def place(number: int, commune: str, postal_code: str | None, *more: Json, point: tuple[float, float] | None = None, name: str = "Lieu") -> Json:
    """A location (lieu de réalisation): commune, postal code and point where they are stated."""
    return {
        "resourceType": "Location", "id": f"ml-{number}", "meta": _meta(), "name": f"{name} {number} (fictif)",
        "identifier": [identifier(f"96/ML{number:02d}", "25", "TRE_R354-TypeIdentifiantRessourceOperationnelle")],
        "extension": [ext_code("ror-commune-cog", commune, "TRE_R13-Commune"), *more],
        **({"address": {"postalCode": postal_code}} if postal_code else {}),
        **({"position": {"latitude": point[0], "longitude": point[1]}} if point else {}),
    }  # fmt: skip


def beds(status: str, count: int, updated: str = FRESH, nature: str = "01", closing: str | None = None) -> Json:
    """A line of capacity: status (R330), number, nature (R329), type of closing (R333)."""
    return nested(
        "ror-location-supported-capacity", ext("nbCapacity", valueInteger=count), ext("capacityUpdateDate", valueDateTime=updated),
        ext_code("capacityType", nature, "TRE_R329-NatureCapacite"), ext_code("capacityStatus", status, "TRE_R330-TypeStatutCapacite"),
        ext_code("temporalityCapacity", "01", "TRE_R331-TemporaliteCapacite"),
        *([ext_code("capacityClosingType", closing, "TRE_R333-TypeFermetureCapacite")] if closing else []),
    )  # fmt: skip


def equipment(code: str, in_service: int) -> Json:
    """An equipment (R212)."""
    return nested("ror-location-equipment", ext_code("equipmentType", code, "TRE_R212-Equipement"), ext("nbInService", valueInteger=in_service))


def ages(low: int, high: int, unit: str = "a") -> Json:
    """Who is taken."""
    return nested(
        "ror-healthcareservice-patient-type", ext("ageRange", valueRange={"low": {"value": low, "code": unit}, "high": {"value": high, "code": unit}})
    )


def offer(
    number: int, name: str, provider: str, *more: Json, activity: str | None = None, category: str | None = None, at: Iterable[int] = (), **said: Any
) -> Json:
    """An offer (offre opérationnelle): activity (R211), type (R244), places by number, `characteristics` as (code, nomenclature)."""
    updated = said.pop("updated", BEFORE)
    return {
        "resourceType": "HealthcareService", "id": f"m-{number}", "meta": _meta(updated), "name": f"{name} (fictif)",
        "identifier": [identifier(f"96/M{number:02d}", "35", "TRE_R355-TypeIdentifiantOffre")], "type": [coded(("01", "TRE_R227-ChampActivite"))],
        **({"category": [coded((category, "TRE_R244-CategorieOrganisation"))]} if category else {}),
        **({"specialty": [coded((activity, "TRE_R211-ActiviteOperationnelle"))]} if activity else {}),
        "characteristic": [coded(one) for one in said.pop("characteristics", ())],
        "providedBy": {"reference": f"Organization/{provider}"}, "location": [{"reference": f"Location/ml-{one}"} for one in at],
        "extension": [ext("ror-healthcareservice-sensitive-unit", valueBoolean=False), *more], **said,
    }  # fmt: skip


def anomaly(number: int, about: str, status: str) -> Json:
    """An anomaly (signalement) with its business status (R352)."""
    return {
        "resourceType": "Task", "id": f"t-{number}", "meta": _meta(), "status": "in-progress", "intent": "order",
        "businessStatus": coded((status, "TRE_R352-StatutMetierAnomalie")), "focus": {"reference": f"HealthcareService/{about}"},
    }  # fmt: skip


MODALITY, ACT, MATERNITY, MODE = "TRE_R338-ModaliteAccueil", "TRE_R210-ActeSpecifique", "TRE_R253-TypeMaternite", "TRE_R213-ModePriseEnCharge"
CARE: Final = "cl"  # a clinic
RESOURCES: Final[tuple[Json, ...]] = (
    site(CARE, "960090017", "Clinique du Phare", "355", commune="96001"),
    site("ic", "960090025", "Institut de cardiologie des Brumes", "101", commune="96001"),
    {"resourceType": "Organization", "id": "un", "meta": _meta(), "name": "Pôle tête (fictif)", "partOf": {"reference": f"Organization/{CARE}"},
     "identifier": [identifier("96/MU1", "42", "TRE_R345-TypeIdentifiantAutre")], "type": [coded(("1", "TRE_R207-TypeOrganisationInterne"))]},
    # 1: places
    place(1, "96001", "96000", point=PORT),
    place(2, "96101", "96100"),
    place(3, "96002", "96000"),
    place(4, "96201", "96200"),
    place(5, "96101", "96010"),  # its mail comes by a town of the department 960
    # 3.1 to 3.3
    offer(1, "Pédopsychiatrie", CARE, activity="227", at=[1], updated="2026-01-10T08:00:00+01:00"),
    offer(2, "Allergologie", CARE, activity="005", at=[2]),
    offer(3, "Médecine générale et allergologie", CARE, activity="481", at=[3]),
    offer(4, "ITEP des Brumes", CARE, category="50", characteristics=[("01", MODALITY)], at=[4]),
    offer(5, "ITEP du Large", CARE, category="50", at=[4]),  # says no modality
    # 3.4
    offer(6, "SMR locomoteur", CARE, ages(18, 120), category="102", at=[5]),
    offer(7, "Réadaptation locomotrice", CARE, ages(216, 1440, "mo"), activity="233", at=[2]),  # says its ages in months
    offer(8, "Réadaptation de l'enfant", CARE, ages(0, 17), activity="233", at=[2]),
    # 3.5
    offer(9, "Neurochirurgie du pôle", "un", characteristics=[("0316", ACT)], at=[2]),  # of a unit of the site
    offer(10, "Neurochirurgie éveillée", CARE, characteristics=[("0316", ACT)], at=[2]),
    offer(11, "Neurochirurgie", "ic", category="160", characteristics=[("0316", ACT)], at=[2]),
    # 3.6
    place(7, "96001", "96000", point=(46.44, -4.9)),
    place(8, "96010", "96040", point=(46.657, -4.915)),
    place(9, "96001", None),  # says neither point nor postal code
    offer(12, "Consultation de cardiologie", CARE, activity="013", at=[7]),
    offer(13, "Cardiologie de Saint-Aubert", CARE, activity="013", at=[8]),
    offer(14, "Consultation avancée", CARE, activity="013", at=[9]),
    offer(15, "Équipe mobile", CARE, division("2", "962", "TRE_G09-DepartementOM"), activity="013", at=[1], characteristics=[("59", MODE)]),
    # 3.7
    offer(16, "Aide du Havre", CARE, division("3", "96101", "TRE_R13-Commune"), characteristics=[("59", MODE)], at=[2]),
    offer(17, "Aide du Sud", CARE, division("2", "961", "TRE_G09-DepartementOM"), characteristics=[("59", MODE)], at=[2]),
    # 3.11
    offer(18, "Maternité de type 2", CARE, characteristics=[("02", MODALITY), ("02", MATERNITY)], at=[2]),
    offer(19, "Maternité de type 1", CARE, characteristics=[("02", MODALITY), ("01", MATERNITY)], at=[2]),
    # 3.12
    anomaly(1, "m-1", "02"),
    anomaly(2, "m-2", "08"),
    # 4
    place(20, "96101", "96100", beds("02", 3)),
    place(21, "96101", "96100", beds("02", 0), beds("01", 10)),  # the beds are installed, none is free
    place(22, "96101", "96100", beds("02", 4, STALE)),
    place(23, "96101", "96100", beds("05", 2, closing="01")),
    place(24, "96101", "96100", beds("05", 5, closing="02"), beds("05", 1, nature="02", closing="01")),  # beds that stay closed, a place that may open
    place(25, "96101", "96100", equipment("083", 1)),
    place(26, "96101", "96100", equipment("083", 0)),
    *(offer(number, f"Surveillance continue {number}", CARE, activity="373", at=[number]) for number in (20, 21, 22)),
    *(offer(number, f"Surveillance continue pédiatrique {number}", CARE, activity="391", at=[number]) for number in (23, 24)),
    *(offer(number, f"Traumatologie {number}", CARE, activity="025", at=[number]) for number in (25, 26)),
    # 8
    site("h1", "960090033", "EHPAD des Dunes", "500", price("02", 55, "2025-01-01")),
    site("h2", "960090041", "EHPAD du Cap", "500", price("02", 50, "2024-01-01"), price("02", 75, "2025-06-01")),  # it was cheaper
    site("h3", "960090058", "EHPAD du Môle", "500", price("02", 80, "2025-01-01"), price("03", 12, "2025-01-01")),
    site("h4", "960090066", "EHPAD de l'Estran", "500", price("02", 58, "2025-01-01", residentialType="03", specialPrice="03")),
    site("h5", "960090074", "EHPAD des Filets", "500", price("02", 58, "2025-01-01", residentialType="01", specialPrice="03"),
         price("02", 90, "2025-01-01", residentialType="03")),
    site("h6", "960090082", "EHPAD de la Hune", "500", price("03", 8, "2025-01-01", dependencyLevel="02", welcomeType="02")),
    site("h7", "960090090", "EHPAD du Ressac", "500", price("03", 8, "2025-01-01", dependencyLevel="01", welcomeType="02"),
         price("03", 20, "2025-01-01", dependencyLevel="02", welcomeType="02")),
    *(offer(30 + number, f"Hébergement {number}", f"h{number}", at=[4]) for number in range(1, 8)),
    # 9
    place(43, "96101", "96100", name="Plateau de cardiologie"),
    offer(40, "Cardiologie pédiatrique", CARE, at=[2]),
    offer(41, "Hôpital de jour", CARE, comment="Bilan cardio-vasculaire", at=[2]),
    offer(42, "Explorations fonctionnelles", "ic", at=[2]),
    offer(43, "Holter", CARE, at=[43]),
)  # fmt: skip

CORRECTED: Final = "08"  # R352


def write_anomalies(store: Store) -> None:
    """The Tasks as anomalies of the graph: no source of the project reads Task yet."""
    rows = [
        {"id": one["id"], "offer": one["focus"]["reference"].replace("HealthcareService/m-", "96/M0"), "corrected": _corrected(one)}
        for one in RESOURCES
        if one["resourceType"] == "Task"
    ]
    store.write([("UNWIND $rows AS r MATCH (o:Offer {id: r.offer}) CREATE (a:Anomaly {id: r.id, corrected: r.corrected})-[:ABOUT]->(o)", {"rows": rows})])


def _corrected(task: Json) -> date | None:
    return date(2026, 1, 5) if task["businessStatus"]["coding"][0]["code"] == CORRECTED else None
