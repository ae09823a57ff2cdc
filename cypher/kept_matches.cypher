// title:    Matches that are kept
// question: Which of these things are said to be the same as another, by which rule or person, and where does it stand?
// params:   offers: [ID]!, sites: [ID]!, entities: [ID]!, places: [ID]!
// returns:  label, a, b, rule, state, by, on; one row a relation, in no order
// uses:     Offer.id, GeographicEntity.id, LegalEntity.id, Location.id (unique)
CALL () {
  UNWIND $offers AS id MATCH (a:Offer {id: id})-[r:SAME_AS]-(b:Offer) RETURN 'Offer' AS label, a.id AS a, b.id AS b, r
  UNION ALL
  UNWIND $sites AS id MATCH (a:GeographicEntity {id: id})-[r:SAME_AS]-(b:GeographicEntity) RETURN 'GeographicEntity' AS label, a.id AS a, b.id AS b, r
  UNION ALL
  UNWIND $entities AS id MATCH (a:LegalEntity {id: id})-[r:SAME_AS]-(b:LegalEntity) RETURN 'LegalEntity' AS label, a.id AS a, b.id AS b, r
  UNION ALL
  UNWIND $places AS id MATCH (a:Location {id: id})-[r:SAME_AS]-(b:Location) RETURN 'Location' AS label, a.id AS a, b.id AS b, r
}
RETURN DISTINCT label, a, b, r.rule AS rule, r.state AS state, r.by AS by, r.on AS on
