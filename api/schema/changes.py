"""What the loads changed (changements): since an instant as a feed, and of one load."""

import json
from datetime import datetime
from typing import Any

import strawberry
from strawberry.scalars import JSON

from api.schema.base import Info, PageInfo, read, said
from api.schema.enums import ChangeKind, NodeKind
from api.schema.pages import SeenPage, seen
from graph import changes as answers
from graph.changes import Asked, ChangeRow


@strawberry.type(description="One change that a load made to one object (changement).")
class Change:
    id: strawberry.ID = said("Its id.")
    run: strawberry.ID | None = said("The load (chargement).")
    source: strawberry.ID | None = said("The source that says otherwise than before, as it stands on nodes: finess, ror:ROR-IDF.")
    on: str | None = said("The instant of the load: ISO 8601, UTC.")
    label: NodeKind | None = said("What the object is.")
    object: strawberry.ID | None = said("Id of the object.")
    kind: ChangeKind | None = said("Created, changed, gone or back.")
    property: str | None = said("What changed: a property of the model, or a relation for what hangs on the object; null where all of it did.")

    @read("Before: a value; of a relation the list of what is no longer said; null: nothing, or a personal value (valeur précédente).", JSON | None)
    @staticmethod
    def old(parent: strawberry.Parent[ChangeRow]) -> Any:
        return json.loads(parent.old) if parent.old else None

    @read("Now: a value; of a relation the list of what is newly said; null: nothing, or a personal value (nouvelle valeur).", JSON | None)
    @staticmethod
    def new(parent: strawberry.Parent[ChangeRow]) -> Any:
        return json.loads(parent.new) if parent.new else None


@strawberry.type(description="A change in its place.")
class ChangeEdge:
    cursor: str = said("The `after` of what follows.")
    node: Change = said("The change.")


@strawberry.type(description="Changes, by instant and id.")
class ChangeConnection:
    edges: list[ChangeEdge] = said("The changes of this page.")
    page_info: PageInfo = said("Where the page begins and ends.")


@strawberry.type
class ChangeQuery:
    @read("What the loads that have ended changed since then, to be followed with `after` (changements).", ChangeConnection)
    async def changes(
        self,
        info: Info,
        since: datetime,
        source: strawberry.ID | None = None,
        label: NodeKind | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> SeenPage:
        asked = answers.changes(since, Asked(source, label.value if label else None), info.context.page(first), after)
        return seen(await info.context.answer(asked), after)

    @read("What one load changed, against the load of the same source before it; none for the first (changements d'un chargement).", ChangeConnection)
    async def run_changes(self, info: Info, run: strawberry.ID, label: NodeKind | None = None, first: int = 50, after: str | None = None) -> SeenPage:
        asked = answers.changes_of_run(run, label.value if label else None, info.context.page(first), after)
        return seen(await info.context.answer(asked), after)
