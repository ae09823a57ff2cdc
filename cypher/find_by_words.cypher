// title:    Nodes by words
// question: Which nodes have every word in their names, codes and numbers?
// params:   indexes: [String]!, query: String!, first: Int!
// returns:  kind, id, name; those with the fewest other words first, then by name and key; never by the score of the index, which counts what is hidden too (A-2)
// uses:     the full-text indexes of `words`
UNWIND $indexes AS index
CALL (index) {
  CALL db.index.fulltext.queryNodes(index, $query) YIELD node, score
  WITH node WHERE node.gone_on IS NULL /*sees Node node*/
  RETURN node LIMIT 200
}
WITH head(labels(node)) AS kind, coalesce(node.id, node.code) AS id, coalesce(node.name, node.label) AS name, size(coalesce(node.words, '')) AS length
RETURN kind, id, name
ORDER BY length, name, id LIMIT $first
