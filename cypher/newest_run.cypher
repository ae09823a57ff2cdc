// title:    The newest run
// question: Which load was begun last, and where does it stand?
// params:   none
// returns:  id, status; one row, none before the first load
// uses:     label Run, one node a load
MATCH (r:Run)
RETURN r.id AS id, r.status AS status
ORDER BY r.started DESC, id DESC LIMIT 1
