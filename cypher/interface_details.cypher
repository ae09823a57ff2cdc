// title:    Interfaces by code
// question: What does the graph hold of these interfaces: who exposes them, what they serve, what replaces them, which flows use them?
// params:   codes: [ID]!
// returns:  node, exposed_by, owners, serves, replaced_by, replaces, flows; one row an interface that exists, in the order of `codes`
// uses:     Interface.code (unique)
UNWIND $codes AS code
MATCH (i:Interface {code: code})
RETURN properties(i) AS node,
  [(i)-[r:EXPOSED_BY]->(x:Application) WHERE r.gone_on IS NULL | {code: x.code, name: x.name, rank: coalesce(r.source_rank, 0)}] AS exposed_by,
  [(i)-[r:OWNED_BY]->(x:Actor) WHERE r.gone_on IS NULL | x {.code, .name, .kind}] AS owners,
  [(i)-[r:SERVES]->(x:DataClass) WHERE r.gone_on IS NULL | {data_class: x.code, name: x.name, attributes: r.attributes}] AS serves,
  [(i)-[r:REPLACED_BY]->(x:Interface) WHERE r.gone_on IS NULL | {code: x.code, name: x.name, coverage: r.coverage, note: r.note}] AS replaced_by,
  [(i)<-[r:REPLACED_BY]-(x:Interface) WHERE r.gone_on IS NULL | {code: x.code, name: x.name, coverage: r.coverage, note: r.note}] AS replaces,
  [(i)<-[r:CALLS|FEEDS]-(x:Flow) WHERE r.gone_on IS NULL AND x.gone_on IS NULL | {role: type(r), code: x.code, name: x.name, mode: x.mode}] AS flows
