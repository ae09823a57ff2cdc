"""Execution that reads a plain field straight from its attribute.

Most values of an answer are attributes of a frozen dataclass. graphql-core builds a path, an info object of sixteen fields and two
levels of calls for each; this executor reads the attribute and serialises it, and leaves every other field, and every value that
needs an error, to graphql-core. A page of 20 offers takes 0.6 of the time (design: api_speed, 2); tests compare both on odd requests.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final, cast

import strawberry
from graphql import GraphQLField, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, is_leaf_type
from graphql.execution import Executor
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.field import StrawberryField

ATTRIBUTE: Final = "attribute"  # metadata of a field with a resolver: the attribute that holds its value where the source has it


@dataclass(frozen=True, slots=True)
class _Plain:
    read: Callable[[object], object]
    serialise: Callable[[object], object]
    nullable: bool


PlainFields = Mapping[tuple[str, str], _Plain]


def executor_class(schema: strawberry.Schema, core: GraphQLSchema) -> type[Executor[Any]]:
    """The executor of `schema` (`core` in the form of graphql-core), with the shortcut for its plain fields."""
    plain = _plain_fields(core)
    base: Any = schema.execution_context_class

    class PlainFieldExecutor(base):  # type: ignore[misc]  # which executor it is, only Strawberry's version knows
        __slots__ = ()

        def execute_field(self, parent_type: GraphQLObjectType, source: object, details: list[Any], path: object, position: object) -> object:
            field = plain.get((parent_type.name, details[0].node.name.value))
            if field is not None:
                with suppress(Exception):  # read again below, where graphql-core makes an error of it, at its place
                    value = field.read(source)
                    if value is not None:
                        return field.serialise(value)
                    if field.nullable:
                        return None
            return super().execute_field(parent_type, source, details, path, position)

    return cast("type[Executor[Any]]", PlainFieldExecutor)


def _plain_fields(core: GraphQLSchema) -> PlainFields:
    objects = [t for t in core.type_map.values() if isinstance(t, GraphQLObjectType) and not t.name.startswith("__")]
    pairs = {(t.name, name): _plain(field) for t in objects for name, field in t.fields.items()}
    return {key: plain for key, plain in pairs.items() if plain is not None}


def _plain(field: GraphQLField) -> _Plain | None:
    """How the field is read, when it is an attribute whose value is a leaf."""
    definition = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    required = isinstance(field.type, GraphQLNonNull)
    leaf = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    if not isinstance(definition, StrawberryField) or not is_leaf_type(leaf):
        return None
    attribute = definition.python_name if definition.is_basic_field else definition.metadata.get(ATTRIBUTE)
    return _Plain(attrgetter(attribute), leaf.coerce_output_value, not required) if attribute else None
