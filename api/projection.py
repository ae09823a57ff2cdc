"""Projections compiled from a document: the parts of an answer that are only attributes of frozen values are read in one go.

graphql-core builds a path, an info object and three levels of calls for each value of an answer, some 5 microseconds; a projection
needs 0.3 (docs/architecture.md, What costs in an answer). It stands for a field of the document whose whole selection is plain: attributes that are leaves,
objects or lists of such, without directives, without a response name that is asked for twice. Anything else, and every value that is
not as the schema says, is left to graphql-core, which also makes the errors: a projection either gives exactly what graphql-core would,
or nothing. Tests compare both on odd requests.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Final, cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentSpreadNode,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    Undefined,
    get_named_type,
    is_leaf_type,
)
from graphql.execution import Executor
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.field import StrawberryField

from api.measure import Fragments, fragments_of

ATTRIBUTE: Final = "attribute"  # metadata of a field with a resolver: the attribute that holds its value where the source has it
TYPE_NAME: Final = "__typename"
Project = Callable[[Any], Any]
Projections = Mapping[int, tuple[GraphQLOutputType, Project]]  # by id of the field's node, which the document keeps alive
Blanks = Mapping[int, object]  # the same; what stands for a field that is withheld: null, or an empty list


NO_BLANKS: Final[Blanks] = {}


class NotPlain(Exception):
    """The selection, or a value, is not one that a projection reads."""


def executor_class(base: Any) -> type[Executor[Any]]:
    """The executor that uses the projections which it is given as `projections`; the fields of `blanks`, by id of their node, it does not resolve (A-5)."""

    class ProjectingExecutor(base):  # type: ignore[misc]  # see above
        def __init__(self, *args: Any, projections: Projections, blanks: Blanks, **more: Any) -> None:
            super().__init__(*args, **more)
            self.projections = projections
            self.blanks = blanks
            if blanks:
                self.execute_field = self.execute_shown

        def execute_shown(self, parent_type: GraphQLObjectType, source: object, details: list[Any], *more: Any) -> Any:
            if (node := id(details[0].node)) in self.blanks:
                return _blank(self.blanks[node])
            return super().execute_field(parent_type, source, details, *more)

        def complete_value(self, return_type: GraphQLOutputType, details: list[Any], info: object, path: object, result: object, position: object) -> Any:
            compiled = self.projections.get(id(details[0].node)) if len(details) == 1 else None
            if compiled is not None and compiled[0] is return_type:
                try:
                    return compiled[1](result)
                except Exception:  # noqa: BLE001 - read again below, where graphql-core makes an error of it, at its place
                    pass
            return super().complete_value(return_type, details, info, path, result, position)

    return cast("type[Executor[Any]]", ProjectingExecutor)


def projections_of(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, blanks: Blanks = NO_BLANKS) -> Projections:
    """The outermost projections of one operation of a valid document."""
    compiler = _Compiler(schema, fragments_of(document), blanks)
    compiler.below(operation.selection_set, cast("GraphQLObjectType", schema.get_root_type(operation.operation)))
    return compiler.found


@dataclass(slots=True)
class _Compiler:
    schema: GraphQLSchema
    fragments: Fragments
    blanks: Blanks
    found: dict[int, tuple[GraphQLOutputType, Project]] = field(default_factory=dict)

    def below(self, selections: SelectionSetNode, parent: object) -> None:
        """Find the fields of a selection, and of those below it that are not plain themselves, that a projection can stand for."""
        if not isinstance(parent, GraphQLObjectType):
            return
        for node in self._fields(selections):
            definition = parent.fields.get(node.name.value)
            if definition is not None and node.selection_set is not None and id(node) not in self.found and id(node) not in self.blanks:
                self._field(node, definition.type)

    def _field(self, node: FieldNode, given: GraphQLOutputType) -> None:
        selections = cast("SelectionSetNode", node.selection_set)
        try:
            self.found[id(node)] = (given, self._value(given, selections))
        except NotPlain:
            self.below(selections, get_named_type(given))

    def _fields(self, selections: SelectionSetNode) -> Iterator[FieldNode]:
        """Every field, fragments written out."""
        for node in selections.selections:
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, FragmentSpreadNode):
                yield from self._fields(self.fragments[node.name.value].selection_set)
            elif isinstance(node, InlineFragmentNode):
                yield from self._fields(node.selection_set)

    def _value(self, given: GraphQLOutputType, selections: SelectionSetNode | None) -> Project:
        if isinstance(given, GraphQLNonNull):
            return _required(self._nullable(given.of_type, selections))
        return _optional(self._nullable(given, selections))

    def _nullable(self, given: GraphQLOutputType, selections: SelectionSetNode | None) -> Project:
        if isinstance(given, GraphQLList):
            return _each(self._value(given.of_type, selections))
        if is_leaf_type(given):
            return given.coerce_output_value
        if isinstance(given, GraphQLObjectType) and given.is_type_of is None and selections is not None:
            return _object(tuple(self._part(node, given) for node in self._plain_fields(selections, given)))
        raise NotPlain

    def _plain_fields(self, selections: SelectionSetNode, parent: GraphQLObjectType) -> list[FieldNode]:
        nodes = list(self._unconditional(selections, parent))
        if len({_response_name(node) for node in nodes}) < len(nodes):
            raise NotPlain
        return nodes

    def _unconditional(self, selections: SelectionSetNode, parent: GraphQLObjectType) -> Iterator[FieldNode]:
        """Every field, fragments written out; NotPlain where a directive or a type condition decides."""
        for node in selections.selections:
            if node.directives:
                raise NotPlain
            if isinstance(node, FieldNode):
                yield node
                continue
            inner = self.fragments[node.name.value] if isinstance(node, FragmentSpreadNode) else cast("InlineFragmentNode", node)
            if inner.directives or (inner.type_condition is not None and inner.type_condition.name.value != parent.name):
                raise NotPlain
            yield from self._unconditional(inner.selection_set, parent)

    def _part(self, node: FieldNode, parent: GraphQLObjectType) -> tuple[str, Project, Project]:
        if node.name.value == TYPE_NAME:
            return _response_name(node), _itself, lambda _: parent.name
        if id(node) in self.blanks:
            return _response_name(node), _itself, _constant(self.blanks[id(node)])
        definition = parent.fields[node.name.value]
        return _response_name(node), attrgetter(_attribute(definition.extensions)), self._value(definition.type, node.selection_set)


def _attribute(extensions: Mapping[str, Any]) -> str:
    """The attribute that a field shows."""
    definition = extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    if not isinstance(definition, StrawberryField):
        raise NotPlain
    attribute = definition.python_name if definition.is_basic_field else definition.metadata.get(ATTRIBUTE)
    if attribute is None:
        raise NotPlain
    return str(attribute)


def _response_name(node: FieldNode) -> str:
    return node.alias.value if node.alias else node.name.value


def _blank(value: object) -> object:
    """A list of its own for each answer."""
    return list(value) if isinstance(value, tuple) else value


def _constant(value: object) -> Project:
    return lambda _: _blank(value)


def _itself(source: object) -> object:
    return source


def _object(parts: tuple[tuple[str, Project, Project], ...]) -> Project:
    return lambda source: {name: show(read(source)) for name, read, show in parts}


def _each(item: Project) -> Project:
    def each(source: object) -> list[Any]:
        if not isinstance(source, list | tuple):
            raise NotPlain
        return [item(value) for value in source]

    return each


def _optional(show: Project) -> Project:
    return lambda source: None if source is None else _shown(show(source))


def _required(show: Project) -> Project:
    def required(source: object) -> Any:
        if source is None:
            raise NotPlain
        return _shown(show(source))

    return required


def _shown(value: object) -> object:
    if value is None or value is Undefined:
        raise NotPlain
    return value
