// title:    Objects that a ROR names by a logical id
// question: Which objects do these records of a source describe?
// params:   ids: [ID]!
// returns:  id, label, key; one row a record that is known, by id
// uses:     SourceRecord.id
UNWIND $ids AS wanted
MATCH (s:SourceRecord {id: wanted})-[d:DESCRIBES]->(n) WHERE d.gone_on IS NULL
RETURN s.id AS id, head(labels(n)) AS label, n.id AS key
ORDER BY id
