// title:    Open sites of SIRET numbers
// question: Which open sites bear these SIRET numbers, and in which commune is each (S-3)?
// params:   sirets: [String]!
// returns:  siret, id, commune; by SIRET, then site
// uses:     GeographicEntity.siret, id (range)
UNWIND $sirets AS siret
MATCH (s:GeographicEntity {siret: siret})
WHERE s.id IS NOT NULL AND s.gone_on IS NULL AND s.closed_on IS NULL
OPTIONAL MATCH (s)-[r:LOCATED_IN]->(c:Commune) WHERE r.gone_on IS NULL
WITH siret, s, c, r ORDER BY r.source_rank
WITH siret, s, collect(c.code) AS communes
RETURN siret, s.id AS id, communes[0] AS commune ORDER BY siret, id
