// title:    What health territories contain
// question: Which communes and departments does each health territory contain?
// params:   none
// returns:  id, label, codes; one row a territory and label, by both
// uses:     label HealthTerritory
MATCH (z:HealthTerritory)-[r:CONTAINS]->(x) WHERE r.gone_on IS NULL
RETURN z.id AS id, head(labels(x)) AS label, collect(DISTINCT x.code) AS codes ORDER BY id, label
