"""The order of work as tables: for the shell, CSV and JSON (invariant 10)."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Final

from graph.impact.plan import Plan
from graph.tables import Cell, Table

SHOWN: Final = 5
NOTHING = "Rien n'est à basculer."
FEWEST = "{count} bascule(s) suffisent, sur {possible} possible(s), à lever {lifted} rupture(s) sur {ruptures} ({gaps} écart(s)) ; {proof}. {support}"
SUPPORT = "Une rupture (application/usage@territoire) est celle du support numérique, pas celle des soins."
PROVED = "minimum prouvé"
BOUND = "minimum non prouvé : il en faut au moins {at_least}"
ALL_REGIONS = "La ligne sans région : toutes les bascules, chacune une fois ; une application de deux régions compte dans les deux."
LEFT = "Restent en rupture quoi que l'on bascule ({count}) : {items}."
UNDATED = "Pas de date : durées non indiquées ({missing}) ; voir durations dans le scénario."
LOST = "Pas de date de fin : des besoins restent perdus ou partiels ({count}) : {items}."
FEASIBLE = "Au plus tôt, tout est basculé le {day}."
CRITICAL = "Chemin critique : {path}."
WORSE = "{place} ({action} {object}) aggrave : {worse} élément(s) touché(s) plus fort, {better} moins fort ; score {without} sans, {score} avec."

Row = tuple[Cell, ...]


class PlanView(StrEnum):
    """What of a plan is shown: the moves by wave; the fewest switches; what they do not lift; gaps of the next wave; effort by region; worse actions."""

    MOVES = "moves"
    SWITCHES = "switches"
    LEFT = "left"
    BLOCKERS = "blockers"
    EFFORT = "effort"
    WORSE = "worse"


def plan_table(found: Plan, view: PlanView) -> Table:
    """One view as a table; what a reader must know of the whole plan as notes. Of alternatives and items that get worse the first five are named."""
    columns, rows = _VIEWS[view]
    return Table(columns, [list(row) for row in rows(found)], (*([ALL_REGIONS] if view is PlanView.EFFORT else []), *_notes(found)))


def _moves(found: Plan) -> list[Row]:
    rows: list[Row] = []
    for wave in found.waves:
        for group in wave.groups:
            for move in group.moves:
                days = (one.isoformat() if one else None for one in (move.starts_on, move.ends_on))
                after, opens = _joined(group.after), move.opens_on.isoformat() if move.opens_on else ""
                moved = (move.application, move.owner, move.flow, move.leaves, move.to, move.to_owner, _joined(move.gaps))
                rows.append((wave.number, _joined(group.applications), after, *moved, opens, *days, move.days, move.critical))
    return rows


def _switches(found: Plan) -> list[Row]:
    return [
        (
            one.flow,
            one.application,
            one.leaves,
            one.to,
            _joined(one.gaps),
            _joined(one.lifts),
            _first([f"{other.flow}>{other.to}" for other in one.alternatives]),
        )
        for one in found.fewest.switches
    ]


def _left(found: Plan) -> list[Row]:
    return [(one.application, one.usage, one.territory, _joined(one.classes), not one.classes) for one in found.fewest.left]


def _blockers(found: Plan) -> list[Row]:
    return [(one.gap.value, one.application, one.owner, one.flow, one.to, one.to_owner) for one in found.blockers]


def _effort(found: Plan) -> list[Row]:
    return [(one.region, one.switches, one.gaps, one.days, one.fewest) for one in found.effort]


def _worse(found: Plan) -> list[Row]:
    rows: list[Row] = []
    for one in found.worse_actions:
        worse = _first([f"{item.application}/{item.usage}@{item.territory}" for item in one.worse])
        rows.append((one.place, one.action, one.object, one.date.isoformat(), worse, one.better, one.score_without, one.score))
    return rows


_VIEWS: Final[Mapping[PlanView, tuple[tuple[str, ...], Callable[[Plan], list[Row]]]]] = {
    PlanView.MOVES: (
        (
            "wave",
            "together",
            "after",
            "application",
            "owner",
            "flow",
            "leaves",
            "to",
            "to_owner",
            "gaps",
            "opens_on",
            "starts_on",
            "ends_on",
            "days",
            "critical",
        ),
        _moves,
    ),
    PlanView.SWITCHES: (("flow", "application", "leaves", "to", "gaps", "lifts", "alternatives"), _switches),
    PlanView.LEFT: (("application", "usage", "territory", "classes", "stops"), _left),
    PlanView.BLOCKERS: (("gap", "application", "owner", "flow", "to", "to_owner"), _blockers),
    PlanView.EFFORT: (("region", "switches", "gaps", "days", "fewest"), _effort),
    PlanView.WORSE: (("place", "action", "object", "date", "worse", "better", "score_without", "score"), _worse),
}


def _notes(found: Plan) -> list[str]:
    fewest = found.fewest
    notes = [] if found.waves else [NOTHING]
    if fewest.ruptures:
        proof = PROVED if fewest.proved else BOUND.format(at_least=fewest.at_least)
        notes.append(
            FEWEST.format(
                count=len(fewest.switches),
                possible=fewest.possible,
                lifted=len(fewest.lifted),
                ruptures=fewest.ruptures,
                gaps=fewest.gaps,
                proof=proof,
                support=SUPPORT,
            )
        )
    if fewest.left:
        notes.append(LEFT.format(count=len(fewest.left), items=_first([f"{one.application}/{one.usage}@{one.territory}" for one in fewest.left])))
    if found.missing_durations:
        notes.append(UNDATED.format(missing=", ".join(found.missing_durations)))
    if found.lost_or_part:
        notes.append(LOST.format(count=len(found.lost_or_part), items=_first(list(found.lost_or_part))))
    if found.earliest_feasible:
        notes.append(FEASIBLE.format(day=found.earliest_feasible))
    if found.critical_path:
        notes.append(CRITICAL.format(path=" → ".join(f"{move.flow} ({move.application})" for move in found.critical_path)))
    for one in found.worse_actions:
        told = {"place": one.place, "action": one.action, "object": one.object, "worse": len(one.worse), "better": one.better}
        notes.append(WORSE.format(**told, without=one.score_without, score=one.score))
    return notes


def _first(names: list[str]) -> str:
    more = f" (+{len(names) - SHOWN})" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def _joined(codes: Iterable[str]) -> str:
    return ", ".join(codes)
