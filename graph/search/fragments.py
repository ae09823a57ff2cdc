"""The reviewed pieces of Cypher that searches and coverage are put together from. Values are parameters; the only text that is filled in
(`{...}`) are variable names and parameter names of ours.

Variables: o the offer, h its holder, s its site, e its entity, c its commune, ls its live locations, acts the ids of its activities.
On the embedded server a pattern comprehension costs a quarter of `CALL (o) { ... LIMIT 1 }`, so the first by rank is taken from a list; one
that starts at null is not empty there but starts everywhere, so each that may start at null stands in a CASE.
"""

from typing import Final

# Feeds: each ends in `o`, and together they hold every offer that the rest may keep. An index of a property and the key is used by Neo4j only
# where the key is asked for too: `IS NOT NULL`.
ALL_OFFERS: Final = "MATCH (o:Offer)"
BY_ACTIVITY: Final = "UNWIND ${codes} AS code MATCH (k:Concept {{id: code}})<-[r:HAS_ACTIVITY]-(o:Offer) WHERE r.gone_on IS NULL"
WITHOUT_ACTIVITY: Final = "MATCH (o:Offer) WHERE size([(o)-[r:HAS_ACTIVITY]->() WHERE r.gone_on IS NULL | 1]) = 0"
WITHOUT_PLACE: Final = (  # S-5; more than needed: the distance decides
    "MATCH (o:Offer) WHERE size([(o)-[:OFFERED_BY]->(h)-[:PART_OF*0..3]->(p)-[q:LOCATED_IN]->(c:Commune) "
    "WHERE q.gone_on IS NULL AND c.latitude IS NOT NULL AND (h:LegalEntity OR NOT p:LegalEntity) /*sees GeographicEntity p*/ | 1]) = 0"
)
BY_ID: Final = "UNWIND ${ids} AS id MATCH (o:Offer {{id: id}})"
BY_PROPERTY: Final = "MATCH (o:Offer) WHERE o.{name} IN ${codes} AND o.id IS NOT NULL"
UNDESCRIBED: Final = "MATCH (o:Offer) WHERE {null}"
IN_COMMUNE: Final = (
    "MATCH (t:Commune {{code: {code}}})<-[:IN*0..1]-(m:Commune)<-[:LOCATED_IN]-(p:GeographicEntity)<-[:PART_OF*0..3]-(h)<-[:OFFERED_BY]-(o:Offer)",
    "MATCH (t:Commune {{code: {code}}})<-[:IN*0..1]-(m:Commune)<-[:LOCATED_IN]-(p:Location|LegalEntity)<-[:DELIVERED_AT|OFFERED_BY]-(o:Offer)",
)
IN_DEPARTMENT: Final = (
    "MATCH (t:Department {{code: {code}}})<-[:IN*1..2]-(m:Commune)<-[:LOCATED_IN]-(p:GeographicEntity)<-[:PART_OF*0..3]-(h)<-[:OFFERED_BY]-(o:Offer)",
    "MATCH (t:Department {{code: {code}}})<-[:IN*1..2]-(m:Commune)<-[:LOCATED_IN]-(p:Location|LegalEntity)<-[:DELIVERED_AT|OFFERED_BY]-(o:Offer)",
)
IN_REGION: Final = (
    (
        "MATCH (t:Region {{code: {code}}})<-[:IN]-(:Department)<-[:IN*1..2]-(m:Commune)<-[:LOCATED_IN]-(p:GeographicEntity)"
        "<-[:PART_OF*0..3]-(h)<-[:OFFERED_BY]-(o:Offer)"
    ),
    (
        "MATCH (t:Region {{code: {code}}})<-[:IN]-(:Department)<-[:IN*1..2]-(m:Commune)<-[:LOCATED_IN]-(p:Location|LegalEntity)"
        "<-[:DELIVERED_AT|OFFERED_BY]-(o:Offer)"
    ),
)
EACH_OF: Final = "UNWIND ${codes} AS code {feed}"
STATED_BY_SITE: Final = (  # S-8
    "MATCH (t:HealthTerritory {{id: $territory}})<-[q:IN_TERRITORY]-(p:GeographicEntity)<-[:PART_OF*0..3]-(h)<-[:OFFERED_BY]-(o:Offer) WHERE q.gone_on IS NULL"
)
_BOX: Final = "$south <= p.latitude AND p.latitude <= $north AND $west <= p.longitude AND p.longitude <= $east"
_AROUND: Final = "UNWIND $around AS code MATCH (t:Department {{code: code}})<-[:IN*1..2]-(m:Commune)<-[:LOCATED_IN]-"
IN_BOX: Final = (  # by their own point wherever they are said to be, else by the departments around
    f"MATCH (p:GeographicEntity) WHERE {_BOX} AND p.id IS NOT NULL MATCH (p)<-[:PART_OF*0..3]-(h)<-[:OFFERED_BY]-(o:Offer)",
    f"MATCH (p:Location) WHERE {_BOX} AND p.id IS NOT NULL MATCH (p)<-[:DELIVERED_AT]-(o:Offer)",
    f"{_AROUND}(p:GeographicEntity) WHERE p.latitude IS NULL MATCH (p)<-[:PART_OF*0..3]-(h)<-[:OFFERED_BY]-(o:Offer)",
    f"{_AROUND}(p:LegalEntity)<-[:OFFERED_BY]-(o:Offer)",
)
SERVING_PLACE: Final = (
    "MATCH (m:Commune {{code: $place}})-[:IN*0..3]->(t)<-[r:INTERVENES_IN]-(o:Offer) WHERE r.gone_on IS NULL",
    "MATCH (m:Commune {{code: $place}})-[:IN*0..2]->(x)<-[:CONTAINS]-(t:HealthTerritory)<-[r:INTERVENES_IN]-(o:Offer) WHERE r.gone_on IS NULL",
    "MATCH (t:Region)<-[r:INTERVENES_IN]-(o:Offer) WHERE r.gone_on IS NULL AND r.whole_country = true",
)

ASSERTED: Final = "{o}.gone_on IS NULL AND NOT coalesce({o}.stub, false)"
OPEN: Final = (  # S-3; a node that is not there hinders nothing
    "coalesce({x}.opened_on <= $at, true) AND (coalesce($at < {x}.closed_on, true) OR coalesce({x}.reopens_on <= $at, false)) AND {x}.gone_on IS NULL"
)

DELIVERED_SOMEWHERE: Final = "size(ls) = 0 OR any(l IN ls WHERE l.gone_on IS NULL)"  # S-3: one location is open

ACTIVITIES: Final = "[({o})-[r:HAS_ACTIVITY]->(k:Concept) WHERE r.gone_on IS NULL | k.id]"
LOCATIONS: Final = "[(o)-[r:DELIVERED_AT]->(l:Location) WHERE r.gone_on IS NULL | l]"
AREAS: Final = (
    "[(o)-[r:INTERVENES_IN]->(t) WHERE r.gone_on IS NULL | CASE WHEN coalesce(r.whole_country, false) THEN '*' "
    "WHEN t:HealthTerritory THEN 'HealthTerritory:' + t.id ELSE head(labels(t)) + ':' + t.code END]"
)  # written as in `areas` of cypher/commune_place.cypher
OTHERS: Final = (  # live offers of the same site and origin
    "[(s)<-[:PART_OF*0..3]-(sh)<-[sr:OFFERED_BY]-(x:Offer) WHERE sr.gone_on IS NULL AND x.id <> o.id AND coalesce(x.origin, '') = coalesce(o.origin, '') "
    f"AND {ASSERTED.format(o='x')} AND {OPEN.format(x='x')} AND (sh:GeographicEntity OR ({OPEN.format(x='sh')})) /*sees Offer x*/ | x]"
)
FIRST: Final = (
    "CASE WHEN size({list}) < 2 THEN head({list}).n ELSE reduce(best = head({list}), x IN {list} | CASE WHEN x.k < best.k THEN x ELSE best END).n END"
)
HOLDERS: Final = "[(o)-[r:OFFERED_BY]->(n) WHERE r.gone_on IS NULL /*sees GeographicEntity n*/ | {n: n, k: coalesce(r.source_rank, 0)}]"
SITE_OF_HOLDER: Final = (
    "CASE WHEN h:GeographicEntity THEN h WHEN h:OrganisationalUnit "
    "THEN head([(h)-[:PART_OF*1..3]->(n:GeographicEntity) /*where sees GeographicEntity n*/ | n]) END"
)
UNITS: Final = "CASE WHEN h:OrganisationalUnit THEN [(h)-[:PART_OF*0..2]->(n:OrganisationalUnit) | n] ELSE [] END"
ENTITIES: Final = "CASE WHEN s IS NULL THEN [] ELSE [(s)-[r:PART_OF]->(n:LegalEntity) WHERE r.gone_on IS NULL | {n: n, k: coalesce(r.source_rank, 0)}] END"
COMMUNES: Final = (
    "CASE WHEN placed IS NULL THEN [] ELSE [(placed)-[r:LOCATED_IN]->(n:Commune) WHERE r.gone_on IS NULL | {n: n, k: coalesce(r.source_rank, 0)}] END"
)
HELD_BY: Final = (  # S-8; the long pattern is slow on the embedded server, whose AND goes on after a FALSE: it is asked only of an offer with locations
    "CASE WHEN size(ls) > 0 THEN head([held IN [{delivered}] | CASE WHEN size(held) > 0 THEN held ELSE {of_site} END]) ELSE {of_site} END"
)
STATED: Final = (  # S-8; the site says it
    "CASE WHEN s IS NULL THEN false ELSE size([(s)-[r:IN_TERRITORY]->(t:HealthTerritory) WHERE r.gone_on IS NULL AND t.id = $territory | 1]) > 0 END"
)
OF_SITE: Final = "CASE WHEN c IS NULL THEN [] ELSE [(c)-[:IN{hops}]->(t:{label}) | t.code] END"
DELIVERED: Final = (
    "[(o)-[r:DELIVERED_AT]->(l:Location)-[q:LOCATED_IN]->(:Commune)-[:IN{hops}]->(t:{label}) "
    "WHERE r.gone_on IS NULL AND q.gone_on IS NULL AND l.gone_on IS NULL | t.code]"
)

CHORD: Final = (
    "(sin(radians({to}.latitude - $latitude) / 2) * sin(radians({to}.latitude - $latitude) / 2) + cos(radians($latitude)) * cos(radians({to}.latitude))"
    " * sin(radians({to}.longitude - $longitude) / 2) * sin(radians({to}.longitude - $longitude) / 2))"
)
KM: Final = "CASE WHEN {chord} IS NULL THEN null WHEN {chord} >= 1.0 THEN 2 * 6371.0 * asin(1.0) ELSE 2 * 6371.0 * asin(sqrt({chord})) END"  # S-5

# Of one offer for one leaf of a tree (graph/search/leaf_cypher.py); a relation or a node that is gone counts for nothing.
RELATED: Final = "[({o})-[r:{relation}]->(k:Concept) WHERE r.gone_on IS NULL /*sees {relation} r of Offer {o}*/ | k.id]"
SPECIALTIES: Final = (  # of the practices for the offer that last on the day
    "[({o})<-[f:FOR]-(practice:Practice)-[r:HAS_SPECIALTY]->(k:Concept) WHERE f.gone_on IS NULL AND r.gone_on IS NULL AND practice.gone_on IS NULL "
    "AND coalesce(practice.since <= $at, true) AND coalesce($at < practice.until, true) /*sees Practice practice*/ | k.id]"
)
AREAS_OF: Final = (
    "[({o})-[r:INTERVENES_IN]->(t) WHERE r.gone_on IS NULL | CASE WHEN coalesce(r.whole_country, false) THEN '*' "
    "WHEN t:HealthTerritory THEN 'HealthTerritory:' + t.id ELSE head(labels(t)) + ':' + t.code END]"
)
PARTS_OF: Final = (
    "[({o})-[r:INTERVENES_IN]->(t)-[:IN*0..3]->(a) WHERE r.gone_on IS NULL AND head(labels(a)) + ':' + a.code IN {parts} | 1]",
    "[({o})-[r:INTERVENES_IN]->(t:HealthTerritory)-[:CONTAINS]->(b)-[:IN*0..3]->(a) WHERE r.gone_on IS NULL AND head(labels(a)) + ':' + a.code IN {parts} | 1]",
)
EQUIPMENTS: Final = (
    "[({o})-[r:HAS_EQUIPMENT]->(k:Concept) WHERE r.gone_on IS NULL /*sees HAS_EQUIPMENT r of Offer {o}*/ "
    "| {{code: k.id, number: r.in_service, limits: coalesce(r.limits, [])}}]"
    " + [({o})-[d:DELIVERED_AT]->(l:Location)-[r:HAS_EQUIPMENT]->(k:Concept) WHERE d.gone_on IS NULL AND l.gone_on IS NULL AND r.gone_on IS NULL "
    "/*sees HAS_EQUIPMENT r of Location l*/ | {{code: k.id, number: r.in_service, limits: coalesce(r.limits, [])}}]"
)
CAPACITIES: Final = (
    "([({o})-[r:HAS_CAPACITY]->(k:Capacity) WHERE r.gone_on IS NULL AND k.gone_on IS NULL AND {where} /*sees Capacity k of Offer {o}*/ "
    "| {{id: k.id, number: k.count, sure: {sure}}}]"
    " + [({o})-[d:DELIVERED_AT]->(l:Location)-[r:HAS_CAPACITY]->(k:Capacity) WHERE d.gone_on IS NULL AND l.gone_on IS NULL AND r.gone_on IS NULL "
    "AND k.gone_on IS NULL AND {where} /*sees Capacity k of Location l*/ | {{id: k.id, number: k.count, sure: {sure}}}])"
)
TARIFFS: Final = (
    "CASE WHEN {s} IS NULL THEN [] ELSE [({s})-[r:HAS_TARIFF]->(t:Tariff) WHERE r.gone_on IS NULL AND t.gone_on IS NULL "
    "AND coalesce(t.valid_from <= $at, true) AND {where} | {{day: coalesce(toString(t.valid_from), ''), amount: t.amount}}] END"
)
HOURS: Final = "[({o})-[r:HAS_HOURS]->(n:OpeningHours) WHERE r.gone_on IS NULL AND n.gone_on IS NULL | n]"
ZONE: Final = (  # S-4, as in graph/search/opening.py
    "CASE WHEN coalesce({c}.code, '') STARTS WITH '97' THEN left({c}.code, 3) WHEN left(coalesce({c}.code, ''), 2) IN ['57', '67', '68'] "
    "THEN left({c}.code, 2) ELSE '' END"
)
ANOMALIES: Final = (
    "[({o})<-[r:ABOUT]-(an:Anomaly) WHERE r.gone_on IS NULL AND an.gone_on IS NULL AND an.corrected IS NULL "
    "AND NOT coalesce($at <= an.waived_until, false) /*sees Anomaly an*/ | an.id]"
)
DESCRIBED_ON: Final = "coalesce({o}.updated_at, toString({o}.evidence_date))"
