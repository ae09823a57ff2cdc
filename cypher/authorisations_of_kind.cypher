// title:    Authorisations of a kind
// question: Which live authorisations are of this kind? In pages.
// params:   of: ID!, after: ID!, limit: Int!
// returns:  id; by id
// uses:     Authorisation.id (unique)
MATCH (a:Authorisation) WHERE a.id STARTS WITH $of + '/' AND a.id > $after AND a.gone_on IS NULL
RETURN a.id AS id ORDER BY id LIMIT $limit
