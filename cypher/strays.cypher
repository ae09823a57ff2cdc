// title:    What lies apart from its department
// question: Which sites and locations have a point that lies outside the box of the communes of each department where they are said to be, by more than a margin?
// params:   margin: Float!
// returns:  id; one row a site or location, in no order
// uses:     labels Department, GeographicEntity and Location: kept until the next load
MATCH (d:Department)<-[:IN]-(c:Commune) WHERE c.latitude IS NOT NULL AND c.longitude IS NOT NULL
WITH d, min(c.latitude) - $margin AS south, max(c.latitude) + $margin AS north, min(c.longitude) - $margin AS west, max(c.longitude) + $margin AS east
MATCH (d)<-[:IN*1..2]-(m:Commune)<-[:LOCATED_IN]-(p:GeographicEntity|Location)
WHERE p.latitude < south OR p.latitude > north OR p.longitude < west OR p.longitude > east
RETURN p.id AS id
UNION
MATCH (p:GeographicEntity) WHERE p.latitude IS NOT NULL AND p.id IS NOT NULL AND size([(p)-[:LOCATED_IN]->(:Commune)-[:IN*1..2]->(d:Department) | 1]) = 0
RETURN p.id AS id
UNION
MATCH (p:Location) WHERE p.latitude IS NOT NULL AND p.id IS NOT NULL AND size([(p)-[:LOCATED_IN]->(:Commune)-[:IN*1..2]->(d:Department) | 1]) = 0
RETURN p.id AS id
