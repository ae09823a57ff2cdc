"""The person of a route: what it adds to the requirement of each step (P-5, P-6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graph.errors import BadInput
from graph.pathways.pathway import Step
from graph.search.criteria import All, Criteria, parse

ASKED: Final = ("age", "ageUnit", "public", "constraints", "strict")
EVERY_STEP: Final = ("age", "ageUnit", "public")


@dataclass(frozen=True, slots=True)
class Person:
    """`everywhere`: criteria at every step (age, public); `at_step`: constraints, by code of the step. `strict`: nothing UNKNOWN is taken."""

    everywhere: tuple[Criteria, ...] = ()
    at_step: tuple[tuple[str, Criteria], ...] = ()
    strict: bool = False


ANYBODY: Final = Person()


def person(raw: Mapping[str, Any]) -> Person:
    """Read a person. Raises BadInput for a name that is none of age, ageUnit, public, constraints, strict, and as criteria do."""
    given = {name: value for name, value in raw.items() if value is not None}
    unknown = sorted(given.keys() - set(ASKED))
    if unknown:
        raise BadInput(f"person: '{unknown[0]}' says nothing of a person; {', '.join(ASKED)} do.")
    of_all: dict[str, Any] = {name: given[name] for name in EVERY_STEP if name in given and not (name == "ageUnit" and "age" not in given)}
    everywhere = (parse(of_all),) if of_all else ()
    return Person(everywhere, tuple(_constraint(one, place) for place, one in enumerate(given.get("constraints", ()))), bool(given.get("strict")))


def _constraint(raw: object, place: int) -> tuple[str, Criteria]:
    if not isinstance(raw, Mapping) or not isinstance(raw.get("step"), str) or not isinstance(raw.get("criteria"), Mapping):
        raise BadInput(f"person.constraints[{place}]: a step (its code) and criteria are expected.")
    return raw["step"], parse(raw["criteria"])


def wanted(step: Step, requirement: Criteria, of: Person) -> Criteria:
    """The tree of a step for a person: its requirement and what the person needs there."""
    more = (*of.everywhere, *(criteria for code, criteria in of.at_step if code == step.code))
    return All((requirement, *more)) if more else requirement


def check_steps(of: Person, steps: Sequence[Step]) -> None:
    """Raises BadInput for a constraint on a step that the pathway does not have."""
    known = [step.code for step in steps]
    for code, _ in of.at_step:
        if code not in known:
            raise BadInput(f"person.constraints: '{code[:40]}' is no step of this pathway. Steps: {', '.join(known)}.")
