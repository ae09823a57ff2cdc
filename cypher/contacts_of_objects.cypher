// title:    Contacts of objects
// question: Whom does one ask for at these objects of one label, and how is each reached?
// params:   label: ID!, ids: [ID]!
// returns:  id, contacts; one row an object with contacts, its contacts and their telecoms by key
// uses:     id of Offer, GeographicEntity, LegalEntity, OrganisationalUnit (unique)
UNWIND $ids AS id
CALL (id) {
  MATCH (o:Offer) WHERE $label = 'Offer' AND o.id = id RETURN o
  UNION ALL
  MATCH (o:GeographicEntity) WHERE $label = 'GeographicEntity' AND o.id = id RETURN o
  UNION ALL
  MATCH (o:LegalEntity) WHERE $label = 'LegalEntity' AND o.id = id RETURN o
  UNION ALL
  MATCH (o:OrganisationalUnit) WHERE $label = 'OrganisationalUnit' AND o.id = id RETURN o
}
MATCH (o)-[r:HAS_CONTACT]->(c:Contact) WHERE r.gone_on IS NULL AND c.gone_on IS NULL /*sees Contact c of Node o*/
WITH DISTINCT id, c
CALL (c) {
  OPTIONAL MATCH (c)-[r:HAS_TELECOM]->(t:Telecom) WHERE r.gone_on IS NULL AND t.gone_on IS NULL /*sees Telecom t of Contact c*/
  WITH DISTINCT t ORDER BY t.id
  RETURN collect(properties(t)) AS telecoms
}
WITH id, c, telecoms ORDER BY id, c.id
RETURN id, collect({contact: properties(c), telecoms: telecoms}) AS contacts
