// title:    Locations by id
// question: What does the graph hold of these locations, where are they, and who manages them?
// params:   ids: [ID]!
// returns:  node, commune, manager, parent; one row a location that exists, in the order of `ids`
// uses:     Location.id (unique)
UNWIND $ids AS id
MATCH (l:Location {id: id}) /*where sees Location l*/
CALL (l) {
  OPTIONAL MATCH (l)-[r:LOCATED_IN]->(c:Commune) WHERE r.gone_on IS NULL
  RETURN c, r.source_rank AS place_rank ORDER BY place_rank LIMIT 1
}
CALL (l) {
  OPTIONAL MATCH (l)-[r:MANAGED_BY]->(s:GeographicEntity) WHERE r.gone_on IS NULL /*sees GeographicEntity s*/
  RETURN s, r.source_rank AS manager_rank ORDER BY manager_rank LIMIT 1
}
CALL (l) {
  OPTIONAL MATCH (l)-[r:PART_OF]->(p:Location) WHERE r.gone_on IS NULL /*sees Location p*/
  RETURN p, r.source_rank AS parent_rank ORDER BY parent_rank LIMIT 1
}
RETURN properties(l) /*shown Location l*/ AS node, c {.code, .name} AS commune, s {.id, .name} AS manager, p {.id, .name} AS parent
