"""A graph of a few objects, written out: two sites of one entity in two departments, four offers, a pathway, three applications.

EJ 1010000001: ET 1010000011 (Bourg, 01) with offers 84/1 stroke unit, 84/2 emergency, 84/4 without activity;
ET 1690000021 (Lyon, 69) with 84/3 stroke unit.
VT reads the OFFER class of ROR-ARA by flow F1, for ORIENT, which supports the stroke unit; ROR-NAT serves the same class.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from graph.store.connection import Store
from graph.text import folded

Rows = Sequence[Mapping[str, Any]]

NODES: Mapping[str, tuple[str, Rows]] = {
    "Region": ("code", [{"code": "84", "name": "Auvergne-Rhône-Alpes"}]),
    "Department": ("code", [{"code": "01", "name": "Ain", "search_radius_km": 30.0}, {"code": "69", "name": "Rhône", "search_radius_km": 20.0}]),
    "Commune": (
        "code",
        [
            {"code": "01053", "name": "Bourg-en-Bresse", "latitude": 46.2052, "longitude": 5.2255, "population": 41000},
            {"code": "69123", "name": "Lyon", "latitude": 45.764, "longitude": 4.8357, "population": 520000},
        ],
    ),
    "Concept": (
        "id",
        [
            {"id": "TRE_R211-356", "system": "TRE_R211", "code": "356", "label": "Unité neurovasculaire"},
            {"id": "TRE_R211-001", "system": "TRE_R211", "code": "001", "label": "Urgences"},
            {"id": "TRE_R227-02", "system": "TRE_R227", "code": "02", "label": "MCO"},
            {"id": "TRE_R66-355", "system": "TRE_R66", "code": "355", "label": "Centre hospitalier"},
        ],
    ),
    "LegalEntity": ("id", [{"id": "1010000001", "name": "CH de Bresse", "finess": "010000001", "source": "finess"}]),
    "GeographicEntity": (
        "id",
        [
            {
                "id": "1010000011", "name": "Site de Bourg", "finess": "010000011", "category": "TRE_R66-355", "latitude": 46.21, "longitude": 5.23,
                "source": "finess",
            },
            {"id": "1690000021", "name": "Site de Lyon", "finess": "690000021", "latitude": 45.76, "longitude": 4.84, "source": "finess"},
        ],
    ),
    "Offer": (
        "id",
        [
            {
                "id": f"84/{number}", "name": name, "field_of_activity": "TRE_R227-02", "origin": "DECLARED", "source_region": "84", "min_age": 18.0,
                "source": "ror",
            }
            for number, name in (("1", "UNV Bourg"), ("2", "Urgences Bourg"), ("3", "UNV Lyon"), ("4", "Divers Bourg"))
        ],
    ),
    "Pathway": ("code", [{"code": "stroke", "name": "AVC", "population": "adultes"}]),
    "Step": (
        "id",
        [
            {"id": "stroke/emergency", "pathway": "stroke", "code": "emergency", "name": "Urgences", "requirement": '{"activity": ["TRE_R211-001"]}'},
            {"id": "stroke/unit", "pathway": "stroke", "code": "unit", "name": "UNV", "requirement": '{"activity": ["TRE_R211-356"]}', "max_km": 60.0},
        ],
    ),
    "Application": (
        "code",
        [
            {"code": "ROR-ARA", "name": "ROR Auvergne-Rhône-Alpes", "kind": "REGIONAL_ROR", "perimeter": ["84"], "criticality": 3},
            {"code": "ROR-NAT", "name": "ROR national", "kind": "NATIONAL_ROR", "perimeter": ["NATIONAL"]},
            {
                "code": "VT", "name": "ViaTrajectoire", "kind": "CONSUMER", "perimeter": ["NATIONAL"], "criticality": 3, "access_profile": 2,
                "trust_circles": ["NAT"],
            },
        ],
    ),
    "Interface": (
        "code",
        [
            {
                "code": f"I-{code}", "name": f"Interface {code}", "standard": "FHIR_ME3", "version": "3.0", "security": "TLS", "trust_circle": code,
                "perimeter": [perimeter],
            }
            for code, perimeter in (("ARA", "84"), ("NAT", "NATIONAL"))
        ],
    ),
    "Flow": ("code", [{"code": "F1", "name": "VT lit le ROR", "mode": "query", "evidence": "observed", "evidence_date": date(2026, 1, 1)}]),
    "DataClass": ("code", [{"code": "OFFER", "name": "Offre", "access": ["OFFER"]}]),
    "Run": (
        "id",
        [
            {
                "id": "finess-1", "of": "finess", "status": "done", "mode": "full", "started": "2026-01-01T00:00:00Z", "ended": "2026-01-01T00:00:02Z",
                "counts": '{"seen": 2}', "seconds": 1.5,
            }
        ],
    ),
    "Usage": ("code", [{"code": "ORIENT", "name": "Orientation"}]),
}  # fmt: skip

LINKS: Sequence[tuple[str, str, str]] = (
    ("Application:ROR-ARA", "DEPLOYED_IN", "Region:84"),
    ("Application:ROR-NAT", "DEPLOYED_IN", "Region:84"),
    ("Application:VT", "DEPLOYED_IN", "Region:84"),
    ("Application:ROR-NAT", "ENTERS", "DataClass:OFFER"),
    ("Interface:I-ARA", "EXPOSED_BY", "Application:ROR-ARA"),
    ("Interface:I-NAT", "EXPOSED_BY", "Application:ROR-NAT"),
    ("Interface:I-ARA", "SERVES", "DataClass:OFFER"),
    ("Interface:I-NAT", "SERVES", "DataClass:OFFER"),
    ("Flow:F1", "CONSUMER", "Application:VT"),
    ("Flow:F1", "CALLS", "Interface:I-ARA"),
    ("Flow:F1", "CARRIES", "DataClass:OFFER"),
    ("Flow:F1", "FOR_USAGE", "Usage:ORIENT"),
    ("Usage:ORIENT", "SUPPORTS", "Step:stroke/unit"),
    ("Department:01", "IN", "Region:84"),
    ("Department:69", "IN", "Region:84"),
    ("Commune:01053", "IN", "Department:01"),
    ("Commune:69123", "IN", "Department:69"),
    ("GeographicEntity:1010000011", "PART_OF", "LegalEntity:1010000001"),
    ("GeographicEntity:1690000021", "PART_OF", "LegalEntity:1010000001"),
    ("GeographicEntity:1010000011", "LOCATED_IN", "Commune:01053"),
    ("GeographicEntity:1690000021", "LOCATED_IN", "Commune:69123"),
    ("LegalEntity:1010000001", "LOCATED_IN", "Commune:01053"),
    ("Offer:84/1", "OFFERED_BY", "GeographicEntity:1010000011"),
    ("Offer:84/2", "OFFERED_BY", "GeographicEntity:1010000011"),
    ("Offer:84/3", "OFFERED_BY", "GeographicEntity:1690000021"),
    ("Offer:84/4", "OFFERED_BY", "GeographicEntity:1010000011"),
    ("Offer:84/1", "HAS_ACTIVITY", "Concept:TRE_R211-356"),
    ("Offer:84/2", "HAS_ACTIVITY", "Concept:TRE_R211-001"),
    ("Offer:84/3", "HAS_ACTIVITY", "Concept:TRE_R211-356"),
    ("Pathway:stroke", "HAS_STEP", "Step:stroke/emergency"),
    ("Pathway:stroke", "HAS_STEP", "Step:stroke/unit"),
    ("Step:stroke/emergency", "NEXT", "Step:stroke/unit"),
)


ENTERED: Mapping[str, Any] = {"regions": ["NATIONAL"]}  # of each ENTERS


def write_sample(store: Store) -> None:
    """Write the graph into an empty store."""
    store.write([_nodes(label, key, rows) for label, (key, rows) in NODES.items()])
    store.write([_link(start, relation, end, place) for place, (start, relation, end) in enumerate(LINKS)])


def _nodes(label: str, key: str, rows: Rows) -> tuple[str, dict[str, Any]]:
    whole = [{**row, "folded": folded([row.get("name"), row.get("label"), row.get("finess"), row.get("code")])} for row in rows]
    return f"UNWIND $rows AS row MERGE (n:{label} {{{key}: row.{key}}}) SET n += row", {"rows": whole}


def _link(start: str, relation: str, end: str, rank: int) -> tuple[str, dict[str, Any]]:
    (a, x), (b, y) = start.split(":", 1), end.split(":", 1)
    text = f"MATCH (a:{a} {{{NODES[a][0]}: $x}}) MATCH (b:{b} {{{NODES[b][0]}: $y}}) MERGE (a)-[r:{relation}]->(b) SET r += $more"
    return text, {"x": x, "y": y, "more": {"rank": rank, "source_rank": rank, **(ENTERED if relation == "ENTERS" else {})}}
