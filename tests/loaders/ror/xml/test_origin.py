"""Which ROR the files come from, and the region of its ids (docs/graph_model.md, K-2; docs/formats.md, ror-xml)."""

from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadFile
from graph.questions import Question
from graph.reads import Row
from loaders.ror.xml.source import SOURCE
from loaders.source import Reading
from tests.loaders.given import items, read, write
from tests.loaders.ror.xml.made import HOST, OFFER, WHOLE, directories

BARE = OFFER.replace(" 96/0001 ", "0001")
ILE = {"code": "ROR-ILE", "kind": "REGIONAL_ROR", "regions": ["96"], "hosts": ["ror.ile.example"]}
OTHER = {"code": "ROR-AUTRE", "kind": "REGIONAL_ROR", "regions": ["99", "98"], "hosts": ["ror.autre.example"]}
NATIONAL = {"code": "ROR-NAT", "kind": "NATIONAL_ROR", "regions": [], "hosts": []}


class Inventory:
    """A store that describes these RORs and holds nothing else."""

    def __init__(self, *rors: Row) -> None:
        self.rors = list(rors)

    def read(self, question: Question, /, **params: Any) -> list[Row]:
        return self.rors if question.name == "rors" else []


def opened(folder: Path, content: str, *rors: Row, **work: str) -> tuple[Reading, list[tuple[str, str]]]:
    reading, events = read(SOURCE, folder, write(folder / "ror.xml", content), store=Inventory(*rors), **work)
    return reading, list(items(events))


@pytest.mark.parametrize(
    ("content", "work", "stamp", "rank", "key"),
    [
        (BARE, {}, "ror:ROR-ILE", 80, "96/0001"),
        (OFFER.replace(HOST, "urn:x"), {}, "ror:ROR-ILE", 80, "96/0001"),
        (BARE.replace(HOST, "http://[bad"), {"region": "98"}, "ror:ROR-AUTRE", 80, "98/0001"),
        (BARE, {"ror": "ROR-AUTRE", "region": "99"}, "ror:ROR-AUTRE", 80, "99/0001"),
        (BARE, {"ror": "ROR-NAT"}, "ror:ROR-NAT", 70, "0001"),
        (OFFER, {"ror": "ROR-NEUF"}, "ror:ROR-NEUF", 80, "96/0001"),
    ],
    ids=["host", "prefix of the ids", "--region", "--ror and --region", "national", "unknown to the store"],
)
def test_the_ror_is_that_of_the_option_the_host_or_the_region(tmp_path: Path, content: str, work: dict[str, str], stamp: str, rank: int, key: str) -> None:
    reading, found = opened(tmp_path, directories(facility=content), ILE, OTHER, NATIONAL, **work)
    assert (reading.stamp, reading.rank, ("Offer", key) in found) == (stamp, rank, True)


@pytest.mark.parametrize(
    ("content", "work", "sentence"),
    [
        (
            OFFER.replace(HOST, "urn:x").replace("96/0001", "0001"),
            {},
            (
                "The files name no host and no region: no ROR of the inventory fits. Say which ROR they come from with --ror CODE "
                "(and --region CODE for its ids). Nothing was loaded."
            ),
        ),
        (
            BARE,
            {"ror": "ROR-AUTRE"},
            "Units of these files have ids without a region, and the region of ROR-AUTRE is not known. Say it with --region CODE. Nothing was loaded.",
        ),
    ],
    ids=["nothing names it", "bare ids of a ROR of two regions"],
)
def test_files_whose_ror_or_region_is_not_known_are_refused(tmp_path: Path, content: str, work: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadFile) as problem:
        opened(tmp_path, directories(facility=content), ILE, OTHER, NATIONAL, **work)
    assert str(problem.value) == sentence


def test_files_of_two_hosts_are_those_of_the_region_of_their_ids(tmp_path: Path) -> None:
    content = WHOLE.replace(f'sourceDirectory="{HOST}"', 'sourceDirectory="https://ror.autre.example"', 1)
    reading, _ = opened(tmp_path, content, ILE, OTHER)
    assert reading.stamp == "ror:ROR-ILE"
