// title:    Sites of legal entities
// question: Which live sites are part of each of these entities?
// params:   ids: [ID]!
// returns:  id, sites; one row an entity with sites, its sites by id
// uses:     LegalEntity.id (unique)
UNWIND $ids AS id
MATCH (:LegalEntity {id: id})<-[r:PART_OF]-(s:GeographicEntity)
WHERE r.gone_on IS NULL AND s.gone_on IS NULL /*sees GeographicEntity s*/
WITH DISTINCT id, s ORDER BY id, s.id
RETURN id, collect(s {.id, .name}) AS sites
