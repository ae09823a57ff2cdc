// title:    Regions
// question: Which regions are there?
// params:   none
// returns:  code, name; one row a region, by code
// uses:     label Region
MATCH (r:Region) WHERE r.gone_on IS NULL
RETURN r.code AS code, r.name AS name
ORDER BY code
