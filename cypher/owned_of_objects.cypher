// title:    What objects own
// question: Which capacities, hours, tariffs or telecoms (by `relation`) hang on these objects of one label?
// params:   label: ID!, ids: [ID]!, relation: ID!
// returns:  id, owned; one row an object that owns any, what it owns by key
// uses:     id of Offer, GeographicEntity, LegalEntity, OrganisationalUnit, Location, Practice (unique)
UNWIND $ids AS id
CALL (id) {
  MATCH (o:Offer) WHERE $label = 'Offer' AND o.id = id RETURN o
  UNION ALL
  MATCH (o:GeographicEntity) WHERE $label = 'GeographicEntity' AND o.id = id RETURN o
  UNION ALL
  MATCH (o:LegalEntity) WHERE $label = 'LegalEntity' AND o.id = id RETURN o
  UNION ALL
  MATCH (o:OrganisationalUnit) WHERE $label = 'OrganisationalUnit' AND o.id = id RETURN o
  UNION ALL
  MATCH (o:Location) WHERE $label = 'Location' AND o.id = id RETURN o
  UNION ALL
  MATCH (o:Practice) WHERE $label = 'Practice' AND o.id = id RETURN o
}
MATCH (o)-[r:HAS_CAPACITY|HAS_HOURS|HAS_TARIFF|HAS_TELECOM]->(n) WHERE type(r) = $relation AND r.gone_on IS NULL AND n.gone_on IS NULL /*sees Node n of Node o*/
WITH DISTINCT id, n ORDER BY id, n.id
RETURN id, collect(properties(n) /*shown Node n*/) AS owned
