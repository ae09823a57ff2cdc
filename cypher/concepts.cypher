// title:    Codes of a nomenclature
// question: Which codes does this nomenclature have, whose label or code holds each word?
// params:   system: ID!, words: [String]!, after: ID, first: Int!
// returns:  id, code, label, short_label, valid_from, valid_to, broader; by id
// uses:     Concept.system
MATCH (c:Concept) WHERE c.system = $system AND c.id IS NOT NULL AND c.gone_on IS NULL AND ($after IS NULL OR c.id > $after)
  AND all(word IN $words WHERE c.folded CONTAINS word)
WITH c ORDER BY c.id LIMIT $first
RETURN c.id AS id, c.code AS code, c.label AS label, c.short_label AS short_label, c.valid_from AS valid_from, c.valid_to AS valid_to,
  [(c)-[r:BROADER]->(b:Concept) WHERE r.gone_on IS NULL | b.id] AS broader
ORDER BY id
