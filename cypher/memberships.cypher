// title:    Pathways of objects
// question: Of which pathways and steps are these offers, sites, entities or professionals members on that day, themselves or by what they belong to?
// params:   label: ID!, ids: [ID]!, at: Date!
// returns:  id, memberships; one row an object with memberships, these by pathway, step, then the member
// uses:     id of Offer, GeographicEntity, LegalEntity, Professional (unique)
UNWIND $ids AS id
CALL (id) {
  MATCH (o:Offer) WHERE $label = 'Offer' AND o.id = id RETURN o AS m
  UNION
  MATCH (o:Offer)-[q:OFFERED_BY]->()-[:PART_OF*0..4]->(m) WHERE $label = 'Offer' AND o.id = id AND q.gone_on IS NULL RETURN m
  UNION
  MATCH (s:GeographicEntity)-[:PART_OF*0..1]->(m) WHERE $label = 'GeographicEntity' AND s.id = id RETURN m
  UNION
  MATCH (m:LegalEntity) WHERE $label = 'LegalEntity' AND m.id = id RETURN m
  UNION
  MATCH (p:Professional)<-[:BY]-(x:Practice)-[:FOR]->(m:Offer) WHERE $label = 'Professional' AND p.id = id AND x.gone_on IS NULL /*sees Practice x*/ RETURN m
  UNION
  MATCH (p:Professional)<-[:BY]-(x:Practice)-[:FOR]->(:Offer)-[q:OFFERED_BY]->()-[:PART_OF*0..4]->(m)
  WHERE $label = 'Professional' AND p.id = id AND x.gone_on IS NULL AND q.gone_on IS NULL /*sees Practice x*/ RETURN m
  UNION
  MATCH (p:Professional)<-[:BY]-(x:Practice)-[q:AT]->(:GeographicEntity)-[:PART_OF*0..1]->(m)
  WHERE $label = 'Professional' AND p.id = id AND x.gone_on IS NULL AND q.gone_on IS NULL /*sees Practice x*/ RETURN m
}
MATCH (m)-[r:MEMBER_OF]->(t:Pathway|Step)
WHERE m.gone_on IS NULL AND r.gone_on IS NULL AND t.gone_on IS NULL AND coalesce(r.since <= $at, true) AND coalesce($at < r.until, true)
WITH id, m, r, CASE WHEN t:Step THEN t.pathway ELSE t.code END AS pathway, CASE WHEN t:Step THEN t.code END AS step
MATCH (p:Pathway {code: pathway})
WITH DISTINCT id, p.code AS pathway, p.name AS name, step, m.id AS member, m.name AS member_name, r.role AS role, r.since AS since, r.until AS until,
  CASE WHEN m:Offer THEN 'Offer' WHEN m:GeographicEntity THEN 'GeographicEntity' ELSE 'LegalEntity' END AS kind
ORDER BY id, pathway, coalesce(step, ''), member
RETURN id, collect({pathway: pathway, name: name, step: step, kind: kind, member: member, member_name: member_name, role: role, since: since, until: until}) AS memberships
