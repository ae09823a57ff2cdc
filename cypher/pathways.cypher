// title:    Pathways
// question: Which pathways are described, and with how many steps?
// params:   none
// returns:  node, steps; one row a pathway, by code
// uses:     label Pathway
MATCH (p:Pathway) WHERE p.gone_on IS NULL AND NOT coalesce(p.stub, false)
OPTIONAL MATCH (p)-[r:HAS_STEP]->(s:Step) WHERE r.gone_on IS NULL AND s.gone_on IS NULL
WITH p, count(DISTINCT s) AS steps
RETURN properties(p) AS node, steps
ORDER BY node.code
