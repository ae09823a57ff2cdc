"""Establishments of follow-up care and rehabilitation (SMR) of a year, by FINESS number: a JSON object (docs/formats.md, smr)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from graph.errors import BadFile
from graph.keys import finess_fault
from graph.record import Event, Notes, Record, Rejected
from loaders.files import InputFile
from loaders.json_entries import Entry, json_entries
from loaders.listings import ENTITY, SITE, listing
from loaders.source import FieldPlace, Format, Reading, Source, Work

NAME, CATEGORY, SITE_NUMBER, ENTITY_NUMBER = "raison_sociale", "categorie", "nofinesset", "nofinessej"
READ: Final = frozenset({NAME, CATEGORY, SITE_NUMBER, ENTITY_NUMBER})
YEAR: Final = re.compile(r"(?:19|20)\d{2}")


def open_files(files: Sequence[InputFile], _: Work) -> Reading:
    """Open lists of one year, which stands in the file's name. Raises BadFile without a year and for two years; reading does for what is no JSON object."""
    years = sorted({_year(file) for file in files})
    if len(years) > 1:
        raise BadFile(f"The files are of several years: {', '.join(map(str, years))}. Load one at a time.")
    notes = Notes({file.name: file.encoding for file in files})
    return Reading(f"smr:{years[0]}", ("Listing",), _events(files, years[0], notes), notes, rejects_suffix=".json")


def _year(file: InputFile) -> int:
    found = YEAR.search(file.name)
    if found is None:
        raise BadFile(f"{file.name}: its name must hold the year of the list, like smr_establishments_2024.json. Rename it. Nothing was loaded.")
    return int(found[0])


def _events(files: Sequence[InputFile], year: int, notes: Notes) -> Iterator[Event]:
    for file in files:
        for entry in json_entries(file):
            yield establishment(file, entry, year, notes)


def establishment(file: InputFile, entry: Entry, year: int, notes: Notes) -> Record | Rejected:
    """An entry `"010002129": {"raison_sociale": ..., "categorie": "Privé", "nofinesset": "010002129"}`; its key may be the number of a legal entity."""
    place, finess, said = file.place(entry.line), entry.key, entry.value
    fault = finess_fault(finess)
    if fault is not None:
        return Rejected(place, entry.text, "", fault)
    if not isinstance(said, Mapping):
        return Rejected(place, entry.text, "", "What is said of the establishment must be an object with its fields.")
    for name in READ:
        if not isinstance(said.get(name, ""), str):
            return Rejected(place, entry.text, name, "It must be a text.")
    for name in said.keys() - READ:
        notes.leave(name)
    props = {"year": year, "name": _text(said, NAME), "category": _text(said, CATEGORY)}
    return Record(place, entry.text, (listing(f"smr-{year}", finess, props, _label(finess, said)),))


def _text(said: Mapping[str, Any], name: str) -> str | None:
    return said.get(name, "").strip() or None


def _label(finess: str, said: Mapping[str, Any]) -> str:
    """Entities and sites share one number space; the entry says which of the two its key is, and is a site where it does not."""
    return ENTITY if said.get(ENTITY_NUMBER) == finess != said.get(SITE_NUMBER) else SITE


SOURCE: Final = Source(
    name="smr",
    fr="Établissements de soins médicaux et de réadaptation (ATIH)",
    rank=92,
    formats=(
        Format(
            "establishments",
            "smr_*.json",
            "a JSON object by FINESS number of a site or a legal entity: raison_sociale, categorie, nofinesset, nofinessej; the year stands in the file's name",
            '{"010002129": {"raison_sociale": "CLINIQUE LES ARBELLES", "categorie": "Privé", "nofinesset": "010002129", "nofinessej": "310025010"}}',
            (
                FieldPlace("(year in the file's name)", "Listing.year, Listing.list"),
                FieldPlace("(key)", "Listing.id, (Listing)-[ABOUT]->(GeographicEntity)"),
                FieldPlace("raison_sociale", "Listing.name"),
                FieldPlace("categorie", "Listing.category"),
                FieldPlace("nofinesset, nofinessej", "(Listing)-[ABOUT]->(LegalEntity), where the key is that of the entity"),
            ),
        ),
    ),
    open=open_files,
)
