"""The source `ror-xml`: two passes over each file, the first for the places and local ids of its rows, the second for the rows themselves."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from graph.errors import BadFile
from graph.questions import question
from graph.reads import Ask, Reader, Reads, Row, answer
from graph.record import Notes
from loaders.files import InputFile
from loaders.ror.origin import REGIONAL_RANK, Ror, regional_origin
from loaders.ror.xml.context import Context
from loaders.ror.xml.first_pass import Seen, remember
from loaders.ror.xml.frame import DEVICE, FACILITY, ORGANIZATION, PROVIDER, SERVICE
from loaders.ror.xml.index import Index, Known
from loaders.ror.xml.places import PLACES
from loaders.ror.xml.scan import Scan
from loaders.ror.xml.second_pass import events
from loaders.source import Format, Reading, Source, Tier, Work

ORDER: Final = ("LegalEntity", "GeographicEntity", "OrganisationalUnit", "Location", "Offer", "Professional", "Practice")  # ends before starts
LABELS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        ORGANIZATION: ("LegalEntity", "GeographicEntity"),
        FACILITY: ("OrganisationalUnit", "Location", "Offer"),
        PROVIDER: ("Professional", "Practice"),
        SERVICE: (),
        DEVICE: (),
    }
)


def open_files(files: Sequence[InputFile], work: Work) -> Reading:
    """Read the files once, to the end, and find out which ROR they come from.

    Raises BadFile for a file that is no whole, well-formed answer of a ROR, and where its ROR or the region of its ids is not known.
    """
    notes, seen, index = Notes({file.name: file.encoding for file in files}), Seen(), Index(work.scratch)
    scans = [Scan(file, notes) for file in files]
    try:
        for number, scan in enumerate(scans):
            for rows in scan.rows():
                remember(rows, number, index, seen, scan)
        index.flush()
        context = Context(_origin(work, seen), index, notes)
        _look_up(work.store, context)
    except BaseException:
        index.close()
        raise
    return Reading(
        context.ror.stamp,
        tuple(label for label in ORDER if any(label in LABELS[kind] for kind in seen.kinds)) or ORDER,
        events(scans, context),
        notes,
        {scan.file.name: scan.frame()[0].decode() for scan in scans},
        rejects_suffix=".xml",
        rank=context.ror.rank,
        partial=next((f"{file.name}: these are rows of a rejects file" for file in files if file.is_part), None),
    )


def _look_up(store: Reader, context: Context) -> None:
    """What the files name and do not hold may be known from an earlier load of the same ROR (M-10)."""
    for some in context.index.unknown():
        ids = {f"{context.ror.stamp}/{kind}/{entity}": (kind, entity) for kind, entity in some if kind in LABELS}
        for row in answer(store, _recorded(list(ids))) if ids else []:
            context.index.know(*ids[row["id"]], Known(row["label"], None, key=row["key"]))
    context.index.flush()


def _recorded(ids: list[str]) -> Reads[list[Row]]:
    rows = yield Ask(question("recorded_objects"), {"ids": ids})
    return rows


def _origin(work: Work, seen: Seen) -> Ror:
    region = next(iter(seen.regions)) if len(seen.regions) == 1 else None
    host = next(iter(seen.hosts)) if len(seen.hosts) == 1 else None
    ror = regional_origin(work, region, host)
    if seen.bare and not ror.national and ror.region is None:
        raise BadFile(
            f"Units of these files have ids without a region, and the region of {ror.code} is not known. Say it with --region CODE. Nothing was loaded."
        )
    return ror


SOURCE: Final = Source(
    "ror-xml",
    "Export XML d'un ROR régional (IHE CSD, extension ROR v2.4)",
    REGIONAL_RANK,
    (
        Format(
            "v2.4",
            "*.xml",
            "IHE CSD with the ROR extension v2.4 (urn:ihe:iti:csd:2013), with or without the SOAP envelope: five directories, whose elements are the rows.",
            '<facility entityID="47045"><codedType code="4" codingScheme="1.2.250.1.213.3.3.8"/><primaryName>UNITÉ</primaryName>...</facility>',
            PLACES,
        ),
    ),
    open_files,
    Tier.ROR,
)
