// title:    Offers by id
// question: What does the graph hold of these offers: who offers them and where, with which codes and capacities?
// params:   ids: [ID]!
// returns:  node, labels, site, entity, commune, department, codes, areas, capacities, unit; one row an offer that exists, in the order of `ids`
// uses:     Offer.id (unique)
UNWIND $ids AS id
MATCH (o:Offer {id: id}) /*where sees Offer o*/
CALL (o) {
  OPTIONAL MATCH (o)-[r:OFFERED_BY]->(h) WHERE r.gone_on IS NULL
  RETURN h, r.source_rank AS holder_rank ORDER BY holder_rank LIMIT 1
}
CALL (h) {
  OPTIONAL MATCH (h)-[r:PART_OF*0..3]->(s:GeographicEntity) WHERE all(part IN r WHERE part.gone_on IS NULL)
  RETURN s LIMIT 1
}
CALL (h, s) {
  OPTIONAL MATCH (s)-[r:PART_OF]->(owner:LegalEntity) WHERE r.gone_on IS NULL
  WITH h, owner, r.source_rank AS entity_rank ORDER BY entity_rank LIMIT 1
  RETURN CASE WHEN h:LegalEntity THEN h ELSE owner END AS e
}
CALL (h, s) {
  WITH coalesce(s, h) AS placed
  OPTIONAL MATCH (placed)-[r:LOCATED_IN]->(c:Commune) WHERE r.gone_on IS NULL
  RETURN c, r.source_rank AS place_rank ORDER BY place_rank LIMIT 1
}
CALL (c) {
  OPTIONAL MATCH (c)-[:IN*1..2]->(d:Department)
  RETURN d LIMIT 1
}
CALL (o) {
  OPTIONAL MATCH (label:Concept) WHERE label.id IN [o.field_of_activity, o.care_mode, o.offer_type, o.reception_type, o.management_type, o.maternity_type]
  RETURN collect(label {.id, .label}) AS labels
}
CALL (o) {
  OPTIONAL MATCH (o)-[r:HAS_ACTIVITY|PERFORMS_ACT|SPECIALISED_IN|FOR_PUBLIC|HAS_COMPETENCE|MOBILISES|RECEPTION_MODALITY|EXPERTISE_LEVEL|HAS_EQUIPMENT]->(code:Concept)
  WHERE r.gone_on IS NULL /*sees relation r of Offer o*/
  WITH DISTINCT type(r) AS relation, code, r.family AS family, r.outside_office AS outside_office WHERE code IS NOT NULL ORDER BY relation, code.id
  RETURN collect({relation: relation, id: code.id, label: code.label, family: family, outside_office: outside_office}) AS codes
}
CALL (o) {
  OPTIONAL MATCH (o)-[r:INTERVENES_IN]->(area) WHERE r.gone_on IS NULL
  WITH DISTINCT area, coalesce(r.whole_country, false) AS whole_country WHERE area IS NOT NULL
  ORDER BY coalesce(area.code, area.id)
  RETURN collect({kind: head(labels(area)), code: coalesce(area.code, area.id), name: area.name, whole_country: whole_country}) AS areas
}
CALL (o) {
  OPTIONAL MATCH (o)-[r:HAS_CAPACITY|DELIVERED_AT]->(next) WHERE r.gone_on IS NULL /*sees Node next of Offer o*/
  OPTIONAL MATCH (next)-[deeper:HAS_CAPACITY]->(there:Capacity) WHERE deeper.gone_on IS NULL /*sees Capacity there of Location next*/
  WITH DISTINCT CASE WHEN next:Capacity THEN next ELSE there END AS capacity WHERE capacity.gone_on IS NULL
  WITH capacity ORDER BY capacity.id
  RETURN collect(properties(capacity) /*shown Capacity capacity*/) AS capacities
}
RETURN properties(o) /*shown Offer o*/ AS node, labels, s {.id, .name, .finess, .category, .latitude, .longitude} AS site,
       e {.id, .name, .finess} AS entity, c {.code, .name, .latitude, .longitude} AS commune, d {.code, .name} AS department, codes, areas, capacities,
       CASE WHEN h:OrganisationalUnit THEN h {.id, .name} END AS unit
