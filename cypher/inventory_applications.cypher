// title:    Applications of the inventory
// question: Which applications are described, who owns, runs and publishes them, where are they deployed, and which classes are entered in them?
// params:   none
// returns:  node, owner, operator, publisher, regions, enters; one row an application, by code
// uses:     label Application
MATCH (a:Application) WHERE a.gone_on IS NULL
WITH a, [(a)-[r:OWNED_BY]->(x:Actor) WHERE r.gone_on IS NULL | x {.code, .name, .kind}] AS owners,
  [(a)-[r:OPERATED_BY]->(x:Actor) WHERE r.gone_on IS NULL | x {.code, .name, .kind}] AS operators,
  [(a)-[r:PUBLISHED_BY]->(x:Actor) WHERE r.gone_on IS NULL | x {.code, .name, .kind}] AS publishers,
  [(a)-[r:DEPLOYED_IN]->(x:Region) WHERE r.gone_on IS NULL | x.code] AS regions,
  [(a)-[r:ENTERS]->(x:DataClass) WHERE r.gone_on IS NULL | {data_class: x.code, regions: r.regions, since: r.since, until: r.until, evidence: r.evidence}] AS enters
RETURN properties(a) AS node, head(owners) AS owner, head(operators) AS operator, head(publishers) AS publisher, regions, enters
ORDER BY node.code
