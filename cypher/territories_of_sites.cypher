// title:    Health territories of sites
// question: In which health territories are these sites?
// params:   ids: [ID]!
// returns:  id, territories; one row a site with territories, each by id
// uses:     GeographicEntity.id (unique)
UNWIND $ids AS id
MATCH (s:GeographicEntity {id: id})-[r:IN_TERRITORY]->(t:HealthTerritory) WHERE r.gone_on IS NULL
WITH DISTINCT id, t ORDER BY id, t.id
RETURN id, collect(t {.id, .type, .code, .name}) AS territories
