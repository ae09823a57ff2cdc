// title:    Who works for offers
// question: Which professionals have a live practice for each of these offers?
// params:   ids: [ID]!
// returns:  id, professionals; one row an offer with a described practice, its professionals by id
// uses:     Offer.id (unique)
UNWIND $ids AS id
MATCH (:Offer {id: id})<-[:FOR]-(x:Practice)-[:BY]->(p:Professional) WHERE x.gone_on IS NULL /*sees Practice x*/
WITH DISTINCT id, p.id AS professional ORDER BY id, professional
RETURN id, collect(professional) AS professionals
