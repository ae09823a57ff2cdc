// title:    All communes
// question: Where is each commune that a source describes, in which department or city does it lie, and how many live there?
// params:   none
// returns:  code, name, latitude, longitude, population, department, city; one row a commune, by code
// uses:     label Commune
MATCH (c:Commune) WHERE c.gone_on IS NULL AND NOT coalesce(c.stub, false)
RETURN c.code AS code, c.name AS name, c.latitude AS latitude, c.longitude AS longitude, c.population AS population,
  head([(c)-[:IN]->(t:Department) | t.code]) AS department, head([(c)-[:IN]->(t:Commune) | t.code]) AS city
ORDER BY code
