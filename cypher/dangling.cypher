// title:    What is dangling
// question: How many relations of each source lead to something that is known by an id of that source only (M-10)?
// params:   none
// returns:  source, relation, dangling; one row a source and relation, by source and relation
// uses:     label Dangling
MATCH (d:Dangling) WHERE d.gone_on IS NULL
RETURN d.source AS source, d.relation AS relation, count(d) AS dangling
ORDER BY source, relation
