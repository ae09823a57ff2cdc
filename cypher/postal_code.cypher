// title:    The communes of a postal code
// question: Which communes have this postal code, and which areas hold each (itself too; each its label, a colon, its key)? A city told by arrondissements is left to these.
// params:   postal_code: ID!
// returns:  code, areas; one row a commune, by code
// uses:     label Commune
MATCH (c:Commune) WHERE $postal_code IN c.postal_codes AND size([(c)<-[:IN]-(a:Commune) | 1]) = 0
RETURN c.code AS code, [(c)-[:IN*0..3]->(t) | head(labels(t)) + ':' + t.code]
  + [(c)-[:IN*0..2]->(t)<-[q:CONTAINS]-(z:HealthTerritory) WHERE q.gone_on IS NULL | 'HealthTerritory:' + z.id] AS areas
ORDER BY code
