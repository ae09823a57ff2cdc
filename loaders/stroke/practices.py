"""Rows of the pseudonymised RPPS: practices with a local id, never joined to a person."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from graph.keys import concept_id, finess_fault, structure_id, unidentified
from graph.record import Item, Link, Notes, Record, Ref, Rejected
from loaders.regions import folded
from loaders.table import Row

COLUMNS: Final = ("pseudo_id", "code_insee", "specialite", "finess_site")
REGISTER: Final = "REGISTER"
PHYSICIAN: Final = concept_id("TRE_G15", "10")
SPECIALTIES: Final[Mapping[str, str]] = MappingProxyType(  # reviewed: the file has labels, and the codes of the RPPS are these
    {"neurologie": concept_id("TRE_R38", "SM32"), "specialiste en medecine generale": concept_id("TRE_R38", "SM53")}
)


def practice(row: Row, notes: Notes) -> Record | Rejected:
    """A practice at a site, else in a commune. The same person in the same place is one practice, however often the file says it."""
    pseudo, commune, finess = (row.values[name].strip() for name in ("pseudo_id", "code_insee", "finess_site"))
    if not pseudo:
        return Rejected(row.place, row.text, "pseudo_id", "It is empty; a practice needs the local id of its line.")
    if len(commune) != 5:
        return Rejected(row.place, row.text, "code_insee", "An INSEE code has 5 characters (were leading zeros lost?).")
    if finess and (fault := finess_fault(finess)) is not None:
        return Rejected(row.place, row.text, "finess_site", fault)
    me = Ref("Practice", unidentified("stroke", f"{pseudo}/{finess or commune}"))
    links = [Link("LOCATED_IN", me, Ref("Commune", commune))]
    if finess:
        links.append(Link("AT", me, Ref("GeographicEntity", structure_id(finess))))
    specialty = SPECIALTIES.get(folded(row.values["specialite"]))
    if specialty:
        links.append(Link("HAS_SPECIALTY", me, Ref("Concept", specialty)))
    else:
        notes.remark("specialty without a code: left out", row.values["specialite"][:60])
    return Record(row.place, row.text, (Item(*me, {"kind": REGISTER, "profession": PHYSICIAN}, tuple(links)),))
