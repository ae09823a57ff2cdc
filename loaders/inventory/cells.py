"""Cells of a sheet: what stands in one, by its column.

A list is written with commas: `VT, SAS`. Classes with what of them: `OFFER, BEDS(count, date)`, `CONTACT+` with the regional extension, `CONTACT-` without,
`CONTACT+(a, b)` with these attributes of it. A truth value is true or false (vrai, faux, oui, non). A day is 2026-06-30 or 30/06/2026.
"""

import re
from typing import Any, Final

from graph.impact.inventory import NATIONAL

LISTS: Final = frozenset({
    "aliases", "access", "trust_circles", "source_hosts", "owned_by", "operated_by", "published_by", "deployed_in", "for_usage", "supports", "next",
})  # fmt: skip
PERIMETERS: Final = frozenset({"perimeter", "regions"})
CONTENTS: Final = frozenset({"serves", "carries"})
NUMBERS: Final = frozenset({"criticality", "access_profile"})
TRUTHS: Final = {"true": True, "vrai": True, "oui": True, "1": True, "false": False, "faux": False, "non": False, "0": False}
NEEDS: Final = ("essential", "useful")
FRENCH_DAY: Final = re.compile(r"(\d\d)/(\d\d)/(\d{4})")
CLASS: Final = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*?)\s*(?:\(([^()]*)\))?\s*(?:([+-])\s*(?:\(([^()]*)\))?)?\s*(?:,|$)")


class BadCell(Exception):
    """A cell that cannot be read: a whole sentence."""


def read_cell(section: str, name: str, text: str, into: dict[str, Any]) -> None:
    """Put what a cell says into an item. Raises BadCell."""
    if section == "usages" and name in NEEDS:
        into["needs"] = {**into.get("needs", {}), **dict.fromkeys(_listed(text), name)}
    elif name in LISTS:
        into[name] = _listed(text)
    elif name in PERIMETERS:
        into[name] = NATIONAL.value if text.upper() == NATIONAL.value else _listed(text)
    elif name in CONTENTS:
        into[name] = _contents(text)
    elif name == "coverage":
        into[name] = {code: _covered(content) for code, content in _contents(text).items()}
    elif name in NUMBERS:
        into[name] = int(text) if re.fullmatch(r"\d{1,3}", text) else text  # the schema says what is wrong with it
    elif name == "intake":
        into[name] = TRUTHS.get(text.lower(), text)
    elif name.endswith(("_on", "_date")) or name in {"since", "until"}:
        into[name] = FRENCH_DAY.sub(r"\3-\2-\1", text)
    else:
        into[name] = text


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _covered(content: dict[str, Any]) -> str | list[str]:
    """ALL, or the attributes of a class; its regional extension is one of them (I-17)."""
    extension = ["regional_extension"] if content.get("regional_extension") else []
    return [*content.get("attributes", []), *extension] if "attributes" in content or extension else "ALL"


def _contents(text: str) -> dict[str, Any]:
    """Classes, with their attributes and extension."""
    found: dict[str, Any] = {}
    place = 0
    while place < len(text):
        one = CLASS.match(text, place)
        if one is None or one.end() == place:
            raise BadCell(f"'{text[place : place + 40].strip()}' is not written as classes are: OFFER, BEDS(count, date), CONTACT+.")
        code, attributes, sign, names = one.groups()
        content: dict[str, Any] = {} if attributes is None else {"attributes": _listed(attributes)}
        if sign:
            content["regional_extension"] = _listed(names) if names and sign == "+" else sign == "+"
        if code in found:
            raise BadCell(f"'{code}' stands twice in the cell; put its attributes together: {code}(a, b).")
        found[code] = content
        place = one.end()
    return found
