"""The source `ror-xml`: two passes over each file, the first for the places and local ids of its rows, the second for the rows themselves."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit
from xml.etree import ElementTree

from graph.errors import BadFile
from graph.record import Event, Item, Left, Notes, Record, Ref, Rejected
from loaders.files import COMMENT, InputFile
from loaders.ror.origin import REGIONAL_RANK, Ror, regional_origin
from loaders.ror.values import FieldFault
from loaders.ror.xml.context import Context
from loaders.ror.xml.element import Node, parsed
from loaders.ror.xml.facility import facility, identifier_of, unit_label
from loaders.ror.xml.frame import DEVICE, FACILITY, ORGANIZATION, PROVIDER, ROWS, SERVICE
from loaders.ror.xml.index import Index, Known, PlacedRow
from loaders.ror.xml.named import device, service
from loaders.ror.xml.organization import label_of, numbers, organization
from loaders.ror.xml.places import PLACES
from loaders.ror.xml.provider import professional_key, provider
from loaders.ror.xml.scan import MOST_BYTES, MOST_NODES, Row, Scan
from loaders.source import Format, Reading, Source, Tier, Work

ASSERTS: Final = ("LegalEntity", "GeographicEntity", "OrganisationalUnit", "Location", "Offer", "Professional", "Practice")
READERS: Final[Mapping[str, Callable[[Node, Context], tuple[Item, ...]]]] = MappingProxyType(
    {ORGANIZATION: lambda node, context: (organization(node, context),), FACILITY: facility, PROVIDER: provider}
)
NAMED: Final = MappingProxyType({SERVICE: "an activity, read with the units that name it", DEVICE: "equipment, read with the offers that name it"})
UNNAMED: Final = MappingProxyType({SERVICE: "an activity that no unit of the files names", DEVICE: "equipment that no offer of the files names"})
TOO_LARGE: Final = f"The element is larger than {MOST_BYTES // 1_000_000} MB or has more than {MOST_NODES:,} elements in it; it is not kept here."


@dataclass(slots=True)
class _Seen:
    """What the first pass tells of where the files come from. `bare`: a unit has an id without a region."""

    hosts: Counter[str] = field(default_factory=Counter)
    regions: Counter[str] = field(default_factory=Counter)
    bare: bool = False

    def host(self, directory: str) -> None:
        """Count the host of a sourceDirectory."""
        try:
            name = urlsplit(directory.strip()).hostname
        except ValueError:
            return
        if name and (name in self.hosts or len(self.hosts) < 100):
            self.hosts[name] += 1

    def unit(self, identifier: str | None) -> None:
        """Count the region that a unit's id begins with."""
        before, slash, _ = (identifier or "").partition("/")
        region = before.strip().zfill(2)
        if not slash:
            self.bare = True
        elif len(region) == 2 and region.isalnum():
            self.regions[region] += 1


def open_files(files: Sequence[InputFile], work: Work) -> Reading:
    """Read the files once, to the end, and find out which ROR they come from.

    Raises BadFile for a file that is no whole, well-formed answer of a ROR, and where its ROR or the region of its ids is not known.
    """
    notes, seen, index = Notes({file.name: file.encoding for file in files}), _Seen(), Index(work.scratch)
    scans = [Scan(file, notes) for file in files]
    try:
        for number, scan in enumerate(scans):
            for row in scan.rows():
                _remember(row, number, index, seen, scan)
        index.flush()
        context = Context(_origin(work, seen), index, notes)
    except BaseException:
        index.close()
        raise
    heads = {scan.file.name: scan.head for scan in scans}
    return Reading(context.ror.stamp, ASSERTS, _events(scans, context), notes, heads, rejects_suffix=".xml", rank=context.ror.rank)


def _origin(work: Work, seen: _Seen) -> Ror:
    region = next(iter(seen.regions)) if len(seen.regions) == 1 else None
    host = next(iter(seen.hosts)) if len(seen.hosts) == 1 else None
    ror = regional_origin(work, region, host)
    if seen.bare and not ror.national and ror.region is None:
        raise BadFile(
            f"Units of these files have ids without a region, and the region of {ror.code} is not known. Say it with --region CODE. Nothing was loaded."
        )
    return ror


def _remember(row: Row, number: int, index: Index, seen: _Seen, scan: Scan) -> None:
    """What the second pass must know of a row before it comes to others."""
    if row.kind not in ROWS:
        scan.notes.leave(f"directory.{row.kind}")
        return
    index.place(number, PlacedRow(row.kind, row.entity, row.start, row.size, row.line, row.too_large))
    if row.kind == FACILITY:
        _remember_unit(row, index, seen)
    elif row.kind != PROVIDER and not row.too_large and row.entity:
        node = Node(parsed(scan.head.encode(), row.text, scan.tail.encode()), row.kind)
        record = node.child("record")
        seen.host(record.element.get("sourceDirectory", "") if record else "")
        known = _known(node, row.kind)
        if known is not None:
            index.know(row.kind, row.entity, known)


def _known(node: Node, kind: str) -> Known | None:
    """What an element is; None where that cannot be read: its own row is rejected."""
    try:
        match kind:
            case "organization":
                label = label_of(node)
                return Known(label, numbers(node).key(label), None)
            case "service":
                return service(node)
            case _:
                return device(node)
    except FieldFault:
        return None


def _remember_unit(row: Row, index: Index, seen: _Seen) -> None:
    codes, label = [], None
    for name, attributes in row.children:
        stated = dict(zip(attributes[::2], attributes[1::2], strict=True))
        if name == "otherID":
            codes.append(stated.get("code", ""))
        elif name == "codedType":
            label = label or unit_label(stated.get("code", "").strip())
        elif name == "record":
            seen.host(stated.get("sourceDirectory", ""))
    identifier = identifier_of(codes)
    seen.unit(identifier)
    if label and row.entity:
        index.know(FACILITY, row.entity, Known(label, identifier, None))
    for kind, entity in row.named:
        index.name(kind, entity)


def _events(scans: Sequence[Scan], context: Context) -> Iterator[Event]:
    try:
        for number, scan in enumerate(scans):
            head, tail = scan.head.encode(), scan.tail.encode()
            for row, text in _texts(scan.file, context.index.rows(number)):
                yield _event(scan.file, row, (head, text, tail), context)
    finally:
        context.index.close()


def _texts(file: InputFile, rows: Iterator[PlacedRow]) -> Iterator[tuple[PlacedRow, bytes]]:
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


def _changed(file: InputFile) -> bytes:
    raise BadFile(f"{file.name}: the file was changed while it was read. Load it again when nothing writes to it.")


def _event(file: InputFile, row: PlacedRow, texts: tuple[bytes, bytes, bytes], context: Context) -> Event:
    place = file.place(row.line)
    if row.too_large:
        return Rejected(place, f"<!-- {row.kind} of line {row.line}: too large to be kept -->", "", TOO_LARGE, _about(row, None, context))
    text = texts[1].decode()
    try:
        node = Node(parsed(*texts), row.kind)
    except ElementTree.ParseError:
        _changed(file)
    try:
        reader = READERS.get(row.kind)
        items = reader(node, context) if reader else ()
        if not reader:
            _named_row(node, row)
    except FieldFault as fault:
        return Rejected(place, text.replace(f"\n{COMMENT}", f"\n {COMMENT}"), fault.field, fault.reason, _about(row, texts, context))
    node.leave(context.notes)
    if reader:
        return Record(place, text.replace(f"\n{COMMENT}", f"\n {COMMENT}"), items)
    return Left(place, (NAMED if context.index.is_named(row.kind, row.entity) else UNNAMED)[row.kind])


def _named_row(node: Node, row: PlacedRow) -> None:
    """Read what others name, for its faults and for what is left of it."""
    known = service(node) if row.kind == SERVICE else device(node)
    if not row.entity:
        raise FieldFault("entityID", "The element has no entityID: nothing could name it.")
    if known.identifier is None:
        raise FieldFault("codedType", "The element has no code.")


def _about(row: PlacedRow, texts: tuple[bytes, bytes, bytes] | None, context: Context) -> Ref | None:
    """The object of a row that is rejected, where its key is known."""
    if row.kind == ORGANIZATION:
        return context.structure(row.entity)
    if row.kind == FACILITY:
        return context.unit(row.entity)
    if row.kind == PROVIDER and texts and row.entity:
        return Ref("Professional", professional_key(Node(parsed(*texts), row.kind), context, row.entity))
    return None


SOURCE: Final = Source(
    "ror-xml",
    "Export XML d'un ROR régional (IHE CSD, extension ROR v2.4)",
    REGIONAL_RANK,
    (
        Format(
            "ror-xml v2.4",
            "*.xml",
            "IHE CSD with the ROR extension v2.4 (urn:ihe:iti:csd:2013), with or without the SOAP envelope: five directories, whose elements are the rows.",
            '<facility entityID="47045"><codedType code="4" codingScheme="1.2.250.1.213.3.3.8"/><primaryName>UNITÉ</primaryName>...</facility>',
            PLACES,
        ),
    ),
    open_files,
    Tier.ROR,
)
