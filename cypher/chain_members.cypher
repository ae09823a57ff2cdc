// title:    Members of a pathway and its steps
// question: Which offers, sites and entities are members of this pathway, or of one of its steps, on that day (P-2)?
// params:   pathway: ID!, at: Date!
// returns:  step, id; one row a member, by step (null: of the whole pathway), then id
// uses:     Pathway.code (unique)
MATCH (p:Pathway {code: $pathway})
OPTIONAL MATCH (p)-[h:HAS_STEP]->(s:Step) WHERE h.gone_on IS NULL AND s.gone_on IS NULL
WITH p, collect(s) AS steps
WITH [p] + steps AS joined
UNWIND joined AS j
MATCH (m)-[r:MEMBER_OF]->(j)
WHERE r.gone_on IS NULL AND coalesce(r.since <= $at, true) AND coalesce($at < r.until, true)
RETURN DISTINCT CASE WHEN j:Step THEN j.code END AS step, m.id AS id
ORDER BY step, id
