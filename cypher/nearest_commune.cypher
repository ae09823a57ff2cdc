// title:    The commune nearest to a point
// question: Which commune of these departments has its point nearest to this one?
// params:   departments: [ID]!, latitude: Float!, longitude: Float!
// returns:  code, name, department, latitude, longitude; the nearest first, one row at most
// uses:     Department.code (unique)
MATCH (d:Department) WHERE d.code IN $departments
MATCH (d)<-[:IN]-(c:Commune) WHERE c.latitude IS NOT NULL AND c.longitude IS NOT NULL AND c.gone_on IS NULL
WITH d, c, sin(radians(c.latitude - $latitude) / 2) AS up, sin(radians(c.longitude - $longitude) / 2) AS across
WITH d, c, up * up + cos(radians($latitude)) * cos(radians(c.latitude)) * across * across AS chord
ORDER BY chord, c.code LIMIT 1
RETURN c.code AS code, c.name AS name, d.code AS department, c.latitude AS latitude, c.longitude AS longitude
