"""The small language in which loaders/sae/mapping.csv says when a rule holds and which number is the capacity.

    condition := clause ("or" clause)*            clause := factor ("and" factor)*
    factor    := "not" factor | "(" condition ")" | "always" | sum OPERATOR sum | NAME ("=" | "!=") 'text'
    sum       := term (("+" | "-") term)*         OPERATOR := = != > >= < <=
    term      := NUMBER | column                  column   := NAME | TABLE.NAME | TABLE[NAME='text'].NAME

`NAME` is a column of the row at hand, in any case; `TABLE.NAME` the same site's only row of another table;
`TABLE[NAME='text'].NAME` its row whose column NAME holds that text. An empty field, or a row that is not there, has no value: a
comparison with it is false, a sum with it has no value. So `not X = 1` holds where X is empty, and `X != 1` does not. `or` binds
less than `and`, `and` less than `not`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Final, Generic, TypeVar

from graph.errors import BadFile

Row = Mapping[str, str]
"""One line of a table: column name in capitals -> text of the field, not yet stripped."""


@dataclass(frozen=True, slots=True)
class Join:
    """A column of another table, read in the same site's row; `key` and `text` empty when the site has one row there."""

    table: str
    column: str
    key: str = ""
    text: str = ""


Related = Callable[[Join], str]
"""The text of a joined column for the site of the row; "" when there is no such row."""


class NotANumberError(ValueError):
    """A field that a rule compares with a number holds something else: the row is to be rejected."""

    def __init__(self, column: str, value: str) -> None:
        self.column, self.value = column, value
        super().__init__(f"{column}: '{value}' is not a number")


class BadExpression(BadFile):
    """A condition or sum of the mapping table that cannot be read."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression may read: the row, and through `related` the site's rows of other tables."""

    row: Row
    related: Related


Test = Callable[[Scope], bool]
Amount = Callable[[Scope], Decimal | None]
Text = Callable[[Scope], str]
F = TypeVar("F", Test, Amount)


@dataclass(frozen=True, slots=True)
class Parsed(Generic[F]):
    """A compiled expression with what it reads."""

    evaluate: F
    columns: frozenset[str]
    joins: frozenset[Join]


def parse_condition(text: str) -> Parsed[Test]:
    """Compile a condition; raises BadExpression."""
    parser = _Parser(text)
    return parser.finish(parser.condition())


def parse_sum(text: str) -> Parsed[Amount]:
    """Compile a sum; raises BadExpression."""
    parser = _Parser(text)
    return parser.finish(parser.sum())


_TOKEN: Final = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z]\w*)|(?P<text>'[^']*')|(?P<sign>!=|>=|<=|[=<>()\[\].+-]))")
_NUMBER: Final = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_COMPARE: Final = {"=": eq, "!=": ne, ">": gt, ">=": ge, "<": lt, "<=": le}
_WORDS: Final = frozenset({"and", "or", "not", "always", "if"})


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise BadExpression(f"'{text}': not understood from '{text[at:].strip()}'")
        found.append(match.group().strip())
        at = match.end()
    return found


@dataclass(slots=True)
class _Parser:
    """Recursive descent over the tokens of one expression; collects the columns it meets."""

    source: str
    tokens: list[str] = field(init=False)
    columns: set[str] = field(default_factory=set)
    joins: set[Join] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.tokens = _tokens(self.source)[::-1]

    def finish(self, made: F) -> Parsed[F]:
        if self.tokens:
            raise BadExpression(f"'{self.source}': nothing is expected at '{self.tokens[-1]}'")
        return Parsed(made, frozenset(self.columns), frozenset(self.joins))

    def next_is(self, *wanted: str) -> bool:
        return bool(self.tokens) and self.tokens[-1] in wanted

    def take(self, *wanted: str) -> str:
        if not self.tokens or (wanted and self.tokens[-1] not in wanted):
            met = self.tokens[-1] if self.tokens else "the end"
            raise BadExpression(f"'{self.source}': expected {' or '.join(wanted) or 'a value'} at {met}")
        return self.tokens.pop()

    def text(self) -> str:
        token = self.take()
        if not token.startswith("'"):
            raise BadExpression(f"'{self.source}': expected a text between quotes at {token}")
        return token[1:-1]

    def condition(self) -> Test:
        return self._many("or", self.clause, any)

    def clause(self) -> Test:
        return self._many("and", self.factor, all)

    def _many(self, word: str, part: Callable[[], Test], join: Callable[[list[bool]], bool]) -> Test:
        parts = [part()]
        while self.next_is(word):
            self.take(word)
            parts.append(part())
        return parts[0] if len(parts) == 1 else lambda scope: join([each(scope) for each in parts])

    def factor(self) -> Test:
        if self.next_is("not"):
            self.take("not")
            denied = self.factor()
            return lambda scope: not denied(scope)
        if self.next_is("("):
            self.take("(")
            inner = self.condition()
            self.take(")")
            return inner
        if self.next_is("always"):
            self.take("always")
            return lambda _scope: True
        return self.comparison()

    def comparison(self) -> Test:
        if len(self.tokens) > 2 and self._text_follows():
            return self._same_text()
        left = self.sum()
        operator = _COMPARE[self.take(*_COMPARE)]
        right = self.sum()

        def compare(scope: Scope) -> bool:
            a, b = left(scope), right(scope)
            return a is not None and b is not None and bool(operator(a, b))

        return compare

    def _text_follows(self) -> bool:
        return self.tokens[-2] in {"=", "!="} and self.tokens[-3].startswith("'")

    def _same_text(self) -> Test:
        _, read = self.column(self.take())
        wanted_equal = self.take("=", "!=") == "="
        text = self.text()

        def compare(scope: Scope) -> bool:
            held = read(scope).strip()
            return bool(held) and (held == text) is wanted_equal

        return compare

    def sum(self) -> Amount:
        total = self.term()
        while self.next_is("+", "-"):
            total = _combined(total, self.take("+", "-"), self.term())
        return total

    def term(self) -> Amount:
        token = self.take()
        if token[0].isdigit():
            constant = Decimal(token)
            return lambda _scope: constant
        name, read = self.column(token)
        return lambda scope: _number(name, read(scope))

    def column(self, name: str) -> tuple[str, Text]:
        """Read the rest of a column whose first word was taken: its name as written, and how it is read."""
        if not name[0].isalpha() or name in _WORDS:
            raise BadExpression(f"'{self.source}': expected a column at {name}")
        if self.next_is(".", "["):
            return self._joined(name)
        column = name.upper()
        self.columns.add(column)
        return column, lambda scope: scope.row[column]

    def _joined(self, table: str) -> tuple[str, Text]:
        key = text = ""
        if self.next_is("["):
            self.take("[")
            key = self.take().upper()
            self.take("=")
            text = self.text()
            self.take("]")
        self.take(".")
        join = Join(table.upper(), self.take().upper(), key, text)
        self.joins.add(join)
        return f"{table}.{join.column}", lambda scope: scope.related(join)


def _combined(left: Amount, sign: str, right: Amount) -> Amount:
    def amount(scope: Scope) -> Decimal | None:
        a, b = left(scope), right(scope)
        if a is None or b is None:
            return None
        return a + b if sign == "+" else a - b

    return amount


def _number(column: str, text: str) -> Decimal | None:
    held = text.strip()
    if not held:
        return None
    if _NUMBER.fullmatch(held) is None:
        raise NotANumberError(column, held)
    return Decimal(held.replace(",", "."))
