// title:    Offers without activity
// question: Which live offers do not say what they do, so that a criterion on the activity is unknown for them?
// params:   first: Int!
// returns:  id; `first` at most, in no order
// uses:     a scan of all offers
MATCH (o:Offer) WHERE o.gone_on IS NULL AND size([(o)-[r:HAS_ACTIVITY]->() WHERE r.gone_on IS NULL | 1]) = 0
RETURN o.id AS id LIMIT $first
