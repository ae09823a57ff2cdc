"""Readers of simple fields, made once when a table of fields is made (loaders.ror.fhir.walking)."""

from collections.abc import Callable
from typing import Any

from loaders.ror.fhir.walking import Here, Json, Reader, Shape, content, first_code, objects, text, walk


def to(name: str, read: Callable[[Any], Any] = text) -> Reader:
    """A field that is a property."""

    def reader(_: Here, into: Any, value: Any) -> None:
        into[name] = read(value)

    return reader


def inside(shape: Shape) -> Reader:
    """An object whose fields are of what is being built."""

    def reader(here: Here, into: Any, value: Any) -> None:
        walk(here, shape, into, value)

    return reader


def each(shape: Shape) -> Reader:
    """A list of such objects."""

    def reader(here: Here, into: Any, value: Any) -> None:
        for one in objects(value):
            walk(here, shape, into, one)

    return reader


def listed(name: str, shape: Shape) -> Reader:
    """A list of objects, each a new one in the list `name`."""

    def reader(here: Here, into: Any, value: Any) -> None:
        found = into.setdefault(name, [])
        for one in objects(value):
            inner: Json = {}
            walk(here, shape, inner, one)
            found.append(inner)

    return reader


def one_of(name: str, shape: Shape) -> Reader:
    """An extension that is an object of its own in the list `name`."""

    def reader(here: Here, into: Any, value: Any) -> None:
        inner: Json = {}
        walk(here, shape, inner, value)
        into.setdefault(name, []).append(inner)

    return reader


def code_to(name: str, place: str, path: str) -> Reader:
    """A CodeableConcept that is one property, by its place in the model."""

    def reader(here: Here, into: Any, value: Any) -> None:
        into[name] = first_code(here, value, place, path)

    return reader


def codes_to(name: str, place: str, path: str) -> Reader:
    """A list of CodeableConcepts of which a property holds the first; further ones are left."""

    def reader(here: Here, into: Any, value: Any) -> None:
        for number_of, one in enumerate(objects(value)):
            code = first_code(here, one, place, path)
            if number_of:
                here.notes.leave(f"{path} (a second one)")
            else:
                into[name] = code

    return reader


def value_to(name: str, key: str, path: str, read: Callable[[Any], Any] = text) -> Reader:
    """A simple extension that is a property."""

    def reader(here: Here, into: Any, value: Any) -> None:
        into[name] = read(content(here, value, key, path))

    return reader


def value_code_to(name: str, place: str, path: str) -> Reader:
    """An extension with a CodeableConcept that is a property."""

    def reader(here: Here, into: Any, value: Any) -> None:
        into[name] = first_code(here, content(here, value, "valueCodeableConcept", path), place, path)

    return reader


def value_codes_to(name: str, place: str, path: str) -> Reader:
    """An extension with a CodeableConcept that stands once for each value of a list."""

    def reader(here: Here, into: Any, value: Any) -> None:
        code = first_code(here, content(here, value, "valueCodeableConcept", path), place, path)
        if code is not None:
            into.setdefault(name, []).append(code)

    return reader


def skip(_: Here, __: Any, ___: Any) -> None:
    """A key that says nothing of the object: read elsewhere (`resourceType`, `url` of an extension)."""
