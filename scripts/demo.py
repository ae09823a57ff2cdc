"""scripts/demo: the fictional sample region and the programme's inventory, five questions, then GraphQL."""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from api.admission import OPERATOR_ONLY
from api.app import build_app
from api.limits import DEFAULT as LIMITS
from api.schema import build_schema
from api.server import serve
from graph.dependencies import Direction, dependencies
from graph.dependencies_table import dependencies_table
from graph.errors import RorGraphError
from graph.impact.asking import decommissioning
from graph.impact.filters import Shown, shown
from graph.impact.severity import Severity
from graph.impact.verdict import DecommissioningImpact
from graph.pathways.coverage import pathway_coverage
from graph.pathways.pathway import StepPlace, get_pathway
from graph.pathways.table import coverage_table
from graph.pathways.territories import TerritoryLevel
from graph.reads import answer, answer_long
from graph.reconciliation.reading import compared
from graph.reconciliation.table import View, reconciliation_table
from graph.runs import Mode
from graph.search.candidates import Origin
from graph.search.offers import Asked, search_offers
from graph.search.place import Near
from graph.search.reference import Reference
from graph.search.table import offers_table
from graph.search.territory import Level, Territory
from graph.settings import Settings
from graph.store.connection import Store, connect_async
from graph.store.opening import open_store
from graph.tables import Format, Table, rendered
from loaders.pipeline import Options, load
from loaders.registry import get_source

ROOT = Path(__file__).parents[1]
HOME = ROOT / ".home" / "demo"
DATA = ROOT / "data"
COMMUNE, REGION, ROR, NATIONAL = "96001", "96", "ROR-ILE", "ROR-NATF"
WHOLE, OF_NATIONAL, UPDATE = Options(), Options(ror=NATIONAL), Options(Mode.DELTA, ror=NATIONAL)
LOADS = (
    ("geography", "region/geo", WHOLE), ("nos", "region/nos", WHOLE), ("finess", "region/finess", WHOLE), ("sae", "region/sae", WHOLE),
    ("pathways", "pathways", WHOLE), ("inventory", "programme", WHOLE), ("inventory", "region/inventory", WHOLE), ("ror-xml", "region/ror/regional", WHOLE),
    ("ror-fhir", "region/ror/national", OF_NATIONAL), ("ror-fhir", "region/ror/national_update", UPDATE),
)  # fmt: skip
DEEP, PEOPLE_ASK_FOR = 6, ("Application", "Usage")  # relations; interfaces and flows stand in the paths
STOP, TODAY = date(2026, 6, 30), date(2026, 1, 15)


def main() -> int:
    """Load, answer, serve; an error of ours is one line and its exit code."""
    parser = argparse.ArgumentParser(prog="scripts/demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="print the answers and end")
    parser.add_argument("--port", type=int, default=8000, help="where GraphQL answers (0: a free one)")
    asked = parser.parse_args()
    try:
        with open_store(Settings(home=HOME, heap="1g")) as store:
            _load(store)
            for line in _answers(store):
                print(line, flush=True)
            if not asked.once:
                app = build_app(partial(connect_async, store.endpoint, LIMITS.seconds), build_schema(), admission=OPERATOR_ONLY)
                serve(app, "127.0.0.1", asked.port, _announce)
    except RorGraphError as problem:
        print(problem, file=sys.stderr)
        return int(problem.exit_code)
    return 0


def _load(store: Store) -> None:
    started = time.monotonic()
    for name, folder, options in LOADS:
        report = load(store, get_source(name), [DATA / folder], replace(options, rejects=HOME / "rejects" / name))
        done = f"{report.seen} rows: {report.created} created, {report.updated} updated, {report.unchanged} unchanged, {report.rejected} rejected"
        print(f"loaded {name:10} data/{folder:26} {done}", flush=True)
    print(f"All of it in {time.monotonic() - started:.1f} s. The sample region is fictional; the programme's inventory is made of public facts.\n")


def _answers(store: Store) -> Iterator[str]:
    reference = Reference()
    yield f"1. A stroke patient in commune {COMMUNE} (Port-Brume): which offers are near, step by step?\n"
    for step in answer(store, get_pathway("stroke")).steps:
        if step.place is StepPlace.TRAVEL:
            asked = Asked(step.requirement, TODAY, Near(commune=COMMUNE, radius_km=150.0), first=3, origin=Origin.OBSERVED)
            page = answer(store, search_offers(asked, reference))
            yield f"{step.name}\n{rendered(offers_table(page), Format.TABLE)}"
    yield "2. Where is each step of the stroke pathway covered?\n"
    covered = pathway_coverage("stroke", TerritoryLevel.DEPARTMENT, TODAY, reference, Territory(Level.REGION, REGION), Origin.OBSERVED)
    yield rendered(coverage_table(answer(store, covered)), Format.TABLE)
    yield f"3. Which applications and usages depend on the regional ROR {ROR}, directly or through another application?\n"
    depend = answer(store, dependencies(ROR, Direction.DOWNSTREAM, DEEP))
    yield rendered(dependencies_table(replace(depend, nodes=tuple(one for one in depend.nodes if one.kind in PEOPLE_ASK_FOR))), Format.TABLE)
    yield f"4. What breaks when {ROR} stops on {STOP} (seen on {TODAY})?\n"
    yield from _impact(answer(store, decommissioning({"as_of": TODAY, "targets": [{"code": ROR, "date": STOP}]}, TODAY)))
    yield f"5. What does {ROR} hold that {NATIONAL} does not, offer by offer?\n"
    yield rendered(reconciliation_table(answer_long(store, compared(ROR, NATIONAL)).reconciled(), View.ROWS), Format.TABLE)


def _impact(found: DecommissioningImpact) -> Iterator[str]:
    broken = shown(found, Shown(severity=Severity.RUPTURE))
    nodes = (*broken.territories, *broken.pathways, *broken.steps, *broken.usages, *broken.applications)
    rows = [(one.kind, one.code, one.name, " ".join(t.territory for t in one.territories), " → ".join(one.witness)) for one in nodes]
    yield rendered(Table(("rupture of", "code", "name", "in", "by"), rows), Format.TABLE)
    counted = Counter(flow.status for flow in found.flows)
    yield rendered(Table(("flows", "status"), [(count, status) for status, count in sorted(counted.items())]), Format.TABLE)
    yield (
        f"Score {found.score.value} of 100 in the worst territory, {found.score.national} for all. "
        "A rupture of a step is that of its digital support, not of care.\n"
        f"The whole report:  .venv/bin/rorgraph impact {ROR} --date {STOP} --as-of {TODAY} --embedded-home {HOME.relative_to(ROOT)}\n"
    )


def _announce(address: str) -> None:
    print(f"GraphQL answers at {address}. Try:  curl -s {address} -H 'content-type: application/json' -d '{{\"query\": \"{{ pathways {{ code name }} }}\"}}'")
    print("Stop with Ctrl-C.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
