"""Damaged files: whatever happens to one, its rows are read, rejected or the file is refused; no crash, no hang, no other file, no row lost."""

import random
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import pytest

from graph.errors import RorGraphError
from graph.record import Event
from tests.loaders.given import strangers
from tests.loaders.ror.xml.made import WHOLE, loaded

SEEDED: Final = 300
ROWS: Final = 11
SECRET: Final = "TOP-SECRET-OF-ANOTHER-FILE"
LINES: Final = WHOLE.replace("><", ">\n<").encode()
KINDS: Final = {f"{{urn:ihe:iti:csd:2013}}{kind}" for kind in ("organization", "service", "facility", "provider", "device")}
TAGS: Final = re.compile(rb"<[^<>]+>")

Mutation = Callable[[random.Random, bytes], bytes]


def _bytes(chance: random.Random, text: bytes) -> bytes:
    changed = bytearray(text)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _truncated(chance: random.Random, text: bytes) -> bytes:
    return text[: chance.randrange(1, len(text))]


def _tag(chance: random.Random, text: bytes) -> bytes:
    found = chance.choice(list(TAGS.finditer(text)))
    new = chance.choice([b"", b"<x>", b"</x>", found[0] * 2, found[0].replace(b"<", b"<z:"), b"<!--" + found[0] + b"-->", b"<![CDATA[" + found[0] + b"]]>"])
    return text[: found.start()] + new + text[found.end() :]


def _value(chance: random.Random, text: bytes) -> bytes:
    found = chance.choice(list(re.finditer(rb'(?<=")[^"<>]*(?=")|(?<=>)[^<>]+(?=<)', text)))
    new = chance.choice([b"", b" ", b"0", b"-1", b"9" * 400, b"&amp;", b"&#0;", b"&x;", b"NaN", b"1e999", b"\xc3\xa9" * 9, b"'\"", b"2024-13-45", b"x/" * 60])
    return text[: found.start()] + new + text[found.end() :]


def _lines(chance: random.Random, text: bytes) -> bytes:
    lines = text.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(3):
        case 0:
            del lines[one]
        case 1:
            lines[one], lines[other] = lines[other], lines[one]
        case _:
            lines.insert(one, lines[other])
    return b"\n".join(lines)


def _entities(chance: random.Random, text: bytes) -> bytes:
    inner = b"".join(b'<!ENTITY a%d "%s">' % (level, (b"&a%d;" % (level - 1)) * 10 if level else b"ha") for level in range(9))
    declared = chance.choice([inner, b'<!ENTITY a8 SYSTEM "secret.txt">', b'<!ENTITY % p SYSTEM "secret.txt"> %p;', b"<!ELEMENT CSD ANY>"])
    return b"<!DOCTYPE CSD [" + declared + b"]>" + text.replace(b"HOPITAL", b"&a8;")


def _include(_: random.Random, text: bytes) -> bytes:
    return text.replace(b"<primaryName>", b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="secret.txt" parse="text"/><primaryName>')


def _deep(chance: random.Random, text: bytes) -> bytes:
    depth = chance.choice([50, 99, 1000, 100_000])
    return text.replace(b"<primaryName>", b"<a>" * depth + b"</a>" * depth + b"<primaryName>", 1)


def _encoded(chance: random.Random, text: bytes) -> bytes:
    head = chance.choice([b"UTF-16", b"ISO-8859-1", b"x" * 500, b"UTF-8", b"windows-1252"])
    body = text.decode().encode(chance.choice(["utf-16", "latin-1", "utf-8", "utf-8-sig"]))
    return b'<?xml version="1.0" encoding="' + head + b'"?>' + body


MUTATIONS: Final[tuple[Mutation, ...]] = (_bytes, _truncated, _tag, _value, _lines, _entities, _include, _deep, _encoded)


def outcome(folder: Path, text: bytes) -> list[Event] | str:
    """The events of a file, or why it is refused."""
    try:
        return loaded(folder, text)[1]
    except RorGraphError as problem:
        return str(problem)


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_damaged_file_is_read_or_refused_and_loses_no_row(tmp_path: Path, mutation: Mutation) -> None:
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    chance = random.Random(2026)
    for number in range(SEEDED // len(MUTATIONS) + 1):
        text = mutation(chance, LINES)
        started = time.monotonic()
        found = outcome(tmp_path, text)
        assert time.monotonic() - started < 60, number  # a hang, not a speed
        if isinstance(found, list):
            assert (len(found) <= ROWS * 2, strangers(found), SECRET in repr(found)) == (True, [], False), number
            assert len(found) == rows_of(text), number
        else:
            assert (SECRET in found, "Anne" in found) == (False, False), number


def rows_of(text: bytes) -> int:
    """Rows right under a directory, counted by another parser than the one under test."""
    root = ElementTree.fromstring(text)
    directories = [element for element in root.iter() if str(element.tag).endswith("Directory")]
    return sum(1 for directory in directories for row in directory if row.tag in KINDS)
