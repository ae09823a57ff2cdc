"""Documents that clients send, parsed, measured and validated once and kept by their text.

Validation is what a GraphQL request costs most (1 ms and more), so a client that sends a constant text with variables pays it once.
The same text is valid for everybody; what it may show is worked out once a text and viewer (A-9).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    parse,
    validate,
)

from api.limits import Limits, above
from api.measure import Cost, cost_of, size_of
from api.permits import EVERYTHING_SHOWN, Permit, check_arguments, permit_of
from api.projection import Projections, projections_of
from graph.access import EVERYTHING, Viewer
from graph.errors import BadInput, LimitExceeded

KEPT: Final = 128  # texts
KEPT_VIEWERS: Final = 16  # of each operation
KEPT_CHARACTERS: Final = 10_000  # a longer text is not kept: some 130 bytes of tree a character
TOO_MANY: Final = "contains more than"  # how graphql-core words its refusals
TOO_DEEP: Final = "nested too deeply"


class InvalidDocument(BadInput):
    """The document has the wrong form or asks for what the schema does not have; `errors` says where."""

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        self.errors = errors
        super().__init__("; ".join(error.message for error in errors))


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a valid document, ready to be executed."""

    document: DocumentNode
    name: str | None
    kind: OperationType
    cost: Cost
    shown: "ShownTo"


@dataclass(frozen=True, slots=True)
class ShownOperation:
    """What an operation shows to one viewer, and how."""

    permit: Permit
    projections: Projections


ShownTo = Callable[[Viewer, Mapping[str, object]], ShownOperation]


@dataclass(frozen=True, slots=True)
class _Document:
    operations: tuple[Operation, ...]

    def operation(self, name: str | None) -> Operation:
        if name is None and len(self.operations) == 1:
            return self.operations[0]
        found = next((operation for operation in self.operations if operation.name == name), None)
        if found is None or name is None:
            names = ", ".join(operation.name or "(without name)" for operation in self.operations)
            raise BadInput(f"operationName: the document holds the operations {names or '(none)'}; name one of them.")
        return found


class Documents:
    """The documents of one schema, the most recently used ones kept."""

    def __init__(self, schema: GraphQLSchema, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self._kept = lru_cache(maxsize=KEPT)(self._prepared)

    def operation(self, text: str, name: str | None) -> Operation:
        """The operation `name` of this text, or its only one.

        Raises InvalidDocument, LimitExceeded (tokens, depth, aliases, fields), BadInput for an unknown operation.
        """
        document = self._kept(text) if len(text) <= KEPT_CHARACTERS else self._prepared(text)
        return document.operation(name)

    def _prepared(self, text: str) -> _Document:
        document = self._parsed(text)
        self._measured(document)
        errors = validate(self._schema, document)
        if errors:
            raise InvalidDocument(errors)
        nodes = (node for node in document.definitions if isinstance(node, OperationDefinitionNode))
        return _Document(tuple(self._operation(document, node) for node in nodes))

    def _operation(self, document: DocumentNode, node: OperationDefinitionNode) -> Operation:
        name = node.name.value if node.name else None
        return Operation(document, name, node.operation, cost_of(self._schema, document, node), self._shown(document, node))

    def _shown(self, document: DocumentNode, node: OperationDefinitionNode) -> ShownTo:
        whole = ShownOperation(EVERYTHING_SHOWN, projections_of(self._schema, document, node))

        @lru_cache(maxsize=KEPT_VIEWERS)
        def of_viewer(viewer: Viewer) -> ShownOperation:
            permit = permit_of(self._schema, document, node, viewer)
            return ShownOperation(permit, projections_of(self._schema, document, node, permit.blanks) if permit.blanks else whole.projections)

        def shown(viewer: Viewer, variables: Mapping[str, object]) -> ShownOperation:
            if viewer == EVERYTHING:
                return whole
            found = of_viewer(viewer)
            check_arguments(document, node, variables, viewer)
            return found

        return shown

    def _parsed(self, text: str) -> DocumentNode:
        try:
            return parse(text, max_lexical_tokens=self._limits.tokens, max_comments=self._limits.tokens)
        except GraphQLSyntaxError as error:
            raise self._unread(error) from error

    def _unread(self, error: GraphQLSyntaxError) -> BadInput | LimitExceeded:
        if TOO_MANY in error.message:
            return LimitExceeded(f"tokens: the document has more than {self._limits.tokens} of them, the limit. Split it, or use variables.")
        if TOO_DEEP in error.message:
            return LimitExceeded(f"depth: the document is nested too deeply to be read, the limit is {self._limits.depth} levels of fields.")
        return InvalidDocument([error])

    def _measured(self, document: DocumentNode) -> None:
        size = size_of(document)
        if size.depth > self._limits.depth:
            raise above("depth", "levels of fields in the document:", size.depth, self._limits.depth)
        if size.aliases > self._limits.aliases:
            raise above("aliases", "aliases in the document:", size.aliases, self._limits.aliases)
        if size.fields > self._limits.fields:
            raise above("fields", "fields in the document:", size.fields, self._limits.fields)
