// title:    Interfaces of the inventory
// question: Which interfaces are described, who exposes them, what do they serve, and what replaces them?
// params:   none
// returns:  node, exposed_by, owner, serves, replaced_by; one row an interface, by code
// uses:     label Interface
MATCH (i:Interface) WHERE i.gone_on IS NULL
WITH i, [(i)-[r:EXPOSED_BY]->(x:Application) WHERE r.gone_on IS NULL | {code: x.code, name: x.name, rank: coalesce(r.source_rank, 0)}] AS exposing,
  [(i)-[r:OWNED_BY]->(x:Actor) WHERE r.gone_on IS NULL | x {.code, .name, .kind}] AS owners,
  [(i)-[r:SERVES]->(x:DataClass) WHERE r.gone_on IS NULL | {data_class: x.code, attributes: r.attributes, regional_extension: r.regional_extension}] AS serves,
  [(i)-[r:REPLACED_BY]->(x:Interface) WHERE r.gone_on IS NULL | {interface: x.code, coverage: r.coverage, note: r.note}] AS replaced_by
RETURN properties(i) AS node, exposing AS exposed_by, head(owners) AS owner, serves, replaced_by
ORDER BY node.code
