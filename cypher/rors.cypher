// title:    The RORs of the inventory
// question: Which regional and national RORs are described, where are they deployed, and from which hosts do their files come?
// params:   none
// returns:  code, kind, regions, hosts; one row a ROR, by code
// uses:     label Application
MATCH (a:Application) WHERE a.kind IN ['REGIONAL_ROR', 'NATIONAL_ROR'] AND a.gone_on IS NULL
RETURN a.code AS code, a.kind AS kind, [(a)-[r:DEPLOYED_IN]->(x:Region) WHERE r.gone_on IS NULL | x.code] AS regions,
  coalesce(a.source_hosts, []) AS hosts
ORDER BY code
