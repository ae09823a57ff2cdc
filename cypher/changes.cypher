// title:    Changes since an instant
// question: What did the loads change since then, in the order in which it can be followed?
// params:   since: String!, after_id: String!, source: ID, label: ID, first: Int!
// returns:  node; by instant then id, only of loads that have ended
// uses:     Change.on; Run.status is read whole: one node a load
CALL () {
  OPTIONAL MATCH (r:Run) WHERE r.status IN ['reading', 'writing', 'closing']
  RETURN collect(r.id) AS under_way
}
CALL (under_way) {
  MATCH (c:Change) WHERE c.on = $since AND c.id > $after_id AND NOT c.run_id IN under_way
    AND ($source IS NULL OR c.of = $source) AND ($label IS NULL OR c.label = $label) /*sees Change c*/
  RETURN c ORDER BY c.on, c.id LIMIT $first
  UNION ALL
  MATCH (c:Change) WHERE c.on > $since AND c.id IS NOT NULL AND NOT c.run_id IN under_way AND ($source IS NULL OR c.of = $source) AND ($label IS NULL OR c.label = $label) /*sees Change c*/
  RETURN c ORDER BY c.on, c.id LIMIT $first
}
RETURN properties(c) AS node ORDER BY node.on, node.id LIMIT $first
