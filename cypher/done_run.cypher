// title:    A finished load of a source
// question: Was this source ever loaded to the end?
// params:   source: ID!
// returns:  id; at most one row
// uses:     Run.of
MATCH (r:Run) WHERE r.of = $source AND r.id IS NOT NULL AND r.status = 'done'
RETURN r.id AS id ORDER BY id LIMIT 1
