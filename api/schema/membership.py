"""Declared members of pathways, and the pathways of an object (docs/pathways.md, P-2)."""

from datetime import date, datetime
from typing import Any

import strawberry

from api.schema.base import Info, read, said
from api.schema.enums import Meets, Origin
from api.schema.search_input import day_of
from graph.pathways import meeting
from graph.pathways.membership import members_of, memberships_of


@strawberry.type(description="A declared member of a pathway or step (membre de filière).")
class Member:
    kind: str = said("Offer, GeographicEntity or LegalEntity.")
    id: strawberry.ID = said("Its id.")
    name: str | None = said("Its name.")
    role: str | None = said("Its role (rôle).")
    since: date | None = said("First day (depuis).")
    until: date | None = said("First day no more (jusqu'à).")


@strawberry.type(description="A declared member, held against its step: membership never meets a requirement (membre et exigence de l'étape).")
class MeetingMember:
    step: strawberry.ID | None = said("Code of the step; null: a member of the whole pathway, held against every step.")
    member: Member = said("The member.")
    meets: Meets = said("Whether an offer of the member meets the step.")


@strawberry.type
class MemberQuery:
    @read("The declared members of a pathway on a day, those of the whole first, then by step, each with whether it meets its step.", list[MeetingMember])
    async def pathway_members(
        self, info: Info, code: strawberry.ID, at: datetime | None = None, origin: Origin | None = None
    ) -> tuple[meeting.MeetingMember, ...]:
        return await info.context.answer(meeting.pathway_members(str(code), day_of(at), info.context.reference, origin))


@strawberry.type(description="A pathway of an object: the object, or what it belongs to or works for, is a member of it (filière d'appartenance).")
class Membership:
    pathway: strawberry.ID = said("Code of the pathway.")
    name: str | None = said("Its name.")
    step: strawberry.ID | None = said("Code of the step; null: a member of the whole pathway.")
    kind: str = said("What the member is: Offer, GeographicEntity or LegalEntity.")
    member: strawberry.ID = said("Id of the member.")
    member_name: str | None = said("Name of the member.")
    role: str | None = said("Its role (rôle).")
    since: date | None = said("First day (depuis).")
    until: date | None = said("First day no more (jusqu'à).")


def members(label: str, key: str) -> Any:
    """The members of a pathway or step on a day."""

    async def resolver(parent: strawberry.Parent[Any], info: Info, at: datetime | None = None) -> Any:
        return await info.context.load(members_of(label, day_of(at)), str(getattr(parent, key))) or ()

    return strawberry.field(resolver=resolver, description="Declared members on that day, today by default, by kind and id (membres).")


def memberships(label: str) -> Any:
    """The pathways of an object on a day."""

    async def resolver(parent: strawberry.Parent[Any], info: Info, at: datetime | None = None) -> Any:
        return await info.context.load(memberships_of(label, day_of(at)), str(parent.id)) or ()

    return strawberry.field(resolver=resolver, description="Pathways of which it is a declared member on that day, itself or by what it belongs to (filières).")
