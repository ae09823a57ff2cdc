// title:    Changes of a load
// question: What did this load change, against the one of the same source before it?
// params:   run: ID!, label: ID, after: ID, first: Int!
// returns:  node; by id, that is by label, object and property
// uses:     Change.run_id
MATCH (c:Change) WHERE c.run_id = $run AND c.id IS NOT NULL AND ($after IS NULL OR c.id > $after) AND ($label IS NULL OR c.label = $label) /*sees Change c*/
RETURN properties(c) AS node ORDER BY node.id LIMIT $first
