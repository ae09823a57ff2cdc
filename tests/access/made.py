"""A made graph that has every case of the access rules, and the names by which tests speak of them. All of it is fictional.

Regions 84 (departments 01, 69), 93 (13) and 11 (75). Each offer of `DESCRIBED` has all that an offer can have: codes of every relation, capacities of every
state, contacts and telecoms of every level and without one, a practice of a professional of its own, hours, areas, a location.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from graph.record import Item, Owned
from graph.record import Link as SaidLink
from graph.record import Ref as SaidRef
from graph.writing.packing import packed
from tests.access.content import Content, Link, Ref

CONCEPTS: Final = {
    "TRE_R211-001": "Urgences", "TRE_R211-089": "Médecine pénitentiaire", "TRE_R211-356": "Unité neurovasculaire", "TRE_R210-0006": "Acte décrit",
    "TRE_R245-01": "Spécialisation décrite", "TRE_R239-01": "Public décrit", "TRE_R243-01": "Compétence décrite", "TRE_R85-01": "Profession mobilisée",
    "TRE_R338-01": "Modalité décrite", "TRE_R339-01": "Niveau décrit", "TRE_R212-01": "Scanner", "TRE_R242-01": "Chambre seule",
    "TRE_R38-SM54": "Médecine générale", "TRE_R213-28": "Hospitalisation complète", "TRE_R213-55": "Consultation", "TRE_R227-02": "MCO",
    "TRE_R227-04": "Médico-social", "TRE_R227-05": "Offre de ville", "TRE_R244-14": "Unité de détention", "TRE_R244-17": "Autre unité de détention",
    "TRE_R244-20": "Unité d'urgences", "TRE_R66-355": "Centre hospitalier", "TRE_R66-500": "EHPAD", "TRE_R02-SA07": "Cabinet individuel",
    "TRE_R02-SA08": "Cabinet de groupe", "TRE_R02-SA09": "Exercice en société", "TRE_R207-2": "Service", "TRE_R207-3": "Unité fonctionnelle",
    "TRE_R246-01": "Tarif décrit", **{f"TRE_R330-0{state}": f"Statut {state}" for state in range(1, 7)}, "TRE_R329-01": "Lits", "TRE_R331-01": "Actuelle",
    "TRE_R332-03": "Mixte",
}  # fmt: skip
CODED: Final = {
    "PERFORMS_ACT": "TRE_R210-0006", "SPECIALISED_IN": "TRE_R245-01", "FOR_PUBLIC": "TRE_R239-01", "HAS_COMPETENCE": "TRE_R243-01",
    "MOBILISES": "TRE_R85-01", "RECEPTION_MODALITY": "TRE_R338-01", "EXPERTISE_LEVEL": "TRE_R339-01",
}  # fmt: skip
STATES: Final[Mapping[str, Mapping[str, Any]]] = {
    "installed": {"status": "TRE_R330-01"}, "available": {"status": "TRE_R330-02"}, "occupied": {"status": "TRE_R330-03"},
    "reserved": {"status": "TRE_R330-04"}, "closed": {"status": "TRE_R330-05"}, "supplementary": {"status": "TRE_R330-06"},
    "crisis": {"status": "TRE_R330-02", "crisis": "TRE_R336-01"}, "extra": {"status": "TRE_R330-01", "extra_bed": "TRE_R334-01"}, "unstated": {},
}  # fmt: skip
LEVELS: Final = (1, 2, 3, None)
SITES: Final[Mapping[str, tuple[str, str, str | None]]] = {  # entity, commune, category
    "1690000011": ("1690000001", "69123", "TRE_R66-355"),
    "1010000011": ("1690000001", "01053", "TRE_R66-355"),
    "1010000012": ("1010000002", "01053", "TRE_R66-500"),
    "1130000011": ("1130000001", "13055", "TRE_R66-355"),
    "1750000011": ("1750000001", "75056", "TRE_R66-355"),
    "410000000001": ("410000000001", "69123", "TRE_R02-SA07"),
    "410000000002": ("1010000002", "69123", "TRE_R02-SA08"),
    "410000000003": ("410000000003", "13055", "TRE_R02-SA09"),
}
ENTITIES: Final = {
    "1690000001": "69123", "1010000002": "01053", "1130000001": "13055", "1750000001": "75056", "410000000001": "69123", "410000000003": "13055"
}  # fmt: skip
UNITS: Final[Mapping[str, tuple[str, str, str]]] = {  # name, type, part of
    "84/pole": ("Pôle de neurologie", "TRE_R207-2", "1690000011"),
    "84/uf": ("Neurologie aiguë", "TRE_R207-3", "84/pole"),
    "84/uf-hidden": ("Unité fermée", "TRE_R207-3", "84/pole"),
    "84/uf-uhsi": ("UHSI de Lyon", "TRE_R207-3", "1690000011"),
    "84/uf-empty": ("Unité sans offre", "TRE_R207-3", "1690000011"),
    "93/uf": ("Neurologie de Marseille", "TRE_R207-3", "1130000011"),
    "84/uf-cabinet": ("Secrétariat", "TRE_R207-3", "410000000001"),
}
OFFERS: Final[Mapping[str, tuple[str, Mapping[str, Any]]]] = {  # offered by, properties
    "84/mco": ("84/uf", {"name": "UNV de Lyon", "field_of_activity": "TRE_R227-02", "sensitive_unit": False}),
    "84/ms": ("1010000012", {"name": "EHPAD de Bourg", "field_of_activity": "TRE_R227-04", "sensitive_unit": False}),
    "84/ville": ("1010000011", {"name": "Maison de santé de Bourg", "field_of_activity": "TRE_R227-05"}),
    "84/cabinet": ("410000000001", {"name": "Cabinet de ville", "field_of_activity": "TRE_R227-05"}),
    "84/groupe": ("410000000002", {"name": "Cabinet de groupe", "field_of_activity": "TRE_R227-05"}),
    "84/flag": ("84/uf-hidden", {"name": "Unité signalée", "field_of_activity": "TRE_R227-02", "sensitive_unit": True}),
    "84/flag-ms": ("1010000012", {"name": "Unité médico-sociale signalée", "field_of_activity": "TRE_R227-04", "sensitive_unit": True}),
    "84/activity": ("1690000011", {"name": "Soins en détention", "field_of_activity": "TRE_R227-02"}),
    "84/type14": ("1690000011", {"name": "Unité de type 14", "field_of_activity": "TRE_R227-02", "offer_type": "TRE_R244-14"}),
    "84/type17": ("1690000011", {"name": "Unité de type 17", "field_of_activity": "TRE_R227-02", "offer_type": "TRE_R244-17"}),
    "84/name": ("1690000011", {"name": "Service Médico-Psycologique régional", "field_of_activity": "TRE_R227-02"}),
    "84/unit-name": ("84/uf-uhsi", {"name": "Lits de médecine", "field_of_activity": "TRE_R227-02"}),
    "84/said-open": ("1690000011", {"name": "UHSA dite ordinaire", "field_of_activity": "TRE_R227-02", "sensitive_unit": False}),
    "84/smpr": ("1690000011", {"name": "SMPR, réadaptation", "field_of_activity": "TRE_R227-02"}),
    "93/mco": ("93/uf", {"name": "UNV de Marseille", "field_of_activity": "TRE_R227-02"}),
    "93/abroad": ("1750000011", {"name": "Antenne parisienne", "field_of_activity": "TRE_R227-02"}),
    "93/societe": ("410000000003", {"name": "Société d'exercice", "field_of_activity": "TRE_R227-05"}),
    "11/flag": ("1750000011", {"name": "Unité parisienne signalée", "field_of_activity": "TRE_R227-02", "sensitive_unit": True}),
    "site-13": ("1130000011", {"name": "Urgences de Marseille", "field_of_activity": "TRE_R227-02"}),
    "site-75": ("1750000011", {"name": "Urgences de Paris", "field_of_activity": "TRE_R227-02"}),
    "entity-13": ("1130000001", {"name": "Psychiatrie de l'entité", "field_of_activity": "TRE_R227-02"}),
    "nowhere": ("", {"name": "Offre sans lieu", "field_of_activity": "TRE_R227-02"}),
}
STATED_REGIONS: Final = {key: key.partition("/")[0] for key in OFFERS if "/" in key}
DESCRIBED: Final = ("84/mco", "84/ms", "84/ville", "84/cabinet", "84/flag", "93/mco")
LOCATIONS: Final[Mapping[str, tuple[str, str, tuple[str, ...]]]] = {  # manager, commune, offers
    "84/L-mco": ("1690000011", "69123", ("84/mco",)),
    "84/L-ms": ("1010000012", "01053", ("84/ms",)),
    "84/L-mixed": ("1010000012", "01053", ("84/ms", "84/ville")),
    "84/L-shared": ("1690000011", "69123", ("84/mco", "84/flag")),
    "84/L-hidden": ("1690000011", "69123", ("84/flag", "84/activity")),
    "84/L-empty": ("1690000011", "69123", ()),
    "84/L-cabinet": ("410000000001", "69123", ()),
    "93/L-mco": ("1130000011", "13055", ("93/mco",)),
    "93/L-border": ("1130000011", "13055", ("93/mco", "84/said-open")),
}
PRACTICES: Final[Mapping[str, tuple[str, str | None, str | None]]] = {  # professional, site, offer
    **{f"{offer}/practice": (f"8{place:011d}", None, offer) for place, offer in enumerate(DESCRIBED)},
    "both/practice": ("800000000000", "1010000011", "84/ville"),
    "register/cabinet": ("800000000101", "410000000001", None),
    "register/hospital": ("800000000102", "1690000011", None),
    "register/two": ("800000000103", "410000000001", None),
    "register/two-hospital": ("800000000103", "1690000011", None),
    "register/nowhere": ("800000000104", None, None),
}
LONELY: Final = "800000000199"  # a professional without practice

Props = Mapping[str, Any]
ACTIVE: Final = {"source": "made", "first_seen": "2026-01-01T00:00:00.000+00:00", "last_seen": "2026-01-02T00:00:00.000+00:00", "run": "made-1"}


def made() -> Content:
    """The graph."""
    nodes: dict[Ref, Props] = {}
    links: list[Link] = []
    for part in (_places(), _structures(), _units(), _offers(), _described(), _locations(), _staff(), _pathways(), _urbanisation(), _notes()):
        for one in part:
            if isinstance(one, Link):
                links.append(one)
            else:
                nodes[one[0]] = {**ACTIVE, **one[1]}
    return Content(nodes, links)


Part = Iterator[tuple[Ref, Props] | Link]


def _link(start: Ref, kind: str, end: Ref, **props: Any) -> Link:
    return Link(start, kind, end, {"source": "made", "source_rank": 1, **props})


def _site(key: str) -> Ref:
    return Ref("GeographicEntity", key)


def _code(key: str) -> Ref:
    return Ref("Concept", key)


def _holder(key: str) -> Ref:
    label = "OrganisationalUnit" if key in UNITS else "GeographicEntity" if key in SITES else "LegalEntity"
    return Ref(label, key)


def _places() -> Part:
    communes = {
        "69123": (45.76, 4.84, "69", "Lyon"),
        "01053": (46.2, 5.22, "01", "Bourg"),
        "13055": (43.3, 5.37, "13", "Marseille"),
        "75056": (48.86, 2.35, "75", "Paris"),
    }
    for region, departments in {"84": ("01", "69"), "93": ("13",), "11": ("75",)}.items():
        yield Ref("Region", region), {"name": f"Région {region}"}
        for department in departments:
            yield Ref("Department", department), {"name": f"Département {department}", "search_radius_km": 30.0, "enlargement_km": 60.0}
            yield _link(Ref("Department", department), "IN", Ref("Region", region))
    for code, (latitude, longitude, department, name) in communes.items():
        yield Ref("Commune", code), {"name": name, "latitude": latitude, "longitude": longitude, "population": 1000, "postal_codes": [code]}
        yield _link(Ref("Commune", code), "IN", Ref("Department", department))
    yield Ref("HealthTerritory", "T-1"), {"type": "zone", "code": "1", "name": "Zone fictive"}
    yield _link(Ref("HealthTerritory", "T-1"), "CONTAINS", Ref("Commune", "69123"))
    for key, label in CONCEPTS.items():
        system, _, code = key.partition("-")
        yield _code(key), {"system": system, "code": code, "label": label}


def _structures() -> Part:
    for key, commune in ENTITIES.items():
        me = Ref("LegalEntity", key)
        yield me, {"name": f"Entité {key}", **({"finess": key[1:]} if key[0] == "1" else {"rpps_rank": key[1:]}), "address": "1 rue fictive", **_said("finess")}
        yield _link(me, "LOCATED_IN", Ref("Commune", commune))
        yield from _reached(me)
    for number, (key, (entity, commune, category)) in enumerate(SITES.items()):
        me = _site(key)
        yield me, {
            "name": f"Site {key}", "category": category, "comment": f"Commentaire du site {key}", "drop_zone": True, "orsan_level": "2",
            "address": "2 rue fictive", **({"finess": key[1:]} if key[0] == "1" else {"rpps_rank": key[1:]}), **_point(commune, number),
            **_said("finess"), "told_by": ['finess={"name":"Site dit autrement","comment":"Dit autrement"}'],
        }  # fmt: skip
        yield _link(me, "PART_OF", Ref("LegalEntity", entity))
        yield _link(me, "LOCATED_IN", Ref("Commune", commune))
        yield _link(me, "IN_TERRITORY", Ref("HealthTerritory", "T-1"))
        yield Ref("Tariff", f"{key}#tariff"), {"type": "TRE_R246-01", "amount": 60.5, "unit": "TRE_R249-01"}
        yield _link(me, "HAS_TARIFF", Ref("Tariff", f"{key}#tariff"))
        yield Ref("Authorisation", f"{key}#authorisation"), {"kind": "activity", "number": key, "capacity": 12}
        yield _link(Ref("Authorisation", f"{key}#authorisation"), "GRANTED_TO", me)
        yield _link(Ref("Authorisation", f"{key}#authorisation"), "HELD_BY", Ref("LegalEntity", entity))
        yield from _reached(me)


def _units() -> Part:
    for key, (name, kind, above) in UNITS.items():
        me = Ref("OrganisationalUnit", key)
        yield me, {"name": name, "type": kind, **_said("ror:ROR-84")}
        yield _link(me, "PART_OF", _holder(above))
        yield _link(me, "HAS_ACTIVITY", _code("TRE_R211-356"))
        yield from _reached(me)


def _offers() -> Part:
    for place, (key, (holder, props)) in enumerate(OFFERS.items()):
        me = Ref("Offer", key)
        activity = "TRE_R211-089" if key in {"84/activity", "84/said-open"} else "TRE_R211-001" if place % 2 else "TRE_R211-356"
        yield me, {
            "care_mode": "TRE_R213-28" if place % 3 else "TRE_R213-55", "origin": "DECLARED", "min_age": 18.0, "max_age": 99.0, "age_unit": "YEAR",
            "comment": f"Commentaire de l'offre {key}", "updated_at": f"2026-05-{place + 1:02d}T08:00:00.000+00:00", "psychiatry_sectors": [f"G{place:02d}"],
            "source_region": STATED_REGIONS.get(key), **_said("ror:ROR-84"), **props,
        }  # fmt: skip
        if holder:
            yield _link(me, "OFFERED_BY", _holder(holder))
        yield _link(me, "HAS_ACTIVITY", _code(activity))
        yield _link(me, "SOURCED_FROM", Ref("Application", "ROR-NAT"))
        yield _link(me, "SOURCED_FROM", Ref("Application", "ROR-93" if key.startswith("93") else "ROR-84"))
        yield _link(me, "MEMBER_OF", Ref("Pathway", "stroke"), role="partner")


def _described() -> Part:
    for key in DESCRIBED:
        me = Ref("Offer", key)
        for kind, code in CODED.items():
            yield _link(me, kind, _code(code))
        yield _link(me, "HAS_EQUIPMENT", _code("TRE_R212-01"), in_service=1, limits=["TRE_R360-200"])
        yield _link(me, "HAS_HOUSING", _code("TRE_R242-01"), count=3)
        yield _link(me, "INTERVENES_IN", Ref("Region", "84"))
        yield Ref("OpeningHours", f"{key}#hours"), {"day": 1, "from": "08:00", "to": "18:00", "type": "TRE_R252-01"}
        yield _link(me, "HAS_HOURS", Ref("OpeningHours", f"{key}#hours"))
        yield from _capacities(me)
        yield from _reached(me)


def _locations() -> Part:
    for place, (key, (manager, commune, offers)) in enumerate(LOCATIONS.items()):
        me = Ref("Location", key)
        yield (
            me,
            {"name": f"Lieu {key}", "comment": f"Commentaire du lieu {key}", "external_sync_id": f"Z{place}", **_point(commune, place), **_said("ror:ROR-84")},
        )
        yield _link(me, "LOCATED_IN", Ref("Commune", commune))
        yield _link(me, "MANAGED_BY", _site(manager))
        yield _link(me, "HAS_EQUIPMENT", _code("TRE_R212-01"), in_service=2)
        yield _link(me, "HAS_HOUSING", _code("TRE_R242-01"), count=4)
        for offer in offers:
            yield _link(Ref("Offer", offer), "DELIVERED_AT", me)
        yield from _capacities(me)
        yield from _telecoms(me)


def _staff() -> Part:
    for key in sorted({professional for professional, _, _ in PRACTICES.values()} | {LONELY}):
        yield Ref("Professional", key), {"family_name": f"FICTIF{key[-3:]}", "given_names": "Zoé", **_said("rpps")}
        yield from _telecoms(Ref("Professional", key))
    for key, (professional, site, offer) in PRACTICES.items():
        me = Ref("Practice", key)
        yield me, {"kind": "OPERATIONAL" if offer else "REGISTER", "profession": "TRE_G15-10", "exercise_name": f"Exercice {key}", **_said("rpps")}
        yield _link(me, "BY", Ref("Professional", professional))
        yield _link(me, "HAS_SPECIALTY", _code("TRE_R38-SM54"), type="S")
        yield _link(me, "HAS_COMPETENCE", _code("TRE_R243-01"))
        if site:
            yield _link(me, "AT", _site(site))
        if offer:
            yield _link(me, "FOR", Ref("Offer", offer))
        yield from _telecoms(me)


def _pathways() -> Part:
    steps = {"emergency": '{"activity": ["TRE_R211-001"]}', "unit": '{"activity": ["TRE_R211-356"]}', "act": '{"act": ["TRE_R210-0006"]}'}
    yield Ref("Pathway", "stroke"), {"name": "AVC", "population": "adultes"}
    for rank, (code, requirement) in enumerate(steps.items()):
        yield Ref("Step", f"stroke/{code}"), {"pathway": "stroke", "code": code, "name": f"Étape {code}", "requirement": requirement, "max_km": 80.0}
        yield _link(Ref("Pathway", "stroke"), "HAS_STEP", Ref("Step", f"stroke/{code}"), rank=rank)
    yield _link(Ref("Step", "stroke/emergency"), "NEXT", Ref("Step", "stroke/unit"))
    yield _link(Ref("Step", "stroke/unit"), "NEXT", Ref("Step", "stroke/act"))
    yield _link(_site("1690000011"), "MEMBER_OF", Ref("Step", "stroke/unit"), role="coordinator")
    yield _link(_site("410000000001"), "MEMBER_OF", Ref("Step", "stroke/emergency"), role="partner")


def _urbanisation() -> Part:
    for code, kind, regions in (("ROR-84", "REGIONAL_ROR", ["84"]), ("ROR-93", "REGIONAL_ROR", ["93"]), ("ROR-NAT", "NATIONAL_ROR", ["NATIONAL"])):
        me, served = Ref("Application", code), Ref("Interface", f"I-{code}")
        yield me, {"name": f"Application {code}", "kind": kind, "perimeter": regions, "criticality": 3}
        yield served, {"name": f"Interface {code}", "standard": "FHIR_ME3", "version": "3.0", "security": "TLS", "trust_circle": "NAT", "perimeter": regions}
        yield _link(served, "EXPOSED_BY", me)
        yield _link(served, "SERVES", Ref("DataClass", "OFFER"))
        yield _link(me, "ENTERS", Ref("DataClass", "OFFER"), regions=regions)
        yield _link(me, "DEPLOYED_IN", Ref("Region", "93" if code == "ROR-93" else "84"))
    yield (
        Ref("Application", "VT"),
        {"name": "Orientation fictive", "kind": "CONSUMER", "perimeter": ["NATIONAL"], "access_profile": 2, "trust_circles": ["NAT"]},
    )
    yield _link(Ref("Application", "VT"), "DEPLOYED_IN", Ref("Region", "84"))
    yield Ref("Actor", "ARS"), {"name": "Agence fictive", "kind": "ARS"}
    yield _link(Ref("Application", "ROR-84"), "OWNED_BY", Ref("Actor", "ARS"))
    yield Ref("DataClass", "OFFER"), {"name": "Offre", "access": ["OFFER"]}
    yield Ref("Usage", "ORIENT"), {"name": "Orientation"}
    yield _link(Ref("Usage", "ORIENT"), "SUPPORTS", Ref("Step", "stroke/unit"))
    yield Ref("Flow", "F1"), {"name": "Lecture", "mode": "query", "evidence": "observed", "evidence_date": date(2026, 1, 1)}
    for kind, end in (("CONSUMER", "Application:VT"), ("CALLS", "Interface:I-ROR-84"), ("CARRIES", "DataClass:OFFER"), ("FOR_USAGE", "Usage:ORIENT")):
        yield _link(Ref("Flow", "F1"), kind, Ref(*end.split(":")))


def _notes() -> Part:
    """Runs, records, changes, anomalies, what dangles."""
    yield (
        Ref("Run", "national-1"),
        {"of": "ror:ROR-NAT", "status": "done", "started": "2026-01-01T12:00:00.000+00:00", "ended": "2026-01-01T12:00:02.000+00:00"},
    )
    for number in (1, 2):
        yield Ref("Run", f"made-{number}"), {
            "of": "made", "status": "done", "mode": "full", "started": f"2026-01-0{number}T00:00:00.000+00:00",
            "ended": f"2026-01-0{number}T00:00:02.000+00:00", "counts": '{"seen": 100}', "seconds": 2.0, "perimeter": ["Offer"],
        }  # fmt: skip
    for key in (*DESCRIBED, "84/activity"):
        record = Ref("SourceRecord", f"ror:ROR-NAT/{key}")
        yield (
            record,
            {"source": "ror:ROR-NAT", "type": "HealthcareService", "source_id": f"hs-{key}", "statement": _statement(key), "region": STATED_REGIONS[key]},
        )
        yield _link(record, "DESCRIBES", Ref("Offer", key))
        for property in (None, "name", "comment", "HAS_CAPACITY", "HAS_CONTACT", "PERFORMS_ACT", "SOURCED_FROM"):
            yield from _change("Offer", key, property)
        for path in (None, "name", "comment"):
            anomaly = Ref("Anomaly", f"{key}/{path}")
            yield anomaly, {"rule": "EX1.2", "object": key, "path": path, "status": "open"}
            yield _link(anomaly, "ABOUT", Ref("Offer", key))
        yield Ref("Dangling", f"made/Offer/{key}"), {"relation": "DELIVERED_AT", "start_label": "Offer", "start": key, "end_id": "X"}
    for label, key, property in (
        ("GeographicEntity", "1690000011", "drop_zone"), ("GeographicEntity", "1690000011", "name"), ("GeographicEntity", "410000000001", "name"),
        ("Practice", "register/hospital", "HAS_SPECIALTY"), ("Application", "ROR-84", "name"), ("Location", "84/L-hidden", "name"),
        ("OrganisationalUnit", "84/uf-hidden", "name"),
    ):  # fmt: skip
        yield from _change(label, key, property)


def _change(label: str, key: str, property: str | None) -> Part:
    kind = "changed" if property else "created"
    yield Ref("Change", f"made-2/{label}/{key}/{property or kind}"), {
        "run_id": "made-2", "of": "made", "on": "2026-01-02T00:00:00.000+00:00", "label": label, "object": key, "kind": kind, "property": property,
        "old": '"avant"' if property else None, "new": '"après"' if property else None,
    }  # fmt: skip


def _statement(key: str) -> str:
    me = SaidRef("Offer", key)
    props = {"name": f"Nom national de {key}", "comment": "Commentaire national", "care_mode": "TRE_R213-55"}
    links = (SaidLink("PERFORMS_ACT", me, SaidRef("Concept", "TRE_R211-001")), SaidLink("FOR_PUBLIC", me, SaidRef("Concept", "TRE_R239-01")))
    owned = (Owned("HAS_CAPACITY", SaidRef("Capacity", f"{key}#said"), {"status": "TRE_R330-02", "count": 7}),)
    return packed(Item("Offer", key, props, links, owned))[1].decode()


def _said(*sources: str) -> Props:
    return {"said": [f"{source}={rank}|digest-{source}|" for rank, source in enumerate((*sources, "ror:ROR-NAT"), start=10)]}


def _point(commune: str, shift: int) -> Props:
    points = {"69123": (45.76, 4.84), "01053": (46.2, 5.22), "13055": (43.3, 5.37), "75056": (48.86, 2.35)}
    latitude, longitude = points[commune]
    return {"latitude": latitude + shift / 1000, "longitude": longitude}


def _capacities(holder: Ref) -> Part:
    for place, (name, props) in enumerate(STATES.items()):
        me = Ref("Capacity", f"{holder.key}#{name}")
        yield me, {
            "nature": "TRE_R329-01", "temporality": "TRE_R331-01", "gender": "TRE_R332-03", "count": place + 1, "comment": f"Commentaire {name}",
            "updated_at": "2026-05-31T20:00:00.000+00:00", **props,
        }  # fmt: skip
        yield _link(holder, "HAS_CAPACITY", me)


def _reached(holder: Ref) -> Part:
    """Contacts of every level with telecoms of every level, and telecoms of its own."""
    for level in LEVELS:
        me = Ref("Contact", f"{holder.key}#contact-{level}")
        yield me, {"name": f"Contact {level}", "function": "TRE_R251-01", "confidentiality": level}
        yield _link(holder, "HAS_CONTACT", me)
        yield from _telecoms(me)
    yield from _telecoms(holder)


def _telecoms(holder: Ref, levels: Iterable[int | None] = LEVELS) -> Part:
    for level in levels:
        me = Ref("Telecom", f"{holder.key}#telecom-{level}")
        yield me, {"channel": "TRE_R200-2", "value": f"0000000{level}", "confidentiality": level}
        yield _link(holder, "HAS_TELECOM", me)
