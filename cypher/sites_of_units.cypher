// title:    Sites of organisational units
// question: Of which site are these units, over the units that they are part of?
// params:   ids: [ID]!
// returns:  unit, site; one row a unit with a site, in the order of `ids`
// uses:     OrganisationalUnit.id (unique)
UNWIND $ids AS id
MATCH (u:OrganisationalUnit {id: id})
CALL (u) {
  MATCH (u)-[r:PART_OF*1..4]->(s:GeographicEntity) WHERE all(part IN r WHERE part.gone_on IS NULL)
  RETURN s LIMIT 1
}
RETURN u.id AS unit, s.id AS site
