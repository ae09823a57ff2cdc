// title:    Nodes by key, number or beginning of their name
// question: Which nodes have this key or FINESS number, or a name that begins so?
// params:   key: String!, prefix: String!, kinds: [String]!, first: Int!
// returns:  kind, id, name, exact; the exact ones first, then by name and key
// uses:     unique keys; finess; folded of LegalEntity, GeographicEntity, OrganisationalUnit, Offer, Location, Commune, Department, Region, Concept, Application, Interface, Pathway
CALL () {
  MATCH (n:LegalEntity) WHERE 'LegalEntity' IN $kinds AND n.id = $key /*sees LegalEntity n*/ RETURN n, 'LegalEntity' AS kind, true AS exact
  UNION ALL
  MATCH (n:LegalEntity) WHERE 'LegalEntity' IN $kinds AND n.finess = $key AND n.id IS NOT NULL /*sees LegalEntity n*/ RETURN n, 'LegalEntity' AS kind, true AS exact
  UNION ALL
  MATCH (n:GeographicEntity) WHERE 'GeographicEntity' IN $kinds AND n.id = $key /*sees GeographicEntity n*/ RETURN n, 'GeographicEntity' AS kind, true AS exact
  UNION ALL
  MATCH (n:GeographicEntity) WHERE 'GeographicEntity' IN $kinds AND n.finess = $key AND n.id IS NOT NULL /*sees GeographicEntity n*/ RETURN n, 'GeographicEntity' AS kind, true AS exact
  UNION ALL
  MATCH (n:Offer) WHERE 'Offer' IN $kinds AND n.id = $key /*sees Offer n*/ RETURN n, 'Offer' AS kind, true AS exact
  UNION ALL
  MATCH (n:OrganisationalUnit) WHERE 'OrganisationalUnit' IN $kinds AND n.id = $key /*sees OrganisationalUnit n*/ RETURN n, 'OrganisationalUnit' AS kind, true AS exact
  UNION ALL
  MATCH (n:Location) WHERE 'Location' IN $kinds AND n.id = $key /*sees Location n*/ RETURN n, 'Location' AS kind, true AS exact
  UNION ALL
  MATCH (n:Practice) WHERE 'Practice' IN $kinds AND n.id = $key /*sees Practice n*/ RETURN n, 'Practice' AS kind, true AS exact
  UNION ALL
  MATCH (n:Professional) WHERE 'Professional' IN $kinds AND n.id IN [$key, '8' + $key, '0' + $key] /*sees Professional n*/ RETURN n, 'Professional' AS kind, true AS exact
  UNION ALL
  MATCH (n:Concept) WHERE 'Concept' IN $kinds AND n.id = $key RETURN n, 'Concept' AS kind, true AS exact
  UNION ALL
  MATCH (n:Commune) WHERE 'Commune' IN $kinds AND n.code = $key RETURN n, 'Commune' AS kind, true AS exact
  UNION ALL
  MATCH (n:Department) WHERE 'Department' IN $kinds AND n.code = $key RETURN n, 'Department' AS kind, true AS exact
  UNION ALL
  MATCH (n:Region) WHERE 'Region' IN $kinds AND n.code = $key RETURN n, 'Region' AS kind, true AS exact
  UNION ALL
  MATCH (n:Application) WHERE 'Application' IN $kinds AND n.code = $key /*sees Application n*/ RETURN n, 'Application' AS kind, true AS exact
  UNION ALL
  MATCH (n:Interface) WHERE 'Interface' IN $kinds AND n.code = $key /*sees Interface n*/ RETURN n, 'Interface' AS kind, true AS exact
  UNION ALL
  MATCH (n:Pathway) WHERE 'Pathway' IN $kinds AND n.code = $key RETURN n, 'Pathway' AS kind, true AS exact
  UNION ALL
  MATCH (n:LegalEntity) WHERE 'LegalEntity' IN $kinds AND n.folded STARTS WITH $prefix /*sees LegalEntity n*/ RETURN n, 'LegalEntity' AS kind, false AS exact LIMIT $first
  UNION ALL
  MATCH (n:GeographicEntity) WHERE 'GeographicEntity' IN $kinds AND n.folded STARTS WITH $prefix /*sees GeographicEntity n*/ RETURN n, 'GeographicEntity' AS kind, false AS exact LIMIT $first
  UNION ALL
  MATCH (n:Offer) WHERE 'Offer' IN $kinds AND n.folded STARTS WITH $prefix /*sees Offer n*/ RETURN n, 'Offer' AS kind, false AS exact LIMIT $first
  UNION ALL
  MATCH (n:OrganisationalUnit) WHERE 'OrganisationalUnit' IN $kinds AND n.folded STARTS WITH $prefix /*sees OrganisationalUnit n*/ RETURN n, 'OrganisationalUnit' AS kind, false AS exact LIMIT $first
  UNION ALL
  MATCH (n:Location) WHERE 'Location' IN $kinds AND n.folded STARTS WITH $prefix /*sees Location n*/ RETURN n, 'Location' AS kind, false AS exact LIMIT $first
  UNION ALL
  MATCH (n:Concept) WHERE 'Concept' IN $kinds AND n.folded STARTS WITH $prefix RETURN n, 'Concept' AS kind, false AS exact LIMIT $first
  UNION ALL
  MATCH (n:Commune) WHERE 'Commune' IN $kinds AND n.folded STARTS WITH $prefix RETURN n, 'Commune' AS kind, false AS exact LIMIT $first
  UNION ALL
  MATCH (n:Department) WHERE 'Department' IN $kinds AND n.folded STARTS WITH $prefix RETURN n, 'Department' AS kind, false AS exact LIMIT $first
  UNION ALL
  MATCH (n:Region) WHERE 'Region' IN $kinds AND n.folded STARTS WITH $prefix RETURN n, 'Region' AS kind, false AS exact LIMIT $first
  UNION ALL
  MATCH (n:Application) WHERE 'Application' IN $kinds AND n.folded STARTS WITH $prefix /*sees Application n*/ RETURN n, 'Application' AS kind, false AS exact LIMIT $first
  UNION ALL
  MATCH (n:Interface) WHERE 'Interface' IN $kinds AND n.folded STARTS WITH $prefix /*sees Interface n*/ RETURN n, 'Interface' AS kind, false AS exact LIMIT $first
  UNION ALL
  MATCH (n:Pathway) WHERE 'Pathway' IN $kinds AND n.folded STARTS WITH $prefix RETURN n, 'Pathway' AS kind, false AS exact LIMIT $first
}
WITH n, kind, exact WHERE n.gone_on IS NULL
WITH kind, coalesce(n.id, n.code) AS id, coalesce(n.name, n.label) AS name, max(CASE WHEN exact THEN 1 ELSE 0 END) = 1 AS exact
RETURN kind, id, name, exact
ORDER BY exact DESC, name, id LIMIT $first
