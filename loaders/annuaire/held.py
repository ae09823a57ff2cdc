"""Practices as the store holds them, for savoir-faire that come without their practice: a companion alone, or mended lines of one (invariant 7)."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from graph.keys import concept_id
from graph.questions import question
from graph.reads import Reader, Row
from graph.record import Item, Link, Owned, Ref

SOURCE_NAME: Final = "annuaire"

Exercise = tuple[str, str]  # profession and professional category, as coded
Held = Mapping[tuple[str, str | None], tuple[Row, ...]]


def practices_held(store: Reader, person: str) -> Held:
    """What the register states so far of the practices of a person, by the concepts of profession and category."""
    found: dict[tuple[str, str | None], tuple[Row, ...]] = defaultdict(tuple)
    for row in store.read(question("register_practices"), person=person, source=SOURCE_NAME):
        found[row["profession"], row["category"]] += (row,)
    return found


def with_skills(held: Held, person: str, exercise: Exercise, skills: Mapping[str, str]) -> tuple[Item, ...]:
    """The practices of an exercise with these savoir-faire (concept to type) beside those that they have.

    What hangs on a practice is a whole (M-7), so all of it is stated again; its properties are not, and stay.
    """
    profession, category = exercise
    rows = held.get((concept_id("TRE_G15", profession), concept_id("TRE_R09", category) if category else None), ())
    return tuple(_item(row, person, skills) for row in rows)


def _item(row: Row, person: str, skills: Mapping[str, str]) -> Item:
    me = Ref("Practice", row["id"])
    known = {one["id"]: one["type"] for one in row["specialties"]}
    links = [Link("BY", me, Ref("Professional", person))]
    links += [Link("AT", me, Ref("GeographicEntity", site)) for site in row["sites"]]
    links += [Link("HAS_SPECIALTY", me, Ref("Concept", skill), {"type": kind}) for skill, kind in sorted({**skills, **known}.items())]
    telecoms = [
        Owned("HAS_TELECOM", Ref("Telecom", one["id"]), {name: one[name] for name in ("channel", "value", "confidentiality")}) for one in row["telecoms"]
    ]
    return Item("Practice", me.key, {}, tuple(links), tuple(telecoms))
