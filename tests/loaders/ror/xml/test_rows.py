"""Rows that cannot be loaded are rejected with their line, never lost, and can be corrected in the rejects file and loaded again."""

import tempfile
import tracemalloc
from pathlib import Path

import pytest

from graph.errors import BadFile
from graph.record import Left, Place, Ref
from loaders.rejects import write_rejects
from loaders.ror.xml.source import SOURCE
from loaders.source import Reading, Work
from tests.loaders.given import EMPTY, items, one_file, read, records, rejected, strangers, write
from tests.loaders.ror.xml.made import CSD, DEVICES, ENTITY, OFFER, PROVIDER, SITE, WHOLE, directories, loaded, reasons, record

HOUSING = '<residentialCapacity><residentialType code="02"/></residentialCapacity>'
BAD_SITE = SITE.replace('code="960000027"', 'code="9600027"')
BAD_OFFER = OFFER.replace("<value>18</value>", "<value>dix-huit</value>")


def test_the_made_file_says_nothing_that_the_model_does_not_have(tmp_path: Path) -> None:
    assert strangers(loaded(tmp_path, WHOLE)[1]) == []


def test_every_row_is_a_record_a_reject_or_left_by_a_rule(tmp_path: Path) -> None:
    _, events = loaded(tmp_path, WHOLE.replace(SITE, BAD_SITE))
    counted = [type(event).__name__ for event in events], [event.rule for event in events if isinstance(event, Left)]
    assert counted == (
        ["Record", "Rejected", "Left", "Left", "Left", "Record", "Record", "Record", "Left", "Left"],
        [
            "an activity, read with the units that name it",
            "an activity, read with the units that name it",
            "an activity that no unit of the files names",
            "equipment, read with the offers that name it",
            "equipment, read with the offers that name it",
        ],
    )


@pytest.mark.parametrize(
    ("content", "field", "reason"),
    [
        (directories(organization=BAD_SITE), "otherID", "'9600027' has 7 characters, a FINESS number has 9 (were leading zeros lost?)."),
        (directories(organization=ENTITY.replace(' entityID="s_1"', "")), "entityID", "The element has no entityID: nothing could name it."),
        (directories(organization=ENTITY.replace("CENTRE HOSPITALIER DES ILES", " ")), "primaryName", "The element has no name."),
        (
            directories(organization=SITE.replace("<dropZone>true", "<dropZone>oui")),
            "organization.extension.dropZone",
            "'oui' is neither true nor false.",
        ),
        (
            directories(organization=SITE.replace("<amount>65.5", "<amount>65,5")),
            "organization.extension.price.price.amount",
            "The amount is not a number, like 65.5.",
        ),
        (
            directories(organization=SITE.replace('code="EUR"', 'code="USD"')),
            "organization.extension.price.price.currency",
            "Its currency is not EUR, and the model has prices in euros.",
        ),
        (
            directories(organization=SITE.replace("<latitude>45.5", "<latitude>145.5")),
            "organization.extension.location.geoCoordinates",
            "The point does not lie on the Earth: latitude is -90 to 90, longitude -180 to 180.",
        ),
        (
            directories(organization=SITE.replace(record("int-e1"), record("int-e1", updated="hier"))),
            "organization.record@updated",
            "'hier' is not an instant; it is written like 2023-12-20T10:00:00+01:00.",
        ),
        (directories(service='<service entityID="a"/>'), "codedType", "The element has no code."),
        (directories(device=DEVICES.replace(">2<", ">-2<")), "device.extension.nbInService", "-2 is not a number of things: 0 or more."),
        (
            directories(facility=OFFER.replace('<codedType code="4"', '<codedType code="5"', 1)),
            "codedType",
            "The type of an organisation is 1, 2, 3 (pôle, service, UF) or 4 (unité élémentaire), of TRE_R207.",
        ),
        (directories(facility=BAD_OFFER), "facility.extension.patientsType.patientTypeAgeMax.value", "'dix-huit' is not a whole number."),
        (directories(facility=OFFER.replace('code="mo"', 'code="m"')), "age", "'m' is no unit of an age; known: a, mo, wk, d."),
        (
            directories(facility=OFFER.replace("<beds total=", '<beds total="x" old=')),
            "facility.extension.accommodationCapacity.beds",
            "'x' is not a whole number.",
        ),
        (
            directories(facility=OFFER.replace("<dayOfTheWeek>1<", "<dayOfTheWeek>9<")),
            "facility.operatingHours.dayOfTheWeek",
            "9 is not a day of the week: 1 is Monday, 7 is Sunday.",
        ),
        (
            directories(facility=OFFER.replace("</residentialCapactity>", f"</residentialCapactity>{HOUSING}")),
            "facility.extension.residentialCapacity",
            "Two elements state the number of one type of housing. Keep the right one.",
        ),
        (
            directories(facility=OFFER.replace('<confidentialityLevel code="2"', '<confidentialityLevel code="4"', 1)),
            "facility.extension.contact.confidentialityLevel",
            "'4' is not a level of confidentiality: 1, 2 or 3.",
        ),
        (
            directories(provider=PROVIDER.replace("<homeVisit>0", "<homeVisit>souvent")),
            "provider.extension.operationalStatus.homeVisit",
            "The value is neither true nor false.",
        ),
    ],
)
def test_a_row_that_cannot_be_loaded_says_its_field_and_why(tmp_path: Path, content: str, field: str, reason: str) -> None:
    assert (field, reason) in reasons(loaded(tmp_path, content)[1])


@pytest.mark.parametrize(
    ("content", "about"),
    [
        (directories(organization=SITE.replace("<dropZone>true", "<dropZone>oui")), Ref("GeographicEntity", "1960000027")),
        (directories(facility=BAD_OFFER), Ref("Offer", "96/0001")),
        (directories(provider=PROVIDER.replace("<homeVisit>0", "<homeVisit>souvent")), Ref("Professional", "810107592544")),
        (directories(organization=BAD_SITE), None),
    ],
    ids=["site", "offer", "professional", "key that cannot be read"],
)
def test_a_rejected_row_says_which_object_a_full_load_must_not_end(tmp_path: Path, content: str, about: Ref | None) -> None:
    assert [event.about for event in rejected(loaded(tmp_path, content)[1])] == [about]


def test_a_reject_stands_at_the_line_of_its_element_with_its_text(tmp_path: Path) -> None:
    content = directories(organization=f"\n{ENTITY}\n  <!-- une note -->\n  {BAD_SITE}\n").replace("><primaryName", ">\n<primaryName")
    [reject] = rejected(loaded(tmp_path, content)[1])
    assert (reject.place, reject.text) == (Place("ror.xml", 5), BAD_SITE.replace("><primaryName", ">\n<primaryName"))


def test_a_row_that_is_too_large_is_rejected_and_the_next_are_read(tmp_path: Path) -> None:
    heavy = ENTITY.replace("s_1", "s_2").replace("DES ILES", "X" * 1_000_001)
    many = ENTITY.replace("s_1", "s_3").replace("<primaryName>", "<x/>" * 20_000 + "<primaryName>")
    _, events = loaded(tmp_path, directories(organization=f"{heavy}\n{many}\n{ENTITY}", facility=OFFER))
    reason = "The element is larger than 1 MB or has more than 20,000 elements in it; it is not kept here."
    kept = [(event.place.line, event.text) for event in rejected(events)]
    assert reasons(events) == [("", reason), ("", reason)]
    assert kept == [(1, "<!-- organization of line 1: too large to be kept -->"), (2, "<!-- organization of line 2: too large to be kept -->")]
    assert [record.items[0].key for record in records(events)] == ["1960000019", "96/0001"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(WHOLE, id="one default namespace"),
        pytest.param(WHOLE.replace("<", "<ns1:").replace("<ns1:/", "</ns1:").replace("xmlns=", 'xmlns:b="urn:b&amp;c" xmlns:ns1='), id="prefixes"),
        pytest.param(f'<?xml version="1.0" encoding="iso-8859-1"?>\n{WHOLE}'.encode("latin-1"), id="another encoding"),
        pytest.param(WHOLE.replace("><", ">\r\n# rorgraph file: x\r\n<").replace("\r\n# rorgraph file: x\r\n<organization ", "<organization "), id="odd lines"),
    ],
)
def test_a_rejects_file_is_corrected_and_loaded_again(tmp_path: Path, content: str | bytes) -> None:
    wrong: str | bytes = content.replace("960000027", "9600027") if isinstance(content, str) else content.replace(b"960000027", b"9600027")
    wrong = wrong.replace(">18<", ">dix<") if isinstance(wrong, str) else wrong.replace(b">18<", b">dix<")
    reading, events = loaded(tmp_path, wrong)
    path = write_rejects(tmp_path / "rejects.xml", reading.heads, iter(rejected(events)))
    assert path is not None
    path.write_text(path.read_text("utf-8").replace("9600027", "960000027").replace(">dix<", ">18<"), "utf-8")
    again, corrected = read(SOURCE, tmp_path, path, ror="ROR-ILE", region="96")
    assert [(type(event).__name__, event.place.file) for event in corrected] == [("Record", "ror.xml")] * 2 + [("Left", "ror.xml")] * 4
    assert sorted(items(corrected)) == [("GeographicEntity", "1960000027"), ("Location", "ror:ROR-ILE#f_1"), ("Offer", "96/0001")]
    offer, whole = (found["Offer", "96/0001"] for found in (items(corrected), items(loaded(tmp_path, content)[1])))
    of_others = {"HAS_ACTIVITY", "HAS_EQUIPMENT"}  # told by elements that are no rejects
    assert [link for link in offer.links if link.type in of_others] == [link for link in whole.links if link.type in of_others]
    assert again.partial == "ror.xml: these are rows of a rejects file"


def test_the_rejects_of_two_files_are_two_parts(tmp_path: Path) -> None:
    (tmp_path / "b.xml").write_text(directories(facility=f"\n{BAD_OFFER}"), encoding="utf-8")
    (tmp_path / "a.xml").write_text(directories(organization=BAD_SITE), encoding="utf-8")
    reading, events = read(SOURCE, tmp_path, tmp_path / "a.xml", tmp_path / "b.xml", ror="ROR-ILE", region="96")
    path = write_rejects(tmp_path / "rejects.xml", reading.heads, iter(rejected(events)))
    assert path is not None
    _, again = read(SOURCE, tmp_path, path, ror="ROR-ILE", region="96")
    assert [(event.place, event.field) for event in rejected(again)] == [
        (Place("a.xml", 4), "otherID"),
        (Place("b.xml", 8), "facility.extension.patientsType.patientTypeAgeMax.value"),
    ]
    assert path.read_text("utf-8").splitlines()[:3] == [
        "# rorgraph file: a.xml",
        CSD,
        "# rorgraph: a.xml, line 1, otherID: '9600027' has 7 characters, a FINESS number has 9 (were leading zeros lost?).",
    ]


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path / "ror.xml", WHOLE)
    opened = opening(tmp_path, file)
    write(file, WHOLE[: len(WHOLE) // 2])
    with pytest.raises(BadFile, match=r"^ror\.xml: the file was changed while it was read\."):
        list(opened.events)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def peak(sites: int) -> int:
        path = tmp_path / f"{sites}.xml"
        with path.open("w", encoding="utf-8") as file:
            file.write(f"{CSD}<organizationDirectory>{ENTITY}")
            for number in range(sites):
                file.write(SITE.replace("e_1", f"e_{number}").replace("960000027", f"{number:09d}"))
            file.write(f"</organizationDirectory><facilityDirectory>{OFFER * sites}</facilityDirectory></CSD>")
        tracemalloc.start()
        try:
            assert sum(1 for _ in opening(tmp_path, path).events) == 2 * sites + 1
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(20)  # caches
    assert peak(600) - peak(200) < 400_000  # the file grows by 2.6 MB


def opening(folder: Path, path: Path) -> Reading:
    """The source opened, no row read yet."""
    scratch = Path(tempfile.mkdtemp(dir=folder))
    return SOURCE.open([one_file(path)], Work(scratch, EMPTY, "ROR-ILE", "96"))


def test_a_reason_of_a_professional_s_row_shows_no_value(tmp_path: Path) -> None:
    rows = (PROVIDER.replace("<homeVisit>0", "<homeVisit>le 'soir'"), PROVIDER.replace("<dayOfTheWeek>2", "<dayOfTheWeek>17"))
    assert [reason for row in rows for _, reason in reasons(loaded(tmp_path, directories(provider=row))[1])] == [
        "The value is neither true nor false.",
        "The value is not a day of the week: 1 is Monday, 7 is Sunday.",
    ]
