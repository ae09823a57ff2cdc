"""The catalogue: codes, applications, interfaces, sources, loads, page by page; and finding a node by any of its names."""

import json
from datetime import date
from typing import Any

import strawberry
from strawberry.scalars import JSON

from api.schema.applications import Application, ApplicationKind, Interface
from api.schema.base import Info, PageInfo, read, said
from api.schema.enums import NodeKind
from api.schema.pages import SeenPage, seen
from graph import finding, loads, urbanisation


@strawberry.type(description="A node that was found (résultat).")
class Hit:
    kind: NodeKind = said("What it is.")
    id: strawberry.ID = said("Its id or code.")
    name: str | None = said("Its name (nom).")
    exact: bool = said("Found by its key or FINESS number.")


@strawberry.type(description="A code of a nomenclature (code de nomenclature).")
class Concept:
    id: strawberry.ID = said("System, hyphen, code.")
    code: str = said("The code in its system.")
    label: str | None = said("Label (libellé).")
    short_label: str | None = said("Short label (libellé court).")
    valid_from: date | None = said("Valid from (date de début de validité).")
    valid_to: date | None = said("Last day of validity (date de fin de validité).")
    broader: list[strawberry.ID] = said("The codes that it narrows.")


@strawberry.type(description="A source that was loaded (source).")
class Source:
    source: strawberry.ID = said("Its code.")
    runs: int = said("How many loads.")
    last_done: str | None = said("Start of the last load that is done: ISO 8601, UTC.")
    last_ended: str | None = said("End of the last load of all: ISO 8601, UTC.")


@strawberry.type(description="One load (chargement).")
class Run:
    id: strawberry.ID = said("Its id.")
    of: strawberry.ID | None = said("Code of its source.")
    files: list[str] | None = said("Names of the files.")
    file_digest: str | None = said("Digest of the files (empreinte).")
    perimeter: list[str] | None = said("What it speaks of (périmètre).")
    mode: str | None = said("full or delta.")
    model_version: str | None = said("Version of the model.")
    started: str | None = said("ISO 8601, UTC.")
    ended: str | None = said("ISO 8601, UTC; null while it is under way or was killed.")
    status: str | None = said("reading, writing, closing, done, refused or failed.")
    message: str | None = said("What it said at its end.")
    seconds: float | None = said("How long it took.")

    @read("Rows seen, created, updated, unchanged, rejected... (décompte).", JSON | None)
    @staticmethod
    def counts(parent: strawberry.Parent[loads.RunRow]) -> Any:
        return json.loads(parent.counts) if parent.counts else None


@strawberry.type(description="A code in its place.")
class ConceptEdge:
    cursor: str = said("The `after` of what follows.")
    node: Concept = said("The code.")


@strawberry.type(description="Codes of a nomenclature, by id.")
class ConceptConnection:
    edges: list[ConceptEdge] = said("The codes of this page.")
    page_info: PageInfo = said("Where the page begins and ends.")


@strawberry.type(description="An application in its place.")
class ApplicationEdge:
    cursor: str = said("The `after` of what follows.")
    node: Application = said("The application.")


@strawberry.type(description="Applications, by code.")
class ApplicationConnection:
    edges: list[ApplicationEdge] = said("The applications of this page.")
    page_info: PageInfo = said("Where the page begins and ends.")


@strawberry.type(description="A load in its place.")
class RunEdge:
    cursor: str = said("The `after` of what follows.")
    node: Run = said("The load.")


@strawberry.type(description="Loads, the newest first.")
class RunConnection:
    edges: list[RunEdge] = said("The loads of this page.")
    page_info: PageInfo = said("Where the page begins and ends.")


@strawberry.type
class CatalogueQuery:
    @read("Any node by id, code, FINESS number or words of its name (recherche par nom).", list[Hit])
    async def find(self, info: Info, text: str, kinds: list[NodeKind] | None = None, first: int = 20) -> tuple[finding.Hit, ...]:
        among = finding.FOUND if kinds is None else [kind.value for kind in kinds]
        return await info.context.answer(finding.find(text, among, info.context.page(first)))

    @read("Codes of a nomenclature (nomenclature).", ConceptConnection)
    async def concepts(self, info: Info, system: str, text: str | None = None, first: int = 50, after: str | None = None) -> SeenPage:
        return seen(await info.context.answer(finding.concepts(system, text, info.context.page(first), after)), after)

    @read("Applications, by code (applications).", ApplicationConnection)
    async def applications(
        self,
        info: Info,
        kind: ApplicationKind | None = None,
        region: strawberry.ID | None = None,
        text: str | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> SeenPage:
        asked = urbanisation.applications(kind.value if kind else None, region, text, info.context.page(first), after)
        return seen(await info.context.answer(asked), after)

    @read("An application by code; null where there is none.", Application | None)
    async def application(self, info: Info, code: strawberry.ID) -> urbanisation.ApplicationDetails | None:
        return await info.context.load(urbanisation.application_details, str(code))

    @read("An interface by code; null where there is none (service exposé).", Interface | None)
    async def interface(self, info: Info, code: strawberry.ID) -> urbanisation.InterfaceDetails | None:
        return await info.context.load(urbanisation.interface_details, str(code))

    @read("The sources that were loaded, by code (sources).", list[Source])
    async def sources(self, info: Info) -> tuple[loads.SourceRow, ...]:
        return await info.context.answer(loads.sources())

    @read("The loads, the newest first (chargements).", RunConnection)
    async def runs(self, info: Info, source: strawberry.ID | None = None, first: int = 20, after: str | None = None) -> SeenPage:
        return seen(await info.context.answer(loads.runs(source, info.context.page(first), after)), after)
