"""Which ROR files come from: its application, and so the stamp and the rank of what they say (docs/graph_model.md, M-1, M-3)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.errors import BadFile, BadInput
from graph.questions import question
from graph.reads import Ask, Reads, Row, answer
from graph.record import Link, Ref
from loaders.source import Work

NATIONAL: Final = "ROR-NAT"
NATIONAL_RANK: Final = 70
REGIONAL_RANK: Final = 80
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")


@dataclass(frozen=True, slots=True)
class Ror:
    """A ROR as the origin of files. `region`: INSEE code that K-2 puts before a bare id; None for the national one, or where it is not known."""

    code: str
    national: bool
    region: str | None = None

    @property
    def stamp(self) -> str:
        """The source as written on nodes and relations, whatever the form of the files."""
        return f"ror:{self.code}"

    @property
    def rank(self) -> int:
        """M-3: national, then regional."""
        return NATIONAL_RANK if self.national else REGIONAL_RANK

    def sourced(self, offer: Ref) -> Link:
        """The offer comes from this application."""
        return Link("SOURCED_FROM", offer, Ref("Application", self.code))


@dataclass(frozen=True, slots=True)
class KnownRor:
    """A ROR that the store describes."""

    code: str
    national: bool
    regions: tuple[str, ...]
    hosts: tuple[str, ...]

    def as_origin(self, region: str | None) -> Ror:
        """The origin of files of `region` from it; without a region, its own where it has one only."""
        if self.national:
            return Ror(self.code, national=True)
        return Ror(self.code, national=False, region=region or (self.regions[0] if len(self.regions) == 1 else None))


def national_origin(work: Work) -> Ror:
    """Origin of FHIR files: the ROR of `--ror`, else the national one. Raises BadInput for a code that no application can have."""
    return _stated(work, work.region) or Ror(NATIONAL, national=True)


def regional_origin(work: Work, region: str | None, host: str | None) -> Ror:
    """Origin of XML files: the ROR of `--ror`, else the one of the store that has the host of the files, else that of their region.

    `region`, `host`: as the files say. Raises BadFile where no ROR or more than one fits.
    """
    region = work.region or region
    stated = _stated(work, region)
    if stated is not None:
        return stated
    known = [one for one in answer(work.store, known_rors()) if not one.national]
    fitting = [one for one in known if host and host in one.hosts] or [one for one in known if region and region in one.regions]
    if len(fitting) != 1:
        raise BadFile(_unknown(fitting, region, host))
    return fitting[0].as_origin(region)


def _stated(work: Work, region: str | None) -> Ror | None:
    code = work.ror
    if code is None:
        return None
    if not _CODE.fullmatch(code):
        raise BadInput(f"--ror {code[:40]}: this is no code of an application. It is letters, digits, '-', '_' and '.', like ROR-IDF.")
    known = next((one for one in answer(work.store, known_rors()) if one.code == code), None)
    return known.as_origin(region) if known else Ror(code, code == NATIONAL, None if code == NATIONAL else region)


def _unknown(fitting: Sequence[KnownRor], region: str | None, host: str | None) -> str:
    wanted = " and ".join(part for part in (f"the host {host}" if host else "", f"the region {region}" if region else "") if part) or "no host and no region"
    found = f"{len(fitting)} RORs of the inventory fit ({', '.join(one.code for one in fitting[:5])})" if fitting else "no ROR of the inventory fits"
    return f"The files name {wanted}: {found}. Say which ROR they come from with --ror CODE (and --region CODE for its ids). Nothing was loaded."


def known_rors() -> Reads[list[KnownRor]]:
    """The RORs of the inventory, by code."""
    rows: list[Row] = yield Ask(question("rors"), {})
    return [KnownRor(row["code"], row["kind"] == "NATIONAL_ROR", tuple(row["regions"]), tuple(row["hosts"])) for row in rows]
