// title:    A commune as a place
// question: Where is this commune, in which department, and which areas hold it (each its label, a colon, its key; * is the whole country)?
// params:   commune: ID!
// returns:  code, name, department, latitude, longitude, areas; one row, none when there is no such commune
// uses:     Commune.code (unique)
MATCH (c:Commune {code: $commune})
OPTIONAL MATCH (c)-[:IN*0..3]->(t)
OPTIONAL MATCH (t)<-[:CONTAINS]-(z:HealthTerritory)
WITH c, collect(DISTINCT head(labels(t)) + ':' + t.code) AS above, collect(DISTINCT 'HealthTerritory:' + z.id) AS zones,
     head(collect(CASE WHEN t:Department THEN t.code END)) AS department
RETURN c.code AS code, c.name AS name, department, c.latitude AS latitude, c.longitude AS longitude, above + zones + ['*'] AS areas
