"""The properties of a node that several sources state: put together from what each states, the same whatever the order of loading (M-2, M-3)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import orjson

from graph.model.kinds import NodeType, Value
from graph.record import Props
from graph.writing.claims import Claim, order
from graph.writing.packing import node_dates

LEADERS_ONLY: Final = ("closed_on", "closing_type")  # empty from the leader means open
POINT: Final = ("latitude", "longitude", "point_reliable")  # one thing: never the latitude of one source and the longitude of another

Stated = Sequence[tuple[Claim, Props]]


def put_together(node: NodeType, stated: Stated) -> dict[str, Value]:
    """Every property of the label: the first that is not empty, in the order of leaders; None where no source gives it.

    `stated`: what each live source states of the node; at least one.
    """
    ranked = sorted(stated, key=lambda one: order(node, one[0]))
    found = {one.name: _first(one.name, ranked) for one in node.properties}
    for name in LEADERS_ONLY:
        if name in found:
            found[name] = ranked[0][1].get(name)
    return found | _point(node, ranked) if POINT[0] in found else found


def _first(name: str, ranked: Stated) -> Value:
    return next((value for _, props in ranked if (value := props.get(name)) not in (None, [], "")), None)


def _point(node: NodeType, ranked: Stated) -> dict[str, Value]:
    """Reliable ROR, then by rank (M-3)."""
    placed = [(claim, props) for claim, props in ranked if props.get(POINT[0]) is not None]
    placed.sort(key=lambda one: not (one[0].is_ror and one[1].get(POINT[2])))
    return {name: placed[0][1].get(name) if placed else None for name in POINT if name in node.names}


def told_entry(source: str, props: Props) -> str:
    """What a source states of a node, as one entry of `told_by`: `source={json}`, without what it states as empty."""
    return f"{source}={orjson.dumps({name: value for name, value in sorted(props.items()) if value is not None}).decode()}"


def told_of(label: str, entries: Sequence[str]) -> dict[str, dict[str, Value]]:
    """What the sources state, by source."""
    return dict(_told(label, entry) for entry in entries)


def _told(label: str, entry: str) -> tuple[str, dict[str, Value]]:
    source, _, text = entry.partition("={")
    return source, with_dates(label, orjson.loads("{" + text))


def with_dates(label: str, values: Mapping[str, Any]) -> dict[str, Value]:
    """Values of JSON as properties of a label: its dates are dates again."""
    dates = node_dates(label)
    return {name: date.fromisoformat(value) if value and name in dates else value for name, value in values.items()}
