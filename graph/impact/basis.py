"""What many questions about the same days share: reference, items, and the unknowns of the inventory. Kept with the projection."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import Final

from graph.impact.items import Items
from graph.impact.projection import NEVER, Projection
from graph.impact.reference import INFERRED, Reference, is_stale
from graph.impact.score import untouched_contributions
from graph.impact.verdict import Contribution

KEPT_BASES: Final = 8
"""Pairs of days that a projection remembers; a basis is about as large as the projection."""


@dataclass(frozen=True, slots=True)
class InventoryUnknowns:
    """The part of I-33 that does not depend on what stops."""

    examined: tuple[tuple[str, int], ...]
    applications_without_flow: tuple[str, ...]
    applications_without_deployment: tuple[str, ...]
    flows_without_usage: tuple[str, ...]
    stale_flows: tuple[str, ...]
    inferred_flows: tuple[str, ...]
    interfaces_without_owner: tuple[str, ...]
    interfaces_ending_before_their_user: tuple[str, ...]
    presumed_sources: tuple[str, ...]
    criticality_by_default: tuple[str, ...]


class Basis:
    """Reference and items of one projection for J and D."""

    def __init__(self, projection: Projection, as_of: date, evaluated_on: date) -> None:
        self.projection = projection
        self.reference = Reference(projection, as_of, evaluated_on)
        self.items = Items(self.reference)

    @cached_property
    def contributions(self) -> dict[tuple[int, int, int], Contribution]:
        """A contribution of share 0 for each counted item."""
        return untouched_contributions(self.items)

    @cached_property
    def ended(self) -> dict[int, int]:
        """Cells that end by themselves before D, by key (I-12)."""
        return self.reference.ended()

    @cached_property
    def unknowns(self) -> InventoryUnknowns:
        """What the inventory does not say."""
        projection, reference = self.projection, self.reference
        inventory = projection.inventory
        linked = {flow.caller for flow in reference.flows} | {projection.interfaces[flow.interface].application for flow in reference.flows}
        evidence = zip(projection.flows, reference.evidence, strict=True)
        return InventoryUnknowns(
            examined=(*((kind, len(getattr(inventory, kind))) for kind in EXAMINED), ("flows_of_the_reference", len(reference.flows))),
            applications_without_flow=tuple(a.code for n, a in enumerate(inventory.applications) if n not in linked),
            applications_without_deployment=tuple(a.code for a in inventory.applications if not a.deployed_in),
            flows_without_usage=tuple(flow.code for flow in inventory.flows if not flow.for_usage),
            stale_flows=tuple(flow.code for flow in inventory.flows if is_stale(flow, reference.first)),
            inferred_flows=tuple(flow.source.code for flow, rank in evidence if rank == INFERRED),
            interfaces_without_owner=tuple(
                interface.source.code for interface in projection.interfaces if projection.applications[interface.application].source.owner is None
            ),
            interfaces_ending_before_their_user=tuple(self._ending_before_their_user()),
            presumed_sources=tuple(self._presumed_sources()),
            criticality_by_default=tuple(
                f"{projection.applications[slot.application].source.code}/{self.items.usage_name(slot.usage)}"
                for slot in self.items.slots.values()
                if slot.by_default
            ),
        )

    def _ending_before_their_user(self) -> list[str]:
        projection = self.projection
        ending = []
        for number, interface in enumerate(projection.interfaces):
            if interface.end >= NEVER:
                continue
            users = [projection.flows[n] for n in projection.flows_on[number] if self.reference.lives[n]]
            if any(_own_end(projection, flow.caller, flow.source.ends_on) > interface.end for flow in users):
                ending.append(interface.source.code)
        return ending

    def _presumed_sources(self) -> list[str]:
        projection, reference = self.projection, self.reference
        used: dict[int, int] = {}
        for key, edges in reference.edges.items():
            if reference.application_lives[key // projection.class_count] and (presumed := reference.presumed(key)):
                used[key] = presumed & reduce(or_, (mask for _, mask, _ in edges), 0)
        return [
            f"{projection.applications[key // projection.class_count].source.code}/{cell}"
            for key, mask in sorted(used.items())
            for cell in projection.cell_names(key % projection.class_count, mask)
        ]


EXAMINED: Final = ("applications", "interfaces", "flows", "usages", "pathways", "regions", "classes")


def _own_end(projection: Projection, caller: int, ends_on: date | None) -> int:
    return min(projection.applications[caller].end, NEVER if ends_on is None else ends_on.toordinal())


def basis_of(projection: Projection, as_of: date, evaluated_on: date) -> Basis:
    """The basis for these days, built once and kept with the projection."""
    kept = projection.bases
    basis = kept.get((as_of, evaluated_on))
    if basis is None:
        if len(kept) >= KEPT_BASES:
            kept.pop(next(iter(kept)))
        basis = kept[as_of, evaluated_on] = Basis(projection, as_of, evaluated_on)
    return basis
