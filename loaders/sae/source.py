"""Tables of the hospital survey SAE (DREES): each row that shows activity becomes OBSERVED offers, by the reviewed rules of mapping.csv.

The table ID gives no row of its own: it hangs the commune and the entity of a site on the site's offers, for sites that FINESS does not know.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Final

from graph.errors import BadFile
from graph.keys import capacity_id, finess_fault, structure_id
from graph.model.kinds import Value
from graph.record import Event, Item, Left, Link, Notes, Owned, Record, Ref, Rejected
from loaders.files import InputFile
from loaders.sae.expression import Join, NotANumberError
from loaders.sae.mapping import CapacityRow, EquipmentRow, OfferRow, offers_of
from loaders.sae.places import ID_COLUMNS, SaePlace, place_of
from loaders.sae.rules import SaeMapping, read_mapping
from loaders.source import Format, Reading, Source, Work
from loaders.table import Row, Table, table

ID: Final = "ID"
NAMING: Final = ("BOR", "AN", "FI")  # columns that every table has: its own name, the year, the site
YEARS: Final = "a"  # UCUM


@dataclass(frozen=True, slots=True)
class SaeTable:
    """A table with its name (column BOR) and the year of the survey (column AN)."""

    name: str
    year: str
    table: Table


@dataclass(slots=True)
class Survey:
    """What must be known before a row is mapped: rules, places, and the columns of other tables that rules read, by site."""

    mapping: SaeMapping
    places: dict[str, SaePlace] = field(default_factory=dict)
    joined: dict[tuple[str, str], list[Mapping[str, str]]] = field(default_factory=dict)  # table, site -> rows

    def related(self, finess: str, join: Join) -> str:
        """The text of a joined column for a site, '' without such a row."""
        for row in self.joined.get((join.table, finess), ()):
            if not join.key or row[join.key].strip() == join.text:
                return row[join.column]
        return ""


def open_files(files: Sequence[InputFile], _: Work) -> Reading:
    """Open tables of one year.

    Raises BadFile for a missing column, for two years, and for a table that reads another one which is not given.
    """
    mapping = read_mapping()
    tables = [_open(file, mapping) for file in files]
    years = sorted({one.year for one in tables})
    if len(years) > 1:
        raise BadFile(f"The files are of several years: {', '.join(years)}. Load the tables of one year at a time.")
    _check_joins(mapping, {one.name for one in tables})
    notes = Notes({file.name: file.encoding for file in files})
    return Reading("sae", ("Offer",), _events(Survey(mapping), tables, notes), notes, {one.table.file.name: one.table.head for one in tables})


def _open(file: InputFile, mapping: SaeMapping) -> SaeTable:
    first = next((row for row in table(file, NAMING, quoted=True).rows() if isinstance(row, Row)), None)
    if first is None:
        raise BadFile(f"{file.name}: the table has a header and no row. Nothing was loaded.")
    name, year = first.values["bor"].strip().upper(), first.values["an"].strip()
    if not (len(year) == 4 and year.isdecimal()):
        raise BadFile(f"{file.name}, line {first.place.line}, AN: '{year[:20]}' is not a year. Nothing was loaded.")
    needed = ID_COLUMNS if name == ID else mapping.columns(name) if name in mapping.rules else frozenset[str]()
    return SaeTable(name, year, table(file, sorted({*NAMING, *needed}), quoted=True))


def _check_joins(mapping: SaeMapping, given: set[str]) -> None:
    for name in sorted(given & mapping.rules.keys()):
        missing = sorted({join.table for join in mapping.joins(name)} - given)
        if missing:
            raise BadFile(f"The rules of table {name} read {', '.join(missing)} too, which is not given. Load the tables together.")


def _events(survey: Survey, tables: list[SaeTable], notes: Notes) -> Iterator[Event]:
    asked = {join.table for join in survey.mapping.joins()}
    for one in tables:
        if one.name in asked or one.name == ID:
            _remember(survey, one)
    for one in tables:
        for row in one.table.rows():
            yield row if isinstance(row, Rejected) else _event(survey, one, row, notes)


def _remember(survey: Survey, one: SaeTable) -> None:
    for row in one.table.rows():
        if isinstance(row, Rejected):
            continue
        values = _in_capitals(row)
        if one.name == ID:
            survey.places[values["FI"].strip()] = place_of(values)
        else:
            survey.joined.setdefault((one.name, values["FI"].strip()), []).append(values)


def _in_capitals(row: Row) -> dict[str, str]:
    return {name.upper(): value for name, value in row.values.items()}


def _event(survey: Survey, one: SaeTable, row: Row, notes: Notes) -> Event:
    if one.name == ID:
        return Left(row.place, "ID: places of sites")
    if one.name not in survey.mapping.rules:
        return Left(row.place, f"table {one.name}: not read")
    values = _in_capitals(row)
    fault = _fault(values, one.year)
    return Rejected(row.place, row.text, *fault) if fault else _mapped_event(survey, one, row, values, notes)


def _fault(values: Mapping[str, str], year: str) -> tuple[str, str] | None:
    if values["AN"].strip() != year:
        return "AN", f"'{values['AN'][:20]}' is another year than the first row's, {year}; an offer's id holds it."
    faults = ((name, finess_fault(values[name].strip())) for name in ("FI", "FI_EJ"))
    return next(((name, fault) for name, fault in faults if fault is not None), None)


def _mapped_event(survey: Survey, one: SaeTable, row: Row, values: Mapping[str, str], notes: Notes) -> Event:
    try:
        mapped = offers_of(survey.mapping, one.name, values, partial(survey.related, values["FI"].strip()))
    except NotANumberError as problem:
        return Rejected(row.place, row.text, problem.column, f"'{problem.value[:20]}' is not a number.")
    for remark in mapped.remarks:
        notes.remark(remark, values["FI"].strip())
    if mapped.left is not None:
        return Left(row.place, mapped.left)
    return Record(row.place, row.text, tuple(offer_item(offer, survey.places.get(offer.site), notes) for offer in mapped.offers))


def offer_item(offer: OfferRow, place: SaePlace | None, notes: Notes) -> Item:
    """The offer as an object; its site's commune and entity hang on it, as this source knows them."""
    me = Ref("Offer", offer.id)
    with_age = offer.min_age is not None or offer.max_age is not None
    props: dict[str, Value] = {
        "name": offer.name,
        "field_of_activity": offer.field,
        "care_mode": offer.care_mode or None,
        "offer_type": offer.offer_type or None,
        "min_age": _float(offer.min_age),
        "max_age": _float(offer.max_age),
        "age_unit": YEARS if with_age else None,
        "sensitive_unit": offer.sensitive or None,  # the survey does not say that a unit is not sensitive
        "origin": "OBSERVED",
        "evidence": "declared",
        "evidence_date": date(int(offer.year), 12, 31),
        "evidence_detail": f"{offer.rule} ({offer.confidence}): {offer.reason}",
    }
    holder = Ref("LegalEntity", structure_id(offer.entity)) if offer.on_entity else Ref("GeographicEntity", structure_id(offer.site))
    links = (
        Link("OFFERED_BY", me, holder),
        *(Link("HAS_ACTIVITY", me, Ref("Concept", code)) for code in offer.activities),
        *(_equipment(me, one) for one in offer.equipment),
    )
    hung = () if offer.on_entity else _site(offer, holder, place, notes)
    return Item("Offer", offer.id, props, links, tuple(_capacity(offer.id, one) for one in offer.capacities), hung)


def _float(age: int | None) -> float | None:
    return None if age is None else float(age)


def _equipment(offer: Ref, row: EquipmentRow) -> Link:
    return Link("HAS_EQUIPMENT", offer, Ref("Concept", row.code), {"in_service": row.in_service})


def _capacity(holder: str, row: CapacityRow) -> Owned:
    props: dict[str, Value] = {"nature": row.nature, "status": row.status, "temporality": row.temporality, "count": row.count}
    return Owned("HAS_CAPACITY", Ref("Capacity", capacity_id(holder, props)), props)


def _site(offer: OfferRow, site: Ref, place: SaePlace | None, notes: Notes) -> tuple[Link, ...]:
    entity = Link("PART_OF", site, Ref("LegalEntity", structure_id(offer.entity)))
    if place is None or not place.commune:
        notes.remark("site without a line in ID: no commune from here", offer.site)
        return (entity,)
    return entity, Link("LOCATED_IN", site, Ref("Commune", place.commune))


SOURCE: Final = Source(
    name="sae",
    fr="Statistique annuelle des établissements de santé (DREES)",
    rank=40,
    formats=(
        Format(
            "table",
            "*_[0-9][0-9][0-9][0-9]r.csv",
            "one table of the survey: `;`, ISO-8859-1, header; the column BOR names the table (sixteen are read), AN the year",
            "MCOAVC;2023;010000024;CH DE FLEYRIAT;010780054;1;20;687;6002;...",
        ),
    ),
    open=open_files,
)
