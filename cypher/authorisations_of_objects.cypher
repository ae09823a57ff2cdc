// title:    Authorisations of objects
// question: Which live authorisations are granted to these sites or held by these entities?
// params:   label: ID!, ids: [ID]!
// returns:  id, authorisations; one row an object with authorisations, each with its site and holder, by id
// uses:     id of GeographicEntity, LegalEntity (unique)
UNWIND $ids AS id
CALL (id) {
  MATCH (o:GeographicEntity) WHERE $label = 'GeographicEntity' AND o.id = id RETURN o
  UNION ALL
  MATCH (o:LegalEntity) WHERE $label = 'LegalEntity' AND o.id = id RETURN o
}
MATCH (a:Authorisation)-[r:GRANTED_TO|HELD_BY]->(o) WHERE r.gone_on IS NULL AND a.gone_on IS NULL /*sees Authorisation a*/
WITH DISTINCT id, a
CALL (a) {
  OPTIONAL MATCH (a)-[r:GRANTED_TO]->(s:GeographicEntity) WHERE r.gone_on IS NULL
  RETURN s LIMIT 1
}
CALL (a) {
  OPTIONAL MATCH (a)-[r:HELD_BY]->(e:LegalEntity) WHERE r.gone_on IS NULL
  RETURN e LIMIT 1
}
CALL (a) {
  OPTIONAL MATCH (k:Concept) WHERE k.id IN [a.activity, a.modality, a.form]
  RETURN collect(k {.id, .label}) AS labels
}
WITH id, a, s {.id, .name} AS site, e {.id, .name} AS holder, labels ORDER BY id, a.id
RETURN id, collect({node: properties(a), site: site, holder: holder, labels: labels}) AS authorisations
