"""Inventory of applications, interfaces, flows and what they serve, in the forms of docs/formats.md (inventory).

Each form gives items of sections; they are checked by loaders/schemas/inventory.schema.json, and a wrong item is rejected, the others go on.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from graph.errors import BadFile
from graph.impact.proposals import PREFIX
from graph.record import Event, Notes, Record, Rejected
from loaders.files import InputFile
from loaders.inventory.documents import SECTIONS
from loaders.inventory.entries import Entry, Found
from loaders.inventory.forms import FORMATS, read_forms
from loaders.inventory.items import MAKERS, Context
from loaders.inventory.twice import Others, others_of
from loaders.schema import Schema, find_fault, read_schema
from loaders.source import Reading, Source, Work

ASSERTS: Final = ("Region", "Actor", "DataClass", "Step", "Pathway", "Usage", "Application", "Interface", "Flow")
RANK: Final = 60
RANK_OF_OBSERVED: Final = 55  # what a person accepted of an access log leads what is declared (docs/observed.md)


def open_files(files: Sequence[InputFile], work: Work) -> Reading:
    """Open the files of one data set.

    Raises BadFile for what is of none of the forms, for a section that does not exist, for two data sets and for a file of several cases.
    """
    notes = Notes({file.name: file.encoding for file in files})
    found = list(read_forms(files, notes))
    names = sorted({one.dataset for one in found if isinstance(one, Entry)})
    if len(names) > 1:
        raise BadFile(f"The files are of several data sets: {', '.join(name or '(none named)' for name in names)}. Load one at a time.")
    if not found:
        raise BadFile(f"{files[0].name}: no section has an item. Sections: {', '.join(SECTIONS)}. Nothing was changed.")
    name = names[0] if names else ""
    stamp = f"inventory:{name}" if name else "inventory"
    rank = RANK_OF_OBSERVED if name.startswith(PREFIX) else None
    others = others_of(work.store, stamp, rank or RANK)
    return Reading(stamp, ASSERTS, _events(found, read_schema("inventory"), others, notes), notes, rejects_suffix=".yaml", rank=rank)


def _events(found: Sequence[Found], schema: Schema, others: Others, notes: Notes) -> Iterator[Event]:
    context = _context(one for one in found if isinstance(one, Entry))
    validators = {name: schema.part(kind.definition) for name, kind in MAKERS.items()}
    for entry in found:
        if not isinstance(entry, Entry):
            yield entry
            continue
        fault = find_fault(validators[entry.section], entry.marked)
        event = entry.rejected(fault.path, fault.field, fault.reason) if fault else _made(entry, context)
        if isinstance(event, Record):
            others.note(event.items[0], notes)
        yield event


def _context(entries: Iterable[Entry]) -> Context:
    """Codes of pathways and steps of these files, by which `supports` finds what it names."""
    steps: dict[str, list[str]] = {}
    pathways: Counter[str] = Counter()
    for entry in entries:
        value = entry.marked.value
        if entry.section == "pathways" and isinstance(value, dict) and isinstance(value.get("steps"), list):
            pathways[str(value.get("code"))] += 1
            for step in value["steps"]:
                if isinstance(step, dict):
                    steps.setdefault(str(step.get("code")), []).append(str(value.get("code")))
    return Context(frozenset(pathways), steps)


def _made(entry: Entry, context: Context) -> Record | Rejected:
    kind, value = MAKERS[entry.section], entry.marked.value
    fault = kind.find_fault(value, context)
    if fault:
        return entry.rejected(fault.path, fault.field, fault.reason)
    return Record(entry.place(()), entry.again, kind.items(value, context, entry.fictional))


SOURCE: Final = Source("inventory", "Inventaire des applications, interfaces et flux", RANK, FORMATS, open_files)
