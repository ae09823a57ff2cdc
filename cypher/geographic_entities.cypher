// title:    Sites by id
// question: What does the graph hold of these sites, of which entity are they part, and where are they?
// params:   ids: [ID]!
// returns:  node, category, entity, commune, department, main; one row a site that exists, in the order of `ids`
// uses:     GeographicEntity.id (unique)
UNWIND $ids AS id
MATCH (s:GeographicEntity {id: id}) /*where sees GeographicEntity s*/
OPTIONAL MATCH (category:Concept {id: s.category})
CALL (s) {
  OPTIONAL MATCH (s)-[r:PART_OF]->(e:LegalEntity) WHERE r.gone_on IS NULL
  RETURN e, r.source_rank AS entity_rank ORDER BY entity_rank LIMIT 1
}
CALL (s) {
  OPTIONAL MATCH (s)-[r:LOCATED_IN]->(c:Commune) WHERE r.gone_on IS NULL
  RETURN c, r.source_rank AS place_rank ORDER BY place_rank LIMIT 1
}
CALL (c) {
  OPTIONAL MATCH (c)-[:IN*1..2]->(d:Department)
  RETURN d LIMIT 1
}
CALL (s) {
  OPTIONAL MATCH (s)-[r:SECONDARY_OF]->(main:GeographicEntity) WHERE r.gone_on IS NULL /*sees GeographicEntity main*/
  RETURN main, r.source_rank AS main_rank ORDER BY main_rank LIMIT 1
}
RETURN properties(s) /*shown GeographicEntity s*/ AS node, category {.id, .label} AS category, e {.id, .name} AS entity, c {.code, .name} AS commune, d {.code, .name} AS department,
       main {.id, .name} AS main
