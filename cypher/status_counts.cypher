// title:    What is in the graph
// question: How many nodes of each label does each source state, how many are gone, how many are stubs, and when was the newest seen?
// params:   none
// returns:  label, source, live, gone, stubs, last_seen; one row a label and source, by label and source
// uses:     a scan of all nodes
MATCH (n)
WITH head(labels(n)) AS label, n.source AS source, count(CASE WHEN n.gone_on IS NULL AND NOT coalesce(n.stub, false) THEN 1 END) AS live,
  count(CASE WHEN n.gone_on IS NOT NULL THEN 1 END) AS gone, count(CASE WHEN n.stub = true THEN 1 END) AS stubs, max(n.last_seen) AS last_seen
RETURN label, source, live, gone, stubs, last_seen
ORDER BY label, source
