// title:    Members of pathways and steps
// question: Which offers, sites and entities are members of these pathways (by code) or steps (by id) on that day, in which role?
// params:   label: ID!, ids: [ID]!, at: Date!
// returns:  id, members; one row a pathway or step with members, its members by kind, id, then role
// uses:     Pathway.code, Step.id (unique)
UNWIND $ids AS id
CALL (id) {
  MATCH (t:Pathway) WHERE $label = 'Pathway' AND t.code = id RETURN t
  UNION ALL
  MATCH (t:Step) WHERE $label = 'Step' AND t.id = id RETURN t
}
CALL (t) {
  MATCH (m:Offer)-[r:MEMBER_OF]->(t) WHERE m.gone_on IS NULL AND r.gone_on IS NULL /*sees Offer m*/ RETURN 'Offer' AS kind, m, r
  UNION ALL
  MATCH (m:GeographicEntity)-[r:MEMBER_OF]->(t) WHERE m.gone_on IS NULL AND r.gone_on IS NULL /*sees GeographicEntity m*/ RETURN 'GeographicEntity' AS kind, m, r
  UNION ALL
  MATCH (m:LegalEntity)-[r:MEMBER_OF]->(t) WHERE m.gone_on IS NULL AND r.gone_on IS NULL /*sees LegalEntity m*/ RETURN 'LegalEntity' AS kind, m, r
}
WITH id, kind, m, r WHERE coalesce(r.since <= $at, true) AND coalesce($at < r.until, true)
WITH DISTINCT id, kind, m.id AS member, m.name AS name, r.role AS role, r.since AS since, r.until AS until ORDER BY id, kind, member, role
RETURN id, collect({kind: kind, id: member, name: name, role: role, since: since, until: until}) AS members
