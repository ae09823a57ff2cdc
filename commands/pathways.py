"""The commands that ask of a pathway: coverage, routes, gaps, continuity, loss, members."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from commands.options import Day, FormatOption, Home, OriginOption, the_store
from graph.documents import read_mapping
from graph.errors import ExitCode
from graph.pathways.continuity import pathway_continuity
from graph.pathways.continuity_table import continuity_table, loss_table
from graph.pathways.coverage import pathway_coverage
from graph.pathways.gap_table import gap_table
from graph.pathways.gaps import AskedGaps, pathway_gaps
from graph.pathways.loss import AskedLoss, pathway_loss
from graph.pathways.meeting import members_table, pathway_members
from graph.pathways.route_asking import routes_of
from graph.pathways.routes import pathway_refusal, pathway_routes
from graph.pathways.routes_table import refusal_table, routes_table
from graph.pathways.table import coverage_table
from graph.pathways.territories import TerritoryLevel
from graph.reads import answer
from graph.search.asking import Around, territory_of
from graph.search.reference import Reference
from graph.tables import Format, rendered

Code = Annotated[str, typer.Argument(metavar="PATHWAY")]
Within = Annotated[str | None, typer.Option(metavar="LEVEL=CODE", help="Only in region= or department=.")]


def coverage(
    code: Code,
    by: Annotated[TerritoryLevel, typer.Option(case_sensitive=False)] = TerritoryLevel.DEPARTMENT,
    territory: Within = None,
    at: Day = None,
    origin: OriginOption = None,
    form: FormatOption = Format.TABLE,
    embedded_home: Home = None,
) -> None:
    """Where each step of a pathway is covered.  Example: rorgraph coverage stroke --by department"""
    with the_store(embedded_home) as store:
        found = answer(store, pathway_coverage(code, by, at or date.today(), Reference(), territory_of(territory), origin))
    print(rendered(coverage_table(found), form), end="")


def routes(
    code: Code,
    near: Annotated[str | None, typer.Option("--from", metavar="COMMUNE", help="From this commune (INSEE code).")] = None,
    point: Annotated[str | None, typer.Option(metavar="LAT,LON", help="From this point (WGS84), instead of --from.")] = None,
    radius: Annotated[float | None, typer.Option(metavar="KM", help="The limit of the steps travelled to that state none.")] = None,
    person: Annotated[Path | None, typer.Option(metavar="FILE", help="The person as YAML or JSON, like the GraphQL PersonInput.")] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=50, help="How many routes.")] = 3,
    at: Day = None,
    origin: OriginOption = None,
    form: FormatOption = Format.TABLE,
    embedded_home: Home = None,
) -> None:
    """The best chains of offers from a place, with what they cost.  Example: rorgraph routes stroke --from 2A004 -k 3"""
    asked = routes_of(code, Around(near, point, radius), read_mapping(person, "--person") if person else {}, at, k, origin)
    with the_store(embedded_home) as store:
        reference = Reference()
        found = answer(store, pathway_routes(asked, reference))
        why = None if found else answer(store, pathway_refusal(asked, reference))
    print(rendered(refusal_table(why) if why else routes_table(found), form), end="")
    raise typer.Exit(ExitCode.FINDINGS if why else ExitCode.DONE)


def gaps(
    code: Code,
    step: Annotated[str | None, typer.Option(metavar="STEP", help="Only this step; every step by default.")] = None,
    max_km: Annotated[float | None, typer.Option(metavar="KM", help="Beyond so many km, included; by default each step's own limit.")] = None,
    territory: Annotated[
        str | None, typer.Option(metavar="LEVEL=CODE", help="Only communes of region=, department=, commune=, postalCode= or healthTerritory=.")
    ] = None,
    at: Day = None,
    origin: OriginOption = None,
    form: FormatOption = Format.TABLE,
    embedded_home: Home = None,
) -> None:
    """Which communes a step does not reach.  Example: rorgraph gaps stroke --step stroke-unit --max-km 60"""
    asked = AskedGaps(step, max_km, territory_of(territory), origin)
    with the_store(embedded_home) as store:
        print(rendered(gap_table(answer(store, pathway_gaps(code, asked, at or date.today(), Reference()))), form), end="")


def continuity(
    code: Code,
    territory: Within = None,
    at: Day = None,
    origin: OriginOption = None,
    form: FormatOption = Format.TABLE,
    embedded_home: Home = None,
) -> None:
    """Which steps rest on one entity, site, application or professional.  Example: rorgraph continuity stroke --territory department=960"""
    with the_store(embedded_home) as store:
        found = answer(store, pathway_continuity(code, at or date.today(), Reference(), territory_of(territory), origin))
    print(rendered(continuity_table(found), form), end="")


def loss(
    code: Code,
    closing: Annotated[list[str], typer.Argument(metavar="ID...", help="Offers, sites or legal entities that close.")],
    max_km: Annotated[float | None, typer.Option(metavar="KM", help="Beyond so many km a commune is a gap; by default each step's own limit.")] = None,
    at: Day = None,
    origin: OriginOption = None,
    form: FormatOption = Format.TABLE,
    embedded_home: Home = None,
) -> None:
    """What a pathway loses when these close.  Example: rorgraph loss stroke 1960000073 --max-km 60"""
    with the_store(embedded_home) as store:
        found = answer(store, pathway_loss(code, AskedLoss(tuple(closing), max_km, origin), at or date.today(), Reference()))
    print(rendered(loss_table(found), form), end="")


def members(
    code: Code,
    at: Day = None,
    origin: OriginOption = None,
    form: FormatOption = Format.TABLE,
    embedded_home: Home = None,
) -> None:
    """Which declared members of a pathway meet their step, and which do not.  Example: rorgraph members stroke"""
    with the_store(embedded_home) as store:
        found = answer(store, pathway_members(code, at or date.today(), Reference(), origin))
    print(rendered(members_table(found), form), end="")


COMMANDS = (coverage, routes, gaps, continuity, loss, members)
