// title:    Codes of a nomenclature
// question: Which live codes are of this nomenclature? In pages.
// params:   of: ID!, after: ID!, limit: Int!
// returns:  id; by id
// uses:     Concept.system (range)
MATCH (c:Concept {system: $of}) WHERE c.id > $after AND c.gone_on IS NULL
RETURN c.id AS id ORDER BY id LIMIT $limit
