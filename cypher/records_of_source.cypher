// title:    What a ROR says
// question: What does a ROR say of its objects, one record after the other, and what do the graph and the other RORs say of each?
// params:   from: ID!, beyond: ID!, owned: [String]!, first: Int!
// returns:  id, statement, labels, node, links, records, withheld; by id; withheld: properties and relations of which the caller is told nothing
// uses:     SourceRecord.id (unique)
MATCH (r:SourceRecord) WHERE r.id >= $from AND r.id < $beyond /*sees SourceRecord r*/
WITH r ORDER BY r.id LIMIT $first
CALL (r) {
  OPTIONAL MATCH (r)-[d:DESCRIBES]->(n) WHERE r.gone_on IS NULL AND d.gone_on IS NULL AND n.gone_on IS NULL
  RETURN n LIMIT 1
}
CALL (n) {
  OPTIONAL MATCH (n)-[l]->(e) WHERE l.gone_on IS NULL AND l.digest IS NULL
  WITH l, e WHERE l IS NOT NULL
  RETURN collect({type: type(l), labels: labels(e), key: coalesce(e.id, e.code), props: properties(l), values: CASE WHEN type(l) IN $owned THEN properties(e) END}) AS links
}
CALL (n) {
  OPTIONAL MATCH (n)<-[d:DESCRIBES]-(other:SourceRecord) WHERE d.gone_on IS NULL AND other.gone_on IS NULL
  WITH other WHERE other IS NOT NULL
  RETURN collect(properties(other)) AS records
}
RETURN r.id AS id, r.statement AS statement, labels(n) AS labels, properties(n) AS node, links, records, [] /*withheld*/ AS withheld ORDER BY id
