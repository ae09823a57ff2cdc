"""Where offers of a step could be known at all: regions with an offer of the fields of activity that it names (P-3, NOT_LOADED)."""

from collections.abc import Iterable, Sequence

from graph.questions import question
from graph.reads import Ask, Reads
from graph.search.criteria import Coded, Criteria, Field, Not, children
from graph.search.reference import Reference


def loaded_regions(requirements: Sequence[Criteria], regions: Iterable[str], reference: Reference) -> Reads[tuple[frozenset[str], ...]]:
    """By requirement, those of the regions where an offer of its fields of activity is loaded (of any field, where it names none)."""
    wanted = frozenset(regions)
    found = []
    for requirement in requirements:
        found.append((yield from _loaded(tuple(sorted(_fields(requirement))), wanted, reference)))
    return tuple(found)


def _loaded(fields: tuple[str, ...], regions: frozenset[str], reference: Reference) -> Reads[frozenset[str]]:
    if not regions:
        return regions
    kept = reference.loaded
    missing = sorted(region for region in regions if (fields, region) not in kept)
    if missing:
        rows = yield Ask(question("loaded_fields"), {"regions": missing, "fields": list(fields)})
        present = {row["region"] for row in rows}
        kept.update({(fields, region): region in present for region in missing})
    return frozenset(region for region in regions if kept[fields, region])


def _fields(criteria: Criteria) -> frozenset[str]:
    """Fields of activity that a requirement names, those under `not` apart."""
    if isinstance(criteria, Coded):
        return frozenset(criteria.codes) if criteria.field is Field.FIELD_OF_ACTIVITY else frozenset()
    return frozenset() if isinstance(criteria, Not) else frozenset(code for child in children(criteria) for code in _fields(child))
