"""Figures of the quarterly survey on how far the ROR is filled: one line a region and field of activity (docs/formats.md, survey)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from graph.errors import BadFile
from graph.model.kinds import Value
from graph.questions import question
from graph.reads import Reader
from graph.record import Event, Item, Left, Link, Notes, Record, Ref, Rejected
from loaders.files import InputFile
from loaders.numbers import natural
from loaders.regions import find_region, folded
from loaders.source import FieldPlace, Format, Reading, Source, Work
from loaders.table import Row, Table, parsed, table

FIELD, REGION, TARGET, POPULATED, QUALITY = COLUMNS = ("field", "region", "target_sites", "populated_pct", "quality_pct")
NOT_REPORTED: Final = "NR"
TOTAL: Final = "TOTAL"
MOST: Final = 1_000_000  # sites
TOGETHER: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({"la reunion mayotte": ("04", "06")})  # two regions in one line
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def open_files(files: Sequence[InputFile], work: Work) -> Reading:
    """Open the tables of one survey; its date stands in the file's name. Raises BadFile for a missing column or date, and for two dates."""
    tables = [table(file, COLUMNS) for file in files]
    days = sorted({_day(file) for file in files})
    if len(days) > 1:
        raise BadFile(f"The files are of several surveys: {', '.join(map(str, days))}. Load one at a time.")
    notes = Notes({file.name: file.encoding for file in files})
    events = _events(tables, days[0], _region_codes(work.store), notes)
    return Reading(f"survey:{days[0]}", ("PopulationFigure",), events, notes, {one.file.name: one.head for one in tables})


def _day(file: InputFile) -> date:
    found = DAY.search(file.name)
    try:
        return date.fromisoformat(found[0] if found else "")
    except ValueError:
        raise BadFile(f"{file.name}: its name must hold the date of the survey, like peuplement_2018-03-30.csv. Rename it. Nothing was loaded.") from None


def _region_codes(store: Reader) -> Mapping[str, str]:
    """Codes of the regions that the store holds, by folded name: those that the project does not know by itself."""
    return {folded(row["name"]): row["code"] for row in store.read(question("inventory_regions")) if row["name"]}


def _events(tables: Sequence[Table], on: date, codes: Mapping[str, str], notes: Notes) -> Iterator[Event]:
    for one in tables:
        yield from parsed(one, COLUMNS, lambda row: figure(row, on, codes), notes)


def figure(row: Row, on: date, codes: Mapping[str, str]) -> Event:
    """A line `MCO;Bretagne;89;100;4`. A region that did not report (NR) has no figure, whatever stands beside."""
    field, label = row.values[FIELD].strip(), row.values[REGION].strip()
    if label.upper() == TOTAL:
        return Left(row.place, "total of the country")
    if not field:
        return Rejected(row.place, row.text, FIELD, "It is empty; a figure is of a field of activity: MCO, PSY or SSR.")
    regions = _regions(label, codes)
    if not regions:
        return Rejected(row.place, row.text, REGION, f"'{label[:60]}' is no region that is known, nor the name of one that is loaded.")
    numbers = _numbers(row)
    if isinstance(numbers, Rejected):
        return numbers
    me = Ref("PopulationFigure", f"{on}/{field}/{label}")
    props = {"on": on, "region_label": label, "field": field, **numbers}
    return Record(row.place, row.text, (Item(*me, props, tuple(Link("ABOUT", me, Ref("Region", code)) for code in regions)),))


def _regions(label: str, codes: Mapping[str, str]) -> tuple[str, ...]:
    if folded(label) in TOGETHER:
        return TOGETHER[folded(label)]
    known = find_region(label)
    code = known.code if known else codes.get(folded(label))
    return (code,) if code else ()


def _numbers(row: Row) -> dict[str, Value] | Rejected:
    if row.values[TARGET].strip().upper() == NOT_REPORTED:
        return {"target_sites": None, "populated_pct": None, "quality_pct": None}
    target = natural(row.values[TARGET].strip(), MOST)
    if target is None:
        return Rejected(row.place, row.text, TARGET, f"'{row.values[TARGET][:20]}' is not a number of sites, nor NR.")
    found: dict[str, Value] = {"target_sites": target}
    for name in (POPULATED, QUALITY):
        text = row.values[name].strip()
        share = natural(text, 100)
        if share is None and text.upper() != NOT_REPORTED:
            return Rejected(row.place, row.text, name, f"'{text[:20]}' is not a percentage from 0 to 100, nor NR.")
        found[name] = None if share is None else float(share)
    return found


SOURCE: Final = Source(
    name="survey",
    fr="Enquête trimestrielle de peuplement du ROR",
    rank=90,
    formats=(
        Format(
            "figures",
            "peuplement_*.csv",
            "one line a field of activity and region: `;`, header: field, region, target_sites, populated_pct, quality_pct; the date of the survey stands in "
            "the file's name; NR: not reported",
            "MCO;Bretagne;89;100;4",
            (
                FieldPlace("(date in the file's name)", "PopulationFigure.on"),
                FieldPlace("field", "PopulationFigure.field"),
                FieldPlace("region", "PopulationFigure.region_label, (PopulationFigure)-[ABOUT]->(Region)"),
                FieldPlace("target_sites", "PopulationFigure.target_sites"),
                FieldPlace("populated_pct", "PopulationFigure.populated_pct"),
                FieldPlace("quality_pct", "PopulationFigure.quality_pct"),
            ),
        ),
    ),
    open=open_files,
)
