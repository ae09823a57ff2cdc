"""The stop of one regional ROR on made-up inventories: the analysis alone, its projection built before."""

import gc
import math
import time

from graph.impact.analysis import decommissioning_impact
from graph.impact.projection import Projection
from graph.impact.question import DecommissioningInput, Target
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.synthetic_inventory import AS_OF, STOP, synthetic_inventory

SIZES = ((400, 3_000), (1_000, 10_000), (3_000, 30_000), (10_000, 100_000))
TARGETS = {400: "under 50 ms", 10_000: "under 1500 ms"}


def impact(rounds: int) -> list[Figure]:
    """Milliseconds by size, and the exponent of the growth between the smallest and the largest; then the harder inventory with platforms."""
    figures = [_measured(applications, flows, rounds) for applications, flows in SIZES]
    growth = math.log(figures[-1].median / figures[0].median) / math.log(SIZES[-1][1] / SIZES[0][1])
    harder = [_measured(applications, flows, rounds, platforms=True) for applications, flows in (SIZES[0], SIZES[-1])]
    return [*figures, Figure("growth of the impact with the flows", "exponent", (growth,), "about 1"), *harder]


def _measured(applications: int, flows: int, rounds: int, *, platforms: bool = False) -> Figure:
    projection = Projection(synthetic_inventory(applications, flows, platforms=platforms))
    gc.collect()
    gc.freeze()  # as the server does with the projection that it keeps (api/kept.py)
    question = DecommissioningInput(AS_OF, (Target("ROR-R01", STOP),))
    decommissioning_impact(projection, question)  # the reference supply is kept with the projection
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        decommissioning_impact(projection, question)
        times.append((time.perf_counter() - start) * 1000)
    name = f"impact of one ROR, {applications} applications, {flows} flows"
    return Figure(f"{name}, with platforms" if platforms else name, "ms", tuple(times), "" if platforms else TARGETS.get(applications, ""))
