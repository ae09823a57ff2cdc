"""Rows of two RORs and of a register, written out."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from graph.record import Event, Item, Link, Owned, Place, Record, Ref, Said
from graph.store.connection import Store
from loaders.pipeline import load
from loaders.report import LoadReport
from tests.loading.build import a_file, options, source

NATIONAL, REGIONAL = "ror:ROR-NAT", "ror:ROR-ILE"
RANKS = {NATIONAL: 70, REGIONAL: 80, "finess": 20}
SITE = Ref("GeographicEntity", "1960000073")


def loaded(store: Store, folder: Path, name: str, rows: Iterable[Event], **changes: Any) -> LoadReport:
    """Load rows as this source."""
    changes = {"accept_closures": True, **changes}
    labels = ("LegalEntity", "GeographicEntity", "Offer", "Professional")
    return load(store, source(rows, name, labels, RANKS[name]), [a_file(folder)], options(folder, **changes))


def record(item: Item) -> Record:
    """A row that states one object."""
    return Record(Place("f.csv", 1), item.key, (item,))


def offer(name: str = "UNV", *, activities: tuple[str, ...] = ("TRE_R211-356",), beds: int | None = None, key: str = "96/1", **props: Any) -> Record:
    """An offer of the site as a ROR states it."""
    me = Ref("Offer", key)
    links = (Link("OFFERED_BY", me, SITE), *(Link("HAS_ACTIVITY", me, Ref("Concept", code)) for code in activities))
    owned = () if beds is None else (Owned("HAS_CAPACITY", Ref("Capacity", f"{key}#beds"), {"nature": "TRE_R329-01", "count": beds}),)
    stated = {"name": name, "closed_on": None, "comment": None, **props}
    return record(Item(*me, stated, links, owned, said=Said("HealthcareService", f"hs-{key}", {})))


def site(name: str = "CH", *, said: bool = False, **props: Any) -> Record:
    """The site, as a register states it, or a ROR."""
    item = Item(*SITE, {"name": name, "finess": SITE.key[1:], **props}, said=Said("Organization", "org-1", {}) if said else None)
    return record(item)


def professional(name: str) -> Record:
    """A professional of a ROR."""
    return record(Item("Professional", "810000000001", {"family_name": name, "given_names": "Zoé"}, said=Said("Practitioner", "p1", {})))
