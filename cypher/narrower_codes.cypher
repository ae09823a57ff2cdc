// title:    Codes with their narrower codes
// question: Which of these codes are loaded, and which codes are narrower?
// params:   codes: [ID]!
// returns:  code, narrower; one row a code that is loaded, by code
// uses:     Concept.id (unique)
MATCH (c:Concept) WHERE c.id IN $codes
OPTIONAL MATCH (c)<-[:BROADER*1..8]-(n:Concept)
WITH c.id AS code, n.id AS below ORDER BY below
RETURN code, collect(DISTINCT below) AS narrower
ORDER BY code
