"""Authorisations of the XML stock files: care activities, heavy equipment, social equipment, other activities, recognised activities (K-6)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from graph.keys import authorisation_id
from graph.model.kinds import Value
from graph.record import Item, Link, Notes, Ref
from loaders.finess.fields import FieldError, coded, day, structure_key
from loaders.finess.structures import yes_no
from loaders.finess.taken import Taken

REMOVED: Final = "REMOVED"  # state of one that the administration took out, where FINESS has no code for it
LARGEST: Final = 9  # digits of a capacity


@dataclass(frozen=True, slots=True)
class Shape:
    """How one element writes an authorisation. `kind`: nature of the activity, first part of the key. Each field by its name in the element:
    `codes` are activity, modality and form, each with its nomenclature; of `since` the first that is stated counts; `removed`: O says that it was
    taken out; the empty name is a field that the element does not have.
    """  # fmt: skip

    kind: str
    codes: tuple[tuple[str, str], ...]
    since: tuple[str, ...]
    number: str = "noautor"
    line: str = ""
    ends: str = ""
    lapsed: str = ""
    removed: tuple[str, ...] = ()
    state: str = ""
    capacity: str = ""
    installed: str = ""
    sector: str = ""
    updated: tuple[str, ...] = ("datemaj",)


TRIPLET: Final = (("activite", "TRE_R274"), ("modalite", "TRE_R275"), ("forme", "TRE_R276"))
SHAPES: Final[Mapping[str, Shape]] = MappingProxyType(
    {
        "activiteoffresoin": Shape(
            "AS",
            TRIPLET,
            ("dateautor", "datemeo"),
            line="noligautor",
            ends="datefin",
            lapsed="indcaduc",
            removed=("indsupact", "indsupsite"),
            sector="sectpsy",
            updated=("datemajsite", "datemajact"),
        ),
        "equipmateriellourd": Shape("EML", (("eml", "TRE_R272"),), ("dateautor", "datemeo"), ends="datefin", lapsed="indcaduc", removed=("indsup",)),
        "equipementsocial": Shape(
            "ASOCR",
            (("de", "TRE_R280"), ("ta", "TRE_R209"), ("client", "TRE_R279")),
            ("dateautor", "datepremautor"),
            number="",
            removed=("indsupaut",),
            capacity="capautot",
            installed="capinstot",
            updated=("datemajaut", "datemajinst"),
        ),
        "autreactivite": Shape("AASA", TRIPLET, ("datedecision", "datemeo"), ends="datefin", state="etatautorisation"),
        "activitesoumiseareco": Shape("ASR", TRIPLET, ("dateeffetasr",), state="etatautorisation", capacity="capaciteautorisee"),
    }
)
PROPERTIES: Final = ("activity", "modality", "form")


def key_of(shape: Shape, row: Taken) -> str:
    """K-6. Raises FieldError where a part of it is missing."""
    site = row.text("nofinesset")
    if not shape.number:
        return authorisation_id(shape.kind, site, "", "/".join(_needed(row, name) for name, _ in shape.codes))
    return authorisation_id(shape.kind, _needed(row, shape.number), row.text(shape.line), site)


def _needed(row: Taken, name: str) -> str:
    value = row.text(name)
    if not value:
        raise FieldError(name, "It is empty; it is a part of the key of an authorisation.")
    return value


def authorisation_item(row: Taken, shape: Shape, notes: Notes) -> Item:
    """An element of one of SHAPES. Raises FieldError."""
    site = structure_key("nofinesset", row.text("nofinesset"), notes)
    me = Ref("Authorisation", key_of(shape, row))
    props: dict[str, Value] = {
        "kind": shape.kind,
        **_optional(shape.number, "number", lambda name: row.text(name) or None),
        **_optional(shape.line, "line", lambda name: row.text(name) or None),
        **{name: coded(system, row.text(field)) for name, (field, system) in zip(PROPERTIES, shape.codes, strict=False)},
        "valid_from": next((found for found in [day(name, row.text(name)) for name in shape.since] if found), None),
        **_optional(shape.ends, "ends_on", lambda name: day(name, row.text(name))),
        **_optional(shape.lapsed, "lapsed", lambda name: yes_no(row, name)),
        **_state(row, shape),
        **_optional(shape.capacity, "capacity", lambda name: _count(row, name)),
        **_optional(shape.installed, "installed_capacity", lambda name: _count(row, name)),
        **_optional(shape.sector, "psychiatry_sector", lambda name: row.text(name) or None),
        "updated_at": max((found for found in [day(name, row.text(name)) for name in shape.updated] if found), default=None),
    }
    links = [Link("GRANTED_TO", me, Ref("GeographicEntity", site))]
    holder = row.text("nofinessej")
    if holder:
        links.append(Link("HELD_BY", me, Ref("LegalEntity", structure_key("nofinessej", holder, notes))))
    return Item(*me, props, tuple(links))


def _optional(field: str, name: str, read: Callable[[str], Value]) -> dict[str, Value]:
    return {name: read(field)} if field else {}


def _state(row: Taken, shape: Shape) -> dict[str, Value]:
    if shape.state:
        return {"state": row.text(shape.state) or None}
    removed: Sequence[bool | None] = [yes_no(row, name) for name in shape.removed]
    return {"state": REMOVED if any(removed) else None}


def _count(row: Taken, name: str) -> int | None:
    text = row.text(name)
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= LARGEST):
        raise FieldError(name, "It is no whole number of beds, places or persons.")
    return int(text)
