"""The proposals of an observation as a file in which a person decides (docs/observed.md): what is accepted is loaded as a data set of the inventory.

A proposal holds the whole flow as it would be written, since the data set that leads an object gives all of it (docs/graph_model.md, M-2).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from graph.documents import yaml_text
from graph.impact.inventory import Evidence
from graph.impact.observed import Observation, Proposal, What
from graph.inventory_forms import Described, Form

PREFIX: Final = "observed-"
HEAD: Final = """\
# Appels observés de {interface}, du {since} au {until}, confrontés aux flux déclarés (docs/observed.md).
# Rien n'est écrit dans l'inventaire tant qu'une personne n'a pas décidé : pour chaque proposition, accept: true ou accept: false ; null : pas encore décidé.
# Le flux proposé se corrige ici avant d'être accepté (usage, données, application). Ensuite :  rorgraph load inventory {file} --delta
# client : nom ou adresse relevés dans le journal, donnée personnelle si c'est une personne ; il n'est écrit nulle part ailleurs.
"""
WHY: Final[Mapping[What, str]] = {
    What.UNDECLARED: "{application} appelle {interface} ({use}) et aucun flux n'est déclaré.",
    What.UNKNOWN_CLIENT: "Un client qui n'est rattaché à aucune application appelle {interface} ({use}). Dire laquelle : consumer (ou producer) du flux.",
    What.SEEN: "Le flux déclaré est vu ({use}).",
    What.SILENT: (
        "Le flux déclaré n'est jamais vu entre le {since} et le {until}{refused}. "
        "Ne pas être vu n'est pas ne plus servir (crise, secours) : à demander au responsable."
    ),
}
BESIDE: Final = " Le journal ne le distingue pas de {others}, de la même application."
MARK: Final = "observé : "  # before what a log says, so that a later one takes its place and what was declared stays
ENDED: Final = "jamais vu dans le journal d'accès du {since} au {until}"
FOUND: Final = "Journal d'accès du {since} au {until}"


def data_set(interface: str) -> str:
    """The data set of what is accepted about an interface; such a data set leads other inventories (docs/graph_model.md, M-3)."""
    return PREFIX + interface


def proposals_text(found: Observation, held: Sequence[Described], file: str) -> str:
    """The file, in YAML. `held`: the inventory as it stands, for the flows that are declared; `file`: its name, for the command that it tells."""
    flows = {one.code: one.form for one in held if one.section == "flows"}
    fictional = any(one.fictional for one in held if one.section == "interfaces" and one.code == found.interface)
    document = {
        "dataset": data_set(found.interface),
        **({"fictional": True} if fictional else {}),
        "as_of": found.until.isoformat(),
        "proposals": [_written(proposal, found, flows.get(proposal.flow, {})) for proposal in found.proposals],
    }
    return HEAD.format(interface=found.interface, since=found.since, until=found.until, file=file) + yaml_text(document)


def next_text(found: Observation, file: str) -> str:
    """What a person does next."""
    return f"{len(found.proposals)} proposals are in {file}: decide each (accept), then  rorgraph load inventory {file} --delta"


def _written(proposal: Proposal, found: Observation, held: Form) -> dict[str, Any]:
    why = WHY[proposal.what].format(
        application=proposal.application,
        interface=found.interface,
        use=use_text(proposal, found),
        since=proposal.since,
        until=found.until,
        refused=f" ({proposal.use.refused} appels refusés)" if proposal.use.refused else "",
    )
    why += BESIDE.format(others=", ".join(proposal.beside)) if proposal.beside else ""
    client = {"client": proposal.client} if proposal.client else {}
    return {"accept": None, "what": proposal.what.value, "why": why, **client, "flow": _flow(proposal, found, held)}


def use_text(proposal: Proposal, found: Observation) -> str:
    """How often, in words."""
    use = proposal.use
    return f"{use.calls} appels en {use.days} jours sur {found.days}, du {use.first} au {use.last}"


def _flow(proposal: Proposal, found: Observation, held: Form) -> Form:
    """The flow as it would be written: with the evidence of the log, and, where it is silent, with its end on the first day of silence."""
    if proposal.what is What.SILENT:
        said = ENDED.format(since=proposal.since, until=found.until)
        return {**held, "ends_on": _day(proposal.since), **_evidence(found.until), "reason": _after(held.get("reason"), said)}
    observed = {"frequency": MARK + use_text(proposal, found), **_evidence(proposal.use.last)}
    if proposal.what is What.SEEN:
        return {**held, **observed, "frequency": _after(held.get("frequency"), use_text(proposal, found))}
    ends = ("producer", "feeds") if found.intake else ("consumer", "calls")
    mode = "feed" if found.intake else "query"
    source = FOUND.format(since=found.since, until=found.until)
    return {"code": proposal.flow, "mode": mode, ends[0]: proposal.application, ends[1]: found.interface, **observed, "source": source}


def _after(stated: str | None, said: str) -> str:
    """What is said of the log, after what was stated beside it; what an earlier log said is left."""
    before = (stated or "").partition(MARK)[0].rstrip(" ;")
    return f"{before} ; {MARK}{said}" if before else MARK + said


def _evidence(day: date | None) -> Form:
    return {"evidence": Evidence.OBSERVED.value, "evidence_date": _day(day)}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
