"""Lists of establishments that others publish: that one stands there is evidence, never an offer (docs/formats.md, smr and stroke)."""

from collections.abc import Mapping
from typing import Final

from graph.keys import structure_id
from graph.model.kinds import Value
from graph.record import Item, Link, Ref

SITE: Final = "GeographicEntity"
ENTITY: Final = "LegalEntity"


def listing(of: str, finess: str, props: Mapping[str, Value], label: str = SITE) -> Item:
    """That the list `of` names the site or entity with this FINESS number, and what it says of it. The establishment itself is not asserted."""
    me = Ref("Listing", f"{of}/{finess}")
    return Item(*me, {"list": of, **props}, (Link("ABOUT", me, Ref(label, structure_id(finess))),))
