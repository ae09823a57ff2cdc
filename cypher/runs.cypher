// title:    Runs
// question: Which loads were done, the newest first?
// params:   source: ID, after_started: String, after_id: ID, first: Int!
// returns:  node; by start then id, the newest first
// uses:     Run.of where a source is given
MATCH (r:Run)
WHERE ($source IS NULL OR r.of = $source)
  AND ($after_started IS NULL OR r.started < $after_started OR (r.started = $after_started AND r.id < $after_id)) /*sees Run r*/
RETURN properties(r) AS node
ORDER BY node.started DESC, node.id DESC LIMIT $first
