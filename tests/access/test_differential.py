"""What a viewer is answered is what the operator is answered by a store from which all was deleted that the viewer may not see (A-2, A-6).

Over the made graph (made.py), for everything that the schema has (everything.py); what is deleted is told by the plain rules (deleting.py).
"""

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import closing
from typing import Any, Final

import pytest

from api.caller import Caller
from api.execution import Executor, Request
from graph.access import EVERYTHING, AccessRow, Viewer
from graph.pathways import taking
from graph.store.connection import connect, connect_async
from graph.store.endpoint import Endpoint
from graph.store.schema import ensure_schema
from tests.access.asking import SCHEMA, WIDE, viewer
from tests.access.content import Content, write
from tests.access.deleting import reduced
from tests.access.everything import ARGUMENTS, CRITERIA, OBJECTS, ROOT, TYPES, Asked, Case, cases, criteria_of_the_schema, selected, shown
from tests.access.made import made
from tests.conftest import cleared

CALLERS: Final = frozenset({"profile", "perimeterLimited", "cursor", "startCursor", "endCursor"})
VIEWERS: Final = [
    *(viewer(profile, *regions) for regions in ((), ("84",)) for profile in range(6)),
    *(viewer(profile, "84", "93") for profile in (1, 3)),
    *(viewer(profile, scopes=frozenset()) for profile in (0, 1)),
]
MADE: Final = made()


def name_of(who: Viewer) -> str:
    return f"profile {who.profile}, {who.perimeter_text}{'' if who.scopes else ', no scope'}"


@pytest.mark.parametrize("who", VIEWERS, ids=name_of)
def test_an_answer_is_that_of_a_store_without_what_is_withheld(embedded_endpoint: Endpoint, who: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    requests = cases(who)
    mine = answers(embedded_endpoint, MADE, who, requests)
    if not who.sees(AccessRow.BEDS):
        monkeypatch.setattr(taking, "STAYS", ())  # a cost on a withheld class is not applied
    plain = answers(embedded_endpoint, reduced(MADE, who), EVERYTHING, requests)
    different = {name: _first_difference(mine[name], plain[name]) for name in mine if not _is_forbidden(mine[name]) and told(mine[name]) != told(plain[name])}
    assert different == {}


def test_everything_of_the_schema_is_asked() -> None:
    found: Asked = set()
    for root in ROOT.fields:
        selected(root, EVERYTHING, found)
    assert set(ARGUMENTS) | set(OBJECTS) | {"searchOffers"} == set(ROOT.fields)
    assert {(name, field) for name, kind in TYPES.items() if name not in {"Query", "Mutation"} for field in kind.fields} - found == set()
    assert set(CRITERIA) == criteria_of_the_schema()


def answers(endpoint: Endpoint, content: Content, who: Viewer, requests: Iterable[Case]) -> dict[str, Mapping[str, Any]]:
    """What a viewer is answered over a content, by name of the request."""
    with connect(cleared(endpoint)) as store:
        ensure_schema(store)
        write(store, content)

    async def answered() -> dict[str, Mapping[str, Any]]:
        async with connect_async(endpoint) as store:
            with closing(Executor(SCHEMA, store, WIDE, b"0" * 32)) as executor:
                return {one.name: (await executor.answer(Caller("test", who), Request(one.document))).body for one in requests}

    return asyncio.run(answered())


def told(body: Mapping[str, Any]) -> Any:
    """What is compared of an answer: its data, and its errors but for their number in the log."""
    errors = [(error["extensions"]["code"], error["message"]) for error in body.get("errors", ())]
    assert not [error for error in errors if error[0] in {"UNAVAILABLE", "TIMEOUT"}], errors
    return shown(body.get("data"), CALLERS), errors


def _is_forbidden(body: Mapping[str, Any]) -> bool:
    """Refused whatever the data holds: test_refusals.py."""
    return any(error["extensions"]["code"] == "FORBIDDEN" for error in body.get("errors", ()))


def _first_difference(one: Any, other: Any, path: str = "") -> str:
    """Where two answers begin to differ, so that a failure can be read."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for name in {**one, **other}:
            if name not in CALLERS and (found := _first_difference(one.get(name), other.get(name), f"{path}.{name}")):
                return found
        return ""
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return next((found for place, pair in enumerate(zip(one, other, strict=True)) if (found := _first_difference(*pair, f"{path}[{place}]"))), "")
    return "" if one == other else f"{path}: {one!r:.400} instead of {other!r:.400}"
