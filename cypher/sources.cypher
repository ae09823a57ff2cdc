// title:    Sources
// question: Which sources were loaded, and when was each last loaded whole?
// params:   none
// returns:  source, runs, last_done, last_ended; one row a source, by name
// uses:     label Run
MATCH (r:Run) WHERE r.of IS NOT NULL
RETURN r.of AS source, count(*) AS runs, max(CASE WHEN r.status = 'done' THEN r.started END) AS last_done, max(r.ended) AS last_ended
ORDER BY source
