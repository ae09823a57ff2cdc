"""What an expert of the model writes for one search, and no more: first 20 by name of the offers of some activities in a department, with total and reasons.

It knows rules S-3 and S-8 and the origins; it counts no unknown offers, has no criteria tree and no cursor.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

OPEN: Final = "coalesce({x}.opened_on <= $at, true) AND coalesce($at < {x}.closed_on, true) AND {x}.gone_on IS NULL"
SEARCH: Final = f"""
MATCH (d:Department {{code: $department}})<-[:IN*1..2]-(c:Commune)<-[:LOCATED_IN]-(s:GeographicEntity) WHERE {OPEN.format(x="s")}
MATCH (s)<-[:PART_OF*0..3]-(h)<-[f:OFFERED_BY]-(o:Offer)
WHERE f.gone_on IS NULL AND {OPEN.format(x="o")} AND NOT coalesce(o.stub, false) AND (o.origin = 'DECLARED') = $declared
WITH DISTINCT o, s, c, [(o)-[r:HAS_ACTIVITY]->(k:Concept) WHERE r.gone_on IS NULL AND k.id IN $codes | k] AS met WHERE size(met) > 0
WITH o, s, c, met, [(s)-[r:PART_OF]->(e:LegalEntity) WHERE r.gone_on IS NULL | e] AS es
WITH o, s, c, met, head(es) AS e ORDER BY o.name, o.id
WITH count(*) AS total, collect({{o: o, s: s, e: e, c: c, met: met}})[0..20] AS page
RETURN total, [p IN page | {{id: p.o.id, name: p.o.name, origin: p.o.origin, site: p.s.id, site_name: p.s.name, entity: p.e.id, commune: p.c.code,
  reasons: [k IN p.met
    | {{criterion: 'activity', value: k.id, label: k.label, source: p.o.source, date: coalesce(p.o.updated_at, p.o.evidence_date)}}]}}] AS page
"""


def by_hand(codes: Sequence[str], department: str, at: date, *, declared: bool) -> tuple[str, dict[str, Any]]:
    """The statement with its parameters. `declared`: whether the region has a ROR, so that its declared offers count, else the observed ones."""
    return SEARCH, {"codes": list(codes), "department": department, "at": at, "declared": declared}
