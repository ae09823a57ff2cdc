// title:    How many sites a department has
// question: How many sites, whatever they are, lie in each department?
// params:   none
// returns:  code, sites; one row a department with sites, in no order
// uses:     label Department and its relations: kept until the next load
MATCH (d:Department)<-[:IN*1..2]-(:Commune)<-[:LOCATED_IN]-(s:GeographicEntity)
RETURN d.code AS code, count(s) AS sites
