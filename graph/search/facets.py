"""Facets of a search: how many offers each code would give, and how many do not say (S-10). One statement for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from graph.errors import BadInput
from graph.questions import Question
from graph.reads import Ask, Reads, Row
from graph.search.compiling import conjuncts, expression
from graph.search.criteria import All, Criteria
from graph.search.fragments import RELATED
from graph.search.judging import Search, judged
from graph.search.leaf_cypher import related
from graph.search.leaves import Field
from graph.search.params import Params
from graph.search.reference import Reference
from graph.search.relaxing import name_of

CODES_SHOWN: Final = 50
SILENT: Final = ""  # stands for "non décrit" inside the statement: no code is empty
COLUMNS: Final = ("facet", "codes", "undescribed", "more", "labels")


class Facet(StrEnum):
    """Criteria by whose codes an answer can be counted, under the names of the criteria."""

    FIELD_OF_ACTIVITY = "fieldOfActivity"
    ACTIVITY = "activity"
    OFFER_TYPE = "offerType"
    CARE_MODE = "careMode"
    ACT = "act"
    SPECIALISATION = "specialisation"
    PUBLIC = "public"
    COMPETENCE = "competence"
    EXPERTISE_LEVEL = "expertiseLevel"
    RECEPTION_MODALITY = "receptionModality"
    RECEPTION_TYPE = "receptionType"
    MATERNITY_TYPE = "maternityType"
    SPECIALTY = "specialty"
    ESTABLISHMENT_CATEGORY = "establishmentCategory"
    SOURCE_REGION = "sourceRegion"


class Counted(StrEnum):
    """What a count counts: the offers of a code; those that do not say (non décrit); the codes beyond the 50 most frequent."""

    CODE = "CODE"
    UNDESCRIBED = "UNDESCRIBED"
    MORE_CODES = "MORE_CODES"


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One count of a facet. `code` and `label` only where it counts a code; `count`: offers, of MORE_CODES codes."""

    facet: Facet
    kind: Counted
    code: str | None
    label: str | None
    count: int


def _one(value: str) -> str:
    return f"CASE WHEN {value} IS NULL THEN [] ELSE [{value}] END"


def _related(relation: str) -> str:
    return RELATED.format(o="o", relation=relation)


VALUES: Final[Mapping[Facet, str]] = {
    Facet.FIELD_OF_ACTIVITY: _one("o.field_of_activity"),
    Facet.ACTIVITY: _related("HAS_ACTIVITY"),
    Facet.OFFER_TYPE: _one("o.offer_type"),
    Facet.CARE_MODE: _one("o.care_mode"),
    Facet.ACT: _related("PERFORMS_ACT"),
    Facet.SPECIALISATION: _related("SPECIALISED_IN"),
    Facet.PUBLIC: _related("FOR_PUBLIC"),
    Facet.COMPETENCE: _related("HAS_COMPETENCE"),
    Facet.EXPERTISE_LEVEL: _related("EXPERTISE_LEVEL"),
    Facet.RECEPTION_MODALITY: _related("RECEPTION_MODALITY"),
    Facet.RECEPTION_TYPE: _one("o.reception_type"),
    Facet.MATERNITY_TYPE: _one("o.maternity_type"),
    Facet.SPECIALTY: related(Field.SPECIALTY, "o"),
    Facet.ESTABLISHMENT_CATEGORY: _one("s.category"),
    Facet.SOURCE_REGION: _one("o.source_region"),
}
EACH_ONCE: Final = (  # two sources may state one code (M-11)
    "CASE WHEN size(values) < 2 THEN values ELSE reduce(seen = [], v IN values | CASE WHEN v IN seen THEN seen ELSE seen + [v] END) END"
)


def facets(search: Search, by: Sequence[Facet], reference: Reference) -> Reads[tuple[FacetCount, ...]]:
    """The counts of each facet, codes by count and code, then what is not described, then the codes beyond 50.

    Each ignores the root criterion on its own field and counts the offers that surely meet the rest. Raises BadInput for a facet asked twice.
    """
    if len(set(by)) < len(by):
        raise BadInput("by: each facet is asked once.")
    if not by:
        return ()
    trees = [without_own(search.criteria, facet) for facet in by]
    rows = yield _ask(search, by, trees, reference)
    found = {row["facet"]: row for row in rows}
    return tuple(count for place, facet in enumerate(by) if place in found for count in _counts(facet, found[place]))


def without_own(criteria: Criteria, facet: Facet) -> Criteria:
    """The tree without the root criterion on the field of a facet.

    >>> from graph.search.criteria import parse
    >>> without_own(parse({"careMode": ["M"], "text": "x"}), Facet.CARE_MODE)
    All(parts=(Text(words=('x',)),))
    """
    return All(tuple(part for part in conjuncts(criteria) if name_of(part) != facet.value))


def _ask(search: Search, by: Sequence[Facet], trees: Sequence[Criteria], reference: Reference) -> Ask:
    params = Params()
    first_half = judged(search, trees, params, reference)
    each = ", ".join(
        f"CASE WHEN coalesce({expression(tree, first_half.marks)} AND near, false) THEN {VALUES[facet]} END" for facet, tree in zip(by, trees, strict=True)
    )
    text = f"""{first_half.text}
WITH o, [{each}] AS found
UNWIND range(0, {len(by) - 1}) AS facet
WITH facet, found[facet] AS values
WHERE values IS NOT NULL
WITH facet, {EACH_ONCE} AS values
UNWIND CASE WHEN size(values) = 0 THEN ['{SILENT}'] ELSE values END AS code
WITH facet, code, count(*) AS offers
ORDER BY facet, offers DESC, code
WITH facet, collect([code, offers]) AS counted
WITH facet, [p IN counted WHERE p[0] <> '{SILENT}'] AS coded, head([p IN counted WHERE p[0] = '{SILENT}' | p[1]]) AS undescribed
WITH facet, coded[0..{CODES_SHOWN}] AS codes, size(coded) AS many, undescribed
CALL (codes) {{
  UNWIND codes AS p
  WITH p[0] AS code
  OPTIONAL MATCH (k:Concept {{id: code}})
  OPTIONAL MATCH (t:Region {{code: code}})
  RETURN collect([code, coalesce(k.label, t.name)]) AS labels
}}
RETURN facet, codes, coalesce(undescribed, 0) AS undescribed, CASE WHEN many > {CODES_SHOWN} THEN many - {CODES_SHOWN} ELSE 0 END AS more, labels
ORDER BY facet"""
    return Ask(Question("search_facets", "Facets of a search", "How many offers has each code?", (), COLUMNS, "by facet", "see feeds", text), params.values)


def _counts(facet: Facet, row: Row) -> list[FacetCount]:
    labels = dict(row["labels"])
    counts = [FacetCount(facet, Counted.CODE, code, labels.get(code), count) for code, count in row["codes"]]
    rest = ((Counted.UNDESCRIBED, row["undescribed"]), (Counted.MORE_CODES, row["more"]))
    return counts + [FacetCount(facet, kind, None, None, count) for kind, count in rest if count]
