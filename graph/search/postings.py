"""An index of the offers in memory, by code, name, place and area: which offers an answer may hold, before the statement judges them (S-1 to S-8).

It is alike for all viewers and never says more than "may": what is asked of an offer, and who may see it, the statement decides. Some 300 bytes an offer.
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
from graph.search.criteria import All, AnyOf, Criteria, SameSite
from graph.search.geography import Box
from graph.search.leaves import Coded, Field, Text
from graph.search.numbered import Keyed, Mask, Numbers, Pairs, Vocabulary, mask_of, numbers_of
from graph.search.place import Spot
from graph.search.reference import Reference, communes, refreshed
from graph.search.territory import Level, Territory

INDEXED: Final = (Field.ACTIVITY, Field.FIELD_OF_ACTIVITY, Field.CARE_MODE, Field.OFFER_TYPE)  # what most searches name and most offers describe


@dataclass(frozen=True, slots=True)
class Points:
    """Where offers are, WGS84 in degrees, and the offer at each point, side by side."""

    latitudes: NDArray[np.float64]
    longitudes: NDArray[np.float64]
    offers: Numbers

    def inside(self, box: Box) -> Numbers:
        """The offers with a point in the box."""
        held = (box.south <= self.latitudes) & (self.latitudes <= box.north) & (box.west <= self.longitudes) & (self.longitudes <= box.east)
        return self.offers[held]


@dataclass(frozen=True, slots=True)
class Names:
    """Offers by the words of their own names and of those of their sites."""

    words: Vocabulary
    offers: Pairs
    sites: Pairs


@dataclass(frozen=True, slots=True)
class Postings:
    """Offers by number. `described`: by field, those that state a code; `unplaced`: those at no known point or in no commune.

    `within`: the communes of an area, written as `areas` of an offer writes it (`Department:01`). `of_sites`: offers by number of their site.
    """

    ids: Sequence[str]
    codes: Mapping[Field, Keyed]
    described: Mapping[Field, Mask]
    areas: Keyed
    in_commune: Keyed
    in_territory: Keyed
    within: Mapping[str, Sequence[str]]
    points: Points
    unplaced: Mask
    of_sites: Pairs
    names: Names

    def candidates(self, trees: Sequence[Criteria], spot: Spot | None, territory: Territory | None) -> tuple[str, ...]:
        """Ids of all offers that may be there and of which one tree at least may not be FALSE."""
        masks = [self._may(AnyOf(tuple(trees))), self._near(spot) if spot else None, self._within(territory) if territory else None]
        may_be = self._every(mask for mask in masks if mask is not None)
        return tuple(self.ids[number] for number in np.flatnonzero(may_be).tolist())

    def _may(self, criteria: Criteria) -> Mask | None:
        """The offers for which the tree may not be FALSE; None: any."""
        match criteria:
            case Coded(field, codes) if field in self.codes:
                return self._mask(self.codes[field].of(codes)) | ~self.described[field]
            case Text(words):
                return self._every(self._named(word) for word in words)
            case SameSite(inside):
                others = self._may(inside)
                return None if others is None else self._beside(others)
            case All(parts):
                known = [mask for part in parts if (mask := self._may(part)) is not None]
                return self._every(known) if known else None
            case AnyOf(parts):
                some = [mask for part in parts if (mask := self._may(part)) is not None]
                return np.logical_or.reduce(some) if len(some) == len(parts) else None
        return None

    def _named(self, word: str) -> Mask:
        """Offers whose own name or that of a site has the word (S-2)."""
        meant = self.names.words.meant_by(word)
        sites = np.unique(np.concatenate([np.empty(0, np.int32), *self.names.sites.of(meant)]))
        return self._mask([*self.names.offers.of(meant), *self.of_sites.of(sites.tolist())])

    def _beside(self, others: Mask) -> Mask:
        """Offers of a site where one of the others is, or of none: then it is UNKNOWN (S-2)."""
        sites, offers = self.of_sites.keys, self.of_sites.values
        held = mask_of([sites[others[offers]]], int(sites.max(initial=0)) + 1)
        return self._mask([offers[held[sites]]]) | ~self._mask([offers])

    def _near(self, spot: Spot) -> Mask:
        """Around the place, at no known place, or serving it (S-5 to S-7)."""
        around = [self.points.inside(spot.box)] if spot.box else self._in_area(f"{Level.DEPARTMENT}:{spot.department}")
        return self._mask([*around, *self.areas.of(spot.areas)]) | self.unplaced

    def _within(self, territory: Territory) -> Mask:
        """Delivered in the territory (S-8)."""
        held = territory.extent.parts if territory.extent else (f"{territory.level}:{territory.code}",)
        stated = self.in_territory.of([territory.code]) if territory.level is Level.HEALTH_TERRITORY else []
        return self._mask([*(numbers for area in held for numbers in self._in_area(area)), *stated])

    def _in_area(self, area: str) -> list[Numbers]:
        return self.in_commune.of(self.within.get(area, ()))

    def _mask(self, some: Iterable[Numbers]) -> Mask:
        return mask_of(some, len(self.ids))

    def _every(self, masks: Iterable[Mask]) -> Mask:
        every = np.ones(len(self.ids), dtype=np.bool_)
        for mask in masks:
            every &= mask
        return every


def _gathering() -> defaultdict[str, "array[int]"]:
    return defaultdict(lambda: array("i"))


class _Pairing:
    """Pairs of numbers as they come."""

    def __init__(self) -> None:
        self._keys, self._values = array("i"), array("i")

    def add(self, keys: Sequence[int], values: Sequence[int]) -> None:
        """Each key with each value."""
        for key in keys:
            self._keys.extend([key] * len(values))
            self._values.extend(values)

    def pairs(self) -> Pairs:
        """All of them."""
        return Pairs(numbers_of(self._keys), numbers_of(self._values))


class Gathered:
    """What the store gave, row by row; `postings` makes the index of it, a second of work for a whole country."""

    def __init__(self, known: Communes) -> None:
        self._communes = known
        self._numbers: dict[str, int] = {}
        self._words: dict[str, int] = {}
        self._sites = 0
        self._codes = {field: _gathering() for field in INDEXED}
        self._areas, self._in_commune, self._in_territory = _gathering(), _gathering(), _gathering()
        self._of_sites, self._of_offer_words, self._of_site_words = _Pairing(), _Pairing(), _Pairing()
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
        self._of_offer_words.add(self._words_of(row["folded"]), [number])

    def take_place(self, row: Row) -> None:
        """A row of cypher/offer_places.cypher, after all offers; each of its communes is a point too (S-5)."""
        offers = [self._numbers[offer] for offer in row["offers"] if offer in self._numbers]
        if row["site"]:
            self._of_sites.add([self._sites], offers)
            self._of_site_words.add(self._words_of(row["folded"]), [self._sites])
            self._sites += 1
        self._point(row["latitude"], row["longitude"], offers)
        for code in row["communes"]:
            self._in_commune[code].extend(offers)
            if commune := self._communes.by_code.get(code):
                self._point(commune.latitude, commune.longitude, offers)
        for zone in row["territories"]:
            self._in_territory[zone].extend(offers)

    def _words_of(self, name: str | None) -> list[int]:
        return [self._words.setdefault(word, len(self._words)) for word in dict.fromkeys((name or "").split())]

    def _point(self, latitude: float | None, longitude: float | None, offers: Sequence[int]) -> None:
        if latitude is not None and longitude is not None:
            self._latitudes.extend([latitude] * len(offers))
            self._longitudes.extend([longitude] * len(offers))
            self._pointed.extend(offers)

    def postings(self) -> Postings:
        """The index."""
        size, pointed = len(self._numbers), numbers_of(self._pointed)
        in_commune = Keyed(self._in_commune)
        codes = {field: Keyed(gathered) for field, gathered in self._codes.items()}
        return Postings(
            ids=list(self._numbers),
            codes=codes,
            described={field: mask_of(codes[field].of(gathered), size) for field, gathered in self._codes.items()},
            areas=Keyed(self._areas),
            in_commune=in_commune,
            in_territory=Keyed(self._in_territory),
            within=_within(self._communes),
            points=Points(np.frombuffer(self._latitudes), np.frombuffer(self._longitudes), pointed),
            unplaced=~(mask_of([pointed], size) & mask_of(in_commune.of(self._in_commune), size)),
            of_sites=self._of_sites.pairs(),
            names=Names(Vocabulary(list(self._words)), self._of_offer_words.pairs(), self._of_site_words.pairs()),
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
