// title:    Legal entities by id
// question: What does the graph hold of these legal entities?
// params:   ids: [ID]!
// returns:  node, legal_status, commune, department; one row an entity that exists, in the order of `ids`
// uses:     LegalEntity.id (unique)
UNWIND $ids AS id
MATCH (e:LegalEntity {id: id}) /*where sees LegalEntity e*/
OPTIONAL MATCH (status:Concept {id: e.legal_status})
CALL (e) {
  OPTIONAL MATCH (e)-[r:LOCATED_IN]->(c:Commune) WHERE r.gone_on IS NULL
  RETURN c, r.source_rank AS place_rank ORDER BY place_rank LIMIT 1
}
CALL (c) {
  OPTIONAL MATCH (c)-[:IN*1..2]->(d:Department)
  RETURN d LIMIT 1
}
RETURN properties(e) AS node, status {.id, .label} AS legal_status, c {.code, .name} AS commune, d {.code, .name} AS department
