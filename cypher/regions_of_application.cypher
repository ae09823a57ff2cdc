// title:    Regions of an application
// question: In which regions is this application deployed?
// params:   code: ID!
// returns:  region; one row a region, by code
// uses:     Application.code (unique)
MATCH (a:Application {code: $code})-[r:DEPLOYED_IN]->(g:Region) WHERE r.gone_on IS NULL
RETURN DISTINCT g.code AS region ORDER BY region
