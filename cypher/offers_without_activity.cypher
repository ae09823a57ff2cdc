// title:    Offers without activity
// question: Which live offers do not say what they do, so that a criterion on the activity is unknown for them?
// params:   first: Int!
// returns:  offers, ids; one row, `first` ids at most, in no order
// uses:     a scan of all offers
MATCH (o:Offer) WHERE o.gone_on IS NULL AND size([(o)-[r:HAS_ACTIVITY]->() WHERE r.gone_on IS NULL | 1]) = 0
RETURN count(o) AS offers, collect(o.id)[0..$first] AS ids
