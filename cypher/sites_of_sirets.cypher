// title:    Open sites of SIRET numbers
// question: Which open sites bear these SIRET numbers, and in which commune is each (S-3)?
// params:   sirets: [String]!
// returns:  siret, id, communes; one row a site, in no order; a commune with the rank of the source that says it
// uses:     GeographicEntity.siret, id (range)
MATCH (s:GeographicEntity)
WHERE s.siret IN $sirets AND s.id IS NOT NULL AND s.gone_on IS NULL AND s.closed_on IS NULL
RETURN s.siret AS siret, s.id AS id, [(s)-[r:LOCATED_IN]->(c:Commune) WHERE r.gone_on IS NULL | {code: c.code, rank: coalesce(r.source_rank, 0)}] AS communes
