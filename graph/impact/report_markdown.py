"""The answer as a French report for region teams (docs/impact.md, I-39): ruptures first, then what replaces, then what is not known.

The score never stands alone: severities and unknowns stand beside it. What rests on a default is marked `*`. A rupture of a step is that
of its digital support, not of care. Every row of the main table is in it, once.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from graph.impact.inventory import Evidence
from graph.impact.judge import Status
from graph.impact.report_csv import unknown_lines
from graph.impact.report_table import Row, rows
from graph.impact.rights import Gap
from graph.impact.severity import Severity
from graph.impact.verdict import DecommissioningImpact, FlowVerdict

SEVERITY_FR: Final = {
    Severity.RUPTURE: "rupture",
    Severity.DEGRADED: "dégradé",
    Severity.TO_MIGRATE: "à migrer",
    Severity.INFORMED: "informé",
}
STATUS_FR: Final = {
    Status.READY: "déjà basculé",
    Status.SWITCH: "à basculer",
    Status.PREPARE: "à préparer",
    Status.PARTIAL: "couverture partielle",
    Status.BLOCKED: "bloqué",
}
GAP_FR: Final = {
    Gap.TRUST_CIRCLE: "cercle de confiance",
    Gap.PROFILE: "profil d'accès",
    Gap.PERIMETER: "périmètre",
    Gap.STANDARD: "standard d'échange",
    Gap.SECURITY: "sécurité",
    Gap.SOURCE_FIRST: "la source doit basculer avant",
    Gap.DATA_CLASS_UNKNOWN: "classe de données à déclarer",
}
EVIDENCE_FR: Final = {Evidence.OBSERVED: "observé", Evidence.DECLARED: "déclaré", Evidence.INFERRED: "déduit"}
KIND_FR: Final = {
    "territory": "territoire",
    "pathway": "filière",
    "step": "étape (support numérique)",
    "usage": "usage",
    "application": "application",
}
UNKNOWN_FR: Final = {
    "applications_without_flow": "Applications sans flux",
    "applications_without_deployment": "Applications sans territoire de déploiement",
    "flows_without_class": "Flux jugés sans classe de données déclarée",
    "flows_without_usage": "Flux sans usage",
    "stale_flows": "Flux dont la preuve a plus de 365 jours",
    "inferred_flows": "Flux déduits ou sans preuve",
    "interfaces_without_owner": "Interfaces sans responsable",
    "interfaces_ending_before_their_user": "Interfaces qui s'arrêtent avant leur utilisateur",
    "presumed_sources": "Sources présumées",
    "criticality_by_default": "Criticité par défaut (3)",
    "rupture_by_default": "Ruptures qui reposent sur un défaut",
    "ended_by_themselves": "Données perdues sans lien avec l'arrêt",
    "left_out": "Interfaces et flux laissés de côté : une extrémité n'est pas connue",
}
EXAMINED_FR: Final = {
    "applications": "applications",
    "interfaces": "interfaces",
    "flows": "flux",
    "usages": "usages",
    "pathways": "filières",
    "regions": "régions",
    "classes": "classes de données",
    "flows_of_the_reference": "flux de la référence",
    "flows_broken": "flux rompus",
    "flows_with_a_verdict": "flux jugés",
}
HEADER: Final = ("Objet", "Code", "Territoire", "Gravité", "Profondeur", "Chemin témoin", "Responsable", "Confiance", "Attend")


def to_markdown(impact: DecommissioningImpact) -> str:
    """The whole report."""
    table = rows(impact)
    ruptures = [row for row in table if row.severity == Severity.RUPTURE.value]
    others = [row for row in table if row.severity != Severity.RUPTURE.value]
    parts = (
        _heading(impact, len(ruptures)),
        _section("Ruptures", _rows(ruptures), "Aucune rupture."),
        _section("Autres effets", _rows(others), "Aucun autre effet."),
        _section("Ce qui remplace, flux par flux", _flows(impact.flows), "Aucun flux à juger."),
        _unknowns(impact),
        _method(impact),
    )
    return "\n".join(line for part in parts for line in part) + "\n"


def _heading(impact: DecommissioningImpact, ruptures: int) -> Iterator[str]:
    targets = ", ".join(f"{target.code} le {target.date.isoformat()}" for target in impact.question.targets)
    yield f"# Impact du décommissionnement : {_cell(targets)}"
    yield ""
    yield f"Situation évaluée au {impact.evaluated_on.isoformat()}, analyse du {impact.question.as_of.isoformat()}."
    yield ""
    yield (
        f"Lignes en rupture : {ruptures}. Score : {_number(impact.score.value)} sur 100 (territoire le plus touché), "
        f"{_number(impact.score.national)} au national. Inconnues listées plus bas : {len(unknown_lines(impact.unknowns))}."
    )
    yield ""
    yield "Une rupture d'étape ou de filière est celle de son support numérique, pas de la prise en charge. `*` : repose sur un défaut."
    yield ""
    yield from _scores(impact.score.by_territory)


def _scores(by_territory: Sequence[tuple[str, float]]) -> Iterator[str]:
    """The territories above 0, the others in one line."""
    above = [(code, _number(value)) for code, value in by_territory if value > 0]
    if above:
        yield from _table(("Territoire", "Score"), above)
        yield ""
    if len(above) < len(by_territory):
        yield f"{'Les autres' if above else 'Tous les'} territoires : 0."
        yield ""


def _section(title: str, lines: Sequence[str], nothing: str) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    yield from lines or [nothing]
    yield ""


def _rows(table: Sequence[Row]) -> list[str]:
    return list(_table(HEADER, (_row(row) for row in table))) if table else []


def _row(row: Row) -> tuple[str, ...]:
    severity = SEVERITY_FR[Severity(row.severity)] + ("*" if row.rests_on_default else "")
    named = f"{row.code} ({row.name})" if row.name else row.code
    confidence = EVIDENCE_FR[Evidence(row.confidence)]
    return (KIND_FR[row.kind], named, row.territory, severity, str(row.depth), row.witness.replace(" > ", " → "), row.owner, confidence, row.waits_for)


def _flows(flows: Sequence[FlowVerdict]) -> list[str]:
    if not flows:
        return []
    header = ("Flux", "Application", "Interface", "Verdict", "Utiliser", "Écarts", "Manque", "Ouvre plus tard", "Fin connue", "Confiance")
    return list(_table(header, (_flow(flow) for flow in flows)))


def _flow(flow: FlowVerdict) -> tuple[str, ...]:
    missing = " ".join((*flow.missing, *flow.missing_attributes))
    later = ", ".join(f"{code} le {day.isoformat()}" for code, day in flow.opens_later)
    ends = ", ".join(f"{code} le {day.isoformat()}" for code, day in flow.known_ends)
    gaps = ", ".join(GAP_FR[gap] for gap in flow.gaps)
    confidence = EVIDENCE_FR[flow.confidence]
    return (flow.code, flow.application, flow.interface, STATUS_FR[flow.status], " ".join(flow.use), gaps, missing, later, ends, confidence)


def _unknowns(impact: DecommissioningImpact) -> Iterator[str]:
    yield "## Ce que l'on ne sait pas"
    yield ""
    yield "Examiné : " + ", ".join(f"{count} {EXAMINED_FR[kind]}" for kind, count in impact.unknowns.examined) + "."
    yield ""
    for kind, label in UNKNOWN_FR.items():
        codes = getattr(impact.unknowns, kind)
        yield f"* {label} ({len(codes)}) : {_cell(', '.join(codes)) or 'aucune'}"
    yield ""


def _method(impact: DecommissioningImpact) -> Iterator[str]:
    yield "## Sources et méthode"
    yield ""
    for source in impact.unknowns.sources:
        yield f"* {_cell(source.source)} : {source.as_of.isoformat() if source.as_of else 'date inconnue'}"
    yield f"* Modèle : {impact.unknowns.model_version or 'version inconnue'}"
    yield "* Règles de calcul : docs/impact.md (I-1 à I-33)"


def _table(header: Sequence[str], lines: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(header) + " |"
    yield "|" + "---|" * len(header)
    for line in lines:
        yield "| " + " | ".join(_cell(value) for value in line) + " |"


def _cell(text: str) -> str:
    """Text that cannot end a cell, open a link, or be read as HTML."""
    for character in "\\|<>[]`":
        text = text.replace(character, "\\" + character)
    return " ".join(text.split())


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
