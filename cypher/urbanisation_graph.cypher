// title:    The urbanisation graph
// question: Which live relations join applications, interfaces, flows, usages, steps and pathways?
// params:   none
// returns:  relation, start_label, start, start_name, end_label, end, end_name; one row a relation and pair, by start, relation and end
// uses:     labels Interface, Flow, Usage, Pathway
CALL () {
  MATCH (a:Interface)-[r:EXPOSED_BY]->(b:Application) WHERE r.gone_on IS NULL RETURN a, type(r) AS relation, b
  UNION ALL
  MATCH (a:Flow)-[r:CONSUMER|PRODUCER]->(b:Application) WHERE r.gone_on IS NULL RETURN a, type(r) AS relation, b
  UNION ALL
  MATCH (a:Flow)-[r:CALLS|FEEDS]->(b:Interface) WHERE r.gone_on IS NULL RETURN a, type(r) AS relation, b
  UNION ALL
  MATCH (a:Flow)-[r:FOR_USAGE]->(b:Usage) WHERE r.gone_on IS NULL RETURN a, type(r) AS relation, b
  UNION ALL
  MATCH (a:Usage)-[r:SUPPORTS]->(b) WHERE r.gone_on IS NULL RETURN a, type(r) AS relation, b
  UNION ALL
  MATCH (a:Application)-[r:DEPLOYED_IN]->(b:Region) WHERE r.gone_on IS NULL RETURN a, type(r) AS relation, b
}
WITH a, relation, b WHERE a.gone_on IS NULL AND b.gone_on IS NULL
WITH DISTINCT a, relation, b,
  CASE WHEN a:Interface THEN 'Interface' WHEN a:Flow THEN 'Flow' WHEN a:Usage THEN 'Usage' ELSE 'Application' END AS start_label,
  CASE WHEN b:Application THEN 'Application' WHEN b:Interface THEN 'Interface' WHEN b:Usage THEN 'Usage' WHEN b:Step THEN 'Step' WHEN b:Region THEN 'Region'
    ELSE 'Pathway' END AS end_label
RETURN relation, start_label, a.code AS start, a.name AS start_name, end_label, CASE WHEN b:Step THEN b.id ELSE b.code END AS end, b.name AS end_name
ORDER BY start_label, start, relation, end
