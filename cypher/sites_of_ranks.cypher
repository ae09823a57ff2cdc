// title:    Sites of RPPS-rang and ADELI-rang numbers
// question: Which live sites bear these rangs (S-2)?
// params:   ranks: [String]!
// returns:  rank, id; one row a site and rang, in no order
// uses:     GeographicEntity.rpps_rank, id and adeli_rank, id (range)
MATCH (s:GeographicEntity) WHERE s.rpps_rank IN $ranks AND s.id IS NOT NULL AND s.gone_on IS NULL
RETURN s.rpps_rank AS rank, s.id AS id
UNION
MATCH (s:GeographicEntity) WHERE s.adeli_rank IN $ranks AND s.id IS NOT NULL AND s.gone_on IS NULL
RETURN s.adeli_rank AS rank, s.id AS id
