// title:    Who says what of objects
// question: What do the graph and each ROR say of these objects of one label?
// params:   label: ID!, ids: [ID]!, owned: [String]!
// returns:  id, node, links, records, withheld; one row an object that exists, its records by id, those that are gone too; withheld: properties and relations of which the caller is told nothing
// uses:     id of Offer, GeographicEntity, LegalEntity, OrganisationalUnit, Location, Professional, Practice (unique)
UNWIND $ids AS id
CALL (id) {
  MATCH (n:Offer) WHERE $label = 'Offer' AND n.id = id RETURN n
  UNION ALL
  MATCH (n:GeographicEntity) WHERE $label = 'GeographicEntity' AND n.id = id RETURN n
  UNION ALL
  MATCH (n:LegalEntity) WHERE $label = 'LegalEntity' AND n.id = id RETURN n
  UNION ALL
  MATCH (n:OrganisationalUnit) WHERE $label = 'OrganisationalUnit' AND n.id = id RETURN n
  UNION ALL
  MATCH (n:Location) WHERE $label = 'Location' AND n.id = id RETURN n
  UNION ALL
  MATCH (n:Professional) WHERE $label = 'Professional' AND n.id = id RETURN n
  UNION ALL
  MATCH (n:Practice) WHERE $label = 'Practice' AND n.id = id RETURN n
}
CALL (n) {
  OPTIONAL MATCH (n)-[l]->(e) WHERE l.gone_on IS NULL AND l.digest IS NULL
  WITH l, e WHERE l IS NOT NULL
  RETURN collect({type: type(l), labels: labels(e), key: coalesce(e.id, e.code), props: properties(l), values: CASE WHEN type(l) IN $owned THEN properties(e) END}) AS links
}
CALL (n) {
  OPTIONAL MATCH (n)<-[d:DESCRIBES]-(other:SourceRecord) WHERE d.gone_on IS NULL OR other.gone_on IS NOT NULL
  WITH DISTINCT other WHERE other IS NOT NULL ORDER BY other.id
  RETURN collect(properties(other)) AS records
}
RETURN id, properties(n) AS node, links, records, [] /*withheld*/ AS withheld
