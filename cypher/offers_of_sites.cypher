// title:    Offers of sites
// question: Which live offers does each of these sites, or a unit of it, propose?
// params:   ids: [ID]!
// returns:  id, offers; one row a site with offers, its offers by id
// uses:     GeographicEntity.id (unique)
UNWIND $ids AS id
MATCH (:GeographicEntity {id: id})<-[part:PART_OF*0..3]-(holder)<-[r:OFFERED_BY]-(o:Offer)
WHERE r.gone_on IS NULL AND o.gone_on IS NULL AND all(up IN part WHERE up.gone_on IS NULL) /*sees Offer o*/
WITH DISTINCT id, o ORDER BY id, o.id
RETURN id, collect(o {.id, .name}) AS offers
