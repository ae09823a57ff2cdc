"""What a viewer may see of the graph, as Cypher conditions on the variables of a statement (docs/access.md, A-2, A-3, A-6, A-7).

Each rule takes the viewer, the variable and the variable of what it hangs on, and gives a condition that is never null: TRUE and FALSE where
nothing is to be asked of the data. Conditions stand inside a CASE where one is dearer than another: the embedded server's AND goes on after a FALSE.
The names of inner variables are made of the outer one's, so that no two meet. What is read twice is bound by `single(xs IN [...] WHERE ...)`: of a
`head([...])` with an AND in it the embedded server makes two conditions where it stands in a WHERE.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from graph.access import classes
from graph.access.table import AccessRow, Sight, sight
from graph.access.viewer import Scope, Viewer

TRUE: Final = "true"
FALSE: Final = "false"
PERIMETER: Final = "seen_regions"  # the parameter with the regions of a perimeter
OBJECTS: Final = (
    "Offer",
    "OrganisationalUnit",
    "Location",
    "Practice",
    "Professional",
    "GeographicEntity",
    "LegalEntity",
)  # labels of which some may be hidden
Rule = Callable[..., str]


def offer(viewer: Viewer, o: str) -> str:
    """In the perimeter, not sensitive for those who do not see sensitive units, and of nothing that is hidden."""
    return _every(_in_perimeter(viewer, o), _every(_not(_sensitive(viewer, o)), _of_seen_site(viewer, o)))


def _in_perimeter(viewer: Viewer, o: str) -> str:
    """A-7. Without a source region every place that a source states must be inside, and one at least must be known."""
    if viewer.perimeter is None:
        return TRUE
    held = (
        f"[({o})-[{o}_q:OFFERED_BY]->({o}_h)-[:PART_OF*0..4]->({o}_s)-[{o}_l:LOCATED_IN]->(:Commune)-[:IN*1..3]->({o}_t:Region) WHERE {o}_q.gone_on IS NULL "
        f"AND {o}_l.gone_on IS NULL AND ({o}_h:LegalEntity OR NOT {o}_s:LegalEntity) | {o}_t.code]"
    )
    of_site = f"single({o}_rs IN [{held}] WHERE size({o}_rs) > 0 AND all({o}_r IN {o}_rs WHERE {o}_r IN ${PERIMETER}))"
    return f"CASE WHEN {o}.source_region IS NOT NULL THEN {o}.source_region IN ${PERIMETER} ELSE {of_site} END"


def _sensitive(viewer: Viewer, o: str) -> str:
    """A-3: the flag, cheap and mostly there; else the type, the name or the activity, of the offer or (but for the type) of its unit, as rule CO3."""
    if viewer.sees(AccessRow.SENSITIVE):
        return FALSE
    own = f"({o})-[{o}_a:HAS_ACTIVITY]->({o}_k:Concept) WHERE {o}_a.gone_on IS NULL AND {o}_k.id IN {list(classes.SENSITIVE_ACTIVITIES)}"
    of_unit = (
        f"({o})-[{o}_b:OFFERED_BY]->({o}_u:OrganisationalUnit) WHERE {o}_b.gone_on IS NULL AND (coalesce({_sensitive_name(f'{o}_u')}, false) "
        f"OR size([({o}_u)-[{o}_c:HAS_ACTIVITY]->({o}_l:Concept) WHERE {o}_c.gone_on IS NULL AND {o}_l.id IN {list(classes.SENSITIVE_ACTIVITIES)} | 1]) > 0)"
    )
    return (
        f"CASE WHEN {o}.sensitive_unit IS NOT NULL THEN {o}.sensitive_unit WHEN {o}.offer_type IN {list(classes.SENSITIVE_TYPES)} THEN true "
        f"WHEN {_sensitive_name(o)} THEN true WHEN size([{own} | 1]) > 0 THEN true ELSE size([{of_unit} | 1]) > 0 END"
    )


def _sensitive_name(o: str) -> str:
    """Parts of names one by one: a pattern takes three times as long, and the embedded server gives up a statement whose patterns take long."""
    name, unless = classes.SENSITIVE_UNLESS
    parts = [f"{o}.folded CONTAINS '{part}'" for part in classes.SENSITIVE_NAMES]
    return " OR ".join([*parts, f"({o}.folded CONTAINS '{name}' AND NOT {o}.folded CONTAINS '{unless}')"])


def _of_seen_site(viewer: Viewer, o: str) -> str:
    """An offer of a private practice is as its site."""
    if viewer.sees(AccessRow.STAFF_AMBULATORY):
        return TRUE
    site = f"({o})-[{o}_d:OFFERED_BY]->()-[:PART_OF*0..4]->({o}_v:GeographicEntity) WHERE {o}_d.gone_on IS NULL AND {_private(f'{o}_v')}"
    entity = f"({o})-[{o}_e:OFFERED_BY]->({o}_w:LegalEntity) WHERE {o}_e.gone_on IS NULL AND NOT {entity_of_sites(viewer, f'{o}_w')}"
    return _every(f"size([{site} | 1]) = 0", f"size([{entity} | 1]) = 0")


def _private(s: str) -> str:
    return f"coalesce({s}.category IN {list(classes.PRIVATE_PRACTICES)}, false)"


def unit(viewer: Viewer, u: str) -> str:
    """Hidden when it, or a unit that holds it, has offers, its own or of its units, and all of them are hidden; or with its site."""
    seen = offer(viewer, f"{u}_o")
    if seen == TRUE:
        return TRUE
    offers = f"[({u}_a)<-[:PART_OF*0..4]-(:OrganisationalUnit)<-[{u}_f:OFFERED_BY]-({u}_o:Offer) WHERE {u}_f.gone_on IS NULL | {seen}]"
    hidden = f"single({u}_xs IN [{offers}] WHERE size({u}_xs) > 0 AND none({u}_x IN {u}_xs WHERE {u}_x))"
    own = f"size([({u})-[:PART_OF*0..4]->({u}_a:OrganisationalUnit) WHERE {hidden} | 1]) = 0"
    if viewer.sees(AccessRow.STAFF_AMBULATORY):
        return own
    return _every(f"size([({u})-[:PART_OF*1..5]->({u}_s:GeographicEntity) WHERE {_private(f'{u}_s')} | 1]) = 0", own)


def location(viewer: Viewer, place: str) -> str:
    """Seen through the offers that are delivered there, or in a part of it; without any, with the site that manages it."""
    seen = offer(viewer, f"{place}_o")
    if seen == TRUE:
        return TRUE
    offers = f"[({place})<-[:PART_OF*0..3]-(:Location)<-[{place}_d:DELIVERED_AT]-({place}_o:Offer) WHERE {place}_d.gone_on IS NULL | {seen}]"
    managed = f"size([({place})-[:MANAGED_BY]->({place}_s:GeographicEntity) WHERE {_private(f'{place}_s')} | 1]) = 0"
    alone = TRUE if viewer.sees(AccessRow.STAFF_AMBULATORY) else managed
    return f"single({place}_xs IN [{offers}] WHERE CASE WHEN size({place}_xs) > 0 THEN any({place}_x IN {place}_xs WHERE {place}_x) ELSE {alone} END)"


def site(viewer: Viewer, s: str) -> str:
    """A private practice is as its professionals; all other sites are public."""
    return TRUE if viewer.sees(AccessRow.STAFF_AMBULATORY) else f"NOT {_private(s)}"


def entity_of_sites(viewer: Viewer, e: str) -> str:
    """An entity whose sites all are private practices is as these; all others are public."""
    if viewer.sees(AccessRow.STAFF_AMBULATORY):
        return TRUE
    sites = f"[({e})<-[:PART_OF]-({e}_s:GeographicEntity) | {_private(f'{e}_s')}]"
    return f"single({e}_ss IN [{sites}] WHERE size({e}_ss) = 0 OR NOT all({e}_p IN {e}_ss WHERE {e}_p))"


def practice(viewer: Viewer, x: str) -> str:
    """Of a hidden offer, hidden; else by the field of the offers that it is for. Without one: by the sites where it is (A-3)."""
    ambulatory, staff = (viewer.sees(row) for row in (AccessRow.STAFF_AMBULATORY, AccessRow.STAFF))
    medico_social = staff or sight(AccessRow.STAFF, viewer.profile) is Sight.MEDICO_SOCIAL
    seen = offer(viewer, f"{x}_o")
    if seen == TRUE and ambulatory == staff == medico_social:
        return _said(staff)
    if not (ambulatory or medico_social):
        return FALSE
    fields = f"coalesce({x}_o.field_of_activity = '{classes.AMBULATORY}', false), coalesce({x}_o.field_of_activity = '{classes.MEDICO_SOCIAL}', false)"
    by_field = (
        f"CASE WHEN all({x}_q IN {x}_ps WHERE {x}_q[1]) THEN {_said(ambulatory)} WHEN all({x}_q IN {x}_ps WHERE {x}_q[2]) THEN {_said(medico_social)} "
        f"ELSE {_said(staff)} END"
    )
    return (
        f"single({x}_ps IN [[({x})-[{x}_f:FOR]->({x}_o:Offer) WHERE {x}_f.gone_on IS NULL | [{seen}, {fields}]]] WHERE CASE WHEN size({x}_ps) = 0 "
        f"THEN {_if(_in_private_practice(x), _said(ambulatory), _said(staff))} WHEN none({x}_q IN {x}_ps WHERE {x}_q[0] = false) THEN {by_field} "
        "ELSE false END)"
    )


def _in_private_practice(x: str) -> str:
    """Whether a practice of the register is at private practices alone."""
    sites = f"[({x})-[{x}_t:AT]->({x}_s:GeographicEntity) WHERE {x}_t.gone_on IS NULL | {_private(f'{x}_s')}]"
    return f"single({x}_ss IN [{sites}] WHERE size({x}_ss) > 0 AND all({x}_p IN {x}_ss WHERE {x}_p))"


def professional(viewer: Viewer, p: str) -> str:
    """Found only through a visible practice (A-6)."""
    if viewer.sees_all_offers:
        return TRUE
    seen = practice(viewer, f"{p}_x")
    return FALSE if seen == FALSE else f"size([({p})<-[{p}_b:BY]-({p}_x:Practice) WHERE {p}_b.gone_on IS NULL AND ({seen}) | 1]) > 0"


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
    shared = f"size([({place})<-[{place}_d:DELIVERED_AT]-({place}_c:Offer) WHERE {place}_d.gone_on IS NULL AND {sensitive} | 1]) = 0"
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
    first = seen[0] if holder not in {"Professional", "Node"} else _of_professional(var, holder, seen[0], seen[1])
    of_level = " ".join(f"WHEN {level} THEN {one}" for level, one in zip(classes.OF_LEVEL, (first, *seen[1:]), strict=True))
    return f"CASE coalesce({x}.confidentiality, {classes.STRICTEST}) {of_level} ELSE false END"


def _of_professional(p: str, holder: str, first: str, second: str) -> str:
    """What hangs on a professional is of level 2 where one practice is, or none is known: a practice outside of town is."""
    if first == second:
        return first
    fields = f"[({p}_y)-[{p}_g:FOR]->({p}_z:Offer) WHERE {p}_g.gone_on IS NULL | coalesce({p}_z.field_of_activity = '{classes.AMBULATORY}', false)]"
    in_town = f"single({p}_ys IN [{fields}] WHERE CASE WHEN size({p}_ys) > 0 THEN all({p}_k IN {p}_ys WHERE {p}_k) ELSE {_in_private_practice(f'{p}_y')} END)"
    practices = f"[({p})<-[{p}_b:BY]-({p}_y:Practice) WHERE {p}_b.gone_on IS NULL | {in_town}]"
    level = f"CASE WHEN single({p}_ls IN [{practices}] WHERE size({p}_ls) > 0 AND all({p}_l IN {p}_ls WHERE {p}_l)) THEN {first} ELSE {second} END"
    return level if holder == "Professional" else f"CASE WHEN {p}:Professional THEN {level} ELSE {first} END"


def _of_row(viewer: Viewer, row: AccessRow, var: str, holder: str = "Offer") -> str:
    match sight(row, viewer.profile):
        case Sight.SEEN:
            return TRUE
        case Sight.WITHHELD:
            return FALSE
    return _medico_social(var, holder)


def _medico_social(var: str, holder: str) -> str:
    """Whether what hangs there is of medico-social offers alone: only an offer, its practices, places and contacts can say so."""
    match holder:
        case "Offer":
            return f"coalesce({var}.field_of_activity = '{classes.MEDICO_SOCIAL}', false)"
        case "Practice":
            offers = f"[({var})-[{var}_i:FOR]->({var}_m:Offer) WHERE {var}_i.gone_on IS NULL | {_medico_social(f'{var}_m', 'Offer')}]"
        case "Location":
            offers = f"[({var})<-[{var}_i:DELIVERED_AT]-({var}_m:Offer) WHERE {var}_i.gone_on IS NULL | {_medico_social(f'{var}_m', 'Offer')}]"
        case "Capacity":
            held = f"CASE WHEN {var}_m:Location THEN {_medico_social(f'{var}_m', 'Location')} ELSE {var}_m:Offer AND {_medico_social(f'{var}_m', 'Offer')} END"
            offers = f"[({var})<-[{var}_i:HAS_CAPACITY]-({var}_m) WHERE {var}_i.gone_on IS NULL | {held}]"
        case "Contact":
            offers = f"[({var})<-[{var}_i:HAS_CONTACT]-({var}_m) WHERE {var}_i.gone_on IS NULL | {var}_m:Offer AND {_medico_social(f'{var}_m', 'Offer')}]"
        case "Node":
            known = ("Offer", "Practice", "Location", "Contact", "Capacity")
            return f"CASE {' '.join(f'WHEN {var}:{label} THEN {_medico_social(var, label)}' for label in known)} ELSE false END"
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
    return TRUE if seen == TRUE else f"size([({r})-[{r}_d:DESCRIBES]->({r}_n) WHERE {r}_d.gone_on IS NULL AND NOT ({seen}) | 1]) = 0"


def authorisation(viewer: Viewer, a: str) -> str:
    """Of a site and an entity that are seen."""
    if viewer.sees(AccessRow.STAFF_AMBULATORY):
        return TRUE
    site_hidden = f"size([({a})-[:GRANTED_TO]->({a}_v:GeographicEntity) WHERE {_private(f'{a}_v')} | 1]) = 0"
    return _every(site_hidden, f"size([({a})-[:HELD_BY]->({a}_e:LegalEntity) WHERE NOT {entity_of_sites(viewer, f'{a}_e')} | 1]) = 0")


def anomaly(viewer: Viewer, a: str) -> str:
    """With the scope, of objects that are seen, in a class that is seen of every offer."""
    if Scope.QUALITY not in viewer.scopes:
        return FALSE
    if viewer.sees_all_offers:
        return TRUE
    objects = f"[({a})-[{a}_r:ABOUT]->({a}_n) WHERE {a}_r.gone_on IS NULL | {node(viewer, f'{a}_n')}]"
    return _every(
        f"NOT coalesce({a}.path IN {list(withheld_names(viewer))}, false)",
        f"single({a}_xs IN [{objects}] WHERE size({a}_xs) > 0 AND all({a}_x IN {a}_xs WHERE {a}_x))",
    )


def change(viewer: Viewer, c: str) -> str:
    """A change of a visible object in a visible class. Of an object that is no more nothing can be told, so it is hidden."""
    if Scope.RUNS not in viewer.scopes:
        return FALSE
    if viewer.sees_all_offers:
        return TRUE
    of_label = {label: seen for label in OBJECTS if (seen := RULES[label](viewer, f"{c}_n")) != TRUE}
    found = [f"WHEN '{label}' THEN EXISTS {{ MATCH ({c}_n:{label}) WHERE {c}_n.id = {c}.object AND {as_value(seen)} }}" for label, seen in of_label.items()]
    found += [f"WHEN '{label}' THEN false" for label, rule in SCOPED.items() if rule(viewer, c) == FALSE]
    of_object = f"CASE {c}.label {' '.join(found)} ELSE true END" if found else TRUE
    return _every(f"NOT coalesce({c}.property IN {list(withheld_names(viewer))}, false)", of_object)


@lru_cache(maxsize=256)
def withheld_names(viewer: Viewer) -> tuple[str, ...]:
    """Properties and relation types of which a viewer is told no difference and no change.

    Those of a class that is not seen of every offer; and for who does not see everything, relations to what may be hidden: their values name it.
    """
    if viewer.sees_all_offers:
        return () if Scope.URBANISATION in viewer.scopes else ("SOURCED_FROM",)
    rows: Mapping[str, tuple[AccessRow, ...]] = {
        **dict.fromkeys(classes.RESTRICTED_RELATIONS, (AccessRow.RESTRICTED,)),
        **{name: (row,) for name, row in classes.PROPERTY_ROWS.items()},
        "HAS_CAPACITY": (AccessRow.BEDS, AccessRow.CRISIS),
        **dict.fromkeys(("HAS_CONTACT", "HAS_TELECOM"), tuple(classes.OF_LEVEL.values())),
    }
    withheld = [name for name, needed in rows.items() if not all(viewer.sees(row) for row in needed)]
    return tuple(sorted([*withheld, *NAMING]))


NAMING: Final = ("AT", "BY", "DELIVERED_AT", "FOR", "MANAGED_BY", "OFFERED_BY", "PART_OF", "SAME_AS", "SECONDARY_OF", "SOURCED_FROM")

SCOPED: Final[Mapping[str, Rule]] = {
    **dict.fromkeys(("Application", "Interface", "Flow"), scoped(Scope.URBANISATION)),
    "Run": scoped(Scope.RUNS),
}

RULES: Final[Mapping[str, Rule]] = {
    "Offer": offer,
    "OrganisationalUnit": unit,
    "Location": location,
    "Practice": practice,
    "Professional": professional,
    "GeographicEntity": site,
    "LegalEntity": entity_of_sites,
    "Authorisation": authorisation,
    "Anomaly": anomaly,
    "SourceRecord": record,
    "Change": change,
    "SOURCED_FROM": scoped(Scope.URBANISATION),
    **SCOPED,
}
"""By label or relation type, of one variable."""


def as_value(condition: str) -> str:
    """A condition as it must stand in a WHERE: as a value, for the embedded server takes a long condition apart there, and wrongly."""
    return f"(({condition}) = true)"


def _said(seen: bool) -> str:
    return TRUE if seen else FALSE


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
