"""An index of the offers in memory, by code, place and area: which offers an answer may hold, before the statement judges them (S-1 to S-8).

It is alike for all viewers and never says more than "may": what is asked of an offer, and who may see it, the statement decides. Some 100 bytes an offer.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.questions import question
from graph.reads import Each, LongReads, Row
from graph.search.communes import Communes
from graph.search.compiling import PROPERTIES
from graph.search.criteria import All, AnyOf, Criteria
from graph.search.geography import Box
from graph.search.leaves import Coded, Field
from graph.search.place import Spot
from graph.search.reference import Reference, communes, refreshed
from graph.search.territory import Level, Territory

Numbers = NDArray[np.int32]
Mask = NDArray[np.bool_]
INDEXED: Final = (Field.ACTIVITY, Field.FIELD_OF_ACTIVITY, Field.CARE_MODE, Field.OFFER_TYPE)  # what most searches name and most offers describe


class Keyed:
    """The numbers of the offers of each key."""

    def __init__(self, gathered: Mapping[str, "array[int]"]) -> None:
        self._of = {key: np.frombuffer(numbers, dtype=np.int32) for key, numbers in gathered.items()}

    def of(self, keys: Iterable[str]) -> list[Numbers]:
        """Of the keys that are known."""
        return [self._of[key] for key in keys if key in self._of]


@dataclass(frozen=True, slots=True)
class Postings:
    """Offers by number. `described`: by field, those that state a code; `unplaced`: those at no known point or in no commune.

    `within`: the communes of an area, written as `areas` of an offer writes it (`Department:01`). `latitudes`, `longitudes`, `pointed`: the points where
    offers are (WGS84, degrees) and the offer at each, side by side.
    """

    ids: Sequence[str]
    codes: Mapping[Field, Keyed]
    described: Mapping[Field, Mask]
    areas: Keyed
    in_commune: Keyed
    in_territory: Keyed
    within: Mapping[str, Sequence[str]]
    latitudes: NDArray[np.float64]
    longitudes: NDArray[np.float64]
    pointed: Numbers
    unplaced: Mask

    def candidates(self, trees: Sequence[Criteria], spot: Spot | None, territory: Territory | None) -> tuple[str, ...]:
        """Ids of all offers that may be there and of which one tree at least may not be FALSE."""
        masks = [self._may(AnyOf(tuple(trees))), self._near(spot) if spot else None, self._within(territory) if territory else None]
        may_be = _every([mask for mask in masks if mask is not None], len(self.ids))
        return tuple(self.ids[number] for number in np.flatnonzero(may_be).tolist())

    def _may(self, criteria: Criteria) -> Mask | None:
        """The offers for which the tree may not be FALSE; None: any."""
        match criteria:
            case Coded(field, codes) if field in self.codes:
                return self._mask(self.codes[field].of(codes)) | ~self.described[field]
            case All(parts):
                known = [mask for part in parts if (mask := self._may(part)) is not None]
                return _every(known, len(self.ids)) if known else None
            case AnyOf(parts):
                some = [mask for part in parts if (mask := self._may(part)) is not None]
                return np.logical_or.reduce(some) if len(some) == len(parts) else None
        return None

    def _near(self, spot: Spot) -> Mask:
        """Around the place, at no known place, or serving it (S-5 to S-7)."""
        around = self._mask([self._in_box(spot.box)] if spot.box else self._in_area(f"{Level.DEPARTMENT}:{spot.department}"))
        return around | self.unplaced | self._mask(self.areas.of(spot.areas))

    def _within(self, territory: Territory) -> Mask:
        """Delivered in the territory (S-8)."""
        held = territory.extent.parts if territory.extent else (f"{territory.level}:{territory.code}",)
        stated = self.in_territory.of([territory.code]) if territory.level is Level.HEALTH_TERRITORY else []
        return self._mask([*(numbers for area in held for numbers in self._in_area(area)), *stated])

    def _in_area(self, area: str) -> list[Numbers]:
        return self.in_commune.of(self.within.get(area, ()))

    def _in_box(self, box: Box) -> Numbers:
        inside = (box.south <= self.latitudes) & (self.latitudes <= box.north) & (box.west <= self.longitudes) & (self.longitudes <= box.east)
        return self.pointed[inside]

    def _mask(self, some: Iterable[Numbers]) -> Mask:
        return _mask(some, len(self.ids))


def _mask(some: Iterable[Numbers], size: int) -> Mask:
    mask = np.zeros(size, dtype=np.bool_)
    for numbers in some:
        mask[numbers] = True
    return mask


def _every(masks: Sequence[Mask], size: int) -> Mask:
    return np.logical_and.reduce(masks) if masks else np.ones(size, dtype=np.bool_)


def _gathering() -> defaultdict[str, "array[int]"]:
    return defaultdict(lambda: array("i"))


class Gathered:
    """What the store gave, row by row; `postings` makes the index of it, a second of work for a whole country."""

    def __init__(self, known: Communes) -> None:
        self._communes = known
        self._numbers: dict[str, int] = {}
        self._codes = {field: _gathering() for field in INDEXED}
        self._areas, self._in_commune, self._in_territory = _gathering(), _gathering(), _gathering()
        self._latitudes, self._longitudes, self._pointed = array("d"), array("d"), array("i")

    def take_offer(self, row: Row) -> None:
        """A row of cypher/offer_codes.cypher."""
        number = self._numbers[row["id"]] = len(self._numbers)
        for field in INDEXED:
            codes = row["activities"] if field is Field.ACTIVITY else [row[PROPERTIES[field]]]
            for code in codes:
                if code is not None:
                    self._codes[field][code].append(number)
        for area in row["areas"]:
            self._areas[area].append(number)

    def take_place(self, row: Row) -> None:
        """A row of cypher/offer_places.cypher, after all offers; each of its communes is a point too (S-5)."""
        numbers = [self._numbers[offer] for offer in row["offers"] if offer in self._numbers]
        self._point(row["latitude"], row["longitude"], numbers)
        for code in row["communes"]:
            self._in_commune[code].extend(numbers)
            if commune := self._communes.by_code.get(code):
                self._point(commune.latitude, commune.longitude, numbers)
        for zone in row["territories"]:
            self._in_territory[zone].extend(numbers)

    def _point(self, latitude: float | None, longitude: float | None, numbers: Sequence[int]) -> None:
        if latitude is not None and longitude is not None:
            self._latitudes.extend([latitude] * len(numbers))
            self._longitudes.extend([longitude] * len(numbers))
            self._pointed.extend(numbers)

    def postings(self) -> Postings:
        """The index."""
        size = len(self._numbers)
        pointed = np.frombuffer(self._pointed, dtype=np.int32)
        in_commune = Keyed(self._in_commune)
        codes = {field: Keyed(gathered) for field, gathered in self._codes.items()}
        return Postings(
            ids=list(self._numbers),
            codes=codes,
            described={field: _mask(codes[field].of(gathered), size) for field, gathered in self._codes.items()},
            areas=Keyed(self._areas),
            in_commune=in_commune,
            in_territory=Keyed(self._in_territory),
            within=_within(self._communes),
            latitudes=np.frombuffer(self._latitudes),
            longitudes=np.frombuffer(self._longitudes),
            pointed=pointed,
            unplaced=~(_mask([pointed], size) & _mask(in_commune.of(self._in_commune), size)),
        )


def _within(known: Communes) -> Mapping[str, Sequence[str]]:
    held: defaultdict[str, list[str]] = defaultdict(list)
    for commune in known.by_code.values():
        for area in known.areas(commune):
            held[area].append(commune.code)
    return held


def gathered(reference: Reference) -> LongReads[Gathered]:
    """All offers of the store, read by two questions that take seconds for a whole country."""
    yield from refreshed(reference)
    found = Gathered((yield from communes(reference)))
    yield Each(question("offer_codes"), {}, found.take_offer)
    yield Each(question("offer_places"), {}, found.take_place)
    return found
