"""From a row of a DREES SAE table to the offers it shows, by the reviewed rules of mapping.csv (docs/sae_mapping.md).

`offers_of` is a pure function of one row. Every rule holds or not by itself: a row may make none, one or several offers. A row
that makes none is left by the first `leave` rule that holds, so every row is accounted for (invariant 7).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from loaders.sae.expression import Related, Row, Scope
from loaders.sae.rules import Confidence, Counted, Effect, Rule, SaeMapping, Template

INSTALLED: Final = "TRE_R330-01"
"""The SAE counts what was installed on 31 December; it never says what is available."""
CURRENT: Final = "TRE_R331-01"


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """Nature (TRE_R329), status (TRE_R330), temporality (TRE_R331), count of beds or places."""

    nature: str
    status: str
    temporality: str
    count: int


@dataclass(frozen=True, slots=True)
class EquipmentRow:
    """Equipment in service: code (TRE_R212) and how many."""

    code: str
    in_service: int


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An OBSERVED offer. Codes are written system-code; an empty one is not stated. Ages in years, both included.

    `site` and `entity` are FINESS numbers. With `on_entity` the figures are those of the whole legal entity: the offer hangs on
    it and has no place. `year` is that of the survey, `reason` that of the rule.
    """

    id: str
    name: str
    year: str
    site: str
    entity: str
    on_entity: bool
    field: str
    care_mode: str
    offer_type: str
    activities: tuple[str, ...]
    min_age: int | None
    max_age: int | None
    sensitive: bool
    capacities: tuple[CapacityRow, ...]
    equipment: tuple[EquipmentRow, ...]
    rule: str
    confidence: Confidence
    table: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """What one row became: its offers, else the rule that leaves it; and the rules by which it is worth a remark."""

    offers: tuple[OfferRow, ...]
    left: str | None
    remarks: tuple[str, ...]


def offers_of(mapping: SaeMapping, table: str, row: Row, related: Related) -> Mapped:
    """What one row of `table` shows; `related` reads the columns of `mapping.joins(table)` for the site of the row.

    Raises NotANumberError where a field that a rule counts with is not a number: the row is to be rejected.
    """
    scope = Scope(row, related)
    held = [rule for rule in mapping.rules[table] if rule.when.evaluate(scope)]
    offers = tuple(_offer(rule, rule.makes, scope) for rule in held if rule.makes is not None)
    left = None if offers else next(rule.name for rule in held if rule.effect is Effect.LEAVE)
    return Mapped(offers, left, tuple(rule.name for rule in held if rule.effect is Effect.REMARK))


def _offer(rule: Rule, makes: Template, scope: Scope) -> OfferRow:
    site, entity, year = (scope.row[column].strip() for column in ("FI", "FI_EJ", "AN"))
    return OfferRow(
        id=f"SAE-{year}/{site}/{rule.name}",
        name=makes.name,
        year=year,
        site=site,
        entity=entity,
        on_entity=site == entity,
        field=makes.field,
        care_mode=makes.care_mode,
        offer_type=makes.offer_type,
        activities=tuple(item.code for item in makes.activities if item.when.evaluate(scope)),
        min_age=makes.min_age,
        max_age=makes.max_age,
        sensitive=makes.sensitive,
        capacities=tuple(CapacityRow(nature, INSTALLED, CURRENT, count) for nature, count in _counts(makes.capacity, scope).items()),
        equipment=tuple(EquipmentRow(code, count) for code, count in _counts(makes.equipment, scope).items()),
        rule=rule.name,
        confidence=makes.confidence,
        table=rule.table,
        reason=rule.reason,
    )


def _counts(items: tuple[Counted, ...], scope: Scope) -> Mapping[str, int]:
    amounts = {item.code: item.amount.evaluate(scope) for item in items if item.when.evaluate(scope)}
    return {code: int(amount) for code, amount in amounts.items() if amount is not None}
