"""Reading one JSON object by a table of its fields: what no field of the table reads is counted by its path, by construction.

A `Shape` is an object of the guide: its path, who reads each of its keys and each of its extensions. `walk` goes over every key that stands in the file, so
that nothing is dropped unseen; extensions are known by the last segment of their url, whatever its spelling (docs/formats.md, ROR FHIR).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from graph.record import Notes, Ref
from loaders.ror.codes import concept, system_name
from loaders.ror.origin import Ror
from loaders.ror.values import FieldFault

Json = dict[str, Any]


class Wrong(Exception):
    """A value that is not of the type that its field has; `walk` says which field."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Here(NamedTuple):
    """What readers of one resource need beside its values: who says it, where its references lead, and what is left of it."""

    ror: Ror
    notes: Notes
    refs: Mapping[str, Ref]
    extras: Mapping[str, Json]  # of a Practitioner, what the practices get of it
    own_id: str  # `Type/id` of the resource: contained resources are named by it

    def end(self, reference: str) -> Ref | None:
        """The object that a reference leads to (as `whole_reference` gives it); None where neither the files nor the store know it."""
        return self.refs.get(reference)


Reader = Callable[[Here, Any, Any], None]  # what is known here, what is being built, the value


@dataclass(frozen=True, slots=True)
class Shape:
    """An object of the guide: its path, readers by key, readers by folded name of extension (of the whole extension object)."""

    path: str
    fields: Mapping[str, Reader]
    extensions: Mapping[str, Reader] = field(default_factory=dict)


def walk(here: Here, shape: Shape, into: Any, value: Any) -> None:
    """Read an object into what is being built. Raises FieldFault with the path of the field that is wrong."""
    if type(value) is not dict:
        raise Wrong("It is not an object.")
    fields, key = shape.fields, ""
    try:
        for key, inner in value.items():
            reader = fields.get(key)
            if reader is not None:
                reader(here, into, inner)
            elif key == "extension":
                _extensions(here, shape, into, inner)
            else:
                here.notes.leave(f"{shape.path}.{key}")
    except Wrong as fault:
        raise FieldFault(f"{shape.path}.{key}", fault.reason) from None


def _extensions(here: Here, shape: Shape, into: Any, value: Any) -> None:
    url: Any = ""
    try:
        for extension in objects(value):
            url = extension.get("url")
            if type(url) is not str:
                raise Wrong("An extension has no url.")
            reader = shape.extensions.get(folded_name(url))
            if reader is None:
                here.notes.leave(f"{shape.path}.extension.{last_segment(url)}")
            else:
                reader(here, into, extension)
    except Wrong as fault:
        name = last_segment(url) if type(url) is str else ""
        raise FieldFault(f"{shape.path}.extension.{name}".removesuffix("."), fault.reason) from None


@lru_cache(4096)
def last_segment(url: str) -> str:
    """The name of an extension: the end of its url."""
    return url.rstrip("/").rpartition("/")[2][:80]


@lru_cache(4096)
def folded_name(url: str) -> str:
    """One name for the spellings of the guide's drafts.

    >>> folded_name("https://interop.esante.gouv.fr/ig/fhir/ror/StructureDefinition/RORPractitionerRoleName"), folded_name("ror-practitionerrole-name")
    ('practitionerrolename', 'practitionerrolename')
    """
    return last_segment(url).lower().replace("-", "").replace("_", "").removeprefix("ror")


@lru_cache(1 << 16)
def whole_reference(reference: str, own_id: str) -> str:
    """A reference as objects are remembered: `Type/id`, `urn:uuid:...`, `Type/id#contained`.

    >>> whole_reference("https://ror.example/fhir/Organization/47/_history/2", "Location/1"), whole_reference("#x", "Location/1")
    ('Organization/47', 'Location/1#x')
    """
    if reference.startswith("#"):
        return own_id + reference
    if reference.startswith("urn:"):
        return reference
    parts = reference.partition("/_history/")[0].rstrip("/").split("/")
    return "/".join(parts[-2:])


def text(value: Any) -> str:
    """A text that is not blank, without blanks around it."""
    if type(value) is not str:
        raise Wrong("It is not a text.")
    found = value.strip()
    if not found:
        raise Wrong("It is an empty text; what is not known is left out.")
    return found


def boolean(value: Any) -> bool:
    """True or false."""
    if type(value) is not bool:
        raise Wrong("It is neither true nor false.")
    return value


def integer(value: Any) -> int:
    """A whole number."""
    if type(value) is not int:
        raise Wrong("It is not a whole number.")
    return value


def number(value: Any) -> float:
    """A number."""
    if type(value) is float or type(value) is int:
        return float(value)
    raise Wrong("It is not a number.")


def objects(value: Any) -> list[Json]:
    """A list of objects."""
    if type(value) is not list:
        raise Wrong("It is not a list.")
    for one in value:
        if type(one) is not dict:
            raise Wrong("Its list holds something that is not an object.")
    return value


def array(value: Any) -> list[Any]:
    """A list."""
    if type(value) is not list:
        raise Wrong("It is not a list.")
    return value


def content(here: Here, extension: Json, name: str, path: str) -> Any:
    """The value of a simple extension, which stands under `name` (`valueString`...); what else it holds is left."""
    if name not in extension:
        raise Wrong(f"It has no {name}.")
    if len(extension) > 2:
        for key in extension:
            if key not in {"url", name}:
                here.notes.leave(f"{path}.{key}")
    return extension[name]


def codings(here: Here, value: Any, path: str) -> list[tuple[str | None, str]]:
    """System and code of each coding of a CodeableConcept; what else it says (display, text, version) is left."""
    if type(value) is not dict:
        raise Wrong("It is not an object.")
    stated = value.get("coding")
    if len(value) > 1 or stated is None:
        for key in value:
            if key != "coding":
                here.notes.leave(f"{path}.{key}")
    return [coding(here, one, path) for one in objects(stated)] if stated is not None else []


def coding(here: Here, value: Json, path: str) -> tuple[str | None, str]:
    """System (None: not stated) and code."""
    code, system = value.get("code"), value.get("system")
    if type(code) is not str or not code or code.isspace():
        raise Wrong("A coding has no code, or one that is not a text.")
    if system is None:
        known = 1
    elif type(system) is str:
        known = 2
    else:
        raise Wrong("The system of a coding is not a text.")
    if len(value) > known:
        for key in value:
            if key not in {"code", "system"}:
                here.notes.leave(f"{path}.coding.{key}")
    return system, code


def first_code(here: Here, value: Any, place: str, path: str) -> str | None:
    """The concept of a CodeableConcept at a place of the model; further codings are left."""
    if type(value) is dict and len(value) == 1:  # the usual form, read at once: a resource has dozens
        stated = value.get("coding")
        if type(stated) is list and len(stated) == 1:
            one = stated[0]
            if type(one) is dict and len(one) == 3 and "display" in one:
                system, code = one.get("system"), one.get("code")
                if type(system) is str and type(code) is str and code and not code.isspace():
                    here.notes.leave(f"{path}.coding.display")
                    return concept(place, system, code)
    return _first_code(here, value, place, path)


def _first_code(here: Here, value: Any, place: str, path: str) -> str | None:
    found = codings(here, value, path)
    if not found:
        return None
    if len(found) > 1:
        here.notes.leave(f"{path}.coding (a second one)", len(found) - 1)
    return concept(place, *found[0])


def system_of(system: str | None) -> str | None:
    """Short name of the nomenclature that stands as system."""
    return system_name(system) if system else None
