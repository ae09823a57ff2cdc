// title:    Professionals by id
// question: What does the graph hold of these professionals?
// params:   ids: [ID]!
// returns:  node; one row a professional who exists, in the order of `ids`
// uses:     Professional.id (unique)
UNWIND $ids AS id
MATCH (p:Professional {id: id}) /*where sees Professional p*/
RETURN properties(p) AS node
