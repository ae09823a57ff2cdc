// title:    Data classes of the inventory
// question: Which classes of the exposition model are described, with which rows of the access table?
// params:   none
// returns:  code, name, access; one row a class, by code
// uses:     label DataClass
MATCH (c:DataClass) WHERE c.gone_on IS NULL
RETURN c.code AS code, c.name AS name, c.access AS access
ORDER BY code
