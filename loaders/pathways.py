"""Pathways as YAML, one a file, checked by loaders/schemas/pathways.schema.json and by P-1: no cycle.

A row is a pathway: its steps, passages, requirements and members stand or fall with it. The data set is named by `dataset`, else by the folder
of the file, so that the pathways of another folder end none of the first.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from graph.errors import BadFile
from graph.record import Event, Item, Link, Notes, Place, Record, Ref, Rejected
from loaders.files import InputFile, input_files
from loaders.marked import Document, Marked, documents
from loaders.schema import Fault, Schema, find_fault, read_schema
from loaders.source import Format, Reading, Source, Work
from loaders.steps import find_cycle, step_ref

ASSERTS: Final = ("Step", "Pathway")
DEFAULT: Final = "pathways"
BRANCHES: Final = ("and", "or")


def open_files(files: Sequence[InputFile], _: Work) -> Reading:
    """Open pathway files of one data set. Raises BadFile for what is not YAML, and for two data sets."""
    found = [document for file in files for document in documents(file)]
    names = sorted({_dataset(document) for document in found})
    if len(names) != 1:
        raise BadFile(f"The files are of several data sets: {', '.join(names)}. Load one at a time." if names else "The files hold no pathway.")
    stamp = "pathways" if names[0] == DEFAULT else f"pathways:{names[0]}"
    notes = Notes({file.name: file.encoding for file in files})
    return Reading(stamp, ASSERTS, _events(found, names[0]), notes, rejects_suffix=".yaml")


def pathways_of(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """The pathways of these files and folders that their schema and graph allow, as they are written. Raises BadFile for what is not YAML."""
    schema = read_schema("pathways")
    marked = [document.marked(document.node) for file in input_files(paths, [one.files for one in SOURCE.formats]) for document in documents(file)]
    return [dict(one.value) for one in marked if _fault(schema, one) is None]


def _dataset(document: Document) -> str:
    keys = document.keys()
    return str(keys["dataset"].value) if "dataset" in keys else document.file.path.absolute().parent.name


def _events(found: list[Document], dataset: str) -> Iterator[Event]:
    schema = read_schema("pathways")
    for document in found:
        marked = document.marked(document.node)
        place = document.file.place(marked.line)
        fault = _fault(schema, marked)
        text = _again(document, marked, dataset)
        yield _rejected(place, text, fault) if fault else Record(place, text, pathway_items(marked.value))


def _again(document: Document, marked: Marked, dataset: str) -> str:
    """The document as it stands, with its data set, to be read again from a rejects file."""
    named = "" if "dataset" in marked.value else f"dataset: {json.dumps(dataset, ensure_ascii=False)}\n"
    return f"---\n{named}{document.body}"


def _rejected(place: Place, text: str, fault: Fault) -> Rejected:
    return Rejected(place._replace(line=fault.line), text, fault.field, fault.reason)


def _fault(schema: Schema, marked: Marked) -> Fault | None:
    return find_fault(schema.part(""), marked) or _step_fault(marked) or _day_fault(marked)


def _step_fault(marked: Marked) -> Fault | None:
    steps: list[dict[str, Any]] = marked.value["steps"]
    codes = [step["code"] for step in steps]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            return Fault(marked.line_of(("steps", place, "code")), f"steps[{place}].code", f"'{code}' is the code of an earlier step too.")
    for place, step in enumerate(steps):
        for number, passage in enumerate(step.get("next", [])):
            if passage["step"] not in codes:
                line, field = marked.line_of(("steps", place, "next", number)), f"steps[{place}].next[{number}].step"
                return Fault(line, field, f"'{passage['step']}' is no step of this pathway. Steps: {', '.join(codes)}.")
    cycle = find_cycle({step["code"]: [passage["step"] for passage in step.get("next", [])] for step in steps})
    if cycle:
        return Fault(marked.line_of(("steps",)), "steps", f"The passages make a cycle, which no chain could end (P-1): {' > '.join(cycle)}.")
    return None


def _day_fault(marked: Marked) -> Fault | None:
    """Days of the calendar; a member that stands twice, which one relation could not hold (M-11)."""
    value = marked.value
    dated: list[tuple[tuple[str | int, ...], str]] = [(("valid_from",), value["valid_from"])]
    for base, members in [((), value.get("members", [])), *((("steps", n), step.get("members", [])) for n, step in enumerate(value["steps"]))]:
        seen: set[str] = set()
        for place, member in enumerate(members):
            path = (*base, "members", place)
            if member["id"] in seen:
                return Fault(marked.line_of(path), "members", f"'{member['id']}' stands twice among these members; keep one line.")
            seen.add(member["id"])
            dated += [((*path, name), member[name]) for name in ("since", "until") if name in member]
    return next((Fault(marked.line_of(path), str(path[-1]), f"'{day}' is no day of the calendar.") for path, day in dated if not is_day(day)), None)


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, like 2026-06-30."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def pathway_items(value: Mapping[str, Any]) -> tuple[Item, ...]:
    """The pathway and its steps as objects; members hang on the one they belong to."""
    code, steps = value["code"], value["steps"]
    ranks = tuple(Link("HAS_STEP", Ref("Pathway", code), step_ref(code, step["code"]), {"rank": rank}) for rank, step in enumerate(steps, start=1))
    props = {"name": value["name"], "population": value["population"], "document": value["source"], "valid_from": date.fromisoformat(value["valid_from"])}
    pathway = Item("Pathway", code, props, ranks, hung=_members(Ref("Pathway", code), value))
    return (pathway, *(_step_item(code, step) for step in steps))


def _step_item(pathway: str, step: Mapping[str, Any]) -> Item:
    me = step_ref(pathway, step["code"])
    props = {
        "pathway": pathway,
        "code": step["code"],
        "name": step["name"],
        "requirement": json.dumps(step["requirement"], ensure_ascii=False),
        "place": step.get("place", "TRAVEL"),
        "optional": step.get("optional", False),
        "max_km": _float(step.get("max_km")),
        "max_delay_h": _float(step.get("max_delay_h")),
    }
    passages = tuple(Link("NEXT", me, step_ref(pathway, passage["step"]), _passage(passage)) for passage in step.get("next", []))
    required = tuple(Link("REQUIRES", me, Ref("Concept", code), {"role": role}) for code, role in roles(step["requirement"]).items())
    return Item("Step", me.key, props, passages + required, hung=_members(me, step))


def _passage(passage: Mapping[str, Any]) -> dict[str, str | float | None]:
    return {"condition": passage.get("condition"), "max_delay_h": _float(passage.get("max_delay_h")), "max_km": _float(passage.get("max_km"))}


def _float(number: float | None) -> float | None:
    return None if number is None else float(number)


def _members(of: Ref, value: Mapping[str, Any]) -> tuple[Link, ...]:
    return tuple(
        Link("MEMBER_OF", Ref(member["kind"], member["id"]), of, {"role": member["role"], "since": _date(member["since"]), "until": _date(member.get("until"))})
        for member in value.get("members", [])
    )


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def roles(requirement: Mapping[str, Any]) -> dict[str, str]:
    """By concept, what the requirement asks it to be: `activity`, `sameSite activity`; what stands under `not` is not asked for.

    >>> roles({"activity": ["TRE_R211-356"], "sameSite": {"activity": ["TRE_R211-492"]}})
    {'TRE_R211-356': 'activity', 'TRE_R211-492': 'sameSite activity'}
    """
    found: dict[str, set[str]] = {}
    for code, role in _leaves(requirement, ""):
        found.setdefault(code, set()).add(role)
    return {code: ", ".join(sorted(names)) for code, names in found.items()}


def _leaves(tree: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in tree.items():
        if name in BRANCHES:
            for branch in value:
                yield from _leaves(branch, prefix)
        elif name == "sameSite":
            yield from _leaves(value, "sameSite ")
        elif name != "not":
            yield from ((code, prefix + name) for code in value)


SOURCE: Final = Source(
    name="pathways",
    fr="Filières",
    rank=50,
    formats=(
        Format(
            "pathway",
            "*.y*ml",
            "one pathway: code, name, population, source, valid_from, steps with requirement and passages, members; schema in docs",
            "{code: emergency, name: Accueil des urgences, requirement: {activity: [TRE_R211-157]}, next: [{step: stroke-unit}]}",
        ),
    ),
    open=open_files,
)
