// title:    Locations by bed zone
// question: Which live locations of these sites bear these identifiers of bed zones (the n-th zone at the n-th site)?
// params:   sites: [ID]!, zones: [String]!
// returns:  site, zone, location; one row a location, by site, zone, then location
// uses:     GeographicEntity.id (unique)
UNWIND range(0, size($sites) - 1) AS place
WITH $sites[place] AS site, $zones[place] AS zone
MATCH (s:GeographicEntity {id: site})<-[m:MANAGED_BY]-(l:Location)
WHERE l.external_sync_id = zone AND m.gone_on IS NULL AND l.gone_on IS NULL
RETURN DISTINCT site, zone, l.id AS location
ORDER BY site, zone, location
