"""The graph model as data: node types, relation types, and look-up by name. Statements, constraints and docs are rendered from it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from graph.model.kinds import NodeType, RelationType
from graph.model.nodes import ALL_NODES, CHANGE, DANGLING, SOURCE_RECORD
from graph.model.relations import ALL_RELATIONS

MODEL_VERSION: Final = "1.0"

NODES: Final[Mapping[str, NodeType]] = MappingProxyType({node.label: node for node in ALL_NODES})
RELATIONS: Final[Mapping[str, RelationType]] = MappingProxyType({relation.type: relation for relation in ALL_RELATIONS})
OWNED: Final = frozenset(end.label for relation in ALL_RELATIONS if relation.owned for _, end in relation.ends)
NEVER_STUBS: Final = OWNED | {SOURCE_RECORD.label, DANGLING.label, CHANGE.label}  # only ever written beside what they are about (M-10)


def _check() -> None:
    for relation in ALL_RELATIONS:
        for pair in relation.ends:
            for end in pair:
                if NODES.get(end.label) is not end:
                    raise ValueError(f"{relation.type}: its end {end.label} is not in ALL_NODES")
    if len(NODES) != len(ALL_NODES) or len(RELATIONS) != len(ALL_RELATIONS):
        raise ValueError("a label or a relation type stands twice in the model")


_check()
