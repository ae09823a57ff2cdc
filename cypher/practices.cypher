// title:    Practices by id
// question: What does the graph hold of these practices: whose, where, for which offer?
// params:   ids: [ID]!
// returns:  node, labels, professional, sites, offer; one row a practice that exists, in the order of `ids`
// uses:     Practice.id (unique)
UNWIND $ids AS id
MATCH (p:Practice {id: id}) /*where sees Practice p*/
CALL (p) {
  OPTIONAL MATCH (label:Concept) WHERE label.id IN [p.profession, p.exercise_mode, p.agreement_sector]
  RETURN collect(label {.id, .label}) AS labels
}
CALL (p) {
  OPTIONAL MATCH (p)-[r:BY]->(who:Professional) WHERE r.gone_on IS NULL
  RETURN who, r.source_rank AS who_rank ORDER BY who_rank LIMIT 1
}
CALL (p) {
  OPTIONAL MATCH (p)-[r:AT]->(s:GeographicEntity) WHERE r.gone_on IS NULL /*sees GeographicEntity s*/
  WITH DISTINCT s ORDER BY s.id
  RETURN collect(s {.id, .name}) AS sites
}
CALL (p) {
  OPTIONAL MATCH (p)-[r:FOR]->(o:Offer) WHERE r.gone_on IS NULL
  RETURN o, r.source_rank AS offer_rank ORDER BY offer_rank LIMIT 1
}
RETURN properties(p) AS node, labels, who.id AS professional, sites, o {.id, .name} AS offer
