"""Rows of two lists of sites: stroke units with their beds, and the sites of a department as an older FINESS held them."""

from typing import Final

from graph.keys import finess_fault
from graph.model.kinds import Value
from graph.record import Notes, Record, Rejected
from loaders.listings import listing
from loaders.numbers import decimal, natural
from loaders.table import Row

UNIT_COLUMNS: Final = ("finess_site", "rs", "periode", "etat", "l_hsi", "l_si", "rq")
SITE_COLUMNS: Final = ("code", "label", "long", "lat")
UNITS: Final = "stroke-units"
SITES: Final = "finess-sites"
MOST: Final = 10_000  # beds of a unit


def stroke_unit(row: Row, notes: Notes) -> Record | Rejected:
    """A stroke unit: its site, since when and in which state it is labelled, its beds. A number of beds that is no number is told, not guessed."""
    finess = row.values["finess_site"].strip()
    fault = finess_fault(finess)
    if fault is not None:
        return Rejected(row.place, row.text, "finess_site", fault)
    props: dict[str, Value] = {
        "name": _text(row, "rs"),
        "status": _text(row, "etat"),
        "since": _text(row, "periode"),
        "beds": _beds(row, "l_hsi", notes),
        "intensive_beds": _beds(row, "l_si", notes),
        "comment": _text(row, "rq"),
    }
    return Record(row.place, row.text, (listing(UNITS, finess, props),))


def site(row: Row, _: Notes) -> Record | Rejected:
    """A site with its name and point."""
    finess = row.values["code"].strip()
    fault = finess_fault(finess)
    if fault is not None:
        return Rejected(row.place, row.text, "code", fault)
    props: dict[str, Value] = {"name": _text(row, "label")}
    for column, name, bound in (("lat", "latitude", 90), ("long", "longitude", 180)):
        degrees = decimal(row.values[column].strip(), -bound, bound)
        if degrees is None and row.values[column].strip():
            return Rejected(row.place, row.text, column, f"'{row.values[column][:20]}' is not a number of degrees from -{bound} to {bound}.")
        props[name] = degrees
    return Record(row.place, row.text, (listing(SITES, finess, props),))


def _text(row: Row, name: str) -> str | None:
    return " ".join(row.values[name].split()) or None


def _beds(row: Row, name: str, notes: Notes) -> int | None:
    text = row.values[name].strip()
    beds = natural(text, MOST)
    if text and beds is None:
        notes.remark("number of beds that is no number: left empty", f"{row.values['finess_site'][:20]}, {name}: {text[:20]}")
    return beds
