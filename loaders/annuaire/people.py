"""The lines about one person, as a professional and its practices (K-3, K-4).

Lines of one practice are put together: savoir-faire, roles, kinds of activity, phones are the union of theirs. Where two state another site or another
name of exercise, all lines of the practice are rejected (M-9). The savoir-faire of a profession are given to each of its practices.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from graph.keys import concept_id, finess_fault, owned_id, register_practice_id, structure_id
from graph.model.kinds import Value
from graph.record import Event, Item, Left, Link, Notes, Owned, Record, Ref, Rejected
from loaders.annuaire.columns import Columns, Kind
from loaders.annuaire.fields import Fields, has_right_digit
from loaders.annuaire.held import Exercise, Held, with_skills
from loaders.annuaire.lines import Line
from loaders.annuaire.structures import Structures

NO_PRACTICE: Final = "savoir-faire of a person and profession of which the files have no practice"
NONE_HELD: Final = "savoir-faire of a person and profession of which neither the files nor the store have a practice"
PUBLIC: Final = 1  # confidentiality: what the register gives of a structure is open to all
NAMED: Final = 3  # lines named in a reason


@dataclass(slots=True)
class _Practice:
    """What the lines of one practice state together. `sites`: ids, more than one is a conflict, like two `names`."""

    exercise: Exercise
    mode: str
    sites: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    sections: set[str] = field(default_factory=set)
    telecoms: set[tuple[str, str]] = field(default_factory=set)
    lines: list[Line] = field(default_factory=list)

    @property
    def conflict(self) -> str:
        """The column in which its lines differ; '' where they agree."""
        if len(self.sites) > 1:
            return "Numéro FINESS site"
        return "Nom d'exercice" if len(self.names) > 1 else ""


@dataclass(slots=True)
class _Person:
    """What the lines of one person state together."""

    id: str
    names: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    others: set[str] = field(default_factory=set)
    practices: dict[str, _Practice] = field(default_factory=dict)
    skills: dict[Exercise, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))


def fault_of(fields: Fields) -> tuple[str, str, Ref | None, tuple[Ref, ...]] | None:
    """Why a line cannot be used: column, reason, what it is about; None when it can."""
    person = fields.person()
    if person is None:
        return "Identification nationale PP", "It is no national number of a person: 8 and 11 figures, or 0 and 9 characters.", None, ()
    about = Ref("Professional", person)
    if not fields.get("profession"):
        return "Code profession", "It is empty; a practice has a profession.", about, ()
    finess = fields.structure_finess()
    if finess and finess_fault(finess):
        reason = "It is no FINESS number: nine figures, or 2A and 2B at the start (were leading zeros lost?)."
        return "Numéro FINESS site", reason, Ref("Practice", _practice_key(person, fields, structure_id(finess))), (about,)
    return None


def _practice_key(person: str, fields: Fields, site: str | None) -> str:
    """K-4; the structure by the register's own id, which stays when another source comes to know the site."""
    get = fields.get
    return register_practice_id(person, get("profession"), get("category"), get("structure") or site or "", get("mode"))


def events_of(lines: Sequence[Line], tables: Sequence[Columns], structures: Structures, notes: Notes, held: Held | None) -> Iterator[Event]:
    """One event for each line of one person, in their order. `held`: practices of the store, for savoir-faire that may come without theirs."""
    person, told = _Person(lines[0].person), list[tuple[Line, str | Exercise]]()
    for line in lines:
        table = tables[line.file]
        values = table.split(line.number, line.text)
        assert not isinstance(values, Rejected)  # it was split before
        told.append((line, _take(person, line, table, Fields(table, values), structures)))
    if not has_right_digit(person.id):
        place = tables[lines[0].file].file.place(lines[0].number)
        notes.remark("Identification nationale PP: the last figure does not agree; kept", f"{place.file}, line {place.line}")
    yield from _told(person, told, tables, structures, held)


def _take(person: _Person, line: Line, table: Columns, fields: Fields, structures: Structures) -> str | Exercise:
    """Add a line to its person: the key of its practice, or of a line of savoir-faire alone its exercise."""
    exercise, skill = (fields.get("profession"), fields.get("category")), fields.skill()
    if skill is not None:
        person.skills[exercise].setdefault(skill.concept, skill.type)
    if table.kind is Kind.SKILLS:
        return exercise
    key = _practice_key(person.id, fields, line.site)
    practice = person.practices.get(key)
    if practice is None:
        practice = person.practices[key] = _Practice(exercise, fields.get("mode"))
    practice.lines.append(line)
    if line.site is not None:
        practice.sites.add(structures.site(line.site))
    for stated, column in ((practice.roles, "role"), (practice.kinds, "activity_kind"), (practice.sections, "section")):
        if code := fields.get(column):
            stated.add(code)
    practice.telecoms.update(fields.telecoms())
    person.others.update(fields.other_persons())
    _add_names(person, practice, fields)
    return key


def _add_names(person: _Person, practice: _Practice, fields: Fields) -> None:
    """The name of exercise, by which the professional is known; the civil one where there is none."""
    family, given = fields.get("name"), fields.get("given_name")
    if exercise_name := f"{given} {family}".strip():
        practice.names.add(exercise_name)
    civil_given = " ".join(fields.get("civil_given_names").replace("'", " ").split())
    person.names[family or fields.get("civil_name"), given or civil_given, fields.get("title")] += 1


def _told(
    person: _Person, told: Sequence[tuple[Line, str | Exercise]], tables: Sequence[Columns], structures: Structures, held: Held | None
) -> Iterator[Event]:  # fmt: skip
    professional = _professional(person) if person.practices else None
    items = {key: _practice_item(person, key, practice) for key, practice in person.practices.items() if not practice.conflict}
    of_exercise = {practice.exercise: professional for practice in person.practices.values()}
    of_exercise |= {person.practices[key].exercise: item for key, item in items.items()}
    unsaid = professional
    for line, what in told:
        place = tables[line.file].file.place(line.number)
        if isinstance(what, tuple):
            item = of_exercise.get(what)
            found = (item,) if item else with_skills(held, person.id, what, person.skills[what]) if held else ()
            yield Record(place, line.text, found) if found else Left(place, NO_PRACTICE if held is None else NONE_HELD)
        elif what in items:
            said = [items[what], *_site_items(person.practices[what], structures)]
            if unsaid is not None:
                said.append(unsaid)
                unsaid = None
            yield Record(place, line.text, tuple(said))
        else:
            yield _conflict(person, what, line, tables)


def _conflict(person: _Person, key: str, line: Line, tables: Sequence[Columns]) -> Rejected:
    practice = person.practices[key]
    others = [one for one in practice.lines if one is not line][:NAMED]
    named = "; ".join(f"{tables[one.file].file.name}, line {one.number}" for one in others)
    reason = f"Lines of one practice state different things here (also: {named}). All are left out: keep the right one."
    return Rejected(tables[line.file].file.place(line.number), line.text, practice.conflict, reason, Ref("Practice", key), (Ref("Professional", person.id),))


def _site_items(practice: _Practice, structures: Structures) -> list[Item]:
    """What the register itself states of the site of a practice: of one without FINESS number that no other source states."""
    found = (structures.stated(site) for site in practice.sites)
    return [item for item in found if item is not None]


def _professional(person: _Person) -> Item:
    """Names and title as most lines have them. RPPS and ADELI of one person are two nodes, tied from the RPPS one (P-2)."""
    me = Ref("Professional", person.id)
    (family, given, title), _ = min(person.names.items(), key=lambda one: (-one[1], one[0]))
    props: dict[str, Value] = {"family_name": family or None, "given_names": given or None, "title": title or None}
    pairs = {(rpps, adeli) for other in person.others for rpps, adeli in [sorted((person.id, other), reverse=True)] if rpps[0] == "8" and adeli[0] == "0"}
    same = tuple(Link("SAME_AS", Ref(me.label, rpps), Ref(me.label, adeli), {"rule": "P-2", "state": "decided"}) for rpps, adeli in sorted(pairs))
    return Item("Professional", person.id, props, hung=same)


def _practice_item(person: _Person, key: str, practice: _Practice) -> Item:
    me, (profession, category) = Ref("Practice", key), practice.exercise
    props: dict[str, Value] = {
        "kind": "REGISTER",
        "profession": concept_id("TRE_G15", profession),
        "category": concept_id("TRE_R09", category) if category else None,
        "exercise_mode": concept_id("TRE_R23", practice.mode) if practice.mode else None,
        "roles": [concept_id("TRE_R21", code) for code in sorted(practice.roles)] or None,
        "activity_kinds": [concept_id("TRE_R22", code) for code in sorted(practice.kinds)] or None,
        "sections": [concept_id("TRE_R06", code) for code in sorted(practice.sections)] or None,
        "exercise_name": next(iter(practice.names), None),
    }
    links = [Link("BY", me, Ref("Professional", person.id))]
    links += [Link("AT", me, Ref("GeographicEntity", site)) for site in practice.sites]
    links += [Link("HAS_SPECIALTY", me, Ref("Concept", skill), {"type": kind}) for skill, kind in sorted(person.skills[practice.exercise].items())]
    return Item("Practice", key, props, tuple(links), tuple(_telecom(key, *one) for one in sorted(practice.telecoms)))


def _telecom(owner: str, channel: str, value: str) -> Owned:
    props: dict[str, Value] = {"channel": channel, "value": value, "confidentiality": PUBLIC}
    return Owned("HAS_TELECOM", Ref("Telecom", owned_id(owner, channel, value)), props)
