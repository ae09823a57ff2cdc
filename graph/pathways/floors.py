"""What a chain through an offer costs at least, so that what is surely too dear is left out before chains are looked for (P-7)."""

from collections.abc import Sequence

import numpy as np

from graph.pathways.cost import Roads, Stand
from graph.pathways.measure import Floats, legs, shortest_share, stands
from graph.pathways.pathway import StepPlace
from graph.pathways.stages import Stage, backwards


def floors(stages: Sequence[Stage], start: Stand, roads: Roads) -> list[Floats]:
    """By stage, for each of its offers, a bound that no chain through it stays under; infinite where no chain goes through the stage.

    Whoever travels to an offer, or a team that comes from it, goes at least the way between the start and it, whatever lies between.
    """
    share = shortest_share(stands([start, *(offer.at for stage in stages for offer in stage.offers)]), roads) if roads else 1.0
    own = [np.array([offer.own for offer in stage.offers], dtype=np.float64) for stage in stages]
    home = [_home(stage, start, roads) for stage in stages]
    least = [float(np.min(paid + way, initial=np.inf)) for paid, way in zip(own, home, strict=True)]
    before, after = _least_before(stages, least), _least_after(stages, least)
    each = zip(stages, own, home, before, after, strict=True)
    return [paid + way + _there(stage, start, share) + earlier + later for stage, paid, way, earlier, later in each]


def _home(stage: Stage, start: Stand, roads: Roads) -> Floats:
    """A leg that depends on nothing before: from the base of care at home."""
    if stage.place is not StepPlace.HOME:
        return np.zeros(len(stage.offers))
    return legs(stands([offer.at for offer in stage.offers]), stands([start]), roads)[:, 0]


def _there(stage: Stage, start: Stand, share: float) -> Floats:
    if stage.place not in {StepPlace.TRAVEL, StepPlace.TEAM} or not stage.offers:
        return np.zeros(len(stage.offers))
    straight = legs(stands([start]), stands([offer.at for offer in stage.offers]), {})[0]
    return np.where(np.isfinite(straight), straight, 0.0) * share  # 0 where only a road leads


def _least_before(stages: Sequence[Stage], least: Sequence[float]) -> list[float]:
    found = [0.0 if stage.first else np.inf for stage in stages]
    for place in reversed(backwards(stages)):
        for way in stages[place].ways:
            found[way.to] = min(found[way.to], found[place] + least[place])
    return found


def _least_after(stages: Sequence[Stage], least: Sequence[float]) -> list[float]:
    found = [0.0 if stage.last else np.inf for stage in stages]
    for place in backwards(stages):
        for way in stages[place].ways:
            found[place] = min(found[place], least[way.to] + found[way.to])
    return found
