// title:    Offers without a place
// question: How many live offers have no place at all, so that no search near a place finds them?
// params:   none
// returns:  offers; one row
// uses:     a scan of all offers
MATCH (o:Offer) WHERE o.gone_on IS NULL AND NOT coalesce(o.stub, false)
OPTIONAL MATCH (o)-[r:OFFERED_BY]->(h)-[q:LOCATED_IN]->(c:Commune) WHERE r.gone_on IS NULL AND q.gone_on IS NULL AND c.latitude IS NOT NULL
WITH o, count(c) AS communes WHERE communes = 0
OPTIONAL MATCH (o)-[r:OFFERED_BY|DELIVERED_AT]->(h) WHERE r.gone_on IS NULL AND h.latitude IS NOT NULL
WITH o, count(h) AS points WHERE points = 0
RETURN count(o) AS offers
