"""What a JSON schema finds wrong in a value, as field and sentence."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.exceptions import best_match

from loaders.marked import Marked, Path

SHOWN: Final = 60  # characters of a wrong value
TYPES: Final[Mapping[str, str]] = {
    "string": "a text (put a number or a code in quotes)", "array": "a list", "object": "names with values", "integer": "a whole number",
    "number": "a number", "boolean": "true or false", "null": "empty",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """Line, field (`perimeter[0]`, '' for the whole) and sentence; the path where a schema found it."""

    line: int
    field: str
    reason: str
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """A schema shipped in loaders/schemas."""

    content: Mapping[str, Any]

    def part(self, name: str) -> Draft202012Validator:
        """Validator of one of its definitions; '' for the whole."""
        reference = {"$ref": f"#/$defs/{name}"} if name else {}
        return Draft202012Validator({"$defs": self.content["$defs"], **reference} if name else dict(self.content))

    def fields(self, name: str) -> tuple[str, ...]:
        """Names of the fields of a definition."""
        return tuple(self.content["$defs"][name]["properties"])


def read_schema(name: str) -> Schema:
    """Read `loaders/schemas/<name>.schema.json`."""
    return Schema(json.loads((files("loaders") / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")))


def find_fault(validator: Draft202012Validator, marked: Marked) -> Fault | None:
    """The most telling thing that is wrong, None when nothing is."""
    error = best_match(validator.iter_errors(marked.value))
    if error is None:
        return None
    path: Path = tuple(error.absolute_path)
    return Fault(marked.line_of(path), written(path), _sentence(error), path)


def written(path: Path) -> str:
    """A path as people write it: `perimeter[0]`, `serves.OFFER`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def _sentence(error: ValidationError) -> str:
    rule: Any = error.validator_value
    match str(error.validator):
        case "required":
            text = f"{error.message.split(' is a required')[0]} is missing."
        case "additionalProperties":
            schema: Any = error.schema
            unknown = sorted(set(error.instance) - set(schema["properties"]))  # type: ignore[arg-type]  # an object, or the rule would not apply
            text = f"{', '.join(unknown)}: there is no such field. Fields: {', '.join(schema['properties'])}."
        case "enum":
            text = f"{_shown(error)} is none of {', '.join(one if isinstance(one, str) else json.dumps(one) for one in rule)}."
        case "type":
            text = f"{_shown(error)} is not {TYPES[rule]}."
        case "pattern":
            text = f"{_shown(error)} is not written as it must be ({rule})."
        case "not":  # the schema forbids the field here
            text = "It does not go with the other fields (a feed has producer and feeds, any other mode consumer and calls)."
        case _:
            text = f"{error.message[:200]}."
    return text


def _shown(error: ValidationError) -> str:
    text = error.instance if isinstance(error.instance, str) else json.dumps(error.instance, ensure_ascii=False)
    return f"'{text[:SHOWN]}'"
