"""Documents that ask for everything the schema has, put together by introspection: every root field, argument, criterion, order and field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from graphql import GraphQLField, GraphQLInputObjectType, GraphQLObjectType, get_named_type, is_leaf_type, is_required_argument

from api.policy import FACETS
from graph.access import Viewer
from graph.search.judging import Order
from tests.access import made
from tests.access.asking import SCHEMA

DEPTH: Final = 2  # objects below the one that a root field gives
DEEPER: Final = {"decommissioningImpact": 3, "decommissioningPlan": 3, "reconciliation": 4, "pathwayGaps": 3, "pathwayLoss": 3}
TYPES: Final = {name: kind for name, kind in SCHEMA._schema.type_map.items() if isinstance(kind, GraphQLObjectType) and not name.startswith("__")}
ROOT: Final = TYPES["Query"]
AT: Final = '"2026-06-01T08:00:00Z"'
Asked = set[tuple[str, str]]

CRITERIA: Final[Mapping[str, tuple[str, ...]]] = {
    "and": ('[{activity: ["TRE_R211-356"]}, {careMode: ["TRE_R213-28"]}]',),
    "or": ('[{act: ["TRE_R210-0006"]}, {text: "urgences"}]', '[{activity: ["TRE_R211-089"]}, {text: "uhsa"}]'),
    "not": ('{act: ["TRE_R210-0006"]}', '{activity: ["TRE_R211-356"]}'),
    "sameSite": ('{activity: ["TRE_R211-089"]}', '{fieldOfActivity: ["TRE_R227-04"]}', '{competence: ["TRE_R243-01"]}'),
    "fieldOfActivity": ('["TRE_R227-02"]', '["TRE_R227-05"]'),
    "activity": ('["TRE_R211-001"]', '["TRE_R211-089"]'),
    "offerType": ('["TRE_R244-14"]',),
    "careMode": ('["TRE_R213-55"]',),
    "establishmentCategory": ('["TRE_R66-355"]', '["TRE_R02-SA07"]'),
    "act": ('["TRE_R210-0006"]',),
    "specialisation": ('["TRE_R245-01"]',),
    "public": ('["TRE_R239-01"]',),
    "competence": ('["TRE_R243-01"]',),
    "expertiseLevel": ('["TRE_R339-01"]',),
    "receptionModality": ('["TRE_R338-01"]',),
    "receptionType": ('["TRE_R338-01"]',),
    "maternityType": ('["TRE_R338-01"]',),
    "specialty": ('["TRE_R38-SM54"]',),
    "equipment": ('[{equipment: "TRE_R212-01"}]',),
    "age": ("30",),
    "ageUnit": ("YEAR, age: 30",),
    "openAt": ('"2026-06-01T09:00:00+02:00"',),
    "capacity": tuple(
        f'{{status: "TRE_R330-0{state}", atLeast: {least}, maxAgeHours: 100000}}' for state, least in ((1, 1), (1, 2), (2, 1), (2, 4), (5, 1), (6, 1))
    ),
    "tariff": ('{type: "TRE_R246-01", atMost: 100}',),
    "interventionArea": ('{region: "84"}', '{commune: "69123"}'),
    "updatedSince": ('"2026-05-10T00:00:00Z"',),
    "sourceRegion": ('"84"', '"93"'),
    "psychiatrySector": ('"G04"',),
    "inAnomaly": ("true", "false"),
    "text": ('"lyon"', '"uhsa"', '"cabinet"', '"commentaire"', '"urgences"'),
}
NEAR: Final = '{commune: "69123", radiusKm: 60}'
TERRITORIES: Final = ('{region: "84"}', '{department: "69"}', '{commune: "69123"}', '{region: "93"}', '{healthTerritory: "T-1"}', '{postalCode: "69123"}')
WORDS: Final = (
    "unite",
    "lyon",
    "uhsa",
    "cabinet",
    "84/flag",
    "84/mco",
    "lieu",
    "fictif",
    "1690000011",
    "410000000001",
    "application",
    "zoe",
    "exercice",
    "avc",
)
IMPACT: Final = '{targets: [{code: "ROR-84", date: "2026-09-01"}], asOf: "2026-06-01"}'


@dataclass(frozen=True)
class Case:
    """One request, and the name by which a test shows it."""

    name: str
    document: str


def cases(viewer: Viewer) -> list[Case]:
    """Every request of which answers are compared. What the viewer is refused whatever the data stays out of lists of facets."""
    found = [Case(f"{root}({arguments})", f"{{ {root}{_called(arguments)} {_of_root(root, arguments, viewer)} }}") for root, arguments in asked()]
    return found + [_objects(root, keys, viewer) for root, keys in OBJECTS.items()]


def _of_root(root: str, arguments: str, viewer: Viewer) -> str:
    """Of a search without criteria everything; of the others no counts, each of which is a search of its own."""
    if root != "searchOffers" or arguments.startswith("criteria: {},"):
        return selected(root, viewer)
    return "{ totalCount unknownCount unknownBy { criterion count } edges { match distanceKm node { id name } reasons { criterion value label source date } } }"


OBJECTS: Final[Mapping[str, tuple[str, ...]]] = {
    "legalEntity": (*made.ENTITIES, "unknown"),
    "geographicEntity": (*made.SITES, "unknown"),
    "organisationalUnit": (*made.UNITS, "unknown"),
    "offer": (*made.OFFERS, "unknown"),
    "location": (*made.LOCATIONS, "unknown"),
    "professional": (*sorted({who for who, _, _ in made.PRACTICES.values()}), made.LONELY, "unknown"),
}
"""Roots that give one object by id: all are asked in one document."""

ARGUMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "find": tuple(f'text: "{word}", first: 100' for word in WORDS),
    "concepts": ('system: "TRE_R211"',),
    "applications": ("", 'region: "84"', "kind: CONSUMER", 'text: "ror"'),
    "application": ('code: "ROR-84"', 'code: "VT"'),
    "interface": ('code: "I-ROR-84"',),
    "sources": ("",),
    "runs": ("", 'source: "made"'),
    "pathways": ("",),
    "pathway": ('code: "stroke"',),
    "pathwayCoverage": (*(f'code: "stroke", by: {by}, at: {AT}' for by in ("NATIONAL", "REGION", "DEPARTMENT")),
                        *(f'code: "stroke", territory: {one}, at: {AT}' for one in TERRITORIES[:2])),
    "pathwayRoutes": tuple(f'code: "stroke", from: {{commune: "{place}"}}, k: 20, at: {AT}' for place in ("69123", "01053", "13055")),
    "pathwayRefusal": (f'code: "stroke", from: {{commune: "69123"}}, at: {AT}', f'code: "stroke", from: {{commune: "13055"}}, at: {AT}'),
    "pathwayGaps": (f'code: "stroke", at: {AT}', f'code: "stroke", territory: {{region: "84"}}, maxKm: 10, at: {AT}'),
    "pathwayContinuity": (f'code: "stroke", at: {AT}', f'code: "stroke", territory: {{region: "84"}}, at: {AT}'),
    "pathwayLoss": tuple(f'code: "stroke", closing: ["{one}"], at: {AT}' for one in ("84/mco", "84/flag", "1690000011", "410000000001", "unknown")),
    "pathwayMembers": (f'code: "stroke", at: {AT}',),
    "dependencies": ('code: "ROR-84", direction: DOWNSTREAM, depth: 5', 'code: "VT", direction: UPSTREAM, depth: 5'),
    "changes": ('since: "2025-01-01T00:00:00Z", first: 200',),
    "runChanges": ('run: "made-2", first: 200', 'run: "made-2", label: OFFER, first: 200'),
    "differences": ('source: "ror:ROR-NAT", first: 200', 'source: "ror:ROR-NAT", label: OFFER, property: "name", first: 200',
                    'source: "ror:ROR-NAT", label: OFFER, property: "comment", first: 200'),
    "decommissioningImpact": (f"input: {IMPACT}",),
    "decommissioningTimeline": (f"input: {IMPACT}",),
    "compareScenarios": (f"a: {IMPACT}, b: {IMPACT[:-1]}, actions: [{{action: RETIRE, object: \"VT\", date: \"2026-07-01\"}}]}}",),
    "decommissioningPlan": (f"input: {IMPACT}", f'input: {IMPACT[:-1]}, durations: {{switch: 5, trustCircle: 30}}}}'),
    "sensitivity": (f"input: {IMPACT}",),
    "readiness": ("", 'on: "2030-01-01"'),
    "reconciliation": ('regional: "ROR-84", national: "ROR-NAT"',),
}  # fmt: skip


def asked() -> Iterator[tuple[str, str]]:
    """Root fields with their arguments."""
    for root, given in ARGUMENTS.items():
        for arguments in given:
            yield root, arguments
    whole = "first: 100, unknowns: INCLUDE"
    for name, values in CRITERIA.items():
        for value in values:
            yield "searchOffers", f"criteria: {{{name}: {value}}}, orderBy: NAME, at: {AT}, {whole}"
    for territory in TERRITORIES:
        yield "searchOffers", f"criteria: {{}}, territory: {territory}, orderBy: NAME, at: {AT}, {whole}"
    for order in Order:
        yield "searchOffers", f"criteria: {{}}, near: {NEAR}, orderBy: {order.name}, at: {AT}, {whole}"
        yield "searchOffers", f"criteria: {{}}, near: {NEAR}, orderBy: {order.name}, at: {AT}, first: 3"
    yield "searchOffers", f'criteria: {{activity: ["TRE_R211-356"], careMode: ["TRE_R213-55"], text: "nulle part"}}, near: {NEAR}, at: {AT}, {whole}'


def selected(root: str, viewer: Viewer, found: Asked | None = None) -> str:
    """Every field of what a root field gives."""
    given = get_named_type(ROOT.fields[root].type)
    return _selection(cast("GraphQLObjectType", given), viewer, DEEPER.get(root, DEPTH), (), set() if found is None else found)


def _selection(kind: GraphQLObjectType, viewer: Viewer, depth: int, path: tuple[str, ...], found: Asked) -> str:
    parts = ["__typename"]
    for name, one in kind.fields.items():
        below = get_named_type(one.type)
        if is_leaf_type(below):
            parts.append(name)
        elif depth > 0 and below.name not in path:
            inner = _selection(cast("GraphQLObjectType", below), viewer, depth - 1, (*path, kind.name), found)
            parts.append(f"{name}{_called(_given(kind.name, name, one, viewer))} {inner}")
        else:
            continue
        found.add((kind.name, name))
    return "{ " + " ".join(parts) + " }"


def _given(kind: str, name: str, one: GraphQLField, viewer: Viewer) -> str:
    """The arguments of a field below the roots."""
    if (kind, name) == ("OfferConnection", "facets"):
        return f"by: [{', '.join(facet.name for facet, need in FACETS.items() if not need.is_barred(viewer))}]"
    missing = [arg for arg, given in one.args.items() if is_required_argument(given)]
    assert not missing, f"{kind}.{name} needs {missing}: say here with what it is asked"
    return f"at: {AT}" if "at" in one.args else ""


def _called(arguments: str) -> str:
    return f"({arguments})" if arguments else ""


def _objects(root: str, keys: tuple[str, ...], viewer: Viewer) -> Case:
    fields = selected(root, viewer)
    parts = [f'a{place}: {root}(id: "{key}") {{ ...Whole }}' for place, key in enumerate(keys)]
    kind = get_named_type(ROOT.fields[root].type).name
    return Case(root, f"{{ {' '.join(parts)} }} fragment Whole on {kind} {fields}")


def criteria_of_the_schema() -> set[str]:
    """The criteria that there are."""
    return set(cast("GraphQLInputObjectType", SCHEMA._schema.type_map["OfferCriteria"]).fields)


def shown(value: Any, hidden: frozenset[str]) -> Any:
    """An answer without the fields that name the caller or depend on its key."""
    if isinstance(value, dict):
        return {name: shown(part, hidden) for name, part in value.items() if name not in hidden}
    return [shown(part, hidden) for part in value] if isinstance(value, list) else value
