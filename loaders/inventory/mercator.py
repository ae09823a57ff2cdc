"""Mercator's REST export: one JSON list an endpoint, in a file with the endpoint's name (docs/formats.md, inventory, Mercator).

Taken: entities as actors, applications, processes as usages, flows; modules and services as the interfaces that flows name. The rest is left and counted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from graph.errors import BadFile
from graph.record import Left, Notes
from loaders.files import InputFile
from loaders.inventory.concepts import implied_code
from loaders.inventory.entries import Entry, Found
from loaders.json_entries import json_items
from loaders.marked import Marked, dumped

ENDPOINTS: Final[Mapping[str, str]] = {
    "entities": "entities", "applications": "applications", "processes": "processes", "application-services": "services", "application-modules": "modules",
    "fluxes": "flows", "flows": "flows", "application-flows": "flows",
}  # fmt: skip
OTHERS: Final = frozenset({
    "activities", "actors", "annuaires", "application-blocks", "certificates", "databases", "information", "informations", "macro-processuses", "operations",
    "relations", "tasks",
})  # fmt: skip
ONE_SUPPOSED: Final = "Mercator ne nomme que l'application : une interface est supposée, par application qui émet des flux"
FOLDED: Final = {name.replace("-", "_"): name for name in (*ENDPOINTS, *OTHERS)}


@dataclass(frozen=True, slots=True)
class _Object:
    """One object of an endpoint, with its line."""

    file: InputFile
    line: int
    value: Mapping[str, Any]

    @property
    def id(self) -> str:
        return str(self.value.get("id"))

    def ids(self, *names: str) -> list[str]:
        """The ids of another kind that it names: a list of numbers, or of objects with an id."""
        held: list[Any] = next((self.value[name] for name in names if isinstance(self.value.get(name), list)), [])
        return [str(one["id"] if isinstance(one, dict) and "id" in one else one) for one in held]


@dataclass(slots=True)
class _Export:
    """The objects by endpoint and id; of each service the application, of each module the service, as far as the files say it."""

    objects: dict[str, dict[str, _Object]] = field(default_factory=lambda: {name: {} for name in ENDPOINTS.values()})
    owners: dict[str, str] = field(default_factory=dict)
    modules: dict[str, str] = field(default_factory=dict)

    def find_application(self, kind: str, number: str) -> str | None:
        """The application of an application, a service or a module, where the export holds it."""
        service = self.modules.get(number, "") if kind == "module" else number
        found = number if kind == "application" else self.owners.get(service)
        return found if found in self.objects["applications"] else None


def endpoint_of(file: InputFile) -> str | None:
    """The endpoint that a file is named after, if it is one of Mercator's and holds a list (or `data` with a list)."""
    stem = file.name.lower().removesuffix(".json").replace("-", "_")
    name = next((FOLDED[end] for end in sorted(FOLDED, key=len, reverse=True) if stem == end or stem.endswith(f"_{end}")), None)
    start = file.text()[:20].lstrip() if name else ""
    return name if start.startswith("[") or '"data"' in start else None


def read_mercator(files: Sequence[InputFile], notes: Notes) -> Iterator[Found]:
    """The items of an export. Raises BadFile for a file that is no list of objects with an id."""
    export = _Export()
    for file in files:
        endpoint = endpoint_of(file) or ""
        for one in _objects(file):
            if endpoint in ENDPOINTS:
                export.objects[ENDPOINTS[endpoint]][one.id] = one
            else:
                yield Left(file.place(one.line), f"Mercator {endpoint}")
    _find_owners(export)
    yield from _items(export, notes)


def _objects(file: InputFile) -> Iterator[_Object]:
    for line, value in json_items(file, "data"):
        if not isinstance(value, dict) or not isinstance(value.get("id"), int):
            raise BadFile(f"{file.name}, line {line}: an object with an id is expected, as Mercator's REST interface gives it. Nothing was loaded.")
        yield _Object(file, line, value)


def _find_owners(export: _Export) -> None:
    """Which application a service is of, and by it a module: said by either side, where the export has it; what is said first holds."""
    for application in export.objects["applications"].values():
        for number in application.ids("services", "application_services"):
            export.owners.setdefault(number, application.id)
    for service in export.objects["services"].values():
        for number in service.ids("applications", "m_applications")[:1]:
            export.owners.setdefault(service.id, number)
    for module in export.objects["modules"].values():
        for number in module.ids("application_services", "services")[:1]:
            export.modules.setdefault(module.id, number)
    for service in export.objects["services"].values():
        for number in service.ids("modules", "application_modules"):
            export.modules.setdefault(number, service.id)


def code(kind: str, number: str) -> str:
    """Our key of an object of Mercator: the number that Mercator gives it."""
    return f"MERCATOR-{kind}-{number}"


def _items(export: _Export, notes: Notes) -> Iterator[Found]:
    for one in export.objects["entities"].values():
        yield _entry("actors", one, {"code": code("ENTITY", one.id), "name": _text(one, "name"), "kind": _text(one, "entity_type")})
        _leave(one, ("name", "entity_type"), "entities", notes)
    for one in export.objects["processes"].values():
        yield _entry("usages", one, {"code": code("PROCESS", one.id), "name": _text(one, "name"), "source": _text(one, "description")})
        _leave(one, ("name", "description"), "processes", notes)
    for one in export.objects["applications"].values():
        yield _entry("applications", one, _application(one))
        _leave(one, ("name", "description", "users", "entity_resp_id", "processes", "services", "application_services"), "applications", notes)
    interfaces: dict[str, Entry] = {}
    flows = [_flow(one, export, interfaces) for one in export.objects["flows"].values()]
    for one in export.objects["flows"].values():
        _leave(
            one, ("name", "description", *(f"{kind}_{end}_id" for kind in ("application", "service", "module") for end in ("source", "dest"))), "flows", notes
        )
    for kind in ("services", "modules"):
        unused = [one for one in export.objects[kind].values() if code(kind[:-1].upper(), one.id) not in interfaces]
        yield from (Left(one.file.place(one.line), f"Mercator {kind[:-1]} that no flow leaves from") for one in unused)
    yield from interfaces.values()
    yield from flows


def _application(one: _Object) -> dict[str, Any]:
    owner = one.value.get("entity_resp_id")
    return {
        "code": code("APP", one.id),
        "name": _text(one, "name"),
        "users": _text(one, "users"),
        "owned_by": None if owner is None else code("ENTITY", str(owner)),
        "source": _text(one, "description"),
    }


def _flow(one: _Object, export: _Export, interfaces: dict[str, Entry]) -> Found:
    """Data goes from the source to the destination: the destination's application reads an interface of the source's."""
    source, target = _end(one, "source", export), _end(one, "dest", export)
    if source is None or target is None:
        return Left(one.file.place(one.line), "Mercator flow with an end whose application the files do not say (a database, a service or module without one)")
    called = _interface(one, source, export, interfaces)
    usages = [code("PROCESS", number) for number in export.objects["applications"][target.application].ids("processes")]
    ends = {"mode": "query", "consumer": code("APP", target.application), "calls": called}
    texts = {"name": _text(one, "name"), "source": _text(one, "description")}
    return _entry("flows", one, {"code": code("FLOW", one.id), **ends, **texts, "for_usage": usages or None, "evidence": "declared"})


@dataclass(frozen=True, slots=True)
class _End:
    application: str
    kind: str
    id: str


def _end(flow: _Object, which: str, export: _Export) -> _End | None:
    for kind in ("module", "service", "application"):
        number = flow.value.get(f"{kind}_{which}_id")
        if number is not None:
            owner = export.find_application(kind, str(number))
            return None if owner is None else _End(owner, kind, str(number))
    return None


def _interface(flow: _Object, end: _End, export: _Export, interfaces: dict[str, Entry]) -> str:
    """The interface of a flow's source: the module or service that it names, else one supposed of the application."""
    owner = code("APP", end.application)
    if end.kind == "application":
        found = implied_code(owner)
        interfaces.setdefault(found, _entry("interfaces", flow, {"code": found, "exposed_by": owner, "reason": ONE_SUPPOSED}))
        return found
    found = code(end.kind.upper(), end.id)
    named = export.objects[f"{end.kind}s"].get(end.id)
    stated = {"name": _text(named, "name"), "source": _text(named, "description")} if named else {}
    interfaces.setdefault(found, _entry("interfaces", named or flow, {"code": found, "exposed_by": owner, **stated}))
    return found


def _entry(section: str, one: _Object, stated: dict[str, Any]) -> Entry:
    value = {name: held for name, held in stated.items() if held is not None}
    return Entry(one.file, section, Marked(value, {(): one.line}, dumped(value)), "mercator")


def _text(one: _Object, name: str) -> str | None:
    held = one.value.get(name)
    return held.strip() or None if isinstance(held, str) else None


def _leave(one: _Object, taken: Sequence[str], endpoint: str, notes: Notes) -> None:
    """Count the fields that hold something and that the inventory has no place for."""
    for name, held in one.value.items():
        if name not in (*taken, "id", "created_at", "updated_at", "deleted_at") and held not in (None, "", [], 0, False):
            notes.leave(f"{endpoint}.{name[:60]}")
