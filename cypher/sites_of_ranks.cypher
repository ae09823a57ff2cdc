// title:    Sites of RPPS-rang and ADELI-rang numbers
// question: Which live sites bear these rangs (S-2)?
// params:   ranks: [String]!
// returns:  rank, id; by rang, then site
// uses:     GeographicEntity.rpps_rank, id and adeli_rank, id (range)
UNWIND $ranks AS rank
CALL (rank) {
  MATCH (s:GeographicEntity {rpps_rank: rank}) WHERE s.id IS NOT NULL AND s.gone_on IS NULL
  RETURN s.id AS id
  UNION
  MATCH (s:GeographicEntity {adeli_rank: rank}) WHERE s.id IS NOT NULL AND s.gone_on IS NULL
  RETURN s.id AS id
}
RETURN rank, id ORDER BY rank, id
