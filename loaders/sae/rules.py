"""The rules of loaders/sae/mapping.csv, read and checked: what they are, apart from what they do to a row (mapping.py)."""

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

from graph.errors import BadFile
from loaders.sae.expression import Amount, BadExpression, Join, Parsed, Test, parse_condition, parse_sum

MAPPING_FILE: Final = Path(__file__).with_name("mapping.csv")
KEY_COLUMNS: Final = frozenset({"AN", "FI", "FI_EJ"})
"""What every table has and every offer needs, whatever its rules read."""
NATURES: Final = {"beds": "TRE_R329-01", "places": "TRE_R329-02"}

_COLUMNS: Final = (
    "table", "rule", "effect", "condition", "name", "field", "care_mode", "activities", "offer_type", "sensitive",
    "min_age", "max_age", "capacity", "equipment", "rows_2023", "confidence", "reason",
)  # fmt: skip
_CODE: Final = re.compile(r"[0-9]{2,3}")
T = TypeVar("T")


class Effect(StrEnum):
    """What a rule does with a row on which it holds."""

    OFFER = "offer"
    LEAVE = "leave"
    REMARK = "remark"


class Confidence(StrEnum):
    """How sure the mapping of a rule is."""

    HIGH = "H"
    MEDIUM = "M"
    LOW = "L"


@dataclass(frozen=True, slots=True)
class Coded:
    """A code, given only where `when` holds."""

    code: str
    when: Parsed[Test]


@dataclass(frozen=True, slots=True)
class Counted:
    """A number to be worked out of the row under a code, only where `when` holds."""

    code: str
    amount: Parsed[Amount]
    when: Parsed[Test]


@dataclass(frozen=True, slots=True)
class Template:
    """The offer that a rule makes. Codes are written system-code; an empty one is not stated. Ages in years, both included."""

    name: str
    field: str
    care_mode: str
    offer_type: str
    activities: tuple[Coded, ...]
    sensitive: bool
    min_age: int | None
    max_age: int | None
    capacity: tuple[Counted, ...]
    equipment: tuple[Counted, ...]
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table. `makes` only for an offer; `rows_2023` is the count of its review, None where none was stated."""

    table: str
    name: str
    effect: Effect
    when: Parsed[Test]
    makes: Template | None
    rows_2023: int | None
    reason: str

    def reads(self) -> tuple[frozenset[str], frozenset[Join]]:
        """Columns of the row, and of other tables, that the rule needs."""
        parts: list[Parsed[Test] | Parsed[Amount]] = [self.when]
        if self.makes is not None:
            parts += [item.when for item in self.makes.activities]
            for counted in (*self.makes.capacity, *self.makes.equipment):
                parts += [counted.when, counted.amount]
        return frozenset[str]().union(*(p.columns for p in parts)), frozenset[Join]().union(*(p.joins for p in parts))


@dataclass(frozen=True, slots=True)
class SaeMapping:
    """All rules by table, in the order of the file."""

    rules: dict[str, tuple[Rule, ...]]

    def columns(self, table: str) -> frozenset[str]:
        """The columns that the header of `table` must have, those that other tables read of it included."""
        own = [rule.reads()[0] for rule in self.rules.get(table, ())]
        asked = [{join.column, join.key} - {""} for join in self.joins() if join.table == table]
        return KEY_COLUMNS.union(*own, *asked)

    def joins(self, table: str | None = None) -> frozenset[Join]:
        """What the rules of `table` (of all) read in other tables: those must be read first, or the rules would answer wrongly."""
        tables = self.rules.values() if table is None else [self.rules[table]]
        return frozenset[Join]().union(*(rule.reads()[1] for rules in tables for rule in rules))


def read_mapping(path: Path = MAPPING_FILE) -> SaeMapping:
    """Read and check the table; raises BadFile with the line and the field of the first defect."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = [(number, line) for number, line in enumerate(file, start=1) if not line.startswith("#")]
    reader = csv.DictReader((line for _, line in lines), delimiter=";", strict=True)
    if tuple(reader.fieldnames or ()) != _COLUMNS:
        raise BadFile(f"{path.name}: the columns must be {';'.join(_COLUMNS)}.")
    return SaeMapping(_by_table(path.name, [_Line(path.name, lines[reader.line_num - 1][0], cells).rule() for cells in reader]))


def _by_table(file: str, rules: list[Rule]) -> dict[str, tuple[Rule, ...]]:
    tables: dict[str, tuple[Rule, ...]] = {}
    names: set[str] = set()
    for rule in rules:
        if rule.name in names:
            raise BadFile(f"{file}, rule {rule.name}: stated twice: the ids of its offers would be the same. Rename one.")
        names.add(rule.name)
        tables[rule.table] = (*tables.get(rule.table, ()), rule)
    for table, held in tables.items():
        if not any(rule.effect is Effect.LEAVE and not any(rule.reads()) for rule in held):
            raise BadFile(f"{file}, table {table}: add a 'leave' rule whose condition is 'always': each row needs a reason.")
    return tables


@dataclass(frozen=True, slots=True)
class _Line:
    """One line being read: every defect is told with its place."""

    file: str
    number: int
    cells: dict[str, str]

    def rule(self) -> Rule:
        table, effect = self.cells["table"], self._read("effect", Effect)
        return Rule(
            table=table,
            name=self._read("rule", lambda text: _after(text, f"{table}-")),
            effect=effect,
            when=self._read("condition", parse_condition),
            makes=self._template() if effect is Effect.OFFER else None,
            rows_2023=self._read("rows_2023", _whole),
            reason=self._read("reason", _filled),
        )

    def _template(self) -> Template:
        return Template(
            name=self._read("name", _filled),
            field=self._read("field", lambda text: _coded("TRE_R227", _filled(text))),
            care_mode=self._read("care_mode", lambda text: _coded("TRE_R213", text)),
            offer_type=self._read("offer_type", lambda text: _coded("TRE_R244", text)),
            activities=self._read("activities", _activities),
            sensitive=self._read("sensitive", {"": False, "1": True}.__getitem__),
            min_age=self._read("min_age", _whole),
            max_age=self._read("max_age", _whole),
            capacity=self._read("capacity", lambda text: _counted(text, NATURES.__getitem__)),
            equipment=self._read("equipment", lambda text: _counted(text, lambda code: _coded("TRE_R212", code))),
            confidence=self._read("confidence", Confidence),
        )

    def _read(self, column: str, read: Callable[[str], T]) -> T:
        try:
            return read(self.cells[column])
        except (ValueError, KeyError, BadExpression) as wrong:
            said = f": {wrong}" if isinstance(wrong, BadExpression) else ""
            raise BadFile(f"{self.file}, line {self.number}, {column}: '{self.cells[column]}' cannot be used{said}.") from wrong


def _filled(text: str) -> str:
    if not text:
        raise BadExpression("it must be stated")
    return text


def _after(text: str, prefix: str) -> str:
    if not text.startswith(prefix) or text == prefix:
        raise BadExpression(f"it must begin with {prefix}")
    return text


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _coded(system: str, code: str) -> str:
    if code and _CODE.fullmatch(code) is None:
        raise BadExpression("a code has two or three digits")
    return f"{system}-{code}" if code else ""


def _items(text: str) -> list[tuple[str, Parsed[Test]]]:
    """`A if CONDITION, B` -> each item with its condition."""
    parts = [item.partition(" if ") for item in text.split(", ")] if text else []
    return [(item, parse_condition(condition or "always")) for item, _, condition in parts]


def _activities(text: str) -> tuple[Coded, ...]:
    return tuple(Coded(_coded("TRE_R211", _filled(code)), when) for code, when in _items(text))


def _counted(text: str, code_of: Callable[[str], str]) -> tuple[Counted, ...]:
    parts = [(item.partition(": "), when) for item, when in _items(text)]
    return tuple(Counted(code_of(_filled(code)), parse_sum(amount), when) for (code, _, amount), when in parts)
