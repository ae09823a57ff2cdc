// title:    Regions with a ROR
// question: In which regions does a ROR declare live offers?
// params:   none
// returns:  region; one row a region, by code
// uses:     Offer.source_region
MATCH (g:Region)
CALL (g) {
  MATCH (o:Offer) WHERE o.source_region = g.code AND o.origin = 'DECLARED' AND o.gone_on IS NULL
  RETURN o.id AS one LIMIT 1
}
RETURN DISTINCT g.code AS region ORDER BY region
