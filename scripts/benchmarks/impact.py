"""The stop of one regional ROR on made-up inventories: the analysis alone, its projection built before; then its plan, and what to verify first."""

import gc
import math
import time
from collections.abc import Callable

from graph.impact.analysis import decommissioning_impact
from graph.impact.inventory import Inventory
from graph.impact.plan import plan
from graph.impact.projection import Projection
from graph.impact.question import DecommissioningInput, Target
from graph.impact.sensitivity import sensitivity
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.shared_platforms import shared_platforms
from scripts.benchmarks.synthetic_inventory import AS_OF, STOP, synthetic_inventory

SIZES = ((400, 3_000), (1_000, 10_000), (3_000, 30_000), (10_000, 100_000))
TARGETS = {400: "under 50 ms", 10_000: "under 1500 ms"}


def impact(rounds: int) -> list[Figure]:
    """Milliseconds by size, and the exponent of the growth between the smallest and the largest; then the harder inventory with platforms."""
    figures = [_measured(applications, flows, rounds) for applications, flows in SIZES]
    growth = math.log(figures[-1].median / figures[0].median) / math.log(SIZES[-1][1] / SIZES[0][1])
    harder = [_measured(applications, flows, rounds, platforms=True) for applications, flows in (SIZES[0], SIZES[-1])]
    growing = Figure("growth of the impact with the flows", "exponent", (growth,), "about 1")
    return [*figures, growing, *harder, *_prepared(rounds)]


def _measured(applications: int, flows: int, rounds: int, *, platforms: bool = False) -> Figure:
    what = synthetic_inventory(applications, flows, platforms=platforms)
    name = f"impact of one ROR, {applications} applications, {flows} flows"
    told, target = (f"{name}, with platforms", "") if platforms else (name, TARGETS.get(applications, ""))
    return _timed(told, target, what, "ROR-R01", decommissioning_impact, rounds)


def _prepared(rounds: int) -> list[Figure]:
    """Plans where moves are shared and chained, and the facts to verify of the usual inventory, each of which is an analysis."""
    shared, usual, chained = shared_platforms(400, 60), synthetic_inventory(400, 3_000), synthetic_inventory(400, 3_000, platforms=True)
    return [
        _timed("plan, 400 applications, 60 possible switches that they share", "under 2000 ms", shared, "ROR", plan, rounds),
        _timed("plan of one ROR, 400 applications, 3000 flows", "", usual, "ROR-R01", plan, rounds),
        _timed("plan of one ROR, 400 applications, 3000 flows, with platforms", "", chained, "ROR-R01", plan, rounds),
        _timed("plan of the national ROR, 400 applications, 3000 flows", "", usual, "ROR-NAT", plan, rounds),
        _timed("sensitivity, 400 applications, 3000 flows", "", usual, "ROR-R01", sensitivity, 1),
    ]


def _timed(name: str, target: str, what: Inventory, stops: str, analysis: Callable[[Projection, DecommissioningInput], object], rounds: int) -> Figure:
    """Milliseconds of each round, after a first that builds the reference, which is kept with the projection."""
    projection = Projection(what)
    gc.collect()
    gc.freeze()  # as the server does with the projection that it keeps (api/kept.py)
    question = DecommissioningInput(AS_OF, (Target(stops, STOP),))
    if analysis is not sensitivity:  # which builds references itself, and takes long
        analysis(projection, question)
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        analysis(projection, question)
        times.append((time.perf_counter() - start) * 1000)
    return Figure(name, "ms", tuple(times), target)
