"""How large a document is, and how large its answer can be, read from its syntax tree before anything is executed.

A fragment is measured once, whatever it is used for: documents that multiply by nesting fragments cost no more to measure than
to parse. A fragment that contains itself counts as empty here; validation refuses it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLCompositeType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)

from api.limits import ASSUMED_ITEMS

PAGE_ARGUMENT: Final = "first"
PAGE_ITEMS: Final = "edges"  # of a connection: as many as its `first` says
Fragments = Mapping[str, FragmentDefinitionNode]


@dataclass(frozen=True, slots=True)
class Size:
    """Levels, aliases and fields of a selection, its fragments written out."""

    depth: int = 0
    aliases: int = 0
    fields: int = 0

    def beside(self, other: "Size") -> "Size":
        """Both in one selection."""
        return Size(max(self.depth, other.depth), self.aliases + other.aliases, self.fields + other.fields)


def fragments_of(document: DocumentNode) -> Fragments:
    """The fragments of a document by name."""
    return {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}


def size_of(document: DocumentNode) -> Size:
    """Size of the largest operation in each respect. Introspection fields count as one field (graphql-core bounds their nesting)."""
    measured = _Sizes(fragments_of(document))
    sizes = [measured.of(node.selection_set) for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    return Size(max(s.depth for s in sizes), max(s.aliases for s in sizes), max(s.fields for s in sizes)) if sizes else Size()


@dataclass(slots=True)
class _Sizes:
    fragments: Fragments
    known: dict[str, Size] = field(default_factory=dict)

    def of(self, selections: SelectionSetNode | None) -> Size:
        total = Size()
        for node in selections.selections if selections else ():
            total = total.beside(self._of_selection(node))
        return total

    def _of_selection(self, node: object) -> Size:
        if isinstance(node, FieldNode):
            return self._of_field(node)
        if isinstance(node, FragmentSpreadNode):
            return self._of_fragment(node.name.value)
        return self.of(cast("InlineFragmentNode", node).selection_set)

    def _of_field(self, node: FieldNode) -> Size:
        below = Size() if _is_introspection(node) else self.of(node.selection_set)
        return Size(below.depth + 1, below.aliases + (node.alias is not None), below.fields + 1)

    def _of_fragment(self, name: str) -> Size:
        if name not in self.known:
            self.known[name] = Size()
            self.known[name] = self.of(self.fragments[name].selection_set) if name in self.fragments else Size()
        return self.known[name]


def _is_introspection(node: FieldNode) -> bool:
    return node.name.value.startswith("__")


@dataclass(frozen=True, slots=True)
class Cost:
    """Values that an answer can hold: `values` plus, for each page asked by a variable, that many times its part.

    `page`: the greatest page asked by a number.
    """

    values: int = 0
    page: int = 0
    pages: tuple[tuple[str, int, "Cost"], ...] = ()  # variable, items when it is absent, cost of one item

    def of(self, variables: Mapping[str, object]) -> int:
        """The number for these variables. A variable that is not a positive number is refused later: it counts as absent."""
        return self.values + sum(_items(variables.get(name), absent) * each.of(variables) for name, absent, each in self.pages)

    def page_of(self, variables: Mapping[str, object]) -> int:
        """The greatest page that is asked for with these variables; 0 where none is."""
        return max(self.page, *(max(_items(variables.get(name), absent), each.page_of(variables)) for name, absent, each in self.pages), 0)

    def plus(self, other: "Cost") -> "Cost":
        """Both in one selection."""
        return Cost(self.values + other.values, max(self.page, other.page), self.pages + other.pages)

    def times(self, items: int) -> "Cost":
        """A list of that many."""
        return Cost(self.values * items, self.page, tuple((name, absent, each.times(items)) for name, absent, each in self.pages))


def _items(value: object, absent: int) -> int:
    return value if isinstance(value, int) and value > 0 else absent


def cost_of(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) -> Cost:
    """Cost of one operation of a valid document."""
    root = cast("GraphQLObjectType", schema.get_root_type(operation.operation))
    return _Costs(schema, fragments_of(document), _defaults(operation)).of(operation.selection_set, root)


def _defaults(operation: OperationDefinitionNode) -> Mapping[str, int]:
    nodes = {node.variable.name.value: node.default_value for node in operation.variable_definitions or ()}
    return {name: int(value.value) for name, value in nodes.items() if isinstance(value, IntValueNode)}


@dataclass(slots=True)
class _Costs:
    schema: GraphQLSchema
    fragments: Fragments
    defaults: Mapping[str, int]
    known: dict[str, Cost] = field(default_factory=dict)

    def of(self, selections: SelectionSetNode | None, parent: GraphQLCompositeType) -> Cost:
        return _sum(self._of_selection(node, parent) for node in (selections.selections if selections else ()))

    def _of_selection(self, node: object, parent: GraphQLCompositeType) -> Cost:
        if isinstance(node, FieldNode):
            return self._of_field(node, parent)
        if isinstance(node, FragmentSpreadNode):
            return self._of_fragment(node.name.value)
        inline = cast("InlineFragmentNode", node)
        return self.of(inline.selection_set, self._type(inline.type_condition.name.value) if inline.type_condition else parent)

    def _of_fragment(self, name: str) -> Cost:
        if name not in self.known:
            fragment = self.fragments[name]
            self.known[name] = self.of(fragment.selection_set, self._type(fragment.type_condition.name.value))
        return self.known[name]

    def _type(self, name: str) -> GraphQLCompositeType:
        return cast("GraphQLCompositeType", self.schema.type_map[name])

    def _of_field(self, node: FieldNode, parent: GraphQLCompositeType) -> Cost:
        if _is_introspection(node):
            return Cost(1)
        definition = cast("GraphQLObjectType | GraphQLInterfaceType", parent).fields[node.name.value]
        named = get_named_type(definition.type)
        one = Cost(1).plus(self.of(node.selection_set, named) if is_composite_type(named) else Cost())
        return self._repeated(node, definition, one)

    def _repeated(self, node: FieldNode, definition: GraphQLField, one: Cost) -> Cost:
        if PAGE_ARGUMENT in definition.args:
            return self._paged(node, definition, one)
        is_list = is_list_type(get_nullable_type(definition.type)) and node.name.value != PAGE_ITEMS
        return one.times(ASSUMED_ITEMS) if is_list else one

    def _paged(self, node: FieldNode, definition: GraphQLField, one: Cost) -> Cost:
        default = definition.args[PAGE_ARGUMENT].default
        absent = _items(default.value if default else None, ASSUMED_ITEMS)
        given = next((argument.value for argument in node.arguments or () if argument.name.value == PAGE_ARGUMENT), None)
        if isinstance(given, VariableNode):
            return Cost(pages=((given.name.value, self.defaults.get(given.name.value, absent), one),))
        items = int(given.value) if isinstance(given, IntValueNode) else absent
        return one.times(items).plus(Cost(page=items))


def _sum(costs: Iterable[Cost]) -> Cost:
    total = Cost()
    for cost in costs:
        total = total.plus(cost)
    return total
