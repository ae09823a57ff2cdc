// title:    Closed sites
// question: Which live sites are stated to be closed? In pages.
// params:   after: ID!, limit: Int!
// returns:  id; by id
// uses:     GeographicEntity.id (unique)
MATCH (s:GeographicEntity) WHERE s.id > $after AND s.closed_on IS NOT NULL AND s.gone_on IS NULL
RETURN s.id AS id ORDER BY id LIMIT $limit
