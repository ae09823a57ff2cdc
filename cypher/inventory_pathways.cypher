// title:    Pathways of the inventory
// question: Which steps does each pathway have, and which steps follow each?
// params:   none
// returns:  pathway, name, step, step_name, rank, next; one row a step, by pathway, rank and step; one with a null step where a pathway has none
// uses:     label Pathway
MATCH (p:Pathway) WHERE p.gone_on IS NULL
OPTIONAL MATCH (p)-[r:HAS_STEP]->(s:Step) WHERE r.gone_on IS NULL AND s.gone_on IS NULL
WITH p, s, min(r.rank) AS rank
WITH p, s, rank, CASE WHEN s IS NULL THEN [] ELSE [(s)-[n:NEXT]->(t:Step) WHERE n.gone_on IS NULL | t.code] END AS next
RETURN p.code AS pathway, p.name AS name, s.code AS step, s.name AS step_name, rank, next
ORDER BY pathway, rank, step
