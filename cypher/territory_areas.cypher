// title:    What holds a territory
// question: Which areas hold this commune, department or region (itself too; each its label, a colon, its key; * is the whole country)?
// params:   label: String!, code: ID!
// returns:  areas; one row, none when there is no such territory
// uses:     Commune.code (unique), Department.code (unique), Region.code (unique)
CALL () {
  MATCH (t:Commune {code: $code}) WHERE $label = 'Commune' RETURN t
  UNION ALL
  MATCH (t:Department {code: $code}) WHERE $label = 'Department' RETURN t
  UNION ALL
  MATCH (t:Region {code: $code}) WHERE $label = 'Region' RETURN t
}
MATCH (t)-[:IN*0..3]->(a)
OPTIONAL MATCH (a)<-[:CONTAINS]-(z:HealthTerritory)
WITH t, collect(DISTINCT head(labels(a)) + ':' + a.code) AS above, collect(DISTINCT 'HealthTerritory:' + z.id) AS zones
RETURN above + zones + ['*'] AS areas
