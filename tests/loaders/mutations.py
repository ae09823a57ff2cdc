"""Files damaged on purpose, the same for the same seed: bytes, lines, fields, codes, encodings, ends, JSON values, XML tags, entities, YAML references."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

ODD: Final = (
    "", " ", "0", "-1", "1e999", "NaN", "null", "true", "²", "١٢٣", "0x10", "1_000", "9" * 30, "9" * 5000, "A" * 5000, "é" * 300, "😀", "\u202e", "\x1b[2J",
    "2024-02-30", "9999-99-99", "10000-01-01", "0000-00-00", "20240230", "2024-01-01T25:00:00Z", "2024-01-01T00:00:00+99:00",
    "'}) DETACH DELETE n //", "../../../../etc/passwd", "Organization/", "/", "urn:uuid:0", "#", "{}", "[]", "<x/>", "&amp;", "]]>", '"', "\\", "|", ";", "\t",
)  # fmt: skip
NUMBERS: Final = ("1e999", "-1e999", "1E400", "9" * 400, "9" * 5000, "-0", "1.5", "18446744073709551616", "0.1e-400")
RAW: Final = (*NUMBERS, "null", "true", "[]", "{}", '""', '"\\ud800"', '"\\u0000"', "[" * 2000 + "]" * 2000, '{"a":' * 500 + "1" + "}" * 500)
PLACE: Final = "@@here@@"
DEEP: Final = 100_000
LONG: Final = 100_000

Mutation = Callable[[bytes, Random], bytes]


@dataclass(frozen=True, slots=True)
class Traps:
    """What a mutated file may point at: a file and an address that nothing may read."""

    file: Path
    address: str


def mutated(content: bytes, seed: str, traps: Traps) -> bytes:
    """The content after one to three changes that fit its form."""
    source = Random(seed)
    changes = [*BYTES, *_own(content, traps)]
    for _ in range(source.choice((1, 1, 1, 2, 3))):
        if len(content) < LONG:  # what is long already is odd enough, and slow to change
            content = source.choice(changes)(content, source)
    return content


def _own(content: bytes, traps: Traps) -> list[Mutation]:
    start = content.lstrip()[:1]
    if start == b"<":
        return [*TAGS, *_entities(traps)] * 2
    if start in {b"{", b"["}:
        return JSON * 3
    return [*FIELDS, *YAML] if re.search(rb"^\w+: ", content, re.MULTILINE) else FIELDS * 2


def _span(content: bytes, source: Random, longest: int = 60) -> tuple[int, int]:
    start = source.randrange(len(content) + 1)
    return start, min(len(content), start + source.randint(1, longest))


def flip(content: bytes, source: Random) -> bytes:
    """Some bytes become others."""
    found = bytearray(content)
    for _ in range(source.randint(1, 8)):
        if found:
            found[source.randrange(len(found))] = source.randrange(256)
    return bytes(found)


def remove(content: bytes, source: Random) -> bytes:
    """A stretch is missing."""
    start, end = _span(content, source)
    return content[:start] + content[end:]


def repeat(content: bytes, source: Random) -> bytes:
    """A stretch stands twice."""
    start, end = _span(content, source)
    return content[:end] + content[start:]


def insert(content: bytes, source: Random) -> bytes:
    """Something odd stands in between."""
    start, _ = _span(content, source)
    return content[:start] + source.choice((*ODD, "\0", "\r", "\n", "\ufeff", "\x85", "\u2028")).encode() + content[start:]


def cut(content: bytes, source: Random) -> bytes:
    """The file breaks off."""
    return content[: source.randrange(len(content) + 1)]


def long_line(content: bytes, source: Random) -> bytes:
    """A line of more than a million characters."""
    start, _ = _span(content, source)
    return content[:start] + b"x" * 1_100_000 + content[start:]


def drop_line(content: bytes, source: Random) -> bytes:
    """A line is missing."""
    rows = content.splitlines(keepends=True)
    rows[(at := source.randrange(len(rows) or 1)) : at + 1] = []
    return b"".join(rows)


def double_line(content: bytes, source: Random) -> bytes:
    """A line stands twice."""
    rows = content.splitlines(keepends=True)
    at = source.randrange(len(rows) or 1)
    return b"".join([*rows[:at], *rows[at : at + 1], *rows[at:]])


def shuffle(content: bytes, source: Random) -> bytes:
    """The lines stand in another order."""
    rows = content.splitlines(keepends=True)
    source.shuffle(rows)
    return b"".join(rows)


def other_ends(content: bytes, source: Random) -> bytes:
    """Line ends of another system."""
    return content.replace(b"\r\n", b"\n").replace(b"\n", source.choice((b"\r\n", b"\r", b"\n\n")))


def encode(content: bytes, source: Random) -> bytes:
    """Another encoding than the file's."""
    name = source.choice(("latin-1", "cp1252", "utf-16", "utf-16-le", "utf-8-sig", "utf-7", "cp500"))
    return content.decode("utf-8", "replace").encode(name, "replace")


def number(content: bytes, source: Random) -> bytes:
    """A number becomes an odd one."""
    return _replaced(content, source, rb"\d+", lambda: source.choice(NUMBERS))


def code(content: bytes, source: Random) -> bytes:
    """A code or a word becomes another one of the file."""
    words = re.findall(rb"[\w.:/-]{2,}", content)
    return _replaced(content, source, rb"[\w.:/-]{2,}", lambda: source.choice(words).decode("utf-8", "replace")) if words else content


def reference(content: bytes, source: Random) -> bytes:
    """What refers to something refers elsewhere."""
    return _replaced(content, source, rb"[A-Za-z]{2,30}/[\w.-]+", lambda: source.choice(("Organization/1", "Location/404", "x/y/z", "Organization/../..")))


def _replaced(content: bytes, source: Random, pattern: bytes, new: Callable[[], str]) -> bytes:
    found = list(re.finditer(pattern, content))
    if not found:
        return content
    at = source.choice(found)
    return content[: at.start()] + new().encode("utf-8", "replace") + content[at.end() :]


def odd_field(content: bytes, source: Random) -> bytes:
    """A field becomes odd."""
    return _replaced(content, source, rb"(?<=[;|:\t])[^;|\t\n]*", lambda: source.choice(ODD))


def more_fields(content: bytes, source: Random) -> bytes:
    """A separator too much or too few."""
    return _replaced(content, source, rb"[;|:,]", lambda: source.choice(("", ";;", "||", "\t", " ")))


def swap_fields(content: bytes, source: Random) -> bytes:
    """Two fields of a line are exchanged."""
    rows = content.split(b"\n")
    at = source.randrange(len(rows))
    delimiter = b"|" if rows[at].count(b"|") > rows[at].count(b";") else b";"
    fields = rows[at].split(delimiter)
    one, other = source.randrange(len(fields)), source.randrange(len(fields))
    fields[one], fields[other] = fields[other], fields[one]
    rows[at] = delimiter.join(fields)
    return b"\n".join(rows)


def odd_value(content: bytes, source: Random) -> bytes:
    """A value of a JSON document becomes another kind of value, goes, or stands twice."""
    rows = content.split(b"\n") if content.count(b"\n{") else [content]
    at = source.randrange(len(rows))
    try:
        document = json.loads(rows[at])
    except (ValueError, RecursionError):
        return flip(content, source)
    _changed(document, source)
    odd = source.choice((*RAW, json.dumps(source.choice(ODD))))
    rows[at] = json.dumps(document, ensure_ascii=False).replace(f'"{PLACE}"', odd).encode("utf-8", "replace")
    return b"\n".join(rows)


def _changed(document: Any, source: Random) -> None:
    """Some node of a tree becomes PLACE, goes, or is doubled."""
    at = document
    while isinstance(at, dict | list) and at:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        key = source.choice(keys)
        if isinstance(at[key], dict | list) and at[key] and source.random() < 0.8:
            at = at[key]
            continue
        match source.randrange(4):
            case 0:
                del at[key]
            case 1 if isinstance(at, list):
                at.append(at[key])
            case 1:
                at[key] = [at[key], at[key]]
            case _:
                at[key] = PLACE
        return


def deep_json(content: bytes, source: Random) -> bytes:
    """A value nested very deep."""
    opening, closing = source.choice(((b"[", b"]"), (b'{"extension":[', b"]}")))
    deep = opening * DEEP + closing * source.choice((DEEP, 0))
    at = content.find(b":", source.randrange(len(content) + 1))
    return content[: at + 1] + deep + content[at + 1 :] if at >= 0 else deep


def _any_tag(content: bytes, source: Random) -> re.Match[bytes] | None:
    found = list(re.finditer(rb"<[^>]*>", content))
    return source.choice(found) if found else None


def drop_tag(content: bytes, source: Random) -> bytes:
    """A tag is missing."""
    at = _any_tag(content, source)
    return content[: at.start()] + content[at.end() :] if at else content


def other_tag(content: bytes, source: Random) -> bytes:
    """A tag has another name, or is one of another kind."""
    new = source.choice(
        (b"<x>", b"</x>", b"<x/>", b"<a:b xmlns:a='u'>", b"<!-- -->", b"<?php ?>", b"<![CDATA[ ", b"<n:undeclared/>", b"<>", b"&nbsp;", b"&#0;", b"&#xD800;")
    )
    at = _any_tag(content, source)
    return content[: at.start()] + new + content[source.choice((at.start(), at.end())) :] if at else content


def odd_text(content: bytes, source: Random) -> bytes:
    """A text or an attribute becomes odd."""
    return _replaced(content, source, rb"(?<=>)[^<]+(?=<)|(?<==\")[^\"<]*(?=\")", lambda: source.choice(ODD).replace("<x/>", "&lt;x/&gt;"))


def double_element(content: bytes, source: Random) -> bytes:
    """An element stands twice, or not at all."""
    found = list(re.finditer(rb"<([\w:]+)[^>/]*>(?:(?!<\1[ >]).)*?</\1>", content, re.DOTALL))
    if not found:
        return content
    at = source.choice(found)
    return content[: at.start()] + at[0] * source.choice((0, 2)) + content[at.end() :]


def deep_xml(content: bytes, source: Random) -> bytes:
    """Elements nested very deep."""
    at = _any_tag(content, source)
    deep = b"<x>" * DEEP + b"</x>" * source.choice((DEEP, 0))
    return content[: at.end()] + deep + content[at.end() :] if at else deep


def _entities(traps: Traps) -> list[Mutation]:
    """Entities that expand, that read a file, that read an address; by reference, by parameter, by inclusion."""
    levels = "".join(f"<!ENTITY l{level} '{f'&l{level - 1};' * 10}'>" for level in range(1, 10))
    laughs = f"<!DOCTYPE x [<!ENTITY l0 'ha'>{levels}]>", "&l9;"
    quadratic = f"<!DOCTYPE x [<!ENTITY q '{'q' * 100_000}'>]>", "&q;" * 1000
    read = [(f"<!DOCTYPE x [<!ENTITY e SYSTEM '{where}'>]>", "&e;") for where in (traps.file.as_uri(), traps.address)]
    parameter = [(f"<!DOCTYPE x [<!ENTITY % p SYSTEM '{where}'> %p;]>", "") for where in (traps.file.as_uri(), traps.address)]
    outside = [(f"<!DOCTYPE x SYSTEM '{where}'>", "") for where in (traps.file.as_uri(), traps.address)]
    include = "", f"<i:include xmlns:i='http://www.w3.org/2001/XInclude' href='{traps.file.as_uri()}' parse='text'/>"
    return [_entity(*one) for one in (laughs, quadratic, *read, *parameter, *outside, include)]


def _entity(declared: str, used: str) -> Mutation:
    def change(content: bytes, source: Random) -> bytes:
        head = re.match(rb"\s*(<\?xml[^>]*\?>)?", content)
        at = head.end() if head else 0
        rest = _replaced(content[at:], source, rb"(?<=>)[^<]*(?=<)", lambda: used)
        return content[:at] + declared.encode() + rest

    return change


def yaml_bomb(content: bytes, source: Random) -> bytes:
    """References that multiply."""
    bomb = b"a: &a [x, x, x, x, x, x, x, x, x]\n"
    for one, other in zip("bcdefgh", "abcdefg", strict=True):
        bomb += f"{one}: &{one} [{', '.join([f'*{other}'] * 9)}]\n".encode()
    return bomb + content


def yaml_types(content: bytes, source: Random) -> bytes:
    """Types of one's own, references to oneself, very deep values."""
    kinds = (
        "!!python/object/apply:os.system ['true']",
        "&me [*me]",
        "*nothing",
        "!x y",
        "<<",
        "[" * 5000,
        "{a: " * 300 + "}" * 300,
        "2024-13-45",
        "? [1]\n: 2",
    )
    return _replaced(content, source, rb"(?<=: )[^\n]*", lambda: source.choice(kinds))


BYTES: Final[list[Mutation]] = [
    flip, flip, remove, repeat, insert, insert, cut, long_line, drop_line, double_line, shuffle, other_ends, encode, number, code, code, reference,
]  # fmt: skip
FIELDS: Final[list[Mutation]] = [odd_field, odd_field, odd_field, more_fields, swap_fields]
JSON: Final[list[Mutation]] = [odd_value, odd_value, odd_value, odd_value, deep_json]
TAGS: Final[list[Mutation]] = [drop_tag, other_tag, odd_text, odd_text, double_element, deep_xml]
YAML: Final[list[Mutation]] = [yaml_bomb, yaml_types, yaml_types]
