// title:    Whether a road matrix is loaded
// question: Is there any road between two communes?
// params:   none
// returns:  km; one row at most
// uses:     relation ROAD
MATCH (:Commune)-[r:ROAD]->(:Commune) WHERE r.gone_on IS NULL
RETURN r.km AS km
LIMIT 1
