"""The commands that ask what a stop breaks, and in which order to move: impact, timeline, plan, sensitivity, readiness, compare."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from commands.options import FormatOption, Home, day, the_store
from graph.errors import ExitCode
from graph.impact import asking
from graph.impact.asking import decommissioning, question_form, reaches
from graph.impact.comparison_table import comparison_table
from graph.impact.filters import Shown, shown
from graph.impact.plan_table import PlanView, plan_table
from graph.impact.readiness_table import readiness_table
from graph.impact.report import ImpactFormat, impact_text
from graph.impact.report_csv import Table
from graph.impact.sensitivity_table import sensitivity_table
from graph.impact.severity import Severity
from graph.impact.timeline_table import timeline_table
from graph.reads import answer
from graph.tables import Format, rendered

Stopping = Annotated[list[str] | None, typer.Argument(metavar="CODE...", help="Applications or interfaces that stop.")]
StopDay = Annotated[date | None, typer.Option("--date", parser=day, metavar="DATE", help="The first day without service.")]
AsOf = Annotated[date | None, typer.Option(parser=day, metavar="DATE", help="The day of analysis; today by default.")]
Scenario = Annotated[Path | None, typer.Option(metavar="FILE", help="Actions, as YAML or JSON.")]
Whole = Annotated[Path | None, typer.Option("--input", metavar="FILE", help="Targets, dates and actions together.")]


def impact(
    codes: Stopping = None,
    on: StopDay = None,
    as_of: AsOf = None,
    scenario: Scenario = None,
    whole: Whole = None,
    form: Annotated[ImpactFormat, typer.Option("--format", case_sensitive=False)] = ImpactFormat.MD,
    table: Annotated[Table, typer.Option(help="Which table, with --format csv.")] = Table.IMPACT,
    depth: Annotated[int | None, typer.Option(min=1, help="Show objects up to this depth only.")] = None,
    fail_on: Annotated[Severity | None, typer.Option(case_sensitive=False, help="End with 1 if anything is at least as bad.")] = None,
    embedded_home: Home = None,
) -> None:
    """What breaks when applications or interfaces stop.  Example: rorgraph impact ROR-IDF --date 2026-06-30 --as-of 2026-01-15"""
    with the_store(embedded_home) as store:
        found = answer(store, decommissioning(question_form(codes or (), on, as_of, scenario, whole), date.today()))
    print(impact_text(shown(found, Shown(depth=depth)), form, table), end="")
    raise typer.Exit(ExitCode.FINDINGS if fail_on and reaches(found, fail_on) else ExitCode.DONE)


def timeline(
    codes: Stopping = None,
    on: StopDay = None,
    as_of: AsOf = None,
    until: Annotated[date | None, typer.Option(parser=day, metavar="DATE", help="The last day looked at; by default the last change.")] = None,
    scenario: Scenario = None,
    whole: Whole = None,
    form: FormatOption = Format.TABLE,
    embedded_home: Home = None,
) -> None:
    """When what breaks, and from when on all is safe.  Example: rorgraph timeline ROR-IDF --date 2026-06-30 --as-of 2026-01-15"""
    with the_store(embedded_home) as store:
        found = answer(store, asking.timeline(question_form(codes or (), on, as_of, scenario, whole), until, date.today()))
    print(rendered(timeline_table(found), form), end="")


def plan(
    codes: Stopping = None,
    on: StopDay = None,
    as_of: AsOf = None,
    scenario: Scenario = None,
    whole: Whole = None,
    view: Annotated[PlanView, typer.Option("--table", case_sensitive=False, help="Which table.")] = PlanView.MOVES,
    form: FormatOption = Format.TABLE,
    embedded_home: Home = None,
) -> None:
    """In which order to move, and the fewest switches.  Example: rorgraph plan ROR-IDF --date 2026-06-30 --as-of 2026-01-15"""
    with the_store(embedded_home) as store:
        found = answer(store, asking.plan(question_form(codes or (), on, as_of, scenario, whole), date.today()))
    print(rendered(plan_table(found, view), form), end="")


def sensitivity(
    codes: Stopping = None,
    on: StopDay = None,
    as_of: AsOf = None,
    scenario: Scenario = None,
    whole: Whole = None,
    form: FormatOption = Format.TABLE,
    embedded_home: Home = None,
) -> None:
    """Which unknown would change the verdict most: what to verify first.  Example: rorgraph sensitivity ROR-IDF --date 2026-06-30"""
    with the_store(embedded_home) as store:
        found = answer(store, asking.sensitivity(question_form(codes or (), on, as_of, scenario, whole), date.today()))
    print(rendered(sensitivity_table(found), form), end="")


def readiness(
    on: StopDay = None,
    as_of: AsOf = None,
    form: FormatOption = Format.TABLE,
    embedded_home: Home = None,
) -> None:
    """How ready each region is for the stop of its ROR.  Example: rorgraph readiness --date 2026-06-30 --as-of 2026-01-15"""
    with the_store(embedded_home) as store:
        found = answer(store, asking.region_readiness(on, as_of or date.today()))
    print(rendered(readiness_table(found), form), end="")


def compare(
    a: Annotated[Path, typer.Argument(metavar="A", help="Targets, dates and actions of a scenario, as YAML or JSON.")],
    b: Annotated[Path, typer.Argument(metavar="B", help="The scenario that is held against it.")],
    as_of: AsOf = None,
    form: FormatOption = Format.TABLE,
    embedded_home: Home = None,
) -> None:
    """What scenario B breaks and A does not, and what it saves.  Example: rorgraph compare as-is.yaml plan.yaml --as-of 2026-01-15"""
    one, other = (question_form((), None, as_of, None, file) for file in (a, b))
    with the_store(embedded_home) as store:
        found = answer(store, asking.scenarios_compared(one, other, date.today()))
    print(rendered(comparison_table(found), form), end="")


COMMANDS = (impact, timeline, plan, sensitivity, readiness, compare)
