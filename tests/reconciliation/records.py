"""Two small RORs in a store, written as loads leave them: source records with their statement, the nodes that they describe, sites of FINESS."""

from dataclasses import dataclass, field
from typing import Any, Final

from graph.record import Item, Link, Owned, Ref
from graph.store.connection import Store
from graph.writing.packing import packed

RECORD: Final = (
    "UNWIND $rows AS row MERGE (n:{label} {{id: row.key}}) MERGE (r:SourceRecord {{id: row.id}}) SET r += row.props "
    "MERGE (r)-[:DESCRIBES {{source: row.source}}]->(n)"
)
GROUND: Final = """
CREATE (g:Region {code: '96', name: 'Îles de Brume'}), (d:Department {code: '960'})-[:IN]->(g), (c:Commune {code: '96001'})-[:IN]->(d),
  (a:Application {code: 'ROR-ILE'})-[:DEPLOYED_IN]->(g), (:Application {code: 'ROR-NATF'}),
  (e:LegalEntity {id: '1967800004', finess: '967800004', siren: '000960005'}),
  (s:GeographicEntity {id: '1960000073', finess: '960000073', siret: '00096000500007', name: 'Port'})-[:PART_OF]->(e), (s)-[:LOCATED_IN]->(c),
  (:GeographicEntity {id: '1960000149', finess: '960000149', siret: '00096000500015', name: 'Embruns'})-[:LOCATED_IN]->(c),
  (:GeographicEntity {id: '300096000500015', siret: '00096000500015', name: 'Embruns'})-[:LOCATED_IN]->(c)
"""


@dataclass
class Said:
    """One thing as one ROR says it."""

    source: str
    type: str
    source_id: str
    item: Item
    props: dict[str, Any] = field(default_factory=dict)

    def row(self) -> dict[str, Any]:
        statement = packed(self.item)[1].decode()
        props = {"type": self.type, "source_id": self.source_id, "statement": statement, **self.props}
        return {"id": f"{self.source}/{self.type}/{self.source_id}", "key": self.item.key, "source": self.source, "props": props}


def offer(ror: str, id: str, *, at: str = "1960000073", more: tuple[Link, ...] = (), owned: tuple[Owned, ...] = (), **props: Any) -> Said:
    """The cardiology of Port-Brume as `ror` says it."""
    record: dict[str, Any] = {name: props.pop(name) for name in ("stated_id", "internal_id", "region", "gone_on") if name in props}
    me = Ref("Offer", id)
    stated = {"name": "Cardiologie", "field_of_activity": "TRE_R227-01", "care_mode": "TRE_R213-28", "offer_type": "TRE_R244-262", "source_region": "96"}
    links = (Link("OFFERED_BY", me, Ref("GeographicEntity", at)), Link("HAS_ACTIVITY", me, Ref("Concept", "TRE_R211-354")))
    return Said(f"ror:{ror}", "HealthcareService", id, Item(*me, {**stated, **props}, (*links, *more), owned), record)


def write(store: Store, *said: Said) -> None:
    """Into an empty store, with the ground that they stand on."""
    store.write([(GROUND, {})])
    store.write([(RECORD.format(label=one.item.label), {"rows": [one.row()]}) for one in said])
