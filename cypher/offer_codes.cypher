// title:    What searches find all offers by
// question: Which codes and which folded name has each offer, and where does it say that it intervenes (each area its label, a colon, its key; * is the whole country)?
// params:   none
// returns:  id, folded, field_of_activity, care_mode, offer_type, activities, areas; one row an offer, in no order
// uses:     a scan of all offers: kept until the next load
MATCH (o:Offer) WHERE o.gone_on IS NULL
RETURN o.id AS id, o.folded AS folded, o.field_of_activity AS field_of_activity, o.care_mode AS care_mode, o.offer_type AS offer_type,
  [(o)-[r:HAS_ACTIVITY]->(k:Concept) WHERE r.gone_on IS NULL | k.id] AS activities,
  [(o)-[r:INTERVENES_IN]->(t) WHERE r.gone_on IS NULL | CASE WHEN coalesce(r.whole_country, false) THEN '*'
    WHEN t:HealthTerritory THEN 'HealthTerritory:' + t.id ELSE head(labels(t)) + ':' + t.code END] AS areas
