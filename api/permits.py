"""What one operation of a document may show to one viewer: worked out once, before anything is read, and kept with the document (docs/access.md, A-5, A-8).

A field that is withheld from the viewer whatever the data holds is not resolved: it is null, or an empty list. One that is seen of some objects only is
resolved, and what it may not show does not come out of the store. Both are named in `extensions.withheld`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
    value_from_ast_untyped,
)

from api.measure import Fragments, fragments_of
from api.policy import ROOTS, need_of
from api.refusals import ScopeMissing, asks_for, check
from graph.access import EVERYTHING, Scope, Viewer

BLANK_LIST: Final[tuple[()]] = ()


@dataclass(frozen=True, slots=True)
class Permit:
    """`withheld`: type and field of each that is asked and not shown of everything, sorted. `blanks`: by id of the field's node, what stands for it."""

    withheld: tuple[str, ...] = ()
    blanks: Mapping[int, object] = field(default_factory=dict)


EVERYTHING_SHOWN: Final = Permit()


def permit_of(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, viewer: Viewer) -> Permit:
    """What the operation shows to a viewer. Raises ScopeMissing, ClassWithheld for a root field that it may not ask."""
    if viewer == EVERYTHING:
        return EVERYTHING_SHOWN
    walk = _Walk(fragments_of(document), viewer)
    walk.below(operation.selection_set, cast("GraphQLObjectType", schema.get_root_type(operation.operation)))
    return Permit(tuple(sorted(walk.withheld)), walk.blanks)


def check_arguments(document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, object], viewer: Viewer) -> None:
    """Raises ScopeMissing for a criterion that needs a scope, before the arguments are read (A-8)."""
    if Scope.QUALITY in viewer.scopes:
        return
    for node in _fields(operation.selection_set, fragments_of(document)):
        for argument in node.arguments or ():
            if asks_for(value_from_ast_untyped(argument.value, cast("dict[str, Any]", variables)), ANOMALY):
                raise ScopeMissing(f"{argument.name.value}: {ANOMALY}", Scope.QUALITY)


ANOMALY: Final = "inAnomaly"


def _fields(selections: SelectionSetNode, fragments: Fragments) -> Iterator[FieldNode]:
    """The fields of a selection, those of its fragments too."""
    for node in selections.selections:
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, FragmentSpreadNode):
            yield from _fields(fragments[node.name.value].selection_set, fragments)
        else:
            yield from _fields(cast("InlineFragmentNode", node).selection_set, fragments)


@dataclass(slots=True)
class _Walk:
    fragments: Fragments
    viewer: Viewer
    withheld: set[str] = field(default_factory=set)
    blanks: dict[int, object] = field(default_factory=dict)
    walked: set[tuple[int, str]] = field(default_factory=set)

    def below(self, selections: SelectionSetNode, parent: object) -> None:
        """Judge every field of a selection and of what is below those that are shown."""
        if not isinstance(parent, GraphQLObjectType) or (id(selections), parent.name) in self.walked:
            return
        self.walked.add((id(selections), parent.name))
        for node in _fields(selections, self.fragments):
            if not node.name.value.startswith("__"):
                self._field(node, parent)

    def _field(self, node: FieldNode, parent: GraphQLObjectType) -> None:
        definition = parent.fields[node.name.value]
        need = need_of(parent.name, node.name.value)
        if parent.name in ROOTS and (need.scope is not None or not need.rows):
            check(node.name.value, need, self.viewer)
        if not need.is_met(self.viewer):
            self.withheld.add(f"{parent.name}.{node.name.value}")
        if need.is_barred(self.viewer):
            self.blanks[id(node)] = BLANK_LIST if is_list_type(get_nullable_type(definition.type)) else None
        elif node.selection_set is not None:
            self.below(node.selection_set, get_named_type(definition.type))
