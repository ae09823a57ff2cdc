"""What is no answer of a ROR, or no whole one, is refused with what it is; nothing of it is loaded."""

import gzip
from pathlib import Path

import pytest

from graph.errors import BadFile
from loaders.ror.xml.source import SOURCE
from tests.loaders.given import items, needs, read
from tests.loaders.ror.xml.made import CSD, DEVICES, ENTITY, OFFER, SITE, WHOLE, directories, loaded
from tests.shared import SHARED

EXCHANGE = SHARED / "ror_exchange"
KNOWN = "known is v2.4 of the ROR extension of IHE CSD, namespace urn:ihe:iti:csd:2013"
SOAP = '<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Header/><e:Body>'
END = "</e:Body></e:Envelope>"


def refused(folder: Path, content: str | bytes) -> str:
    with pytest.raises(BadFile) as problem:
        loaded(folder, content)
    return str(problem.value)


@needs(EXCHANGE)
@pytest.mark.parametrize("name", ["lecture_01_Envoi_de_la_requête", "notif_01_Envoi_de_la_requête_Notif", "rechercheMCO_01_Envoi_de_la_requête"])
def test_a_request_is_not_an_answer(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadFile, match=r"^request_\w+.*\.xml, line \d: <.*> is a request to a ROR, not its answer\. Give the file of the answer\."):
        read(SOURCE, tmp_path, EXCHANGE / f"request_{name}.xml", ror="ROR-PACA", region="93")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param("", "the file is empty.", id="empty"),
        pytest.param("<html/>", f"ror.xml, line 1: the file begins with <html>, which is no answer of a ROR; {KNOWN}. Nothing was loaded.", id="another XML"),
        pytest.param("nom;code\n", "ror.xml, line 1: this is no well-formed XML (", id="no XML"),
        pytest.param(
            '<CSD xmlns="urn:ihe:iti:csd:2030"><organizationDirectory/></CSD>',
            f"ror.xml, line 1: <CSD> is of the namespace 'urn:ihe:iti:csd:2030'; {KNOWN}. Nothing was loaded.",
            id="another version",
        ),
        pytest.param(
            f'{SOAP}<r:careServicesResponse xmlns:r="urn:ihe:iti:csd:2013"><r:error code="444" message="Etablissement inconnu"/></r:careServicesResponse>{END}',
            "ror.xml, line 1: the ROR answered with an error: 444, Etablissement inconnu. Ask it again; nothing was loaded.",
            id="an error",
        ),
        pytest.param(f"{SOAP}<e:Fault/>{END}", "ror.xml, line 1: the ROR answered with an error. Ask it again; nothing was loaded.", id="a SOAP fault"),
        pytest.param(
            f'{SOAP}<r:TR-Notif-ListeEtablissementMajApresDate_Reponse xmlns:r="urn:asip:ror:2015"/>{END}',
            "ror.xml, line 1: <TR-Notif-ListeEtablissementMajApresDate_Reponse> lists the establishments that changed, without their offers.",
            id="a notification",
        ),
        pytest.param(f"{CSD}</CSD>", "ror.xml: there is no directory (organizationDirectory, serviceDirectory,", id="no directory"),
        pytest.param(WHOLE[:-400], "the file breaks off before its end (truncated transfer?). Fetch it again; nothing of it was loaded.", id="truncated"),
        pytest.param(WHOLE.replace("</organization>", "</org>", 1), "this is no well-formed XML (mismatched tag).", id="a wrong tag"),
        pytest.param(WHOLE.replace("<CSD ", "<x:CSD ", 1), "this is no well-formed XML (", id="an unbound prefix"),
        pytest.param(
            f'<!DOCTYPE CSD [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n{WHOLE}',
            "ror.xml, line 1: a DOCTYPE stands in this file. No ROR writes one, and it can name other files: it is not read. Nothing was loaded.",
            id="a DOCTYPE",
        ),
        pytest.param(WHOLE.replace("HOPITAL", "&secret;"), "this is no well-formed XML (undefined entity).", id="an entity"),
        pytest.param(
            directories(organization="<a>" * 101 + "</a>" * 101),
            "ror.xml, line 1: more than 100 elements stand in one another. No ROR writes that. Nothing was loaded.",
            id="very deep",
        ),
        pytest.param(directories(organization=f"<!--{'x' * 3_000_000}-->"), "a tag or a comment is longer than 1 MB.", id="an endless comment"),
        pytest.param(
            directories(organization="".join(f"<a{number}/>" for number in range(5_001))),
            "more than 5,000 different names of elements and attributes. No ROR writes that. Nothing was loaded.",
            id="endless names",
        ),
        pytest.param(
            f'{CSD}<organizationDirectory xmlns:a="u1">{ENTITY}</organizationDirectory><facilityDirectory xmlns:a="u2"/></CSD>',
            "ror.xml, line 1: the prefix 'a' is declared for two namespaces in this file. Declare it once. Nothing was loaded.",
            id="a prefix twice",
        ),
    ],
)
def test_what_is_no_whole_answer_is_refused_with_what_it_is(tmp_path: Path, content: str, sentence: str) -> None:
    assert sentence in refused(tmp_path, content)


def test_a_message_holds_no_text_of_a_row(tmp_path: Path) -> None:
    assert "ONYME" not in refused(tmp_path, WHOLE.replace("<forename>Anne</forename>", "<forename>Anne ONYME</surname>"))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(f'<?xml version="1.0" encoding="UTF-8"?>\n{WHOLE}'.encode(), id="UTF-8"),
        pytest.param(f"\ufeff{WHOLE}".encode(), id="with a mark"),
        pytest.param(f'<?xml version="1.0" encoding="iso-8859-1"?>{WHOLE}'.encode("latin-1"), id="ISO-8859-1"),
        pytest.param(f'<?xml version="1.0" encoding="windows-1252"?>{WHOLE.replace("Derrière le", "l’œil du")}'.encode("cp1252"), id="Windows-1252"),
        pytest.param(WHOLE.replace("Bâtiment", "B&#226;timent").replace("è", "e").encode("ascii"), id="ASCII"),
        pytest.param(gzip.compress(WHOLE.encode()), id="packed"),
        pytest.param(f'{SOAP}<r:careServicesResponse xmlns:r="urn:ihe:iti:csd:2013">{WHOLE}</r:careServicesResponse>{END}'.encode(), id="in an envelope"),
        pytest.param(WHOLE.replace("<", "<ns1:").replace("<ns1:/", "</ns1:").replace("xmlns=", "xmlns:ns1=").encode(), id="with a prefix"),
        pytest.param(WHOLE.replace("><", ">\r\n   <").encode(), id="on lines"),
    ],
)
def test_a_file_is_read_whatever_its_encoding_and_envelope(tmp_path: Path, content: bytes) -> None:
    name = "ror.xml.gz" if content[:2] == b"\x1f\x8b" else "ror.xml"
    (tmp_path / name).write_bytes(content)
    _, events = read(SOURCE, tmp_path, tmp_path / name, ror="ROR-ILE", region="96")
    assert items(events)["Location", "ror:ROR-ILE#f_1"].props["name"] == "Bâtiment Nord"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            f'<?xml version="1.0" encoding="UTF-8"?>{WHOLE}'.encode("latin-1"),
            "ror.xml, line 1: the file declares the encoding utf-8, but its bytes are iso-8859-1. Correct the declaration, or save the file as UTF-8.",
        ),
        (WHOLE.encode("latin-1"), "ror.xml: the file declares no encoding, so it should be UTF-8, but its bytes are iso-8859-1."),
        (
            f'<?xml version="1.0" encoding="ISO-8859-1"?>{WHOLE}'.encode(),
            "the file declares the encoding iso-8859-1, but its bytes are utf-8. Correct the declaration, or save the file as UTF-8.",
        ),
        (f'<?xml version="1.0" encoding="EBCDIC"?>{WHOLE}'.encode(), "the declared encoding 'ebcdic' is not read. Save the file as UTF-8."),
    ],
    ids=["UTF-8 declared", "none declared", "ISO-8859-1 declared", "unknown"],
)
def test_a_declared_encoding_that_the_bytes_contradict_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    assert sentence in refused(tmp_path, content)


def test_an_empty_directory_is_no_fault_and_what_stands_between_the_rows_is_counted(tmp_path: Path) -> None:
    reading, events = loaded(tmp_path, directories(organization=f"<note>x</note>{ENTITY}", device="").replace("</CSD>", "<other/></CSD>"))
    assert (len(events), reading.notes.unplaced["directory.note"], reading.notes.unplaced["CSD.other"]) == (1, 1, 1)


def test_the_labels_of_a_full_load_are_those_of_the_rows(tmp_path: Path) -> None:
    assert loaded(tmp_path, directories(organization=ENTITY + SITE, device=DEVICES))[0].asserts == ("LegalEntity", "GeographicEntity")


@pytest.mark.parametrize("size", [1, 7, 100])
def test_a_row_is_found_wherever_a_chunk_ends(tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.files.CHUNK", size)
    text = directories(organization=ENTITY + '<organization entityID="e_0" x="/>"/>' + SITE, facility=OFFER)
    _, events = loaded(tmp_path, text)
    assert [event.text for event in events if hasattr(event, "text")] == [ENTITY, '<organization entityID="e_0" x="/>"/>', SITE, OFFER]
