// title:    What a health territory contains
// question: Which communes and departments does this health territory contain, and which areas hold each (itself too; each its label, a colon, its key)?
// params:   id: ID!
// returns:  label, code, areas; one row a commune or department, by both; one without code where it says none; none when there is no such territory
// uses:     HealthTerritory.id (unique)
MATCH (z:HealthTerritory {id: $id})
OPTIONAL MATCH (z)-[q:CONTAINS]->(x) WHERE q.gone_on IS NULL
WITH DISTINCT x
RETURN CASE WHEN x IS NOT NULL THEN head(labels(x)) END AS label, x.code AS code,
  CASE WHEN x IS NULL THEN [] ELSE [(x)-[:IN*0..3]->(t) | head(labels(t)) + ':' + t.code] END AS areas
ORDER BY label, code
