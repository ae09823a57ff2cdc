// title:    Regions where offers are loaded
// question: In which of these regions is a live offer of one of these fields of activity (of any field when the list is empty)?
// params:   regions: [ID]!, fields: [ID]!
// returns:  region; one row a region, by code
// uses:     Region.code (unique)
MATCH (g:Region) WHERE g.code IN $regions
CALL (g) {
  MATCH (g)<-[:IN]-(:Department)<-[:IN*1..2]-(:Commune)<-[:LOCATED_IN]-(p:GeographicEntity|LegalEntity)<-[:PART_OF*0..3]-(h)<-[:OFFERED_BY]-(o:Offer)
  WHERE o.gone_on IS NULL AND NOT coalesce(o.stub, false) AND (size($fields) = 0 OR o.field_of_activity IN $fields) /*sees Offer o*/
  RETURN o.id AS one LIMIT 1
}
RETURN DISTINCT g.code AS region ORDER BY region
