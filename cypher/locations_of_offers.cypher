// title:    Locations of offers
// question: Where are these offers delivered?
// params:   ids: [ID]!
// returns:  id, locations; one row an offer with live locations, their ids in order
// uses:     Offer.id (unique)
UNWIND $ids AS id
MATCH (o:Offer {id: id})-[r:DELIVERED_AT]->(l:Location) WHERE r.gone_on IS NULL AND l.gone_on IS NULL
WITH DISTINCT id, l.id AS location ORDER BY id, location
RETURN id, collect(location) AS locations
