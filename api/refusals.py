"""Questions that are refused, by profile, perimeter and scopes and by what is asked, never by the data (docs/access.md, A-4, A-7, A-11)."""

from collections.abc import Iterable, Mapping
from typing import Any

from api.policy import CAPACITY, CRISIS, CRITERIA, FACETS, FREE, NOTHING, ORDERS, PROPERTIES, Need
from graph.access import AccessRow, Scope, Viewer
from graph.errors import Code, RorGraphError
from graph.reads import Reads
from graph.search.extents import extent_of
from graph.search.facets import Facet
from graph.search.judging import Order
from graph.search.leaves import AVAILABLE
from graph.search.reference import Reference, departments
from graph.search.territory import Level, Territory, department_of


class Forbidden(RorGraphError):
    """The access profile, perimeter or scopes do not allow the question."""

    code = Code.FORBIDDEN


class ScopeMissing(Forbidden):
    """A field or argument that needs a scope (A-11)."""

    def __init__(self, where: str, scope: Scope) -> None:
        super().__init__(f"{where}: the scope {scope} is needed, and this caller does not have it.")


class ClassWithheld(Forbidden):
    """A filter, order, facet or group on a class that the profile sees nothing of (A-4)."""

    def __init__(self, where: str, rows: Iterable[AccessRow], profile: int) -> None:
        super().__init__(f"{where}: profile {profile} sees nothing of the data class {' or '.join(rows) or 'of what has none'}. Ask without it.")


class OutsidePerimeter(Forbidden):
    """A territory outside the caller's perimeter (A-7)."""

    def __init__(self, where: str, viewer: Viewer) -> None:
        super().__init__(f"{where}: it lies outside the perimeter of this caller, which is {viewer.perimeter_text}.")


def outside(territory: Territory, viewer: Viewer, reference: Reference) -> Reads[bool]:
    """Whether nothing of a territory lies inside the perimeter. Raises BadInput for a postal code or health territory that is not loaded.

    An INSEE code that is not loaded is for who looks it up: it is refused there as unknown.
    """
    if viewer.perimeter is None:
        return False
    if territory.level is Level.REGION:
        return territory.code not in viewer.perimeter
    if territory.level in {Level.POSTAL_CODE, Level.HEALTH_TERRITORY}:
        extent = yield from extent_of(territory.level, territory.code, "territory", reference.common.extents)
        return bool(extent.regions) and extent.regions.isdisjoint(viewer.perimeter)
    known = yield from departments(reference)
    code = territory.code if territory.level is Level.DEPARTMENT else department_of(territory.code)
    return code in known and known[code].region not in viewer.perimeter


def check_criteria(where: str, raw: Mapping[str, Any], viewer: Viewer) -> None:
    """Raises ScopeMissing, ClassWithheld for a criterion that the viewer may not ask, at any depth of the tree (A-4). `raw`: under the names of the schema."""
    for name, value in raw.items():
        if value is None:
            continue
        if name == "capacity":
            check(f"{where}.capacity", CAPACITY.get(value.get("status") or AVAILABLE, CRISIS), viewer)
        else:
            check(f"{where}.{name}", CRITERIA.get(name, NOTHING), viewer)
        for part in (value if isinstance(value, list) else [value]) if name in {"and", "or", "not", "sameSite"} else ():
            check_criteria(f"{where}.{name}", part, viewer)


def check_facets(facets: Iterable[Facet], viewer: Viewer) -> None:
    """Raises ClassWithheld for a facet of a class that the viewer sees nothing of."""
    for facet in facets:
        check(f"facets: {facet.name}", FACETS.get(facet, NOTHING), viewer)


def check_order(order: Order, viewer: Viewer) -> None:
    """Raises ClassWithheld for an order by a class that the viewer sees nothing of."""
    check(f"orderBy: {order.name}", ORDERS.get(order, NOTHING), viewer)


def check_property(name: str, viewer: Viewer) -> None:
    """Raises ScopeMissing, ClassWithheld for a property whose differences the viewer may not ask."""
    check(f"property: {name}", PROPERTIES.get(name, FREE), viewer)


def check(where: str, need: Need, viewer: Viewer) -> None:
    """Raises ScopeMissing, ClassWithheld where the viewer gets nothing of it, whatever the data holds."""
    if need.scope is not None and need.scope not in viewer.scopes:
        raise ScopeMissing(where, need.scope)
    if need.is_barred(viewer):
        raise ClassWithheld(where, need.rows, viewer.profile)


def asks_for(value: object, name: str) -> bool:
    """Whether an argument's value, as a client writes it, gives `name` at any depth."""
    if isinstance(value, Mapping):
        return value.get(name) is not None or any(asks_for(part, name) for part in value.values())
    return isinstance(value, list | tuple) and any(asks_for(part, name) for part in value)
