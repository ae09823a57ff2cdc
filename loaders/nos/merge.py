"""What all rows of all NOS files say together of each code and value set; nomenclatures are small (some 60,000 rows), and kept in memory."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple

from graph.keys import concept_id
from graph.model.kinds import Value
from graph.record import Item, Link, Ref
from loaders.geography import city_of
from loaders.nos.files import Kind, NosFile, Pairing, Statement, rows
from loaders.regions import folded

CHAINS: Final = frozenset({"ASS_X10", "ASS_X11"})  # each column is more precise than the one before
FAMILIES: Final = frozenset({"ASS_A14"})  # the last column is more precise than each other
PLACES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType({"ASS_X12": ("Commune", "Department"), "ASS_X09": ("Department", "Region")})
READ_ASSOCIATIONS: Final = CHAINS | FAMILIES | frozenset(PLACES)
COMMUNES: Final = "TRE_R13"
TERRITORIES: Final = "TRE_R88"

Code = tuple[str, str]  # system, code
Rank = tuple[bool, bool, str, int]  # list, nomenclature's own file, version, number of the file: the greatest leads


class Said(NamedTuple):
    """What one file says of a code, with the file's rank."""

    rank: Rank
    own: bool  # said by the nomenclature's own file or a list
    label: str
    short_label: str | None
    valid_from: date | None
    valid_to: date | None


@dataclass(slots=True)
class Nomenclatures:
    """Codes with what is said of them, hierarchy, places, the file that leads each value set, and the nomenclatures that have a file here."""

    said: dict[Code, list[Said]] = field(default_factory=dict)
    broader: dict[Code, set[Code]] = field(default_factory=dict)
    places: dict[Code, Link] = field(default_factory=dict)
    leaders: dict[str, NosFile] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()

    def key(self, file: NosFile, row: Statement) -> Code:
        """The code that a row names; one that its nomenclature does not have belongs to the value set (K-5)."""
        key = row.system, row.code
        if file.is_list or file.kind is Kind.CODES or row.system not in self.whole:
            return key
        return key if any(one.own for one in self.said.get(key, ())) else (file.name, row.code)

    def item(self, key: Code) -> Item:
        """The code as an object, as the leading file states it; former labels are those that older files give (M-2, M-3)."""
        system, code = key
        said = sorted(self.said.get(key, ()), reverse=True, key=lambda one: one.rank)
        props: dict[str, Value] = {"system": system, "code": code}
        if said:
            props |= {
                "label": next((one.label for one in said if one.label), None),
                "short_label": next((one.short_label for one in said if one.short_label), None),
                "former_labels": _former_labels(said),
                "valid_from": next((one.valid_from for one in said if one.valid_from), None),
                "valid_to": next((one.valid_to for one in said if one.valid_to), None),
            }
        me = Ref("Concept", concept_id(system, code))
        links = tuple(Link("BROADER", me, Ref("Concept", concept_id(*above))) for above in sorted(self.broader.get(key, ())))
        hung = (self.places[key],) if key in self.places and not self._is_closed_commune(key) else ()
        return Item("Concept", me.key, props, links, hung=hung)

    def beside(self, key: Code) -> tuple[Item, ...]:
        """What a code is beside a concept: a commune that is no more, a territory of health."""
        system, code = key
        if system == TERRITORIES:
            return (Item("HealthTerritory", concept_id(system, code), {"type": system, "code": code, "name": self._first(key, "label")}),)
        if self._is_closed_commune(key):
            props = {"name": self._first(key, "label"), "valid_to": self._first(key, "valid_to")}
            return (Item("Commune", code, props, (self.places[key],) if key in self.places else ()),)
        return ()

    def _first(self, key: Code, name: str) -> Value:
        said = sorted(self.said.get(key, ()), reverse=True, key=lambda one: one.rank)
        return next((value for one in said if (value := getattr(one, name))), None)

    def _is_closed_commune(self, key: Code) -> bool:
        """Arrondissements are closed in the nomenclature, and in use everywhere else."""
        return key[0] == COMMUNES and not city_of(key[1]) and any(one.valid_to for one in self.said.get(key, ()))

    def pair(self, file: NosFile, systems: Mapping[str, str], row: Pairing) -> Code | None:
        """Keep what a row of an association says; the code it is about, None when it has fewer than two codes or is not read."""
        if file.name not in READ_ASSOCIATIONS:
            return None
        named = [(systems[oid], code) for oid, code in zip(file.oids, row.codes, strict=False) if code and oid in systems]
        if len(named) < 2:
            return None
        if file.name in PLACES:
            inner, outer = PLACES[file.name]
            self.places[named[0]] = Link("IN", Ref(inner, named[0][1]), Ref(outer, named[1][1]))
            return named[0]
        below = named if file.name in CHAINS else [named[-1]] * len(named)
        for above, under in zip(named[:-1], below[1:], strict=True):
            self.broader.setdefault(under, set()).add(above)
        return named[-1]


def rank(file: NosFile) -> Rank:
    """Which file leads: lists before dated files, the nomenclature's own before value sets, then the newest, then the highest number."""
    digits = "".join(character for character in file.name if character.isdigit())
    return file.is_list, file.kind is Kind.CODES, file.version, int(digits or 0)


def put_together(files: Sequence[NosFile], systems: Mapping[str, str]) -> Nomenclatures:
    """Read all rows of all files; nomenclatures and lists first, since a value set's codes are looked up in them."""
    known = Nomenclatures(leaders=_leaders(files), whole=frozenset(file.name for file in files if file.kind is Kind.CODES))
    for file in sorted(files, key=rank, reverse=True):
        for row in rows(file, systems):
            if isinstance(row, Statement):
                known.said.setdefault(known.key(file, row), []).append(_said(file, row))
            elif isinstance(row, Pairing):
                known.pair(file, systems, row)
    return known


def _leaders(files: Iterable[NosFile]) -> dict[str, NosFile]:
    """By value set: only the leading file says what the set includes."""
    return {file.name: file for file in sorted(files, key=rank) if file.kind is Kind.VALUE_SET}


def _said(file: NosFile, row: Statement) -> Said:
    return Said(rank(file), file.is_list or file.kind is Kind.CODES, row.label, row.short_label, row.valid_from, row.valid_to)


def _former_labels(said: list[Said]) -> list[str]:
    seen, former = {folded(said[0].label)}, []
    for one in said[1:]:
        if one.own and one.label and folded(one.label) not in seen:
            seen.add(folded(one.label))
            former.append(one.label)
    return former
