// title:    Practices that the register states of a professional
// question: Which live practices does this source state of this professional, with their sites, specialties and telecoms?
// params:   person: ID!, source: String!
// returns:  id, profession, category, sites, specialties, telecoms; one row a practice, by id; each list in the order of its ids
// uses:     Professional.id (unique)
MATCH (:Professional {id: $person})<-[b:BY]-(x:Practice)
WHERE b.source = $source AND b.gone_on IS NULL AND x.gone_on IS NULL
OPTIONAL MATCH (x)-[a:AT]->(s:GeographicEntity) WHERE a.source = $source AND a.gone_on IS NULL
WITH x, s ORDER BY x.id, s.id
WITH x, collect(s.id) AS sites
OPTIONAL MATCH (x)-[h:HAS_SPECIALTY]->(c:Concept) WHERE h.source = $source AND h.gone_on IS NULL
WITH x, sites, h, c ORDER BY x.id, c.id
WITH x, sites, collect(CASE WHEN c IS NOT NULL THEN {id: c.id, type: h.type} END) AS specialties
OPTIONAL MATCH (x)-[k:HAS_TELECOM]->(t:Telecom) WHERE k.source = $source AND k.gone_on IS NULL
WITH x, sites, specialties, t ORDER BY x.id, t.id
WITH x, sites, specialties, collect(CASE WHEN t IS NOT NULL THEN {id: t.id, channel: t.channel, value: t.value, confidentiality: t.confidentiality} END) AS telecoms
RETURN x.id AS id, x.profession AS profession, x.category AS category, sites, specialties, telecoms ORDER BY id
