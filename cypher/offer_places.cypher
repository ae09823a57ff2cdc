// title:    The places of all offers
// question: At which sites, entities and locations may each offer be delivered, at which point, in which communes and health territories are they?
// params:   none
// returns:  offers, site, folded, latitude, longitude, communes, territories; one row a place, in no order
// uses:     scans of all sites, entities and locations: kept until the next load
MATCH (p:GeographicEntity)<-[:PART_OF*0..3]-(h)<-[:OFFERED_BY]-(o:Offer)
WITH p, collect(o.id) AS offers
RETURN offers, true AS site, p.folded AS folded, p.latitude AS latitude, p.longitude AS longitude, [(p)-[:LOCATED_IN]->(m:Commune) | m.code] AS communes,
  [(p)-[r:IN_TERRITORY]->(t:HealthTerritory) WHERE r.gone_on IS NULL | t.id] AS territories
UNION ALL
MATCH (p:Location|LegalEntity)<-[:DELIVERED_AT|OFFERED_BY]-(o:Offer)
WITH p, collect(o.id) AS offers
RETURN offers, false AS site, null AS folded, p.latitude AS latitude, p.longitude AS longitude, [(p)-[:LOCATED_IN]->(m:Commune) | m.code] AS communes,
  [] AS territories
