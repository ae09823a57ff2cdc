// title:    A load by id
// question: Is there this load, of which source, and where does it stand?
// params:   id: ID!
// returns:  node; at most one row
// uses:     Run.id (unique)
MATCH (r:Run {id: $id})
RETURN properties(r) AS node
