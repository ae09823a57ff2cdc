// title:    RORs of offers
// question: Which RORs describe these offers?
// params:   ids: [ID]!
// returns:  id, rors; one row an offer that a ROR describes, the RORs by code
// uses:     Offer.id (unique)
UNWIND $ids AS id
MATCH (o:Offer {id: id})-[r:SOURCED_FROM]->(a:Application) WHERE r.gone_on IS NULL /*sees SOURCED_FROM r*/
WITH DISTINCT id, a ORDER BY id, a.code
RETURN id, collect(a {.code, .name}) AS rors
