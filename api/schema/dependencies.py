"""What depends on what in the urbanisation graph (docs/impact.md, I-13; invariant 9)."""

import strawberry

from api.schema.base import Info, read, said
from api.schema.enums import Direction
from graph import dependencies as graph_dependencies


@strawberry.type(description="One relation on the way (relation d'un chemin témoin).")
class PathStep:
    relation: str = said("Relation type of the model.")
    start: strawberry.ID = said("Code of its start.")
    end: strawberry.ID = said("Code of its end.")
    forward: bool = said("Followed from its start to its end.")


@strawberry.type(description="An object that is reached (objet dépendant).")
class Dependent:
    code: strawberry.ID = said("Its code.")
    name: str | None = said("Its name (nom).")
    kind: str = said("Its label in the model.")
    depth: int = said("Relations from the start: exact.")
    witness: list[PathStep] = said("A shortest path to it (chemin témoin).")


@strawberry.type(description="What depends on an object, or what it relies on (dépendances).")
class DependencyGraph:
    code: strawberry.ID = said("Code of the start.")
    name: str | None = said("Its name (nom).")
    kind: str = said("Its label in the model.")
    direction: Direction = said("In which direction.")
    depth: int = said("Up to how many relations.")
    nodes: list[Dependent] = said("Objects that are reached, by depth, kind and code.")


@strawberry.type
class DependencyQuery:
    @read("What depends on an application, interface, flow or usage, or what it relies on, up to an exact depth (dépendances).", DependencyGraph)
    async def dependencies(self, info: Info, code: strawberry.ID, direction: Direction, depth: int = 1) -> graph_dependencies.DependencyGraph:
        return await info.context.answer(graph_dependencies.dependencies(str(code), direction, depth))
