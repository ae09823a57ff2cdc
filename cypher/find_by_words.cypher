// title:    Nodes by words
// question: Which nodes have every word in their names, codes and numbers?
// params:   indexes: [String]!, query: String!, first: Int!
// returns:  kind, id, name, score; the best first, then by name and key
// uses:     the full-text indexes of `words`
UNWIND $indexes AS index
CALL (index) {
  CALL db.index.fulltext.queryNodes(index, $query) YIELD node, score
  WITH node, score WHERE node.gone_on IS NULL /*sees Node node*/
  RETURN node, score LIMIT 200
}
WITH head(labels(node)) AS kind, coalesce(node.id, node.code) AS id, coalesce(node.name, node.label) AS name, score
RETURN kind, id, name, score
ORDER BY score DESC, name, id LIMIT $first
