// title:    Legal entities as they are recognised
// question: By which numbers are these entities known?
// params:   ids: [ID]!
// returns:  node; one row an entity that exists, in the order of `ids`
// uses:     LegalEntity.id (unique)
UNWIND $ids AS id
MATCH (e:LegalEntity {id: id})
RETURN e {.id, .finess, .siren, .rpps_rank, .adeli_rank, .closed_on, .gone_on} AS node
