// title:    Codes of objects
// question: Which codes hang on these objects of one label by `relation` (equipment, housing, activities, specialties...), and how many of each?
// params:   label: ID!, ids: [ID]!, relation: ID!
// returns:  id, codes; one row an object with such codes, its codes by id
// uses:     id of Offer, Location, OrganisationalUnit, Practice (unique)
UNWIND $ids AS id
CALL (id) {
  MATCH (o:Offer) WHERE $label = 'Offer' AND o.id = id RETURN o
  UNION ALL
  MATCH (o:Location) WHERE $label = 'Location' AND o.id = id RETURN o
  UNION ALL
  MATCH (o:OrganisationalUnit) WHERE $label = 'OrganisationalUnit' AND o.id = id RETURN o
  UNION ALL
  MATCH (o:Practice) WHERE $label = 'Practice' AND o.id = id RETURN o
}
MATCH (o)-[r:HAS_EQUIPMENT|HAS_HOUSING|HAS_ACTIVITY|HAS_SPECIALTY|HAS_COMPETENCE]->(k:Concept) WHERE type(r) = $relation AND r.gone_on IS NULL /*sees relation r of Node o*/
WITH id, k, r ORDER BY id, k.id
RETURN id, collect({id: k.id, label: k.label, in_service: r.in_service, limits: r.limits, count: r.count, type: r.type}) AS codes
