// title:    All communes
// question: Where is each commune, in which department or city does it lie, how many live there, and does a source describe it today?
// params:   none
// returns:  code, name, latitude, longitude, population, department, city, live; one row a commune, by code
// uses:     label Commune
MATCH (c:Commune)
RETURN c.code AS code, c.name AS name, c.latitude AS latitude, c.longitude AS longitude, c.population AS population,
  head([(c)-[:IN]->(t:Department) | t.code]) AS department, head([(c)-[:IN]->(t:Commune) | t.code]) AS city,
  c.gone_on IS NULL AND NOT coalesce(c.stub, false) AS live
ORDER BY code
