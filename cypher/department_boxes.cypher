// title:    Departments with their extent
// question: In which region is each department, what is its default search radius, and between which latitudes and longitudes do its communes lie?
// params:   none
// returns:  code, name, region, radius_km, south, north, west, east; one row a department, by code
// uses:     label Department
MATCH (d:Department)
OPTIONAL MATCH (d)-[:IN]->(r:Region)
OPTIONAL MATCH (d)<-[:IN]-(c:Commune)
WITH d, head(collect(r.code)) AS region, min(c.latitude) AS south, max(c.latitude) AS north, min(c.longitude) AS west, max(c.longitude) AS east
RETURN d.code AS code, d.name AS name, region, d.search_radius_km AS radius_km, south, north, west, east
ORDER BY code
