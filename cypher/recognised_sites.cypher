// title:    Sites as they are recognised
// question: By which numbers, place and name are these sites known, and in which department are they?
// params:   ids: [ID]!
// returns:  node, commune, department, entity, siren; one row a site that exists, in the order of `ids`
// uses:     GeographicEntity.id (unique)
UNWIND $ids AS id
MATCH (s:GeographicEntity {id: id})
CALL (s) {
  OPTIONAL MATCH (s)-[r:PART_OF]->(e:LegalEntity) WHERE r.gone_on IS NULL
  WITH e, r.source_rank AS entity_rank ORDER BY entity_rank LIMIT 1
  RETURN e
}
CALL (s) {
  OPTIONAL MATCH (s)-[r:LOCATED_IN]->(c:Commune) WHERE r.gone_on IS NULL
  WITH c, r.source_rank AS place_rank ORDER BY place_rank LIMIT 1
  OPTIONAL MATCH (c)-[:IN*1..2]->(d:Department)
  RETURN c, d LIMIT 1
}
RETURN s {.id, .finess, .siret, .rpps_rank, .adeli_rank, .category, .name, .closed_on, .gone_on} AS node, c.code AS commune, d.code AS department,
       e.id AS entity, e.siren AS siren
