// title:    Roads among communes
// question: Which roads does the matrix have from one of these communes to another, how long in km and minutes (S-5)?
// params:   communes: [ID]!
// returns:  start, end, km, minutes; one row a road and direction, by start, then end
// uses:     Commune.code (unique)
UNWIND $communes AS code
MATCH (a:Commune {code: code})-[r:ROAD]->(b:Commune)
WHERE r.gone_on IS NULL AND b.code IN $communes
RETURN a.code AS start, b.code AS end, r.km AS km, r.minutes AS minutes
ORDER BY start, end
