"""What a viewer may see of the graph, as Cypher conditions on the variables of a statement (docs/access.md, A-2, A-3, A-6, A-7).

Each rule takes the viewer, the variable and the variable of what it hangs on, and gives a condition that is never null: TRUE and FALSE where
nothing is to be asked of the data. Conditions stand inside a CASE where one is dearer than another: the embedded server's AND goes on after a FALSE.
The names of inner variables are made of the outer one's, so that no two meet. What is read twice is bound by `single(xs IN [...] WHERE ...)`: of a `head([...])`
with an AND in it the embedded server makes two conditions where it stands in a WHERE.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from graph.access import classes
from graph.access.table import AccessRow, Sight, sight
from graph.access.viewer import Scope, Viewer

TRUE: Final = "true"
FALSE: Final = "false"
PERIMETER: Final = "seen_regions"  # the parameter with the regions of a perimeter
OBJECTS: Final = ("Offer", "OrganisationalUnit", "Location", "Practice", "Professional", "GeographicEntity")  # labels of which some may be hidden
HOLDERS: Final = ("Offer", "Practice")  # what a class "only for medico-social offers" can be told of
Rule = Callable[..., str]


def offer(viewer: Viewer, o: str) -> str:
    """In the perimeter, and not sensitive for those who do not see sensitive units."""
    return _every(_in_perimeter(viewer, o), _not(_sensitive(viewer, o)))


def _in_perimeter(viewer: Viewer, o: str) -> str:
    """A-7. Without a source region every place that a source states must be inside, and one at least must be known."""
    if viewer.perimeter is None:
        return TRUE
    held = (
        f"[({o})-[{o}_q:OFFERED_BY]->({o}_h)-[:PART_OF*0..3]->({o}_s)-[{o}_l:LOCATED_IN]->(:Commune)-[:IN*1..3]->({o}_t:Region) WHERE {o}_q.gone_on IS NULL "
        f"AND {o}_l.gone_on IS NULL AND ({o}_h:LegalEntity OR NOT {o}_s:LegalEntity) | {o}_t.code]"
    )
    of_site = f"single({o}_rs IN [{held}] WHERE size({o}_rs) > 0 AND all({o}_r IN {o}_rs WHERE {o}_r IN ${PERIMETER}))"
    return f"CASE WHEN {o}.source_region IS NOT NULL THEN {o}.source_region IN ${PERIMETER} ELSE {of_site} END"


def _sensitive(viewer: Viewer, o: str) -> str:
    """A-3: the flag, cheap and mostly there; else the type, the name, the activity."""
    if viewer.sees(AccessRow.SENSITIVE):
        return FALSE
    return (
        f"CASE WHEN {o}.sensitive_unit IS NOT NULL THEN {o}.sensitive_unit WHEN {o}.offer_type IN {list(classes.SENSITIVE_TYPES)} THEN true "
        f"WHEN {_sensitive_name(o)} THEN true "
        f"ELSE size([({o})-[{o}_a:HAS_ACTIVITY]->({o}_k:Concept) WHERE {o}_a.gone_on IS NULL AND {o}_k.id IN {list(classes.SENSITIVE_ACTIVITIES)} | 1]) > 0 END"
    )


def _sensitive_name(o: str) -> str:
    """Parts of names one by one: a pattern takes three times as long, and the embedded server gives up a statement whose patterns take long."""
    name, unless = classes.SENSITIVE_UNLESS
    parts = [f"{o}.folded CONTAINS '{part}'" for part in classes.SENSITIVE_NAMES]
    return " OR ".join([*parts, f"({o}.folded CONTAINS '{name}' AND NOT {o}.folded CONTAINS '{unless}')"])


def unit(viewer: Viewer, u: str) -> str:
    """Hidden when it has offers, its own or of its units, and all of them are hidden."""
    seen = offer(viewer, f"{u}_o")
    if seen == TRUE:
        return TRUE
    offers = f"[({u})<-[:PART_OF*0..2]-()<-[:OFFERED_BY]-({u}_o:Offer) | {seen}]"
    return f"single({u}_xs IN [{offers}] WHERE size({u}_xs) = 0 OR any({u}_x IN {u}_xs WHERE {u}_x))"


def location(viewer: Viewer, place: str) -> str:
    """Seen through the offers that are delivered there, or in a part of it; hidden when there are some and all are hidden."""
    seen = offer(viewer, f"{place}_o")
    if seen == TRUE:
        return TRUE
    offers = f"[({place})<-[:PART_OF*0..3]-(:Location)<-[:DELIVERED_AT]-({place}_o:Offer) | {seen}]"
    return f"single({place}_xs IN [{offers}] WHERE size({place}_xs) = 0 OR any({place}_x IN {place}_xs WHERE {place}_x))"


def site(viewer: Viewer, s: str) -> str:
    """A private practice is as its professionals; all other sites are public. `s` may be what holds an offer, whatever its label."""
    if viewer.sees(AccessRow.STAFF_AMBULATORY):
        return TRUE
    return f"NOT ({s}:GeographicEntity AND coalesce({s}.category IN {list(classes.PRIVATE_PRACTICES)}, false))"


def practice(viewer: Viewer, x: str) -> str:
    """Of a hidden offer, hidden; else by the field of the offer that it is for. Without one: by the sites where it is (A-3)."""
    ambulatory, staff = (_of_row(viewer, row, f"{x}_o") for row in (AccessRow.STAFF_AMBULATORY, AccessRow.STAFF))
    of_field = _if(f"coalesce({x}_o.field_of_activity = '{classes.AMBULATORY}', false)", ambulatory, staff)
    of_offer = _every(of_field, offer(viewer, f"{x}_o"))
    of_register = _register(viewer, x)
    if of_offer == of_register and of_offer in {TRUE, FALSE}:
        return of_offer
    return (
        f"single({x}_xs IN [[({x})-[:FOR]->({x}_o:Offer) | {of_offer}]] "
        f"WHERE CASE WHEN size({x}_xs) > 0 THEN all({x}_x IN {x}_xs WHERE {x}_x) ELSE {of_register} END)"
    )


def _register(viewer: Viewer, x: str) -> str:
    """A practice for no offer: no medico-social one, so a row that is seen of these alone is not seen."""
    private, other = (TRUE if viewer.sees(row) else FALSE for row in (AccessRow.STAFF_AMBULATORY, AccessRow.STAFF))
    if private == other:
        return private
    sites = f"[({x})-[:AT]->({x}_s:GeographicEntity) | coalesce({x}_s.category IN {list(classes.PRIVATE_PRACTICES)}, false)]"
    return f"single({x}_ss IN [{sites}] WHERE {_if(f'size({x}_ss) > 0 AND all({x}_p IN {x}_ss WHERE {x}_p)', private, other)})"


def professional(viewer: Viewer, p: str) -> str:
    """Found only through a visible practice (A-6)."""
    if viewer.sees_all_offers:
        return TRUE
    seen = practice(viewer, f"{p}_x")
    return FALSE if seen == FALSE else f"size([({p})<-[:BY]-({p}_x:Practice) WHERE {seen} | 1]) > 0"


def capacity(viewer: Viewer, k: str) -> str:
    """Of an offer: by its status, and whether it is of a crisis."""
    if viewer.sees(AccessRow.CRISIS):
        return TRUE
    shown = [code for code, row in classes.OF_STATUS.items() if viewer.sees(row)]
    return f"(coalesce({k}.status IN {shown}, false) AND {k}.crisis IS NULL AND {k}.extra_bed IS NULL)"


def capacity_of_location(viewer: Viewer, k: str, place: str) -> str:
    """The same; where a sensitive unit is too, none (A-3)."""
    sensitive = _sensitive(viewer, f"{place}_c")
    if sensitive == FALSE:
        return capacity(viewer, k)
    shared = f"size([({place})<-[:DELIVERED_AT]-({place}_c:Offer) WHERE {sensitive} | 1]) = 0"
    return _every(capacity(viewer, k), shared)


def restricted(viewer: Viewer, holder: str, var: str) -> str:
    """A code or comment of the row RESTRICTED that hangs on a node of the label `holder`."""
    return _of_row(viewer, AccessRow.RESTRICTED, var, holder)


def relation(viewer: Viewer, r: str, holder: str, var: str) -> str:
    """A relation to a code, whose type is known at run time."""
    seen = restricted(viewer, holder, var)
    return TRUE if seen == TRUE else f"CASE WHEN type({r}) IN {list(classes.RESTRICTED_RELATIONS)} THEN {seen} ELSE true END"


def by_level(viewer: Viewer, x: str, holder: str, var: str) -> str:
    """A contact or telecom, by its level and by what it hangs on. One that hangs on a contact is asked of both: it is never below it (A-3)."""
    seen = [_of_row(viewer, row, var, holder) for row in classes.OF_LEVEL.values()]
    if len(set(seen)) == 1:
        return seen[0]
    of_level = " ".join(f"WHEN {level} THEN {one}" for level, one in zip(classes.OF_LEVEL, seen, strict=True))
    return f"CASE coalesce({x}.confidentiality, {classes.STRICTEST}) {of_level} ELSE false END"


def _of_row(viewer: Viewer, row: AccessRow, var: str, holder: str = "Offer") -> str:
    match sight(row, viewer.profile):
        case Sight.SEEN:
            return TRUE
        case Sight.WITHHELD:
            return FALSE
    return _medico_social(var, holder)


def _medico_social(var: str, holder: str) -> str:
    """Whether what hangs there is of medico-social offers alone: only an offer, its practices and its places can say so."""
    match holder:
        case "Offer":
            return f"coalesce({var}.field_of_activity = '{classes.MEDICO_SOCIAL}', false)"
        case "Practice":
            offers = f"[({var})-[:FOR]->({var}_m:Offer) | {_medico_social(f'{var}_m', 'Offer')}]"
        case "Location":
            offers = f"[({var})<-[:DELIVERED_AT]-({var}_m:Offer) | {_medico_social(f'{var}_m', 'Offer')}]"
        case "Node":
            return f"CASE {' '.join(f'WHEN {var}:{label} THEN {_medico_social(var, label)}' for label in ('Offer', 'Practice', 'Location'))} ELSE false END"
        case _:
            return FALSE
    return f"single({var}_ms IN [{offers}] WHERE size({var}_ms) > 0 AND all({var}_n IN {var}_ms WHERE {var}_n))"


def owned(viewer: Viewer, n: str, holder: str) -> str:
    """What hangs on a node, both of any label: a capacity, a contact, a telecom, hours, a tariff."""
    of_place = _if(f"{holder}:Location", capacity_of_location(viewer, n, holder), capacity(viewer, n))
    level = by_level(viewer, n, "Node", holder)
    if of_place == level == TRUE:
        return TRUE
    return f"CASE WHEN {n}:Capacity THEN {of_place} WHEN {n}:Telecom OR {n}:Contact THEN {level} ELSE true END"


def node(viewer: Viewer, n: str) -> str:
    """A node of any label."""
    hidden = {label: seen for label in (*OBJECTS, *SCOPED) if (seen := RULES[label](viewer, n)) != TRUE}
    if not hidden:
        return TRUE
    return f"CASE {' '.join(f'WHEN {n}:{label} THEN {seen}' for label, seen in hidden.items())} ELSE true END"


def scoped(scope: Scope) -> Rule:
    """What a scope reads, whole (A-11)."""
    return lambda viewer, *_: TRUE if scope in viewer.scopes else FALSE


def record(viewer: Viewer, r: str) -> str:
    """What a source states of an object: with the scope, and where the object is seen."""
    if Scope.RUNS not in viewer.scopes:
        return FALSE
    seen = node(viewer, f"{r}_n")
    return TRUE if seen == TRUE else f"size([({r})-[:DESCRIBES]->({r}_n) WHERE {seen} | 1]) > 0"


def change(viewer: Viewer, c: str) -> str:
    """A change of a visible object in a visible class. Of an object that is no more nothing can be told, so it is hidden."""
    if Scope.RUNS not in viewer.scopes:
        return FALSE
    if viewer.sees_all_offers:
        return TRUE
    of_label = {label: seen for label in OBJECTS if (seen := RULES[label](viewer, f"{c}_n")) != TRUE}
    found = " ".join(f"WHEN '{label}' THEN EXISTS {{ MATCH ({c}_n:{label}) WHERE {c}_n.id = {c}.object AND {seen} }}" for label, seen in of_label.items())
    return _every(f"NOT coalesce({c}.property IN {list(withheld_names(viewer))}, false)", f"CASE {c}.label {found} ELSE true END" if found else TRUE)


@cache
def withheld_names(viewer: Viewer) -> tuple[str, ...]:
    """Properties and relation types of which a viewer is told no difference and no change.

    Those of a class that is not seen of every offer; and for who does not see everything, relations to what may be hidden: their values name it.
    """
    if viewer.sees_all_offers:
        return () if Scope.URBANISATION in viewer.scopes else ("SOURCED_FROM",)
    rows: Mapping[str, tuple[AccessRow, ...]] = {
        **dict.fromkeys(classes.RESTRICTED_RELATIONS, (AccessRow.RESTRICTED,)),
        **{name: (row,) for name, row in classes.PROPERTY_ROWS.items()},
        "HAS_CAPACITY": (AccessRow.BEDS, AccessRow.CRISIS, AccessRow.SENSITIVE),
        **dict.fromkeys(("HAS_CONTACT", "HAS_TELECOM"), tuple(classes.OF_LEVEL.values())),
    }
    withheld = [name for name, needed in rows.items() if not all(viewer.sees(row) for row in needed)]
    return tuple(sorted([*withheld, *NAMING]))


NAMING: Final = ("AT", "BY", "DELIVERED_AT", "FOR", "MANAGED_BY", "OFFERED_BY", "PART_OF", "SAME_AS", "SECONDARY_OF", "SOURCED_FROM")

SCOPED: Final[Mapping[str, Rule]] = {
    **dict.fromkeys(("Application", "Interface", "Flow"), scoped(Scope.URBANISATION)),
    "Anomaly": scoped(Scope.QUALITY),
    **dict.fromkeys(("Run", "Dangling"), scoped(Scope.RUNS)),
}

RULES: Final[Mapping[str, Rule]] = {
    "Offer": offer,
    "OrganisationalUnit": unit,
    "Location": location,
    "Practice": practice,
    "Professional": professional,
    "GeographicEntity": site,
    "SourceRecord": record,
    "Change": change,
    "SOURCED_FROM": scoped(Scope.URBANISATION),
    **SCOPED,
}
"""By label or relation type, of one variable."""


def _not(condition: str) -> str:
    return {TRUE: FALSE, FALSE: TRUE}.get(condition, f"NOT {condition}")


def _every(cheap: str, dear: str) -> str:
    """Both; the second is asked only where the first holds."""
    if FALSE in {cheap, dear}:
        return FALSE
    if TRUE in {cheap, dear}:
        return cheap if dear == TRUE else dear
    return f"CASE WHEN {cheap} THEN {dear} ELSE false END"


def _if(condition: str, then: str, other: str) -> str:
    return then if then == other else f"CASE WHEN {condition} THEN {then} ELSE {other} END"
