// title:    Organisational units by id
// question: What does the graph hold of these units, of what are they part, and at which site?
// params:   ids: [ID]!
// returns:  node, type, parent, parent_kind, site, commune; one row a unit that exists, in the order of `ids`
// uses:     OrganisationalUnit.id (unique)
UNWIND $ids AS id
MATCH (u:OrganisationalUnit {id: id}) /*where sees OrganisationalUnit u*/
OPTIONAL MATCH (type:Concept {id: u.type})
CALL (u) {
  OPTIONAL MATCH (u)-[r:PART_OF]->(p) WHERE r.gone_on IS NULL
  RETURN p, r.source_rank AS parent_rank ORDER BY parent_rank LIMIT 1
}
CALL (u) {
  OPTIONAL MATCH (u)-[r:PART_OF*1..3]->(s:GeographicEntity) WHERE all(part IN r WHERE part.gone_on IS NULL)
  RETURN s LIMIT 1
}
CALL (s) {
  OPTIONAL MATCH (s)-[r:LOCATED_IN]->(c:Commune) WHERE r.gone_on IS NULL
  RETURN c, r.source_rank AS place_rank ORDER BY place_rank LIMIT 1
}
RETURN properties(u) AS node, type {.id, .label} AS type, p {.id, .name} AS parent, head(labels(p)) AS parent_kind, s {.id, .name} AS site,
       c {.code, .name} AS commune
