// title:    A region with a ROR
// question: Does a ROR declare live offers in this region?
// params:   region: ID!
// returns:  id; of one of them, none when it does not
// uses:     Offer.source_region
MATCH (o:Offer) WHERE o.source_region = $region AND o.id IS NOT NULL AND o.origin = 'DECLARED' AND o.gone_on IS NULL AND NOT coalesce(o.stub, false) /*sees Offer o*/
RETURN o.id AS id LIMIT 1
