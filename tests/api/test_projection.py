"""A projection gives exactly what graphql-core gives, or leaves it to graphql-core."""

import asyncio
from dataclasses import dataclass, replace
from enum import StrEnum
from inspect import isawaitable
from typing import Any

import pytest
import strawberry
from graphql import OperationDefinitionNode, parse
from graphql import execute as graphql_execute

from api.execution import execute
from api.projection import ATTRIBUTE, projections_of
from api.schema.base import read
from tests.api.tiny import TinyStore


@strawberry.enum
class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Leaf:
    id: str
    size: int | None = None
    colour: Colour | str | None = None


@dataclass(frozen=True)
class Branch:
    id: str
    leaf: Leaf | None
    leaves: Any
    words: Any = ("a", "b")


@strawberry.type(name="Leaf")
class LeafType:
    id: str
    size: int | None
    colour: Colour | None

    @strawberry.field
    def shout(self) -> str:
        return self.id.upper()


def _stored(parent: strawberry.Parent[Any]) -> int | None:
    return -1


@strawberry.type(name="Branch")
class BranchType:
    id: str
    leaf: LeafType | None
    leaves: list[LeafType]
    words: list[str] | None
    stored: int | None = strawberry.field(resolver=_stored, metadata={ATTRIBUTE: "size"})


LEAF = Leaf("l", 3, Colour.BLUE)
WHOLE = Branch("b", LEAF, (LEAF, Leaf("m")))
BRANCHES = {
    "whole": WHOLE,
    "no leaf": replace(WHOLE, leaf=None),
    "null in a list of non-null": replace(WHOLE, leaves=(LEAF, None)),
    "null list": replace(WHOLE, leaves=None),
    "no list": replace(WHOLE, leaves=7),
    "a set": replace(WHOLE, leaves=frozenset({LEAF})),
    "null id below": replace(WHOLE, leaf=Leaf(None)),  # type: ignore[arg-type]
    "number too large": replace(WHOLE, leaf=Leaf("l", 2**31)),
    "wrong number": replace(WHOLE, leaf=Leaf("l", "x")),  # type: ignore[arg-type]
    "wrong enum": replace(WHOLE, leaf=Leaf("l", 1, "green")),
    "another type": replace(WHOLE, leaf=object()),  # type: ignore[arg-type]
    "an exception": replace(WHOLE, leaf=ValueError("no")),  # type: ignore[arg-type]
    "null words": replace(WHOLE, words=None),
    "null among words": replace(WHOLE, words=("a", None)),
    "nothing": None,
}


@strawberry.type
class Query:
    @read("One.", BranchType | None)
    async def branch(self, of: str) -> Any:
        return BRANCHES[of]

    @read("Two.", list[BranchType] | None)
    def branches(self, of: str) -> Any:
        return [WHOLE, BRANCHES[of]]


DOCUMENTS = (
    "{branch(of: $of) {id leaf {id size colour} leaves {id size} words}}",
    "{branches(of: $of) {id leaf {id} leaves {colour} words}}",
    "{a: branch(of: $of) {x: id id y: leaf {z: id}} b: branch(of: $of) {id}}",
    "{branch(of: $of) {id id leaf {id} leaf {size}}}",
    "{branch(of: $of) {leaves {id} leaves {size}}}",
    "{branch(of: $of) {__typename leaf {__typename id}}}",
    "{branch(of: $of) {stored leaf {id}}}",
    "{branch(of: $of) {leaf {id shout} leaves {shout}}}",
    "{branch(of: $of) {...B ... on Branch {words} ... {id}}} fragment B on Branch {leaf {...L}} fragment L on Leaf {id colour}",
    "{branch(of: $of) {...B}} fragment B on Branch {leaf {id @skip(if: $yes)} words @include(if: $yes)}",
    "{branch(of: $of) {...B @skip(if: $yes) id}} fragment B on Branch {leaf {id}}",
    "{branch(of: $of) {...B @include(if: $yes)}} fragment B on Branch {leaf {id}}",
    "{branch(of: $of) {... on Branch @skip(if: $no) {leaf {id}}}}",
    "{...Q} fragment Q on Query {branches(of: $of) {id leaves {id}} branch(of: $of) {id}}",
)


async def by_graphql_core(schema: strawberry.Schema, document: str, variables: dict[str, Any]) -> dict[str, Any]:
    result: Any = graphql_execute(
        schema._schema, parse(document), variable_values=variables, executor_class=schema.execution_context_class, operation_extensions=None
    )
    done = await result if isawaitable(result) else result
    return {"data": done.data, "at": [(error.path, [place.formatted for place in error.locations]) for error in done.errors or ()]}


async def by_us(schema: strawberry.Schema, document: str, variables: dict[str, Any]) -> dict[str, Any]:
    body: Any = (await execute(schema, TinyStore(), document, variables)).body
    return {"data": body["data"], "at": [(error["path"], error["locations"]) for error in body.get("errors", ())]}


@pytest.mark.parametrize("of", BRANCHES)
@pytest.mark.parametrize("selection", DOCUMENTS)
def test_the_answer_is_that_of_graphql_core(selection: str, of: str) -> None:
    schema = strawberry.Schema(Query)
    declared = "".join(f"${name}: Boolean = {value} " for name, value in (("yes", "true"), ("no", "false")) if f"${name}" in selection)
    document, variables = f"query Q($of: String! {declared}) {selection}", {"of": of}
    ours, theirs = asyncio.run(by_us(schema, document, variables)), asyncio.run(by_graphql_core(schema, document, variables))
    assert ours == theirs
    assert list(_keys(ours["data"])) == list(_keys(theirs["data"]))


def _keys(value: object) -> Any:
    if isinstance(value, dict):
        for name, below in value.items():
            yield name
            yield from _keys(below)
    if isinstance(value, list):
        for below in value:
            yield from _keys(below)


@pytest.mark.parametrize(
    ("selection", "count"),
    [
        ("{branch(of: \"whole\") {id leaf {id} leaves {id} stored}}", 1),
        ("{branch(of: \"whole\") {id leaf {shout} leaves {id}}}", 1),
        ("{branch(of: \"whole\") {id id}}", 0),
        ("{branch(of: \"whole\") {leaf {id @skip(if: true)}}}", 0),
        ("{branch(of: \"whole\") {...B} branches(of: \"whole\") {...B}} fragment B on Branch {leaves {id}}", 2),
    ],
)  # fmt: skip
def test_a_projection_stands_for_what_is_plain_and_for_nothing_else(selection: str, count: int) -> None:
    core, document = strawberry.Schema(Query)._schema, parse(selection)
    operation = document.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    assert len(projections_of(core, document, operation)) == count
