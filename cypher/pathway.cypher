// title:    Pathways with their steps
// question: Which steps make these pathways, what does each require, and what follows?
// params:   codes: [ID]!
// returns:  pathway, step, rank, next; one row a step, by pathway, rank, then id; one row with a null step when it has none
// uses:     Pathway.code (unique)
MATCH (p:Pathway) WHERE p.code IN $codes AND NOT coalesce(p.stub, false)
OPTIONAL MATCH (p)-[r:HAS_STEP]->(s:Step) WHERE r.gone_on IS NULL AND s.gone_on IS NULL
WITH p, s, min(r.rank) AS rank
OPTIONAL MATCH (s)-[n:NEXT]->(t:Step) WHERE n.gone_on IS NULL AND t.gone_on IS NULL
WITH p, s, rank, t, head(collect(n)) AS n ORDER BY t.id
WITH p, s, rank, collect(CASE WHEN t IS NULL THEN null ELSE {step: t.code, condition: n.condition, max_delay_h: n.max_delay_h, max_km: n.max_km} END) AS next
RETURN properties(p) AS pathway, properties(s) AS step, rank, next
ORDER BY pathway.code, rank, step.id
