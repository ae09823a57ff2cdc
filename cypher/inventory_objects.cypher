// title:    Objects of the inventory, whole
// question: What is stated of each region, actor, class, usage, pathway, step, application, interface and flow?
// params:   none
// returns:  section, node; one row an object, by section and code
// uses:     labels Region, Actor, DataClass, Usage, Pathway, Step, Application, Interface, Flow
CALL () {
  MATCH (n:Region) RETURN 'regions' AS section, n
  UNION ALL
  MATCH (n:Actor) RETURN 'actors' AS section, n
  UNION ALL
  MATCH (n:DataClass) RETURN 'classes' AS section, n
  UNION ALL
  MATCH (n:Usage) RETURN 'usages' AS section, n
  UNION ALL
  MATCH (n:Pathway) RETURN 'pathways' AS section, n
  UNION ALL
  MATCH (n:Step) RETURN 'steps' AS section, n
  UNION ALL
  MATCH (n:Application) RETURN 'applications' AS section, n
  UNION ALL
  MATCH (n:Interface) RETURN 'interfaces' AS section, n
  UNION ALL
  MATCH (n:Flow) RETURN 'flows' AS section, n
}
WITH section, n WHERE n.gone_on IS NULL AND NOT coalesce(n.stub, false)
RETURN section, properties(n) AS node
ORDER BY section, node.code
