// title:    Changes of objects
// question: What did the loads change of these objects, the newest first?
// params:   label: ID!, ids: [ID]!, first: Int!
// returns:  id, changes; one row an object that was changed, its changes the newest first
// uses:     Change.object
UNWIND $ids AS id
CALL (id) {
  MATCH (c:Change) WHERE c.object = id AND c.id IS NOT NULL AND c.label = $label /*sees Change c*/
  WITH c ORDER BY c.on DESC, c.id LIMIT $first
  RETURN collect(properties(c)) AS changes
}
WITH id, changes WHERE size(changes) > 0
RETURN id, changes
