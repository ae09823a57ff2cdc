"""Files on stroke care: the list of stroke units, sites of one department in an older FINESS, pseudonymised practices (docs/formats.md, stroke)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Final

from graph.errors import BadFile
from graph.record import Event, Notes, Record, Rejected
from loaders.files import InputFile
from loaders.source import FieldPlace, Format, Reading, Source, Work
from loaders.stroke import practices, units
from loaders.table import Row, Table, parsed, table


@dataclass(frozen=True, slots=True)
class Form:
    """One of the tables: its columns that are needed, those that are read, its separator, the labels it asserts, and what its rows say."""

    needed: tuple[str, ...]
    delimiter: str
    label: str
    parse: Callable[[Row, Notes], Record | Rejected]

    def fits(self, first: str) -> bool:
        """Whether a header line is that of this table."""
        return set(self.needed) <= {name.strip().strip('"').lower() for name in first.split(self.delimiter)}


FORMS: Final[Mapping[str, Form]] = MappingProxyType(
    {
        "units": Form(units.UNIT_COLUMNS, ",", "Listing", units.stroke_unit),
        "sites": Form(units.SITE_COLUMNS, ",", "Listing", units.site),
        "practices": Form(practices.COLUMNS, ";", "Practice", practices.practice),
    }
)


def open_files(files: Sequence[InputFile], _: Work) -> Reading:
    """Open tables. Raises BadFile for one whose header is none of those that are known."""
    opened = [(form := _form(file), table(file, form.needed, form.delimiter, quoted=True)) for file in files]
    notes = Notes({file.name: file.encoding for file in files})
    asserts = tuple(dict.fromkeys(form.label for form, _ in opened))
    return Reading(
        "stroke", asserts, chain.from_iterable(_events(form, one, notes) for form, one in opened), notes, {one.file.name: one.head for _, one in opened}
    )


def _form(file: InputFile) -> Form:
    first = next((line[1] for line in file.lines() if not isinstance(line, Rejected)), "")
    found = next((form for form in FORMS.values() if form.fits(first)), None)
    if found is None:
        known = "; ".join(f"{name}: {', '.join(form.needed)}" for name, form in FORMS.items())
        raise BadFile(f"{file.name}, line 1: its header is none of those that are known ({known}). Nothing was loaded; give the file with its header line.")
    return found


def _events(form: Form, one: Table, notes: Notes) -> Iterator[Event]:
    return parsed(one, form.needed, lambda row: form.parse(row, notes), notes)


SOURCE: Final = Source(
    name="stroke",
    fr="Unités neurovasculaires et professionnels de l'AVC",
    rank=93,
    formats=(
        Format(
            "units",
            "unv_*.csv",
            "stroke units with their FINESS site: `,`, quoted, header: finess_site, rs, periode, etat, l_hsi, l_si, rq",
            'Alsace,Haut-Rhin,COLMAR,11,4,680000684,680000973,"CENTRE HOSPITALIER LOUIS PASTEUR","avant 2010","labellisé actif",68024,...',
            (
                FieldPlace("finess_site", "Listing.id, (Listing)-[ABOUT]->(GeographicEntity)"),
                FieldPlace("rs", "Listing.name"),
                FieldPlace("etat", "Listing.status"),
                FieldPlace("periode", "Listing.since"),
                FieldPlace("l_hsi", "Listing.beds"),
                FieldPlace("l_si", "Listing.intensive_beds"),
                FieldPlace("rq", "Listing.comment"),
            ),
        ),
        Format(
            "sites",
            "FINESS[0-9][0-9]*.csv",
            "sites of a department in an older FINESS: `,`, header: code, label, long, lat",
            "330000332,HOPITAL SUBURBAIN DU BOUSCAT,-0.617864221255729,44.8672714490391",
            (
                FieldPlace("code", "Listing.id, (Listing)-[ABOUT]->(GeographicEntity)"),
                FieldPlace("label", "Listing.name"),
                FieldPlace("long", "Listing.longitude"),
                FieldPlace("lat", "Listing.latitude"),
            ),
        ),
        Format(
            "practices",
            "rpps_*pseudonymise*.csv",
            "pseudonymised lines of the RPPS: `;`, header: pseudo_id, code_insee, specialite, finess_site",
            "PS33-00002;33063;Bordeaux;33300;Neurologie;;;non",
            (
                FieldPlace("pseudo_id", "Practice.id"),
                FieldPlace("code_insee", "(Practice)-[LOCATED_IN]->(Commune)"),
                FieldPlace("specialite", "(Practice)-[HAS_SPECIALTY]->(Concept)"),
                FieldPlace("finess_site", "(Practice)-[AT]->(GeographicEntity)"),
            ),
        ),
    ),
    open=open_files,
)
