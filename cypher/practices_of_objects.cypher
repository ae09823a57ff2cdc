// title:    Practices of objects
// question: Which live practices are of these professionals, at these sites, or for these offers?
// params:   label: ID!, ids: [ID]!
// returns:  id, practices; one row an object with practices, their ids in order
// uses:     id of Professional, GeographicEntity, Offer (unique)
UNWIND $ids AS id
CALL (id) {
  MATCH (o:Professional) WHERE $label = 'Professional' AND o.id = id RETURN o
  UNION ALL
  MATCH (o:GeographicEntity) WHERE $label = 'GeographicEntity' AND o.id = id RETURN o
  UNION ALL
  MATCH (o:Offer) WHERE $label = 'Offer' AND o.id = id RETURN o
}
MATCH (p:Practice)-[r:BY|AT|FOR]->(o) WHERE r.gone_on IS NULL AND p.gone_on IS NULL /*sees Practice p*/
WITH DISTINCT id, p.id AS practice ORDER BY id, practice
RETURN id, collect(practice) AS practices
