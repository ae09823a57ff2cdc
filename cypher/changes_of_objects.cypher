// title:    Changes of objects
// question: What did the loads change of these objects?
// params:   label: ID!, ids: [ID]!
// returns:  id, node; one row a change, in no order
// uses:     Change.object
MATCH (c:Change) WHERE c.object IN $ids AND c.id IS NOT NULL AND c.label = $label /*sees Change c*/
RETURN c.object AS id, properties(c) AS node
