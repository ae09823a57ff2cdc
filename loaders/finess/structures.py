"""Legal entities (cs1400101) and sites (cs1400102) of the XML stock files: open ones and closed ones."""

from collections.abc import Sequence
from typing import Final

from graph.model.kinds import Value
from graph.record import Item, Link, Notes, Ref
from loaders.finess.fields import FieldError, address, coded, day, insee_commune, name_of, postal_code, structure_key, telecoms
from loaders.finess.positions import Position
from loaders.finess.stock import point_of
from loaders.finess.taken import Taken

SECONDARY: Final = "S"  # typeet: P is a principal site
YES_NO: Final = {"O": True, "N": False, "": None}


def site_item(row: Taken, position: Position | None, located: bool, notes: Notes) -> Item:
    """A structureet element. `located`: the files of the load give positions. Raises FieldError."""
    finess = row.text("nofinesset")
    key = structure_key("nofinesset", finess, notes)
    me = Ref("GeographicEntity", key)
    props: dict[str, Value] = {
        "finess": finess,
        "siret": row.text("siret") or None,
        "category": coded("TRE_R66", row.text("categetab")),
        "espic": coded("TRE_R73", row.text("codesph")),
        "opened_on": day("dateouv", row.text("dateouv")),
        "lapsed": yes_no(row, "indcaduc"),
        **_common(row, "TRE_R233"),
    }
    if located:
        props["latitude"], props["longitude"] = point_of(position, finess, notes)
    links = [Link("PART_OF", me, Ref("LegalEntity", structure_key("nofinessej", row.text("nofinessej"), notes)))]
    principal = row.text("nofinessppal")
    if row.text("typeet") == SECONDARY and principal:
        links.append(Link("SECONDARY_OF", me, Ref("GeographicEntity", structure_key("nofinessppal", principal, notes))))
    links += _places(row, me, finess, notes)
    return Item(*me, props, tuple(links), telecoms(key, row.text("telephone"), row.text("telecopie"), row.text("courriel")))


def entity_item(row: Taken, notes: Notes) -> Item:
    """A structureej element. Raises FieldError."""
    finess = row.text("nofiness")
    key = structure_key("nofiness", finess, notes)
    me = Ref("LegalEntity", key)
    props: dict[str, Value] = {
        "finess": finess,
        "siren": row.text("siren") or None,
        "legal_status": coded("TRE_R72", row.text("statutjuridique")),
        "category": coded("TRE_R66", row.text("categetab")),
        "opened_on": day("datecrea", row.text("datecrea")),
        **_common(row, "TRE_R232"),
    }
    return Item(*me, props, tuple(_places(row, me, finess, notes)), telecoms(key, row.text("telephone"), row.text("telecopie")))


def _common(row: Taken, closing: str) -> dict[str, Value]:
    return {
        "name": name_of(row.text("rslongue"), row.text("rs")),
        "address": address(
            row.text("numvoie") + row.text("compvoie"), row.text("typvoie"), row.text("voie"), row.text("lieuditbp"), row.text("ligneacheminement")
        ),
        "postal_code": postal_code(row.text("codepostal")),
        "closed_on": day("datefermeture", row.text("datefermeture")),
        "closing_type": coded(closing, row.text("typefermeture")),
        "updated_at": day("datemaj", row.text("datemaj")),
    }


def _places(row: Taken, me: Ref, finess: str, notes: Notes) -> Sequence[Link]:
    town = insee_commune(row.text("departement"), row.text("commune"), finess, notes)
    return (Link("LOCATED_IN", me, Ref("Commune", town)),) if town else ()


def yes_no(row: Taken, name: str) -> bool | None:
    """O or N; None where it is empty. Raises FieldError."""
    stated = row.text(name)
    if stated not in YES_NO:
        raise FieldError(name, "It is neither O nor N.")
    return YES_NO[stated]
