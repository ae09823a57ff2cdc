"""What a source says otherwise than the graph (différences), who says what of an object, and its changes (historique)."""

import json
from datetime import date
from typing import Any

import strawberry
from strawberry.scalars import JSON

from api.refusals import check_property
from api.schema.base import Info, PageInfo, hanging, read, said
from api.schema.enums import NodeKind
from api.schema.pages import SeenPage, seen
from graph.differences import Asked, differences
from graph.history import history_of, sayings_of
from graph.sayings import DifferenceRow


@strawberry.type(description="What a source says of an object otherwise than the graph (différence).")
class Difference:
    source: strawberry.ID = said("The source that says otherwise.")
    label: NodeKind = said("What the object is.")
    object: strawberry.ID = said("Id of the object.")
    property: str = said("A property of the model, or a relation for what hangs on the object.")
    leader: strawberry.ID | None = said("The source that gives the value of the graph (source de référence).")
    personal: bool = said("The values are personal: only that they differ is told (donnée personnelle).")

    @read("What the source says; of a relation the list of what only it says (valeur de la source).", JSON | None)
    @staticmethod
    def said(parent: strawberry.Parent[DifferenceRow]) -> Any:
        return json.loads(parent.said) if parent.said else None

    @read("What the graph says; of a relation the list of what only the graph says (valeur du graphe).", JSON | None)
    @staticmethod
    def held(parent: strawberry.Parent[DifferenceRow]) -> Any:
        return json.loads(parent.held) if parent.held else None


@strawberry.type(description="One source of an object: since when it says it, and what it says otherwise than the graph (ce que dit une source).")
class SourceStatement:
    source: strawberry.ID = said("The source, as it stands on nodes: finess, ror:ROR-IDF.")
    rank: int | None = said("Its rank among the sources: the smallest leads; null: it no longer says it.")
    live: bool = said("It still says it.")
    leads: bool = said("Its values come first (source de référence).")
    type: str | None = said("How a ROR calls it: resource type or element.")
    source_id: strawberry.ID | None = said("Its id in that ROR.")
    first_seen: str | None = said("When its statement was first written: ISO 8601, UTC; null of one that neither leads nor has a record.")
    last_seen: str | None = said("When its statement was last written: ISO 8601, UTC.")
    updated_at: str | None = said("Day or instant of the update that it states.")
    gone_on: date | None = said("Day on which a full load no longer saw it.")
    digest: str | None = said("Digest of what it last said (empreinte).")
    differences: list[Difference] = said("What it says otherwise than the graph.")


def sources(label: str) -> Any:
    """Who says what of an object of a label."""
    return hanging("Who says it, since when, and what each says otherwise, the leader first (sources).", sayings_of(label))


def history(label: str) -> Any:
    """The changes of an object of a label."""
    return hanging("What the loads changed of it, the newest first, 200 at most (historique).", history_of(label))


@strawberry.type(description="A difference in its place.")
class DifferenceEdge:
    cursor: str = said("The `after` of what follows.")
    node: Difference = said("The difference.")


@strawberry.type(description="Differences, by object and property. A page may end before it is full: then `endCursor` says where the next goes on.")
class DifferenceConnection:
    edges: list[DifferenceEdge] = said("The differences of this page.")
    page_info: PageInfo = said("Where the page begins and ends.")


@strawberry.type
class DifferenceQuery:
    @read("What a source says otherwise than the graph (différences entre sources).", DifferenceConnection)
    async def differences(
        self,
        info: Info,
        source: strawberry.ID,
        label: NodeKind | None = None,
        property: str | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> SeenPage:
        asked = Asked(source, label.value if label else None, property)
        page = info.context.page(first)
        if property is not None:
            check_property(property, info.context.viewer)
        return seen(await info.context.answer(differences(asked, page, after)), after)
