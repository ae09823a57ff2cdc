// title:    Applications by code
// question: What does the graph hold of these applications: actors, regions, interfaces, flows, connections and classes entered?
// params:   codes: [ID]!
// returns:  node, actors, regions, exposes, flows, connections, enters; one row an application that exists, in the order of `codes`
// uses:     Application.code (unique)
UNWIND $codes AS code
MATCH (a:Application {code: code})
RETURN properties(a) AS node,
  [(a)-[r:OWNED_BY|OPERATED_BY|PUBLISHED_BY]->(x:Actor) WHERE r.gone_on IS NULL | {relation: type(r), code: x.code, name: x.name, kind: x.kind}] AS actors,
  [(a)-[r:DEPLOYED_IN]->(x:Region) WHERE r.gone_on IS NULL | x.code] AS regions,
  [(a)<-[r:EXPOSED_BY]-(x:Interface) WHERE r.gone_on IS NULL AND x.gone_on IS NULL | x {.code, .name, .standard}] AS exposes,
  [(a)<-[r:CONSUMER|PRODUCER]-(x:Flow) WHERE r.gone_on IS NULL AND x.gone_on IS NULL | {role: type(r), code: x.code, name: x.name, mode: x.mode}] AS flows,
  [(a)-[r:CONNECTED_TO]->(x:Application) WHERE r.gone_on IS NULL | {code: x.code, name: x.name, state: r.state, checked_on: r.checked_on}] AS connections,
  [(a)-[r:ENTERS]->(x:DataClass) WHERE r.gone_on IS NULL | {data_class: x.code, regions: r.regions, since: r.since, until: r.until}] AS enters
