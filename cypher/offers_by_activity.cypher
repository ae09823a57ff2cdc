// title:    How many offers have an activity
// question: How many offers, whatever they are, have each activity?
// params:   none
// returns:  code, offers; one row a code, in no order
// uses:     label Concept and its relations: kept until the next load
MATCH (k:Concept)<-[:HAS_ACTIVITY]-(o:Offer)
RETURN k.id AS code, count(o) AS offers
