// title:    Applications
// question: Which applications are of this kind, deployed in this region, with these words in their name or code?
// params:   kind: ID, region: ID, words: [String]!, after: ID, first: Int!
// returns:  node, regions; by code
// uses:     Application.code (unique)
MATCH (a:Application)
WHERE a.gone_on IS NULL AND NOT coalesce(a.stub, false) AND ($kind IS NULL OR a.kind = $kind) AND ($after IS NULL OR a.code > $after)
  AND all(word IN $words WHERE a.folded CONTAINS word)
WITH a, [(a)-[r:DEPLOYED_IN]->(x:Region) WHERE r.gone_on IS NULL | x.code] AS regions
WHERE $region IS NULL OR $region IN regions
RETURN properties(a) AS node, regions
ORDER BY node.code LIMIT $first
