"""The load report: what a load did, counted in rows of the file (invariant 7), and what it noticed."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from graph.runs import Mode

NAMED = 5  # files named in the text of a report; all of them stand in the JSON


@dataclass(frozen=True, slots=True)
class Stubs:
    """Ends that this load named and nothing has described yet (M-10). No examples where the keys are personal data."""

    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """seen = created + updated + unchanged + rejected, in rows of the files. `left`: rows left, by rule, not in seen.

    `objects`: distinct objects asserted, by label; `gone`: ended by this load, by label. `remarks`: what was noticed, how often; `examples`: one of each.
    `unplaced`: what the files hold and the model has no place for, by path. `dangling`: relations of the source, of this load or an earlier one, whose end
    is known by a logical id only (M-10), by type. `again`: the command that loads the corrected rejects, where there are some.
    """

    source: str
    run: str
    mode: Mode
    dry: bool
    files: tuple[str, ...]
    encodings: Mapping[str, str]
    seen: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    left: Mapping[str, int]
    objects: Mapping[str, int]
    gone: Mapping[str, int]
    stubs: Mapping[str, Stubs]
    remarks: Mapping[str, int]
    unplaced: Mapping[str, int]
    examples: Mapping[str, str]
    seconds: float
    rejects: Path | None = field(default=None)
    dangling: Mapping[str, int] = field(default_factory=dict)
    again: str | None = None

    def counts(self) -> dict[str, Any]:
        """The counts as kept on the Run."""
        names = ("seen", "created", "updated", "unchanged", "rejected", "left", "objects", "gone", "remarks", "unplaced", "dangling")
        return {name: value for name, value in asdict(self).items() if name in names} | {"stubs": {label: one.count for label, one in self.stubs.items()}}


def again_command(source: str, rejects: Path, ror: str | None, region: str | None) -> str:
    """The command that loads a rejects file once it is corrected: `source` as it is asked for, and what its rows do not say themselves.

    >>> again_command("ror-fhir", Path("rejects/ror-ROR-NATF.ndjson"), "ROR-NATF", None)
    'rorgraph load ror-fhir rejects/ror-ROR-NATF.ndjson --ror ROR-NATF --delta'
    """
    asked = [word for option, value in (("--ror", ror), ("--region", region)) if value is not None for word in (option, value)]
    return shlex.join(["rorgraph", "load", source, str(rejects), *asked, "--delta"])


def report_text(report: LoadReport) -> str:
    """The report as a person reads it in a shell."""
    lines = [
        f"{report.source}: {'rehearsed, nothing written' if report.dry else 'done'} ({report.mode} load, {report.seconds:.1f} s, run {report.run})",
        f"  rows   {report.seen} seen = {report.created} created + {report.updated} updated + {report.unchanged} unchanged + {report.rejected} rejected",
        *_table("left by rule", report.left),
        *_table("objects", report.objects),
        *_table("no longer held, ended", report.gone),
        *(f"  stubs   {label}: {one.count} named and not described yet{_examples(one)}" for label, one in report.stubs.items()),
        *(f"  note   {what}: {count}{_example(report, what)}" for what, count in report.remarks.items()),
        *_table("dangling, the end is not known", report.dangling),
        *_table("no place in the model", report.unplaced),
        *(f"  files   {encoding}: {_some(names)}" for encoding, names in _by_encoding(report.encodings).items()),
    ]
    if report.rejects:
        lines.append(f"  The rejected rows and why are in {report.rejects}: correct them there, then  {report.again}")
    return "\n".join(lines)


def _examples(stubs: Stubs) -> str:
    return f", for example {', '.join(stubs.examples)}" if stubs.examples else ""


def _example(report: LoadReport, what: str) -> str:
    return f", for example {report.examples[what]}" if what in report.examples else ""


def _by_encoding(encodings: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, encoding in encodings.items():
        found.setdefault(encoding, []).append(name)
    return found


def _some(names: Sequence[str]) -> str:
    listed = ", ".join(names[:NAMED])
    return listed if len(names) <= NAMED else f"{listed} and {len(names) - NAMED} more"


def _table(title: str, counts: Mapping[str, int]) -> list[str]:
    return [f"  {title}   {name}: {count}" for name, count in counts.items() if count]


def report_json(report: LoadReport) -> dict[str, Any]:
    """The report as JSON: every field, the rejects file as text."""
    return asdict(report) | {"rejects": str(report.rejects) if report.rejects else None}
