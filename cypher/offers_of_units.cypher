// title:    Offers of units
// question: Which live offers does each of these units, or a unit of it, propose?
// params:   ids: [ID]!
// returns:  id, offers; one row a unit with offers, their ids in order
// uses:     OrganisationalUnit.id (unique)
UNWIND $ids AS id
MATCH (:OrganisationalUnit {id: id})<-[part:PART_OF*0..2]-(holder)<-[r:OFFERED_BY]-(o:Offer)
WHERE r.gone_on IS NULL AND o.gone_on IS NULL AND all(up IN part WHERE up.gone_on IS NULL) /*sees Offer o*/
WITH DISTINCT id, o.id AS offer ORDER BY id, offer
RETURN id, collect(offer) AS offers
