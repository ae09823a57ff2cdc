// title:    Whether the store answers
// question: Does the store answer?
// params:   none
// returns:  answers; one row
// uses:     nothing: it reads no node
RETURN true AS answers
