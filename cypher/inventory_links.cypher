// title:    Relations of the inventory, whole
// question: Which relations start at an application, interface, flow, usage, pathway or step of the inventory, and what is stated on each?
// params:   none
// returns:  section, start, relation, end, link; one row a relation and source, by section, start, relation and end
// uses:     labels Application, Interface, Flow, Usage, Pathway, Step
CALL () {
  MATCH (a:Application)-[r:OWNED_BY|OPERATED_BY|PUBLISHED_BY|DEPLOYED_IN|CONNECTED_TO|ENTERS]->(b)
  RETURN 'applications' AS section, a.code AS start, type(r) AS relation, b.code AS end, properties(r) AS link
  UNION ALL
  MATCH (a:Interface)-[r:EXPOSED_BY|OWNED_BY|SERVES|REPLACED_BY]->(b)
  RETURN 'interfaces' AS section, a.code AS start, type(r) AS relation, b.code AS end, properties(r) AS link
  UNION ALL
  MATCH (a:Flow)-[r:CONSUMER|CALLS|PRODUCER|FEEDS|CARRIES|FOR_USAGE]->(b)
  RETURN 'flows' AS section, a.code AS start, type(r) AS relation, b.code AS end, properties(r) AS link
  UNION ALL
  MATCH (a:Usage)-[r:NEEDS]->(b) RETURN 'usages' AS section, a.code AS start, type(r) AS relation, b.code AS end, properties(r) AS link
  UNION ALL
  MATCH (a:Usage)-[r:SUPPORTS]->(b:Pathway) RETURN 'usages' AS section, a.code AS start, type(r) AS relation, b.code AS end, properties(r) AS link
  UNION ALL
  MATCH (a:Usage)-[r:SUPPORTS]->(b:Step) RETURN 'usages' AS section, a.code AS start, type(r) AS relation, b.id AS end, properties(r) AS link
  UNION ALL
  MATCH (a:Pathway)-[r:HAS_STEP]->(b) RETURN 'pathways' AS section, a.code AS start, type(r) AS relation, b.id AS end, properties(r) AS link
  UNION ALL
  MATCH (a:Step)-[r:NEXT]->(b) RETURN 'steps' AS section, a.id AS start, type(r) AS relation, b.id AS end, properties(r) AS link
}
WITH section, start, relation, end, link WHERE link.gone_on IS NULL
RETURN section, start, relation, end, link
ORDER BY section, start, relation, end
