// title:    Usages of the inventory
// question: Which usages are described, which classes do they need, and which pathways and steps do they support?
// params:   none
// returns:  code, name, needs, supports; one row a usage, by code
// uses:     label Usage
MATCH (u:Usage) WHERE u.gone_on IS NULL
WITH u, [(u)-[r:NEEDS]->(x:DataClass) WHERE r.gone_on IS NULL | {data_class: x.code, essential: r.essential}] AS needs,
  [(u)-[r:SUPPORTS]->(x:Pathway) WHERE r.gone_on IS NULL | {pathway: x.code, step: null}] AS whole,
  [(u)-[r:SUPPORTS]->(x:Step) WHERE r.gone_on IS NULL | {pathway: x.pathway, step: x.code}] AS steps
RETURN u.code AS code, u.name AS name, needs, whole + steps AS supports
ORDER BY code
