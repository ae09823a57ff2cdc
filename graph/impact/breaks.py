"""The flows that break at once, and where the walk starts (docs/impact.md, I-5, I-12, I-13)."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.impact.overlay import Overlay

Path = tuple[str, ...]
"""Codes from a target or an action to an object; its depth is its length less one."""


@dataclass(frozen=True, slots=True)
class Break:
    """A flow that breaks at once: the path to it, and to the applications that it hits (None: not hit, or gone)."""

    flow: int
    path: Path
    to_receiver: Path | None
    to_caller: Path | None
    by_action: bool


def direct_breaks(overlay: Overlay) -> dict[int, Break]:
    """By flow, its shortest break, then codes."""
    found: dict[int, Break] = {}
    for item in _all_breaks(overlay):
        known = found.get(item.flow)
        found[item.flow] = item if known is None else _merged(known, item)
    return found


def _merged(one: Break, other: Break) -> Break:
    return Break(
        one.flow,
        min(one.path, other.path, key=_short),
        min((p for p in (one.to_receiver, other.to_receiver) if p), key=_short, default=None),
        min((p for p in (one.to_caller, other.to_caller) if p), key=_short, default=None),
        one.by_action and other.by_action,
    )


def _short(path: Path) -> tuple[int, Path]:
    return len(path), path


def _all_breaks(overlay: Overlay) -> Iterator[Break]:
    projection = overlay.projection
    for interface, days in overlay.interface_stops.items():
        for flow in _lived_on_an_eve(overlay, projection.flows_on[interface], days):
            yield _interface_break(overlay, flow, (projection.interfaces[interface].source.code,))
    for application, days in overlay.application_stops.items():
        code = projection.applications[application].source.code
        for interface in projection.interfaces_of[application]:
            for flow in _lived_on_an_eve(overlay, projection.flows_on[interface], days):
                yield _interface_break(overlay, flow, (code, projection.interfaces[interface].source.code))
        for flow in _lived_on_an_eve(overlay, projection.flows_by[application], days):
            yield _caller_break(overlay, flow, code)
    for flow, origin in overlay.changed.items():
        if overlay.reference.lives[flow]:
            yield _action_break(overlay, flow, origin)


def _lived_on_an_eve(overlay: Overlay, flows: list[int], days: set[int]) -> Iterator[int]:
    """The flows of the reference that lived on the eve of one of these stops: of any, so that one more stop spares none (I-12, I-27)."""
    for number in flows:
        flow = overlay.projection.flows[number]
        if overlay.reference.lives[number] and any(flow.start <= day - 1 < flow.end for day in days):
            yield number


def _interface_break(overlay: Overlay, number: int, path: Path) -> Break:
    flow = overlay.projection.flows[number]
    whole = (*path, flow.source.code)
    caller = _code(overlay, flow.caller)
    if not flow.source.feed:
        return Break(number, whole, _if_lives(overlay, flow.receiver, (*whole, caller)), None, False)
    to_receiver = (path[-1], _code(overlay, flow.receiver))
    return Break(number, whole, _if_lives(overlay, flow.receiver, to_receiver), _if_lives(overlay, flow.caller, (*whole, caller)), False)


def _caller_break(overlay: Overlay, number: int, code: str) -> Break:
    flow = overlay.projection.flows[number]
    if not flow.source.feed:
        return Break(number, (code, flow.source.code), None, None, False)
    to_receiver = (code, flow.source.code, flow.source.interface, _code(overlay, flow.receiver))
    return Break(number, (code, flow.source.code), _if_lives(overlay, flow.receiver, to_receiver), None, False)


def _action_break(overlay: Overlay, number: int, origin: str) -> Break:
    flow = overlay.projection.flows[number]
    path: Path = (origin,) if origin == flow.source.code else (origin, flow.source.code)
    to_caller = (origin,) if len(path) == 2 else (*path, _code(overlay, flow.caller))
    caller = _if_lives(overlay, flow.caller, to_caller)
    if not flow.source.feed:
        return Break(number, path, caller, None, True)
    to_receiver = (*path, flow.source.interface, _code(overlay, flow.receiver))
    return Break(number, path, _if_lives(overlay, flow.receiver, to_receiver), caller, True)


def _code(overlay: Overlay, application: int) -> str:
    return overlay.projection.applications[application].source.code


def _if_lives(overlay: Overlay, application: int, path: Path) -> Path | None:
    return path if overlay.application_lives(application) else None
