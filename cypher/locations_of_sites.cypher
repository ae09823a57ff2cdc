// title:    Locations of sites
// question: Which locations do these sites manage?
// params:   ids: [ID]!
// returns:  id, locations; one row a site with live locations, their ids in order
// uses:     GeographicEntity.id (unique)
UNWIND $ids AS id
MATCH (s:GeographicEntity {id: id})<-[r:MANAGED_BY]-(l:Location) WHERE r.gone_on IS NULL AND l.gone_on IS NULL /*sees Location l*/
WITH DISTINCT id, l.id AS location ORDER BY id, location
RETURN id, collect(location) AS locations
