"""The files of a ROR's FHIR form: NDJSON, Bundles, pages, single resources; broken and foreign ones."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadFile
from graph.record import Event, Left, Place, Record, Rejected
from graph.runs import Mode
from graph.store.connection import Store
from loaders.pipeline import NotWhole, Options, load
from loaders.ror.fhir.document import LARGEST_VALUE
from loaders.ror.fhir.source import SOURCE
from tests.loaders.given import needs, read, records, rejected, write
from tests.loaders.ror.made_fhir import ALL, ENTITY, GUIDE, OFFER, SITE, UNIT, bundle, document, ndjson
from tests.shared import SHARED

REAL = SHARED / "ror_fhir" / "bundle-searchset.json"
ROR = "https://ror.example/fhir"


def said(events: Iterable[Event]) -> set[str]:
    """All items, whatever their order, as text."""
    return {str(item) for event in events if isinstance(event, Record) for item in event.items}


def events_of(folder: Path, *paths: Path) -> list[Event]:
    return read(SOURCE, folder, *paths)[1]


def pages(folder: Path, *kept: int) -> Path:
    """A search of three matches on three pages, of which some are saved."""
    for number, resource in enumerate((ENTITY, SITE, UNIT)):
        links = [("self", f"{ROR}?page={number}")]
        links += [("next", f"{ROR}?page={number + 1}")] if number < 2 else []
        links += [("previous", f"{ROR}?page={number - 1}")] if number else []
        if number in kept:
            document(folder / f"page{number}.json", bundle(resource, link=links, total=3))
    return folder


def test_every_form_of_the_same_resources_gives_the_same_items(tmp_path: Path) -> None:
    lines = said(events_of(tmp_path, ndjson(tmp_path / "all.ndjson", *ALL)))
    one_each = [document(tmp_path / "single" / f"{number}.json", one, indent=2) for number, one in enumerate(ALL)]
    forms = [
        document(tmp_path / "bundle.json", bundle(*ALL)),
        document(tmp_path / "pretty.json", bundle(*ALL), indent=2),
        write(tmp_path / "bundle.json.gz", json.dumps(bundle(*ALL))),
        write(tmp_path / "windows.ndjson", "\r\n".join(json.dumps(one) for one in ALL)),
        write(tmp_path / "marked.json", b"\xef\xbb\xbf" + json.dumps(bundle(*ALL)).encode()),
    ]
    assert [said(events_of(tmp_path, path)) == lines for path in forms] == [True] * len(forms)
    assert said(events_of(tmp_path, *one_each)) == lines


def test_pages_in_a_folder_are_one_search(tmp_path: Path) -> None:
    reading, events = read(SOURCE, tmp_path, pages(tmp_path / "pages", 0, 1, 2))
    assert (reading.partial, len(records(events))) == (None, 3)


@pytest.mark.parametrize("kept", [(0,), (2,), (0, 1), (1, 2), (0, 2)])
def test_pages_of_which_one_is_missing_are_a_part(tmp_path: Path, kept: tuple[int, ...]) -> None:
    reading, _ = read(SOURCE, tmp_path, pages(tmp_path / "pages", *kept))
    assert reading.partial is not None
    assert reading.partial.endswith(f"the search has 3 matches, its pages here hold {len(kept)}")


def test_pages_without_a_total_are_whole_when_no_link_leads_elsewhere(tmp_path: Path) -> None:
    first = bundle(SITE, link=[("self", f"{ROR}?page=0"), ("next", f"{ROR}?page=1")])
    second = bundle(UNIT, link=[("self", f"{ROR}?page=1")])
    for page in (first, second):
        del page["total"]
    alone = document(tmp_path / "a.json", first)
    assert read(SOURCE, tmp_path, alone)[0].partial == "a.json: a page before or behind it is not among the files"
    assert read(SOURCE, tmp_path, alone, document(tmp_path / "b.json", second))[0].partial is None


def test_what_is_included_does_not_count_as_a_match(tmp_path: Path) -> None:
    page = bundle(OFFER, SITE, total=2, link=[("self", ROR)])
    page["entry"][1]["search"] = {"mode": "include"}
    assert read(SOURCE, tmp_path, document(tmp_path / "a.json", page))[0].partial == "a.json: the search has 2 matches, its pages here hold 1"


def test_a_full_load_of_a_part_is_refused_and_a_delta_of_it_is_written(embedded_store: Store, tmp_path: Path) -> None:
    folder, options = pages(tmp_path / "pages", 0, 1), Options(rejects=tmp_path / "rejects")
    with pytest.raises(NotWhole) as refusal:
        load(embedded_store, SOURCE, [folder], options)
    assert str(refusal.value) == (
        "page1.json: the search has 3 matches, its pages here hold 2. Nothing was written and nothing was ended. "
        "Load all of it together; to write only what is there, add --delta."
    )
    assert load(embedded_store, SOURCE, [folder], Options(mode=Mode.DELTA, rejects=tmp_path / "rejects")).created == 2


def test_a_line_that_is_not_json_is_rejected_and_the_next_ones_go_on(tmp_path: Path) -> None:
    lines = [json.dumps(SITE), json.dumps(ENTITY)[:40], "[]", "7", json.dumps(UNIT), "[" * 2000 + "]" * 2000, '{"resourceType": "Location", "id": "\\u0000"}']
    events = events_of(tmp_path, write(tmp_path / "a.ndjson", "\n".join(lines) + '\n{"resourceType": "Location", "id": "\\ud800"}\n{"a": 1}\n'))
    assert [type(event).__name__ for event in events] == ["Record", *["Rejected"] * 3, "Record", *["Rejected"] * 4]
    assert rejected(events)[0].place == Place("a.ndjson", 2)
    assert [one.reason for one in rejected(events)] == [
        "It is not JSON (unexpected end of data, column 41).",
        "It is not a JSON object; each line is one resource.",
        "It is not a JSON object; each line is one resource.",
        "It is not JSON (depth limit exceeded, column 1026).",
        "It holds a NUL character (\\u0000), which no text has. Remove it.",
        "It is not JSON (no low surrogate in string, column 37).",
        "It is neither a resource nor an entry with one.",
    ]


def test_entries_have_the_line_they_stand_in_and_a_broken_bundle_says_where(tmp_path: Path) -> None:
    text = json.dumps(bundle(ENTITY, SITE), indent=1)
    places = [record.place.line for record in records(events_of(tmp_path, write(tmp_path / "a.json", text)))]
    starts = [number for number, line in enumerate(text.splitlines(), start=1) if line == "  {"]
    assert places == starts[-2:]
    with pytest.raises(BadFile, match=r"^a\.json, line \d+: this is not JSON \(.*\)\. Fetch the file again; nothing of it was loaded\.$"):
        events_of(tmp_path, write(tmp_path / "a.json", text[:-900]))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<Bundle xmlns='http://hl7.org/fhir'/>", "the file is XML; the FHIR form of a ROR is read as JSON"),
        ("id;name", "the file is no JSON object"),
        ('{"resourceType": "Bundle", "type": "history", "entry": []}', "a Bundle of another type than collection or searchset"),
        ('{"resourceType": "Bundle", "type": ["searchset"], "entry": []}', "a Bundle of another type"),
        ('{"type": "searchset", "entry": []}', "the file has entries and is no Bundle"),
        ('{"resourceType": "Bundle", "type": "searchset", "entry": [}', "this is not JSON"),
        ('{"resourceType": "Bundle", "type": "searchset", "entry": []} {}', "something stands behind the end"),
        ('{"resourceType": "Bundle", "entry": [' + "[" * 100_000, "nested too deep"),
        ('{\n"resourceType": "Bundle", "total": ' + "9" * 5000 + "}", "a number has thousands of digits"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_what_it_is(tmp_path: Path, content: str, reason: str) -> None:
    with pytest.raises(BadFile, match=reason):
        events_of(tmp_path, write(tmp_path / "a.json", content))


def test_an_entry_that_is_too_long_is_refused_in_bounded_memory(tmp_path: Path) -> None:
    entry = json.dumps({"resource": {"resourceType": "Location", "id": "1", "name": "x" * (LARGEST_VALUE + 1)}})
    with pytest.raises(BadFile, match="a value of more than 1 MB"):
        events_of(tmp_path, write(tmp_path / "a.json", '{"resourceType": "Bundle", "type": "searchset", "entry": [' + entry + "]}"))


def test_a_file_of_another_guide_is_refused_and_a_resource_among_others_is_rejected(tmp_path: Path) -> None:
    foreign = {**SITE, "meta": {"profile": ["https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/as-organization"]}}
    with pytest.raises(BadFile) as refusal:
        events_of(tmp_path, ndjson(tmp_path / "a.ndjson", foreign))
    assert str(refusal.value) == (
        "a.ndjson, line 1: the resource is of the profile 'as-organization', which is none of the ROR guide. Known: R4 resources of ror-organization, "
        "ror-healthcareservice, ror-location, ror-practitioner, ror-practitionerrole. Nothing was loaded."
    )
    assert [one.field for one in rejected(events_of(tmp_path, ndjson(tmp_path / "b.ndjson", UNIT, foreign)))] == ["Organization.meta.profile"]


def test_resources_of_other_types_are_left_by_rule(tmp_path: Path) -> None:
    events = events_of(tmp_path, ndjson(tmp_path / "a.ndjson", {"resourceType": "Task", "id": "1"}, {"resourceType": 7}))
    assert events[0] == Left(Place("a.ndjson", 1), "resources of type Task")
    assert rejected(events)[0].field == "resourceType"


def outcome(severity: str) -> dict[str, Any]:
    return {"resourceType": "OperationOutcome", "id": "o", "issue": [{"severity": severity, "code": "timeout"}]}


def test_an_error_of_the_server_is_rejected_and_makes_the_files_a_part(tmp_path: Path) -> None:
    reading, events = read(SOURCE, tmp_path, ndjson(tmp_path / "a.ndjson", UNIT, outcome("error")))
    assert (reading.partial, [one.field for one in rejected(events)]) == (
        "a.ndjson, line 2: the server answered with an error (OperationOutcome)",
        ["OperationOutcome"],
    )
    message = events_of(tmp_path, ndjson(tmp_path / "b.ndjson", outcome("information")))
    assert message == [Left(Place("b.ndjson", 1), "OperationOutcome: a message of the server")]


def test_a_resource_on_two_pages_is_one_object(embedded_store: Store, tmp_path: Path) -> None:
    paths = [document(tmp_path / f"{number}.json", bundle(SITE, one)) for number, one in enumerate((ENTITY, UNIT))]
    report = load(embedded_store, SOURCE, paths, Options(rejects=tmp_path / "rejects"))
    assert (report.seen, report.created, report.unchanged, report.rejected) == (4, 3, 1, 0)


def test_a_rejected_entry_is_corrected_in_the_rejects_file_and_loaded_again(embedded_store: Store, tmp_path: Path) -> None:
    wrong = {**UNIT, "name": 5}
    report = load(embedded_store, SOURCE, [document(tmp_path / "b.json", bundle(SITE, wrong), indent=2)], Options(rejects=tmp_path / "rejects"))
    assert (report.rejected, report.rejects) == (1, tmp_path / "rejects")
    text = (tmp_path / "rejects").read_text(encoding="utf-8")
    corrected = write(tmp_path / "again" / "rejects", text.replace('"name": 5', '"name": "Pôle mer"'))
    with pytest.raises(NotWhole, match="these are rows of a rejects file"):
        load(embedded_store, SOURCE, [corrected], Options(rejects=tmp_path / "more"))
    assert load(embedded_store, SOURCE, [corrected], Options(mode=Mode.DELTA, rejects=tmp_path / "more")).created == 1


@needs(REAL)
def test_the_placeholder_of_the_guides_examples_rejects_both_of_its_offers(embedded_store: Store, tmp_path: Path) -> None:  # M-9
    report = load(embedded_store, SOURCE, [REAL], Options(rejects=tmp_path / "rejects"))
    assert (report.seen, report.created, report.rejected) == (8, 6, 2)


def test_a_compressed_file_that_breaks_off_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(json.dumps(bundle(*ALL)).encode())
    path = tmp_path / "a.json.gz"
    path.write_bytes(whole[:-200])
    with pytest.raises(BadFile, match="breaks off"):
        events_of(tmp_path, path)


def test_a_profile_of_the_guide_in_any_of_its_addresses_is_known(tmp_path: Path) -> None:
    for profile in (f"{GUIDE}/ror-organization", "http://interop.esante.gouv.fr/fhir/ig/ror30/StructureDefinition/ror-organization"):
        assert rejected(events_of(tmp_path, ndjson(tmp_path / "a.ndjson", {**UNIT, "meta": {"profile": [profile]}}))) == []
    assert not any(isinstance(event, Rejected) for event in events_of(tmp_path, ndjson(tmp_path / "a.ndjson", UNIT)))
