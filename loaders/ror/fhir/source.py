"""Source `ror-fhir`: R4 JSON of the ROR guide, in two passes: what each resource is, then what it says, with its references resolved."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from types import MappingProxyType
from typing import Any, Final

from graph.errors import BadFile
from graph.record import Event, Item, Left, Notes, Record, Ref, Rejected
from loaders.files import InputFile
from loaders.ror.fhir.draft import Draft
from loaders.ror.fhir.healthcare_service import healthcare_service
from loaders.ror.fhir.identity import resource_ref
from loaders.ror.fhir.location import location
from loaders.ror.fhir.organization import organization
from loaders.ror.fhir.pages import Page, missing_pages
from loaders.ror.fhir.places import FORMATS
from loaders.ror.fhir.practitioner import civil_names, extra_of, practitioner
from loaders.ror.fhir.practitioner_role import practitioner_role
from loaders.ror.fhir.remembered import Remembered
from loaders.ror.fhir.rows import OUTCOME, Row, rows
from loaders.ror.fhir.walking import Here, Json, Wrong, last_segment, whole_reference
from loaders.ror.origin import NATIONAL_RANK, Ror, national_origin
from loaders.ror.values import FieldFault
from loaders.source import Reading, Source, Tier, Work

AT_ONCE: Final = 50  # rows whose references are looked up together; more of them would leave the processor's cache
BUILDERS: Final[Mapping[str, Callable[[Here, Json, str], Draft]]] = MappingProxyType(
    {
        "Organization": organization,
        "Location": location,
        "HealthcareService": healthcare_service,
        "Practitioner": practitioner,
        "PractitionerRole": practitioner_role,
    }
)
LABELS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "Organization": ("LegalEntity", "GeographicEntity", "OrganisationalUnit"),
        "Location": ("Location",),
        "HealthcareService": ("Offer",),
        "Practitioner": ("Professional",),
        "PractitionerRole": ("Practice",),
    }
)
ORDER: Final = ("LegalEntity", "GeographicEntity", "OrganisationalUnit", "Location", "Offer", "Professional", "Practice")  # ends before starts
# Where a resource has references to others
REFERENCES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "Organization": ("partOf",),
        "Location": ("managingOrganization", "partOf"),
        "HealthcareService": ("providedBy", "location"),
        "PractitionerRole": ("practitioner", "organization", "healthcareService"),
    }
)
GUIDE: Final = ("/ig/fhir/ror/", "/ig/fhir/ror30/", "/fhir/ig/ror30/", "/structuredefinition/ror")
PERSONAL: Final = frozenset({"Practitioner", "PractitionerRole"})  # whatever stands in these is of a person, also where it should not
SHOWN: Final = re.compile(r"^(?:'.*'|-?\d+) ", re.DOTALL)  # how a reason shows a value


class _Survey:
    """What the first pass finds: the kinds of resources, the pages, whether the server answered with an error."""

    def __init__(self) -> None:
        self.kinds: set[str] = set()
        self.pages: list[Page] = []
        self.failed: str | None = None
        self.part: str | None = None

    @property
    def partial(self) -> str | None:
        """Why the files are not whole."""
        return self.part or self.failed or missing_pages(self.pages)

    @property
    def asserts(self) -> tuple[str, ...]:
        """The labels of the resources that the files hold: their perimeter."""
        held = {label for kind in self.kinds for label in LABELS[kind]}
        return tuple(label for label in ORDER if label in held)


def open_files(files: Sequence[InputFile], work: Work) -> Reading:
    """Open FHIR files and read their logical ids.

    Raises BadFile for what is no FHIR R4 JSON, is broken or is of another guide, and BadInput for a --ror that no application can have.
    """
    ror, notes = national_origin(work), Notes({file.name: file.encoding for file in files})
    known, survey = Remembered(work.scratch, ror.stamp, work.store), _Survey()
    for file in files:
        _survey_file(file, ror, known, survey)
    known.finish()
    return Reading(
        ror.stamp, survey.asserts or ORDER, _events(files, ror, known, notes), notes, rejects_suffix=".ndjson", rank=ror.rank, partial=survey.partial
    )


def _survey_file(file: InputFile, ror: Ror, known: Remembered, survey: _Survey) -> None:
    ignored, first = Notes(), True
    if file.is_part:
        survey.part = f"{file.name}: these are rows of a rejects file"
    for event in rows(file, ignored):
        if isinstance(event, Page):
            survey.pages.append(event)
        elif isinstance(event, Rejected) and event.field == OUTCOME:
            survey.failed = f"{file.name}, line {event.place.line}: the server answered with an error (OperationOutcome)"
        elif isinstance(event, Row):
            kind = str(event.resource.get("resourceType"))
            if first and not _is_of_guide(event.resource):
                raise BadFile(_other_guide(event))
            first = False
            if kind in BUILDERS:
                survey.kinds.add(kind)
            _remember(event, ror, known, ignored)


def _remember(row: Row, ror: Ror, known: Remembered, notes: Notes) -> None:
    """What the row is, under each name that a reference may give it. A row that cannot be read is rejected by the second pass."""
    resource = row.resource
    kind, local_id = resource.get("resourceType"), resource.get("id")
    if type(kind) is not str or type(local_id) is not str:
        return
    own_id = f"{kind}/{local_id}"
    try:
        ref = resource_ref(ror, resource, local_id)
        if ref is not None:
            known.add(own_id, ref)
            if row.full_url and row.full_url.startswith("urn:"):
                known.add(row.full_url, ref)
        for inner in _contained(resource):
            inner_ref = resource_ref(ror, inner, f"{local_id}#{inner['id']}")
            if inner_ref is not None:
                known.add(f"{own_id}#{inner['id']}", inner_ref)
        _remember_extras(resource, kind, own_id, Here(ror, notes, {}, {}, own_id), known)
    except (FieldFault, Wrong):
        return


def _remember_extras(resource: Json, kind: str, own_id: str, here: Here, known: Remembered) -> None:
    if kind == "Practitioner" and "qualification" in resource:
        extra = extra_of(here, resource)
        if extra is not None:
            known.add_extra(own_id, extra)
    elif kind == "Person":
        names, targets = civil_names(here, resource)
        for target in targets:
            known.add_extra(target, {"civil": names})


def _contained(resource: Json) -> Iterator[Json]:
    """Contained resources that can be named."""
    stated = resource.get("contained")
    for one in stated if type(stated) is list else ():
        if type(one) is dict and type(one.get("id")) is str and type(one.get("resourceType")) is str:
            yield one


def _is_of_guide(resource: Json) -> bool:
    """Whether a resource says nothing of its profile, or that it is one of the ROR guide."""
    meta = resource.get("meta")
    stated = meta.get("profile") if type(meta) is dict else None
    profiles = [one for one in stated if type(one) is str] if type(stated) is list else []
    return not profiles or any(_is_profile_of_guide(one) for one in profiles)


@lru_cache(1024)
def _is_profile_of_guide(profile: str) -> bool:
    return any(part in profile.lower() for part in GUIDE)


def _other_guide(row: Row) -> str:
    profile = next(one for one in row.resource["meta"]["profile"] if type(one) is str)
    return (
        f"{row.place.file}, line {row.place.line}: the resource is of the profile '{last_segment(profile)}', which is none of the ROR guide. "
        f"Known: R4 resources of ror-organization, ror-healthcareservice, ror-location, ror-practitioner, ror-practitionerrole. Nothing was loaded."
    )


def _events(files: Sequence[InputFile], ror: Ror, known: Remembered, notes: Notes) -> Iterator[Event]:
    try:
        for file in files:
            found = rows(file, notes)
            while chunk := list(islice(found, AT_ONCE)):
                yield from _chunk(chunk, ror, known, notes)
    finally:
        known.close()


def _chunk(chunk: list[Row | Rejected | Left | Page], ror: Ror, known: Remembered, notes: Notes) -> Iterator[Event]:
    stated = [one for one in chunk if isinstance(one, Row)]
    ends = known.ends({reference for row in stated for reference in _references(row.resource)})
    extras = known.extras(_practitioners(stated, ends))
    for one in chunk:
        if isinstance(one, Row):
            yield _event(one, ror, notes, ends, extras)
        elif not isinstance(one, Page):
            yield one


def _practitioners(stated: Iterable[Row], ends: Mapping[str, Ref]) -> list[str]:
    found = [ref for ref, end in ends.items() if end.label == "Professional"]
    return found + [_own_id(row.resource) for row in stated if row.resource.get("resourceType") == "Practitioner"]


def _own_id(resource: Json) -> str:
    return f"{resource.get('resourceType')}/{resource.get('id')}"


def _references(resource: Json) -> Iterator[str]:
    own_id, kind = _own_id(resource), resource.get("resourceType")
    for name in REFERENCES.get(kind, ()) if type(kind) is str else ():
        stated = resource.get(name)
        for one in stated if type(stated) is list else (stated,):
            if type(one) is dict and type(one.get("reference")) is str:
                yield whole_reference(one["reference"].strip(), own_id)
    if "contained" in resource:
        for inner in _contained(resource):
            for reference in _references(inner):
                yield own_id + reference[len(_own_id(inner)) :] if reference.startswith(f"{_own_id(inner)}#") else reference


def _event(row: Row, ror: Ror, notes: Notes, ends: Mapping[str, Ref], extras: Mapping[str, Json]) -> Event:
    kind, local_id = row.resource.get("resourceType"), row.resource.get("id")
    if type(kind) is not str:
        return Rejected(row.place, row.text, "resourceType", "It is missing, or not a text.")
    if kind not in BUILDERS:
        return Left(row.place, f"resources of type {kind[:40]}")
    try:
        return Record(row.place, row.text, _items(Here(ror, notes, ends, extras, f"{kind}/{local_id}"), row.resource, kind, local_id))
    except FieldFault as fault:
        reason = SHOWN.sub("The value ", fault.reason) if kind in PERSONAL else fault.reason
        return Rejected(row.place, row.text, fault.field, reason, _about(ror, row.resource, local_id))
    except Wrong as fault:
        return Rejected(row.place, row.text, kind, fault.reason, _about(ror, row.resource, local_id))


def _items(here: Here, resource: Json, kind: str, local_id: Any) -> tuple[Item, ...]:
    if type(local_id) is not str or not local_id.strip():
        raise FieldFault(f"{kind}.id", "It is missing, or not a text; a resource of a ROR has its logical id.")
    if not _is_of_guide(resource):
        raise FieldFault(f"{kind}.meta.profile", "It is a profile of another guide than the ROR's.")
    return BUILDERS[kind](here, resource, local_id).item(kind, local_id), *_contained_items(here, resource, kind, local_id)


def _about(ror: Ror, resource: Json, local_id: Any) -> Ref | None:
    """What a rejected row is about, where its key can be read: a full load does not end it."""
    if type(local_id) is not str:
        return None
    try:
        return resource_ref(ror, resource, local_id)
    except (FieldFault, Wrong):
        return None


def _contained_items(here: Here, resource: Json, kind: str, local_id: str) -> Iterator[Item]:
    """The objects that stand within a resource, named `id#contained`."""
    if "contained" not in resource:
        return
    read = 0
    for inner in _contained(resource):
        build = BUILDERS.get(inner["resourceType"])
        if build is not None:
            read += 1
            name = f"{local_id}#{inner['id']}"
            yield build(here, inner, name).item(inner["resourceType"], name)
    stated: Any = resource["contained"]
    left = len(stated) - read if type(stated) is list else 1
    if left:
        here.notes.leave(f"{kind}.contained (not read)", left)


SOURCE: Final = Source(
    name="ror-fhir",
    fr="ROR, forme FHIR (guide du ROR)",
    rank=NATIONAL_RANK,
    formats=FORMATS,
    open=open_files,
    tier=Tier.ROR,
)
