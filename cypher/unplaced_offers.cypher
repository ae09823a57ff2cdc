// title:    Offers without a place
// question: Which live offers have neither a point nor a commune with one, so that their distance is unknown?
// params:   first: Int!
// returns:  offers, ids; one row, `first` ids at most, in no order
// uses:     a scan of all offers
MATCH (o:Offer) WHERE o.gone_on IS NULL AND NOT coalesce(o.stub, false)
WITH o, [(o)-[r:OFFERED_BY]->(h)-[:PART_OF*0..3]->(p)-[q:LOCATED_IN]->(c:Commune)
         WHERE r.gone_on IS NULL AND q.gone_on IS NULL AND c.latitude IS NOT NULL AND (h:LegalEntity OR NOT p:LegalEntity) | 1] AS communes
WHERE size(communes) = 0
WITH o, [(o)-[r:OFFERED_BY]->(h)-[:PART_OF*0..3]->(p:GeographicEntity) WHERE r.gone_on IS NULL AND p.latitude IS NOT NULL | 1]
        + [(o)-[r:DELIVERED_AT]->(l:Location) WHERE r.gone_on IS NULL AND l.gone_on IS NULL AND l.latitude IS NOT NULL | 1] AS points
WHERE size(points) = 0
RETURN count(o) AS offers, collect(o.id)[0..$first] AS ids
