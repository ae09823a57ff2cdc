// title:    Nodes by key, number or beginning of their name
// question: Which nodes have this key or FINESS number, or a name that begins so?
// params:   key: String!, rpps: String!, adeli: String!, prefix: String!, kinds: [String]!, first: Int!
// returns:  kind, id, name, exact; in no order, a node once for each way in which it is found: at the top, for inside a CALL the embedded server uses no index
// uses:     unique keys; finess; folded of LegalEntity, GeographicEntity, OrganisationalUnit, Offer, Location, Commune, Department, Region, Concept, Application, Interface, Pathway
MATCH (n:LegalEntity) WHERE 'LegalEntity' IN $kinds AND n.id = $key AND n.gone_on IS NULL /*sees LegalEntity n*/ RETURN 'LegalEntity' AS kind, n.id AS id, n.name AS name, true AS exact
UNION ALL
MATCH (n:LegalEntity) WHERE 'LegalEntity' IN $kinds AND n.finess = $key AND n.id IS NOT NULL AND n.gone_on IS NULL /*sees LegalEntity n*/ RETURN 'LegalEntity' AS kind, n.id AS id, n.name AS name, true AS exact
UNION ALL
MATCH (n:GeographicEntity) WHERE 'GeographicEntity' IN $kinds AND n.id = $key AND n.gone_on IS NULL /*sees GeographicEntity n*/ RETURN 'GeographicEntity' AS kind, n.id AS id, n.name AS name, true AS exact
UNION ALL
MATCH (n:GeographicEntity) WHERE 'GeographicEntity' IN $kinds AND n.finess = $key AND n.id IS NOT NULL AND n.gone_on IS NULL /*sees GeographicEntity n*/ RETURN 'GeographicEntity' AS kind, n.id AS id, n.name AS name, true AS exact
UNION ALL
MATCH (n:Offer) WHERE 'Offer' IN $kinds AND n.id = $key AND n.gone_on IS NULL /*sees Offer n*/ RETURN 'Offer' AS kind, n.id AS id, n.name AS name, true AS exact
UNION ALL
MATCH (n:OrganisationalUnit) WHERE 'OrganisationalUnit' IN $kinds AND n.id = $key AND n.gone_on IS NULL /*sees OrganisationalUnit n*/ RETURN 'OrganisationalUnit' AS kind, n.id AS id, n.name AS name, true AS exact
UNION ALL
MATCH (n:Location) WHERE 'Location' IN $kinds AND n.id = $key AND n.gone_on IS NULL /*sees Location n*/ RETURN 'Location' AS kind, n.id AS id, n.name AS name, true AS exact
UNION ALL
MATCH (n:Practice) WHERE 'Practice' IN $kinds AND n.id = $key AND n.gone_on IS NULL /*sees Practice n*/ RETURN 'Practice' AS kind, n.id AS id, null AS name, true AS exact
UNION ALL
MATCH (n:Professional) WHERE 'Professional' IN $kinds AND n.id = $key AND n.gone_on IS NULL /*sees Professional n*/ RETURN 'Professional' AS kind, n.id AS id, null AS name, true AS exact
UNION ALL
MATCH (n:Professional) WHERE 'Professional' IN $kinds AND n.id = $rpps AND n.gone_on IS NULL /*sees Professional n*/ RETURN 'Professional' AS kind, n.id AS id, null AS name, true AS exact
UNION ALL
MATCH (n:Professional) WHERE 'Professional' IN $kinds AND n.id = $adeli AND n.gone_on IS NULL /*sees Professional n*/ RETURN 'Professional' AS kind, n.id AS id, null AS name, true AS exact
UNION ALL
MATCH (n:Concept) WHERE 'Concept' IN $kinds AND n.id = $key AND n.gone_on IS NULL RETURN 'Concept' AS kind, n.id AS id, n.label AS name, true AS exact
UNION ALL
MATCH (n:Commune) WHERE 'Commune' IN $kinds AND n.code = $key AND n.gone_on IS NULL RETURN 'Commune' AS kind, n.code AS id, n.name AS name, true AS exact
UNION ALL
MATCH (n:Department) WHERE 'Department' IN $kinds AND n.code = $key AND n.gone_on IS NULL RETURN 'Department' AS kind, n.code AS id, n.name AS name, true AS exact
UNION ALL
MATCH (n:Region) WHERE 'Region' IN $kinds AND n.code = $key AND n.gone_on IS NULL RETURN 'Region' AS kind, n.code AS id, n.name AS name, true AS exact
UNION ALL
MATCH (n:Application) WHERE 'Application' IN $kinds AND n.code = $key AND n.gone_on IS NULL /*sees Application n*/ RETURN 'Application' AS kind, n.code AS id, n.name AS name, true AS exact
UNION ALL
MATCH (n:Interface) WHERE 'Interface' IN $kinds AND n.code = $key AND n.gone_on IS NULL /*sees Interface n*/ RETURN 'Interface' AS kind, n.code AS id, n.name AS name, true AS exact
UNION ALL
MATCH (n:Pathway) WHERE 'Pathway' IN $kinds AND n.code = $key AND n.gone_on IS NULL RETURN 'Pathway' AS kind, n.code AS id, n.name AS name, true AS exact
UNION ALL
MATCH (n:LegalEntity) WHERE 'LegalEntity' IN $kinds AND n.folded STARTS WITH $prefix AND n.gone_on IS NULL /*sees LegalEntity n*/ RETURN 'LegalEntity' AS kind, n.id AS id, n.name AS name, false AS exact LIMIT $first
UNION ALL
MATCH (n:GeographicEntity) WHERE 'GeographicEntity' IN $kinds AND n.folded STARTS WITH $prefix AND n.gone_on IS NULL /*sees GeographicEntity n*/ RETURN 'GeographicEntity' AS kind, n.id AS id, n.name AS name, false AS exact LIMIT $first
UNION ALL
MATCH (n:Offer) WHERE 'Offer' IN $kinds AND n.folded STARTS WITH $prefix AND n.gone_on IS NULL /*sees Offer n*/ RETURN 'Offer' AS kind, n.id AS id, n.name AS name, false AS exact LIMIT $first
UNION ALL
MATCH (n:OrganisationalUnit) WHERE 'OrganisationalUnit' IN $kinds AND n.folded STARTS WITH $prefix AND n.gone_on IS NULL /*sees OrganisationalUnit n*/ RETURN 'OrganisationalUnit' AS kind, n.id AS id, n.name AS name, false AS exact LIMIT $first
UNION ALL
MATCH (n:Location) WHERE 'Location' IN $kinds AND n.folded STARTS WITH $prefix AND n.gone_on IS NULL /*sees Location n*/ RETURN 'Location' AS kind, n.id AS id, n.name AS name, false AS exact LIMIT $first
UNION ALL
MATCH (n:Concept) WHERE 'Concept' IN $kinds AND n.folded STARTS WITH $prefix AND n.gone_on IS NULL RETURN 'Concept' AS kind, n.id AS id, n.label AS name, false AS exact LIMIT $first
UNION ALL
MATCH (n:Commune) WHERE 'Commune' IN $kinds AND n.folded STARTS WITH $prefix AND n.gone_on IS NULL RETURN 'Commune' AS kind, n.code AS id, n.name AS name, false AS exact LIMIT $first
UNION ALL
MATCH (n:Department) WHERE 'Department' IN $kinds AND n.folded STARTS WITH $prefix AND n.gone_on IS NULL RETURN 'Department' AS kind, n.code AS id, n.name AS name, false AS exact LIMIT $first
UNION ALL
MATCH (n:Region) WHERE 'Region' IN $kinds AND n.folded STARTS WITH $prefix AND n.gone_on IS NULL RETURN 'Region' AS kind, n.code AS id, n.name AS name, false AS exact LIMIT $first
UNION ALL
MATCH (n:Application) WHERE 'Application' IN $kinds AND n.folded STARTS WITH $prefix AND n.gone_on IS NULL /*sees Application n*/ RETURN 'Application' AS kind, n.code AS id, n.name AS name, false AS exact LIMIT $first
UNION ALL
MATCH (n:Interface) WHERE 'Interface' IN $kinds AND n.folded STARTS WITH $prefix AND n.gone_on IS NULL /*sees Interface n*/ RETURN 'Interface' AS kind, n.code AS id, n.name AS name, false AS exact LIMIT $first
UNION ALL
MATCH (n:Pathway) WHERE 'Pathway' IN $kinds AND n.folded STARTS WITH $prefix AND n.gone_on IS NULL RETURN 'Pathway' AS kind, n.code AS id, n.name AS name, false AS exact LIMIT $first
