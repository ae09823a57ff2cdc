"""Rows of FHIR files: one resource a row, from NDJSON lines, from the entries of a Bundle, or a file that is one resource."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final, NamedTuple

import orjson

from graph.errors import BadFile
from graph.record import Left, Notes, Place, Rejected
from loaders.files import InputFile
from loaders.ror.fhir.document import Entry, document
from loaders.ror.fhir.pages import Page, page_of
from loaders.ror.fhir.walking import Json

BUNDLES: Final = frozenset({"searchset", "collection"})
NUL: Final = "\\u0000"
OUTCOME: Final = "OperationOutcome"
FAILED: Final = frozenset({"error", "fatal"})
MATCH: Final = "match"


class Row(NamedTuple):
    """A resource and where it stands. `full_url`: its address in its Bundle."""

    place: Place
    text: str
    resource: Json
    full_url: str | None = None


Event = Row | Rejected | Left | Page


def rows(file: InputFile, notes: Notes) -> Iterator[Event]:
    """The resources of a file, and the page that a Bundle is. Raises BadFile for a file that is no FHIR JSON, or an answer that is an error."""
    if _is_lines(file):
        yield from _lines(file, notes)
    else:
        yield from _document(file, notes)


def _is_lines(file: InputFile) -> bool:
    """NDJSON, rather than one document: by its name, else by its first two lines."""
    first, second = (line if isinstance(line, tuple) else None for line in [*islice(file.lines(), 2), None, None][:2])
    if file.is_part or file.name.lower().endswith(".ndjson"):
        return True
    if first is None:  # a line that is too long
        return False
    start = first[1].lstrip()
    if not start.startswith("{"):
        raise BadFile(_no_json(file, start))
    try:
        found = orjson.loads(start)
    except orjson.JSONDecodeError:
        return second is not None and second[1].startswith("{")
    return "resource" in found or found.get("resourceType", "Bundle") != "Bundle"


def _no_json(file: InputFile, start: str) -> str:
    what = "XML; the FHIR form of a ROR is read as JSON (the older XML form: rorgraph load ror-xml)" if start.startswith("<") else "no JSON object"
    return f"{file.name}, line 1: the file is {what}. Nothing was loaded."


def _lines(file: InputFile, notes: Notes) -> Iterator[Event]:
    for line in file.lines():
        if isinstance(line, Rejected):
            yield line
        else:
            yield from _line(file.place(line[0]), line[1], notes)


def _line(place: Place, text: str, notes: Notes) -> Iterator[Event]:
    found = _parsed(place, text)
    if isinstance(found, Rejected):
        yield found
    elif "resourceType" in found:
        yield _resource(Row(place, text, found))
    else:  # an entry of a Bundle, as a rejects file has it
        yield _entry(place, text, found, notes)


def _parsed(place: Place, text: str) -> Json | Rejected:
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError as problem:
        return Rejected(place, text, "", f"It is not JSON ({problem.msg}, column {problem.colno}).")
    if type(found) is not dict:
        return Rejected(place, text, "", "It is not a JSON object; each line is one resource.")
    if NUL in text:
        return Rejected(place, text, "", "It holds a NUL character (\\u0000), which no text has. Remove it.")
    return found


def _document(file: InputFile, notes: Notes) -> Iterator[Event]:
    matches = 0
    for part in document(file):
        if isinstance(part, Entry):
            place = file.place(part.line)
            found = _parsed(place, part.text)
            event = found if isinstance(found, Rejected) else _entry(place, part.text, found, notes)
            matches += not isinstance(found, Rejected) and _is_match(found)
            yield event
        elif part.entries or part.values.get("resourceType") == "Bundle":
            yield _page(file, part.values, matches, notes)
        else:
            text = json.dumps(part.values, ensure_ascii=True, separators=(",", ":"))
            yield from _line(file.place(1), text, notes)


def _is_match(entry: Json) -> bool:
    search = entry.get("search")
    return type(search) is not dict or search.get("mode", MATCH) == MATCH


def _page(file: InputFile, values: Json, matches: int, notes: Notes) -> Page:
    kind, bundle_type = values.get("resourceType"), values.get("type")
    if kind != "Bundle":
        raise BadFile(f"{file.name}: the file has entries and is no Bundle. Nothing was loaded.")
    if type(bundle_type) is not str or bundle_type not in BUNDLES:
        raise BadFile(f"{file.name}: a Bundle of another type than {' or '.join(sorted(BUNDLES))}. Save the answer of a search; nothing was loaded.")
    for key in values.keys() - {"resourceType", "type", "link", "total"}:
        notes.leave(f"Bundle.{key}")
    return page_of(file.name, values, matches)


def _entry(place: Place, text: str, entry: Json, notes: Notes) -> Event:
    resource, url = entry.get("resource"), entry.get("fullUrl")
    if resource is None:
        return Rejected(place, text, "resourceType", "It is neither a resource nor an entry with one.")
    if type(resource) is not dict or not (url is None or type(url) is str):
        return Rejected(place, text, "entry", "Its resource is not an object, or its fullUrl is not a text.")
    for key in entry.keys() - {"resource", "fullUrl", "search"}:
        notes.leave(f"Bundle.entry.{key}")
    return _resource(Row(place, text, resource, url))


def _resource(row: Row) -> Event:
    if row.resource.get("resourceType") != OUTCOME:
        return row
    severities = {_severity(one) for one in _issues(row.resource)}
    if severities & FAILED:
        reason = "The server answered with an error (OperationOutcome): what was asked for is not whole. Ask it again."
        return Rejected(row.place, row.text, OUTCOME, reason)
    return Left(row.place, "OperationOutcome: a message of the server")


def _issues(resource: Json) -> list[Any]:
    stated = resource.get("issue")
    return stated if type(stated) is list else []


def _severity(issue: Any) -> Any:
    severity = issue.get("severity") if type(issue) is dict else None
    return severity if type(severity) is str else None
