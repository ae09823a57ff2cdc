"""What the first pass keeps of the rows of a file: where they stand, what their ids are, where the file comes from."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from loaders.ror.codes import concept
from loaders.ror.values import FieldFault
from loaders.ror.xml.element import Node, parsed
from loaders.ror.xml.facility import identifier_of, unit_label
from loaders.ror.xml.frame import DEVICE, FACILITY, ORGANIZATION, ROWS, SERVICE
from loaders.ror.xml.index import Index, Known, PlacedRow
from loaders.ror.xml.named import device
from loaders.ror.xml.organization import label_of, numbers_of
from loaders.ror.xml.scan import Row, Scan

MOST_HOSTS = 100


@dataclass(slots=True)
class Seen:
    """What the files tell of where they come from. `kinds`: of their rows; `bare`: a unit has an id without a region."""

    hosts: Counter[str] = field(default_factory=Counter)
    regions: Counter[str] = field(default_factory=Counter)
    kinds: set[str] = field(default_factory=set)
    bare: bool = False

    def host(self, directory: str) -> None:
        """Count the host of a sourceDirectory."""
        try:
            name = urlsplit(directory.strip()).hostname
        except ValueError:
            return
        if name and (name in self.hosts or len(self.hosts) < MOST_HOSTS):
            self.hosts[name] += 1

    def unit(self, identifier: str | None) -> None:
        """Count the region that a unit's id begins with."""
        before, slash, _ = (identifier or "").partition("/")
        region = before.strip().zfill(2)
        if not slash:
            self.bare = True
        elif len(region) == 2 and region.isalnum():
            self.regions[region] += 1


def remember(rows: Sequence[Row], number: int, index: Index, seen: Seen, scan: Scan) -> None:
    """What the second pass must know of rows before it comes to others. `number`: that of their file."""
    for row in rows:
        if row.kind not in ROWS:
            scan.notes.leave(f"directory.{row.kind}")
            continue
        seen.kinds.add(row.kind)
        index.place(number, PlacedRow(row.kind, row.entity, row.start, row.size, row.line, row.too_large))
        for kind, entity in row.named:
            index.name(kind, entity)
        _remember_one(row, index, seen)
    devices = [row for row in rows if row.kind == DEVICE and row.entity and not row.too_large]
    for row, element in zip(devices, parsed(scan.frame(), [row.text for row in devices]) if devices else (), strict=True):
        try:
            index.know(DEVICE, row.entity, device(Node(element, DEVICE)))
        except FieldFault:
            continue  # its own row is rejected


def _remember_one(row: Row, index: Index, seen: Seen) -> None:
    children = [(name, dict(zip(stated[::2], stated[1::2], strict=True))) for name, stated in row.children]
    for name, stated in children:
        if name == "record" and "sourceDirectory" in stated:
            seen.host(stated["sourceDirectory"])
    known = None
    if row.kind == FACILITY:
        known = _unit(children)
        seen.unit(known.identifier)
    elif row.kind == ORGANIZATION:
        known = _structure(children)
    elif row.kind == SERVICE:
        known = _activity(children)
    if known is not None and known.label and row.entity:
        index.know(row.kind, row.entity, known)


Children = Sequence[tuple[str, dict[str, str]]]


def _codes(children: Children, wanted: str) -> list[str]:
    return [stated.get("code", "").strip() for name, stated in children if name == wanted]


def _unit(children: Children) -> Known:
    kinds = (unit_label(code) for code in _codes(children, "codedType"))
    return Known(next(kinds, None) or "", identifier_of(_codes(children, "otherID")))


def _structure(children: Children) -> Known | None:
    label = label_of(has_parent=any(name == "parent" for name, _ in children))
    stated = ((one.get("code", ""), one.get("assigningAuthorityName", "")) for name, one in children if name == "otherID")
    try:
        return Known(label, numbers_of(stated).key(label))
    except FieldFault:
        return None  # its own row is rejected


def _activity(children: Children) -> Known:
    code, family = (next(iter(_codes(children, name)), "") for name in ("codedType", "actFamily"))
    return Known(SERVICE, concept("HAS_ACTIVITY", None, code) if code else None, concept("HAS_ACTIVITY.family", None, family) if family else None)
