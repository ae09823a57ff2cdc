// title:    Units of objects
// question: Which live units (pôle, service, UF) are directly part of these sites or units?
// params:   label: ID!, ids: [ID]!
// returns:  id, units; one row an object with units, their ids in order
// uses:     id of GeographicEntity, OrganisationalUnit (unique)
UNWIND $ids AS id
CALL (id) {
  MATCH (o:GeographicEntity) WHERE $label = 'GeographicEntity' AND o.id = id RETURN o
  UNION ALL
  MATCH (o:OrganisationalUnit) WHERE $label = 'OrganisationalUnit' AND o.id = id RETURN o
}
MATCH (u:OrganisationalUnit)-[r:PART_OF]->(o) WHERE r.gone_on IS NULL AND u.gone_on IS NULL /*sees OrganisationalUnit u*/
WITH DISTINCT id, u.id AS unit ORDER BY id, unit
RETURN id, collect(unit) AS units
