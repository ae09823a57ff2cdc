// title:    Closed legal entities
// question: Which live legal entities are stated to be closed? In pages.
// params:   after: ID!, limit: Int!
// returns:  id; by id
// uses:     LegalEntity.id (unique)
MATCH (s:LegalEntity) WHERE s.id > $after AND s.closed_on IS NOT NULL AND s.gone_on IS NULL
RETURN s.id AS id ORDER BY id LIMIT $limit
