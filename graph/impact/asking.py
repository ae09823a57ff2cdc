"""From what a command or a client says to the form of a question (graph/impact/parse_question.py)."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from graph.documents import read_mapping
from graph.errors import BadInput
from graph.impact.analysis import decommissioning_impact
from graph.impact.comparison import ScenarioComparison, compared
from graph.impact.parse_question import parse_question
from graph.impact.plan import Plan
from graph.impact.plan import plan as order_of_work
from graph.impact.projection import Projection
from graph.impact.readiness import Readiness, readiness
from graph.impact.sensitivity import Sensitivity
from graph.impact.sensitivity import sensitivity as by_doubt
from graph.impact.severity import ORDER, Severity
from graph.impact.timeline import Timeline, through_time
from graph.impact.verdict import DecommissioningImpact
from graph.inventory_reader import inventory
from graph.reads import Reads


def question_form(codes: Sequence[str], on: date | None, as_of: date | None, scenario: Path | None, whole: Path | None) -> Mapping[str, Any]:
    """The form of a question: codes that stop on a day, with the actions of a scenario file; or a whole file of targets, dates and actions.

    Raises BadInput for codes without a day, neither codes nor a file, or both; BadFile for a file that cannot be read.
    """
    if whole is not None:
        if codes or on or scenario:
            raise BadInput("--input holds targets, dates and actions together: give no CODE, --date nor --scenario beside it.")
        form = read_mapping(whole, "--input")
        return {**form, "as_of": as_of} if as_of else form
    if not codes or on is None:
        raise BadInput("CODE and --date are needed: what stops, and on which day; or --input with both.")
    form = {"as_of": as_of, "targets": [{"code": code, "date": on} for code in codes]}
    return {**read_mapping(scenario, "--scenario"), **form} if scenario else form


def decommissioning(form: Mapping[str, Any], today: date) -> Reads[DecommissioningImpact]:
    """The verdict on a question about the inventory that the store holds. Raises BadInput, naming the item and the field."""
    held = yield from inventory()
    return decommissioning_impact(Projection(held), parse_question(form, held, today=today))


def timeline(form: Mapping[str, Any], until: date | None, today: date) -> Reads[Timeline]:
    """The same through time, up to a day (I-31). Raises BadInput, naming the item and the field."""
    held = yield from inventory()
    return through_time(Projection(held), parse_question(form, held, today=today), until)


def plan(form: Mapping[str, Any], today: date) -> Reads[Plan]:
    """The order of work (I-28 to I-30). Raises BadInput, naming the item and the field."""
    held = yield from inventory()
    return order_of_work(Projection(held), parse_question(form, held, today=today))


def sensitivity(form: Mapping[str, Any], today: date) -> Reads[Sensitivity]:
    """What to verify first (I-34). Raises BadInput, naming the item and the field."""
    held = yield from inventory()
    return by_doubt(Projection(held), parse_question(form, held, today=today))


def region_readiness(stops_on: date | None, as_of: date) -> Reads[tuple[Readiness, ...]]:
    """How ready the regions are (I-36). Raises BadInput for a day before the day of analysis."""
    held = yield from inventory()
    return readiness(Projection(held), as_of, stops_on)


def scenarios_compared(a: Mapping[str, Any], b: Mapping[str, Any], today: date) -> Reads[ScenarioComparison]:
    """Two questions about one inventory, object by object (I-38). Raises BadInput, naming the item and the field."""
    held = yield from inventory()
    projection = Projection(held)
    one, other = (decommissioning_impact(projection, parse_question(form, held, today=today)) for form in (a, b))
    return compared(one, other)


def reaches(impact: DecommissioningImpact, severity: Severity) -> bool:
    """Whether any territory, application or step is at least as bad."""
    nodes = (*impact.applications, *impact.usages, *impact.steps, *impact.pathways, *impact.territories)
    return any(ORDER[node.severity] <= ORDER[severity] for node in nodes)
