// title:    Departments with their extent
// question: In which region is each department that a source describes, what are its default search radius and the enlargement of it, and
//           between which latitudes and longitudes do its communes lie?
// params:   none
// returns:  code, name, region, region_name, radius_km, enlargement_km, south, north, west, east; one row a department, by code
// uses:     label Department
MATCH (d:Department) WHERE d.gone_on IS NULL AND NOT coalesce(d.stub, false)
OPTIONAL MATCH (d)<-[:IN]-(c:Commune)
WITH d, min(c.latitude) AS south, max(c.latitude) AS north, min(c.longitude) AS west, max(c.longitude) AS east
OPTIONAL MATCH (d)-[:IN]->(r:Region) WHERE r.gone_on IS NULL AND NOT coalesce(r.stub, false)
WITH d, south, north, west, east, min(r.code) AS region, min(r.name) AS region_name
RETURN d.code AS code, d.name AS name, region, region_name, d.search_radius_km AS radius_km, d.enlargement_km AS enlargement_km,
  south, north, west, east
ORDER BY code
