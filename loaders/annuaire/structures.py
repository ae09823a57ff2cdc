"""Structures that the register names without FINESS number: what the lines state of each, put together on disk, and the site that each one is.

A structure is keyed by K-1. It is a site that another source states where S-2 (rang) or S-3 (SIRET and commune, one open site on each side) says so;
else a private practice, of which the register's own statement is the site.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

import orjson

from graph.keys import concept_id, finess_fault, site_id, structure_id, unidentified
from graph.model.kinds import Value
from graph.questions import question
from graph.reads import Ask, Reader, Reads, answer
from graph.record import Item, Link, Ref

AT_ONCE: Final = 1000  # numbers in one question to the store
KEPT: Final = 1 << 16  # structures remembered: those of a group of lines come again
SIRET_LENGTH: Final = 14
RANKS: Final = {"4": 14, "0": 11}  # RPPS-rang, ADELI-rang: lengths after the type digit of a former id
SCHEMA: Final = """
CREATE TABLE stated (key TEXT, content TEXT, lines INT NOT NULL, PRIMARY KEY (key, content)) WITHOUT ROWID;
CREATE TABLE leading (key TEXT PRIMARY KEY, content TEXT, siret TEXT, rpps_rank TEXT, adeli_rank TEXT, commune TEXT, same_as TEXT) WITHOUT ROWID;
BEGIN;
"""  # a script ends the transaction before it: each opens the next
LEADING: Final = """
INSERT INTO leading SELECT key, content, content ->> '$.siret', content ->> '$.rpps_rank', content ->> '$.adeli_rank', content ->> '$.commune', NULL FROM (
    SELECT key, content, row_number() OVER (PARTITION BY key ORDER BY lines DESC, content) AS place FROM stated) WHERE place = 1;
CREATE INDEX leading_siret ON leading (siret, commune);
BEGIN;
"""
ALONE: Final = """
SELECT a.key, a.siret, a.commune FROM leading a WHERE a.key > ? AND a.siret IS NOT NULL AND a.commune IS NOT NULL AND a.same_as IS NULL
AND NOT EXISTS (SELECT 1 FROM leading b WHERE b.siret = a.siret AND b.commune = a.commune AND b.key <> a.key) ORDER BY a.key LIMIT ?
"""
RANKED: Final = "SELECT key, rpps_rank, adeli_rank FROM leading WHERE key > ? AND (rpps_rank IS NOT NULL OR adeli_rank IS NOT NULL) ORDER BY key LIMIT ?"

Chunk = list[tuple[str, str | None, str | None]]


class Structure(NamedTuple):
    """What a line says of the structure of a practice: numbers and place; None where it says nothing. `commune`: INSEE code."""

    finess: str | None = None
    siret: str | None = None
    rpps_rank: str | None = None
    adeli_rank: str | None = None
    entity: str | None = None  # id of the legal entity
    name: str | None = None
    usual_name: str | None = None
    category: str | None = None
    address: str | None = None
    postal_code: str | None = None
    commune: str | None = None


class Structures:
    """The structures of all lines. Add them all, `settle` once, then ask for sites."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._database.executescript(SCHEMA)
        self._waiting: Counter[tuple[str, str]] = Counter()
        self._leading = lru_cache(KEPT)(self._read)

    def add(self, key: str, structure: Structure) -> None:
        """One line states this of a structure without FINESS number."""
        content = {name: value for name, value in zip(structure._fields, structure, strict=True) if value is not None}
        self._waiting[key, orjson.dumps(content, option=orjson.OPT_SORT_KEYS).decode()] += 1
        if len(self._waiting) >= KEPT:
            self._flush()

    def _flush(self) -> None:
        text = "INSERT INTO stated VALUES (?, ?, ?) ON CONFLICT (key, content) DO UPDATE SET lines = lines + excluded.lines"
        self._database.executemany(text, ((key, content, lines) for (key, content), lines in sorted(self._waiting.items())))
        self._waiting.clear()

    def settle(self, store: Reader) -> int:
        """Choose what is said of each, most lines first, and find those that another source states (S-2, S-3). How many are stated in two ways."""
        self._flush()
        self._database.executescript(LEADING)
        for asked, same in ((RANKED, _by_rank), (ALONE, _by_siret)):
            for some in self._chunks(asked):
                found = [(site, key) for key, site in same(store, some)]
                self._database.executemany("UPDATE leading SET same_as = ? WHERE key = ?", found)
        (differing,) = self._database.execute("SELECT count(*) FROM (SELECT 1 FROM stated GROUP BY key HAVING count(*) > 1)").fetchone()
        return int(differing)

    def _chunks(self, text: str) -> Iterator[Chunk]:
        after = ""
        while some := self._database.execute(text, (after, AT_ONCE)).fetchall():
            yield some
            after = some[-1][0]

    def site(self, key: str) -> str:
        """The site that a structure is: its own key, or the id of the one that another source states."""
        return self._leading(key)[0]

    def stated(self, site: str) -> Item | None:
        """What the register itself states of a site; None where it only names it."""
        return self._leading(site)[1]

    def _read(self, key: str) -> tuple[str, Item | None]:
        row = self._database.execute("SELECT content, same_as FROM leading WHERE key = ?", (key,)).fetchone()
        if row is None:
            return key, None
        content, same_as = row
        return (same_as, None) if same_as else (key, _item(key, Structure(**orjson.loads(content))))


def structure_key(structure: Structure, technical_id: str) -> str | None:
    """K-1 of the structure of a line; by the register's own id where it has no number; None: the line names no structure."""
    if structure.finess:
        return structure_id(structure.finess)
    key = site_id(None, structure.rpps_rank, structure.adeli_rank, structure.siret)
    return key or (unidentified("annuaire", technical_id) if technical_id else None)


def former_numbers(former_id: str) -> dict[str, str]:
    """The numbers in a former id of a structure: type digit and number (TRE_G09: 1 FINESS, 3 SIRET, 4 RPPS-rang, 0 ADELI-rang).

    >>> former_numbers("339806996300013"), former_numbers("410005929293016"), former_numbers("R123")
    ({'siret': '39806996300013'}, {'rpps_rank': '10005929293016'}, {})
    """
    kind, number = former_id[:1], former_id[1:]
    if kind == "1" and not finess_fault(number):
        return {"finess": number}
    if kind == "3" and is_siret(number):
        return {"siret": number}
    if len(number) == RANKS.get(kind):
        return {"rpps_rank" if kind == "4" else "adeli_rank": number}
    return {}


def is_siret(number: str) -> bool:
    """Whether these are the 14 figures of a SIRET."""
    return len(number) == SIRET_LENGTH and number.isascii() and number.isdecimal()


def _item(key: str, structure: Structure) -> Item:
    me = Ref("GeographicEntity", key)
    props: dict[str, Value] = {
        "siret": structure.siret,
        "rpps_rank": structure.rpps_rank,
        "adeli_rank": structure.adeli_rank,
        "name": structure.name,
        "usual_name": structure.usual_name,
        "category": concept_id("TRE_R02", structure.category) if structure.category else None,
        "address": structure.address,
        "postal_code": structure.postal_code,
    }
    links = [Link("PART_OF", me, Ref("LegalEntity", structure.entity))] if structure.entity else []
    if structure.commune:
        links.append(Link("LOCATED_IN", me, Ref("Commune", structure.commune)))
    return Item("GeographicEntity", key, props, tuple(links))


def _by_rank(store: Reader, some: Chunk) -> Iterator[tuple[str, str]]:
    """S-2: structures of which one site with another id bears the rang."""
    found = answer(store, _sites_of_ranks(sorted({rank for _, *ranks in some for rank in ranks if rank})))
    for key, *ranks in some:
        others = {site for rank in ranks if rank for site in found.get(rank, ())} - {key}
        if len(others) == 1:
            yield key, others.pop()


def _sites_of_ranks(ranks: list[str]) -> Reads[dict[str, list[str]]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in (yield Ask(question("sites_of_ranks"), {"ranks": ranks})):
        found[row["rank"]].append(row["id"])
    return found


def _by_siret(store: Reader, some: Chunk) -> Iterator[tuple[str, str]]:
    """S-3: structures alone with their SIRET in their commune here, where one open site of another id is alone with both."""
    found = answer(store, _sites_of_sirets(sorted({siret for _, siret, _ in some if siret})))
    for key, siret, commune in some:
        others = set(found.get((siret, commune), ())) - {key}
        if len(others) == 1:
            yield key, others.pop()


def _sites_of_sirets(sirets: list[str]) -> Reads[dict[tuple[str | None, str | None], list[str]]]:
    found: dict[tuple[str | None, str | None], list[str]] = defaultdict(list)
    for row in (yield Ask(question("sites_of_sirets"), {"sirets": sirets})):
        first = min(row["communes"], key=lambda one: (one["rank"], one["code"]), default={"code": None})
        found[row["siret"], first["code"]].append(row["id"])
    return found
