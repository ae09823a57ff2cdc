"""The second pass over a ROR XML file: each row as a record, a reject, or left by a rule."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NoReturn
from xml.etree import ElementTree

from graph.errors import BadFile
from graph.record import Event, Item, Left, Record, Ref, Rejected
from loaders.files import COMMENT, InputFile
from loaders.ror.values import FieldFault
from loaders.ror.xml.context import Context
from loaders.ror.xml.element import SPACE, Node, parsed
from loaders.ror.xml.facility import facility
from loaders.ror.xml.frame import DEVICE, FACILITY, ORGANIZATION, PROVIDER, SERVICE
from loaders.ror.xml.index import PlacedRow
from loaders.ror.xml.named import again, device, service
from loaders.ror.xml.organization import organization
from loaders.ror.xml.provider import professional_key, provider
from loaders.ror.xml.scan import MOST_BYTES, MOST_NODES, Scan

READERS: Final[Mapping[str, Callable[[Node, Context], tuple[Item, ...]]]] = MappingProxyType(
    {ORGANIZATION: organization, FACILITY: facility, PROVIDER: provider}
)
AT_ONCE: Final = 1 << 17  # bytes of rows that are parsed together
NAMED: Final = MappingProxyType({SERVICE: "an activity, read with the units that name it", DEVICE: "equipment, read with the offers that name it"})
UNNAMED: Final = MappingProxyType({SERVICE: "an activity that no unit of the files names", DEVICE: "equipment that no offer of the files names"})
NAMES: Final = ((SERVICE, f"{SPACE}service"), (DEVICE, f"{SPACE}equipment"))  # how a unit names them
TOO_LARGE: Final = f"The element is larger than {MOST_BYTES // 1_000_000} MB or has more than {MOST_NODES:,} elements in it; it is not kept here."
VALUE: Final = re.compile(r"^(?:'.*'|-?\d+) ", re.DOTALL)  # how a reason shows it
RowText = tuple[PlacedRow, bytes]


def events(scans: Sequence[Scan], context: Context) -> Iterator[Event]:
    """The rows of all files. Closes the index behind the last."""
    try:
        for number, scan in enumerate(scans):
            for some in _batches(_texts(scan.file, context.index.rows(number))):
                yield from _batch_events(scan, some, context)
    finally:
        context.index.close()


def _batches(texts: Iterator[RowText]) -> Iterator[list[RowText]]:
    """Rows that are parsed together: that is much faster than one by one."""
    batch, size = list[RowText](), 0
    for one in texts:
        batch.append(one)
        size += len(one[1])
        if size >= AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _batch_events(scan: Scan, batch: Sequence[RowText], context: Context) -> Iterator[Event]:
    try:
        elements = iter(parsed(scan.frame(), [text for _, text in batch]))
    except ElementTree.ParseError:
        _changed(scan.file)
    for row, text in batch:
        element = None if row.too_large else next(elements)
        yield _too_large(scan.file, row, context) if element is None else _event(scan, row, text, element, context)


def _texts(file: InputFile, rows: Iterator[PlacedRow]) -> Iterator[RowText]:
    """Each row with its bytes, b'' for one that is too large."""
    pieces, held, base = file.utf8(), bytearray(), 0
    for row in rows:
        if row.too_large:
            yield row, b""
            continue
        end = row.start + row.size
        while base + len(held) < end:
            if base + len(held) <= row.start:
                base += len(held)
                held.clear()
            held += next(pieces, b"") or _changed(file)
        yield row, bytes(held[row.start - base : end - base])
        del held[: end - base]
        base = end


def _changed(file: InputFile) -> NoReturn:
    raise BadFile(f"{file.name}: the file was changed while it was read. Load it again when nothing writes to it.")


def _too_large(file: InputFile, row: PlacedRow, context: Context) -> Rejected:
    text = f"<!-- {row.kind} of line {row.line}: too large to be kept -->"
    return Rejected(file.place(row.line), text, "", TOO_LARGE, _about(row, context))


def _event(scan: Scan, row: PlacedRow, text: bytes, element: ElementTree.Element, context: Context) -> Event:
    place, original, node = scan.file.place(row.line), _kept(scan, row, text, element, context), Node(element, row.kind)
    try:
        items = READERS[row.kind](node, context) if row.kind in READERS else _named_row(node, row)
    except FieldFault as fault:
        reason = VALUE.sub("The value ", fault.reason) if row.kind == PROVIDER else fault.reason  # what a professional's row says is personal
        return Rejected(place, original, fault.field, reason, _about(row, context) or _about_person(scan, row, text, context))
    node.leave(context.notes)
    if items:
        return Record(place, original, items)
    return Left(place, (NAMED if context.index.is_named(row.kind, row.entity) else UNNAMED)[row.kind])


def _kept(scan: Scan, row: PlacedRow, text: bytes, element: ElementTree.Element, context: Context) -> str:
    """The text of a row for the rejects file, with the activities and equipment that a unit names: it is read again without its file."""
    original = text.decode()
    if f"\n{COMMENT}" in original:  # such a line of a rejects file would be a comment
        original = original.replace(f"\n{COMMENT}", f"\n {COMMENT}")
    if row.kind != FACILITY:
        return original
    named = [(kind, one.get("entityID", "").strip()) for kind, name in NAMES for one in element.iter(name)]
    known = [again(scan.prefix, kind, entity, found) for kind, entity in dict.fromkeys(named) if entity and (found := context.index.find(kind, entity))]
    return "\n".join((original, *known))


def _named_row(node: Node, row: PlacedRow) -> tuple[()]:
    """Read what others name, for its faults and for what is left of it: it is no object of its own."""
    known = service(node) if row.kind == SERVICE else device(node)
    if not row.entity:
        raise FieldFault("entityID", "The element has no entityID: nothing could name it.")
    if known.identifier is None:
        raise FieldFault("codedType", "The element has no code.")
    return ()


def _about(row: PlacedRow, context: Context) -> Ref | None:
    """The structure, offer or unit of a row that is rejected, where its key is known."""
    if row.kind == ORGANIZATION:
        return context.structure(row.entity)
    return context.unit(row.entity) if row.kind == FACILITY else None


def _about_person(scan: Scan, row: PlacedRow, text: bytes, context: Context) -> Ref | None:
    """The professional of a row that is rejected: its ids were taken, so they are read again."""
    if row.kind != PROVIDER or not row.entity:
        return None
    [element] = parsed(scan.frame(), [text])
    return Ref("Professional", professional_key(Node(element, row.kind), context, row.entity))
