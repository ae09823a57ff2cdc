"""Each leaf as one Cypher expression of three values on the offer `o`, its site `s` and its commune `c` (S-1, S-2, S-4).

What is read twice is bound by a list of one: `head([x IN [...] | ...])`. A list that is not empty is complete, so a code that it lacks is FALSE.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from graph.search import fragments
from graph.search.ages import completed
from graph.search.leaves import (
    ANY_GENDER,
    CURRENT,
    INSTALLED,
    UNSAID_GENDER,
    Age,
    AgeUnit,
    Area,
    Capacity,
    Equipment,
    Field,
    InAnomaly,
    OpenAt,
    Stated,
    StatedField,
    Tariff,
    Text,
    UpdatedSince,
)  # fmt: skip
from graph.search.opening import clocks, stamp
from graph.search.params import Params
from graph.search.words import pattern

RELATIONS: Final[Mapping[Field, str]] = {
    Field.ACT: "PERFORMS_ACT",
    Field.SPECIALISATION: "SPECIALISED_IN",
    Field.PUBLIC: "FOR_PUBLIC",
    Field.COMPETENCE: "HAS_COMPETENCE",
    Field.EXPERTISE_LEVEL: "EXPERTISE_LEVEL",
    Field.RECEPTION_MODALITY: "RECEPTION_MODALITY",
}
SUPPLEMENTARY: Final = "TRE_R330-06"
OPENS: Final = "['TRE_R252-01', 'TRE_R252-02', 'TRE_R252-03', 'TRE_R252-06', 'TRE_R252-07']"


def related(field: Field, o: str) -> str:
    """The codes that an offer has of a field that stands in relations."""
    if field is Field.SPECIALTY:
        return fragments.SPECIALTIES.format(o=o)
    return fragments.RELATED.format(o=o, relation=RELATIONS[field])


def related_codes(field: Field, codes: str, o: str) -> str:
    """The offer has one of the codes."""
    return f"head([ks IN [{related(field, o)}] | CASE WHEN size(ks) > 0 THEN any(k IN ks WHERE k IN {codes}) END])"


def text(leaf: Text, params: Params, o: str, s: str) -> str:
    """Every word starts one of the names, or differs from such a start by one letter."""
    names = f"(coalesce({o}.folded, '') + ' ' + coalesce({s}.folded, ''))"
    return f"all(word IN {params.put([pattern(word) for word in leaf.words])} WHERE {names} =~ word)"


def stated(leaf: Stated, params: Params, o: str) -> str:
    """The offer states the value."""
    value = params.put(leaf.value)
    if leaf.field is StatedField.SOURCE_REGION:
        return f"({o}.source_region = {value})"
    return f"CASE WHEN size({o}.psychiatry_sectors) > 0 THEN {value} IN {o}.psychiatry_sectors END"


def age(leaf: Age, params: Params, o: str) -> str:
    """TRUE or FALSE where every age that the person may have in the unit of the offer says the same."""
    ranges = {unit: completed(leaf.age, leaf.unit, unit) for unit in AgeUnit}
    ages = params.put([{"unit": unit.value, "least": float(least), "greatest": float(greatest)} for unit, (least, greatest) in ranges.items()])
    low = f"CASE WHEN a.least >= {o}.min_age THEN true WHEN a.greatest < {o}.min_age THEN false END"
    high = f"CASE WHEN a.greatest <= {o}.max_age THEN true WHEN a.least > {o}.max_age THEN false END"
    return f"head([a IN {ages} WHERE a.unit = {o}.age_unit | ({low}) AND ({high})])"


def updated_since(leaf: UpdatedSince, params: Params, o: str) -> str:
    """The date of the description is that or later."""
    return f"({fragments.DESCRIBED_ON.format(o=o)} >= {params.put(leaf.since)})"


def in_anomaly(leaf: InAnomaly, o: str) -> str:
    """Anomalies are our own list, so none is FALSE, never UNKNOWN."""
    found = f"size({fragments.ANOMALIES.format(o=o)})"
    return f"({found} > 0)" if leaf.wanted else f"({found} = 0)"


def area(leaf: Area, params: Params, o: str) -> str:
    """An area holds the territory, or is a part of it."""
    holds = f"any(t IN ts WHERE t IN {params.put(list(leaf.above))})"
    inside = params.put(list(leaf.parts))
    parts = " OR ".join(f"size({one.format(o=o, parts=inside)}) > 0" for one in fragments.PARTS_OF)
    return f"head([ts IN [{fragments.AREAS_OF.format(o=o)}] | CASE WHEN size(ts) > 0 THEN ({holds} OR {parts}) END])"


def equipment(leaf: Equipment, params: Params, o: str) -> str:
    """One line of equipment is of a code, in service, and its limit suffices."""
    meets = f"x.code IN {params.put(list(leaf.codes))} AND x.number > 0"
    if leaf.limit is not None:
        start = params.put(f"{leaf.limit}: ")
        value = f"toFloat(head(split(substring(y, size({start})), ' ')))"
        meets += f" AND head([y IN x.limits WHERE y STARTS WITH {start} | {value} >= {params.put(leaf.at_least)}])"
    return f"head([xs IN [{fragments.EQUIPMENTS.format(o=o)}] | CASE WHEN size(xs) = 0 THEN null {_some('xs', meets)} END])"


def _some(xs: str, meets: str) -> str:
    """The end of a CASE: TRUE for one, else UNKNOWN for one perhaps, else FALSE."""
    return (
        f"WHEN size([x IN {xs} WHERE coalesce({meets}, false) | 1]) > 0 THEN true WHEN size([x IN {xs} WHERE coalesce({meets}, true) | 1]) > 0 THEN null "
        "ELSE false"
    )


def capacity_lines(leaf: Capacity, params: Params, o: str) -> str:
    """The lines that count, each `id`, `number`, `sure`, once."""
    asked = {"nature": leaf.nature, "status": leaf.status, "closing_type": leaf.closing_type}
    conditions = [f"k.{name} = {params.put(value)}" for name, value in asked.items() if value is not None]
    conditions.append(f"coalesce(k.temporality, '{CURRENT}') = {params.put(leaf.moment)}")
    if leaf.status != SUPPLEMENTARY:
        conditions.append("k.extra_bed IS NULL AND k.crisis IS NULL")
    sure = "k.count IS NOT NULL"
    if leaf.gender is not None:
        conditions.append(f"coalesce(k.gender, '{UNSAID_GENDER}') IN {params.put([leaf.gender, ANY_GENDER, UNSAID_GENDER])}")
        sure += f" AND coalesce(k.gender, '{UNSAID_GENDER}') <> '{UNSAID_GENDER}'"
    if leaf.status != INSTALLED:
        oldest = stamp(params.moment - timedelta(hours=leaf.max_age_hours))
        sure += f" AND coalesce(k.updated_at >= {params.put(oldest)}, false)"
    lines = fragments.CAPACITIES.format(o=o, where=" AND ".join(conditions), sure=sure)
    return f"reduce(seen = [], x IN {lines} | CASE WHEN any(y IN seen WHERE y.id = x.id) THEN seen ELSE seen + [x] END)"


def capacity(leaf: Capacity, params: Params, o: str) -> str:
    """Enough in the lines that are sure; a line that is not may hold any number."""
    enough = f"reduce(n = 0, x IN [x IN xs WHERE x.sure | x.number] | n + x) >= {params.put(leaf.at_least)}"
    return (
        f"head([xs IN [{capacity_lines(leaf, params, o)}] | CASE WHEN size(xs) = 0 THEN null WHEN {enough} THEN true "
        "WHEN size([x IN xs WHERE NOT x.sure | 1]) > 0 THEN null ELSE false END])"
    )


def tariff_lines(leaf: Tariff, params: Params, s: str) -> str:
    """The valid tariffs of the site that are asked about, each `day` and `amount`."""
    asked = {"type": leaf.type, "unit": leaf.unit, "housing": leaf.habitation, "level": leaf.dependency, "reception": leaf.reception_mode}
    conditions = [f"t.{name} = {params.put(value)}" for name, value in asked.items() if value is not None]
    if leaf.condition is not None:
        conditions.append(f"{params.put(leaf.condition)} IN t.conditions")
    return fragments.TARIFFS.format(s=s, where=" AND ".join(conditions))


def newest(lines: str, body: str) -> str:
    """`body` over `xs`, the newest of the tariffs."""
    day = "reduce(day = '', x IN lines | CASE WHEN x.day > day THEN x.day ELSE day END)"
    return f"head([lines IN [{lines}] | head([day IN [{day}] | head([xs IN [[x IN lines WHERE x.day = day | x]] | {body}])])])"


def tariff(leaf: Tariff, params: Params, s: str) -> str:
    """One of the newest costs at most so much."""
    meets = f"x.amount <= {params.put(leaf.at_most)}"
    return newest(tariff_lines(leaf, params, s), f"CASE WHEN size(xs) = 0 THEN null {_some('xs', meets)} END")


def open_at(leaf: OpenAt, params: Params, o: str, c: str) -> str:
    """S-4. A line without end that names a day of the week, or without any date, is weekly; another is dated."""
    zones = params.put(clocks(leaf.instant))
    weekly = "n.effective_to IS NULL AND (n.effective_from IS NULL OR n.day IS NOT NULL)"
    starts, ends = "coalesce(n.from, '00:00')", "coalesce(n.to, '24:00')"
    opens, closes = f"n.type IN {OPENS}", "n.type = 'TRE_R252-08'"

    def on(day: str, weekday: str) -> str:
        return f"coalesce(n.effective_from <= z.{day}, true) AND coalesce(n.effective_to >= z.{day}, true) AND coalesce(n.day = z.{weekday}, true)"

    def some(*conditions: str) -> str:
        return f"size([n IN ns WHERE {' AND '.join(f'({one})' for one in conditions)} | 1]) > 0"

    today, before = on("day", "weekday"), on("before", "weekday_before")
    now = f"({today} AND {starts} <= z.time AND (z.time < {ends} OR {ends} <= {starts} OR {ends} >= '23:59'))"
    still = f"({before} AND {ends} <= {starts} AND z.time < {ends})"
    dated = f"NOT ({weekly})"
    unless_today, unless_before = f"NOT {some(opens, dated, today)}", f"NOT {some(opens, dated, before)}"
    whole = f"{starts} = '00:00' AND ({ends} <= '00:00' OR {ends} >= '23:59')"
    day_after_day = f"all(w IN [1, 2, 3, 4, 5, 6, 7] WHERE {some(opens, weekly, whole, 'coalesce(n.day = w, true)')})"
    always = f"(coalesce({o}.annual_opening = 'TRE_R238-03', false) OR {day_after_day})"
    weekly_now, weekly_still = f"({unless_today} AND {some(opens, weekly, now)})", f"({unless_before} AND {some(opens, weekly, still)})"
    closed = f"({unless_today} AND {some(closes, weekly, now)}) OR ({unless_before} AND {some(closes, weekly, still)})"
    verdict = (
        f"CASE WHEN {some(closes, dated, f'{now} OR {still}')} THEN false WHEN {some(opens, dated, f'{now} OR {still}')} THEN true WHEN {closed} THEN false "
        f"WHEN NOT {some(opens)} THEN null "
        f"WHEN ({weekly_now} AND NOT z.holiday) OR ({weekly_still} AND NOT z.holiday_before) THEN true "
        f"WHEN NOT ({weekly_now} OR {weekly_still}) THEN false WHEN {always} THEN true END"
    )
    zone = fragments.ZONE.format(c=c)
    return f"head([ns IN [{fragments.HOURS.format(o=o)}] | head([z IN {zones} WHERE z.zone = {zone} | {verdict}])])"
