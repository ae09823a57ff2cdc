// title:    Flows of the inventory
// question: Which flows are described, who reads or feeds which interface by them, what do they carry, and for which usages?
// params:   none
// returns:  node, consumer, producer, calls, feeds, carries, usages; one row a flow, by code
// uses:     label Flow
MATCH (f:Flow) WHERE f.gone_on IS NULL
WITH f, [(f)-[r:CONSUMER]->(x:Application) WHERE r.gone_on IS NULL | {code: x.code, rank: coalesce(r.source_rank, 0)}] AS consumer,
  [(f)-[r:PRODUCER]->(x:Application) WHERE r.gone_on IS NULL | {code: x.code, rank: coalesce(r.source_rank, 0)}] AS producer,
  [(f)-[r:CALLS]->(x:Interface) WHERE r.gone_on IS NULL | {code: x.code, rank: coalesce(r.source_rank, 0)}] AS calls,
  [(f)-[r:FEEDS]->(x:Interface) WHERE r.gone_on IS NULL | {code: x.code, rank: coalesce(r.source_rank, 0)}] AS feeds,
  [(f)-[r:CARRIES]->(x:DataClass) WHERE r.gone_on IS NULL | {data_class: x.code, attributes: r.attributes, regional_extension: r.regional_extension}] AS carries,
  [(f)-[r:FOR_USAGE]->(x:Usage) WHERE r.gone_on IS NULL | x.code] AS usages
RETURN properties(f) AS node, consumer, producer, calls, feeds, carries, usages
ORDER BY node.code
