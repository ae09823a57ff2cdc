"""Declared members of pathways and steps, on a day (P-2)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from graph.questions import question
from graph.reads import Ask, Reads, pick


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a pathway or step. `kind`: Offer, GeographicEntity, LegalEntity. A member from `since` until the day before `until`."""

    kind: str
    id: str
    name: str | None
    role: str | None
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Membership:
    """A pathway of an object. `step`: code, None for the whole pathway. The member is the object, or what it belongs to or works for."""

    pathway: str
    name: str | None
    step: str | None
    kind: str
    member: str
    member_name: str | None
    role: str | None
    since: date | None
    until: date | None


@lru_cache(maxsize=64)
def members_of(label: str, at: date) -> Callable[[Sequence[str]], Reads[dict[str, tuple[Member, ...]]]]:
    """Members on a day, of Pathway by code or Step by id. The same function for the same arguments, so that one answer asks once."""
    return partial(_members, label, at)


@lru_cache(maxsize=64)
def memberships_of(label: str, at: date) -> Callable[[Sequence[str]], Reads[dict[str, tuple[Membership, ...]]]]:
    """Pathways on a day of Offer, GeographicEntity, LegalEntity or Professional, by id."""
    return partial(_memberships, label, at)


def _members(label: str, at: date, ids: Sequence[str]) -> Reads[dict[str, tuple[Member, ...]]]:
    rows = yield Ask(question("members"), {"label": label, "ids": list(ids), "at": at})
    return {row["id"]: tuple(pick(Member, one) for one in row["members"]) for row in rows}


def _memberships(label: str, at: date, ids: Sequence[str]) -> Reads[dict[str, tuple[Membership, ...]]]:
    rows = yield Ask(question("memberships"), {"label": label, "ids": list(ids), "at": at})
    return {row["id"]: tuple(pick(Membership, one) for one in row["memberships"]) for row in rows}
