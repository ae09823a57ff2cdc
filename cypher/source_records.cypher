// title:    What a ROR states
// question: Which offers, locations, practices, units, sites and entities does this ROR state now, and how?
// params:   prefix: String!
// returns:  label, key, region, identifier, internal, statement; one row a live record, in no order
// uses:     SourceRecord.id (unique): ids begin with the stamp of their source
MATCH (r:SourceRecord)-[:DESCRIBES]->(n)
WHERE r.id STARTS WITH $prefix AND r.gone_on IS NULL AND NOT n:Professional
RETURN head(labels(n)) AS label, n.id AS key, r.region AS region, r.stated_id AS identifier, r.internal_id AS internal, r.statement AS statement
