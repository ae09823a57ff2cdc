"""The French report as one sequence of sections, which Markdown and HTML write out alike (docs/impact.md, I-39).

First what a committee needs (dates, ruptures, score by territory, what breaks, decisions and by whom), then the tables, then what is not
known, then the method. The score never stands alone; what rests on a default is marked `*`; a rupture of a step is that of its digital
support. Every row of the main table is in the sections `ruptures` and `others`, once. The sections of a plan (I-28 to I-30: waves, Gantt)
have their place after `flows`.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from graph.impact.blocks import Block, Bullets, Grid, Paragraph, Section, Severe
from graph.impact.decisions import Decision, decisions, owners
from graph.impact.inventory import Evidence
from graph.impact.judge import Status
from graph.impact.names import UNKNOWN_CLASS
from graph.impact.report_csv import unknown_lines
from graph.impact.report_table import Row, rows
from graph.impact.severity import ORDER, Severity
from graph.impact.verdict import DecommissioningImpact, FlowVerdict
from graph.impact.words import (
    DECISION_FR,
    DEFAULT_NOTE_FR,
    EVIDENCE_FR,
    EXAMINED_FR,
    GAP_FR,
    KIND_FR,
    NO_OWNER_FR,
    SEVERITY_FR,
    SEVERITY_MEANS_FR,
    STATUS_FR,
    STEP_NOTE_FR,
    UNKNOWN_FR,
    number_fr,
)

ROWS_HEADER = ("Objet", "Code", "Territoire", "Gravité", "Profondeur", "Chemin témoin", "Responsable", "Confiance", "Attend")
FLOWS_HEADER = ("Flux", "Application", "Responsable", "Interface", "Verdict", "Utiliser", "Écarts", "Manque", "Ouvre plus tard", "Fin connue", "Confiance")
COMMITTEE = "Avis du comité : ☐ arrêt confirmé ; ☐ confirmé sous réserve de : ………………………… ; ☐ reporté au : ……………… Date, nom, signature : …………………………"
NAMED_FIRST = 7
"""How many the first page names in a list; the tables have them all."""


def title(impact: DecommissioningImpact) -> str:
    """What stops, and when."""
    return "Impact du décommissionnement : " + ", ".join(f"{target.code} le {target.date.isoformat()}" for target in impact.question.targets)


def sections(impact: DecommissioningImpact) -> tuple[Section, ...]:
    """The whole report, in order."""
    table = rows(impact)
    ruptures = [row for row in table if row.severity == Severity.RUPTURE]
    others = [row for row in table if row.severity != Severity.RUPTURE]
    decided = decisions(impact)
    return (
        Section("summary", "Synthèse", tuple(_summary(impact, table, len(ruptures)))),
        Section("decisions", "Décisions à prendre", _decisions(decided)),
        Section("ruptures", "Ruptures", (_rows(ruptures) if ruptures else Paragraph("Aucune rupture."),), begins_page=True),
        Section("others", "Autres effets", (_rows(others) if others else Paragraph("Aucun autre effet."),)),
        Section("owners", "Qui fait quoi", (_by_owner(decided) if decided else Paragraph("Aucun flux ne demande de décision."),), begins_page=True),
        Section("flows", "Ce qui remplace, flux par flux", (_flows(impact) if impact.flows else Paragraph("Aucun flux à juger."),)),
        Section("unknowns", "Ce que l'on ne sait pas", tuple(_unknowns(impact)), begins_page=True),
        Section("method", "Sources et méthode", _method(impact)),
    )


def _summary(impact: DecommissioningImpact, table: Sequence[Row], ruptures: int) -> Iterator[Block]:
    yield Paragraph(f"Situation évaluée au {impact.evaluated_on.isoformat()}, analyse du {impact.question.as_of.isoformat()}.")
    yield Paragraph(
        f"Lignes en rupture : {ruptures}. Score : {number_fr(impact.score.value)} sur 100 (territoire le plus touché), "
        f"{number_fr(impact.score.national)} au national. Inconnues listées plus bas : {len(unknown_lines(impact.unknowns))}.",
        strong=True,
    )
    yield Paragraph(f"{STEP_NOTE_FR} {DEFAULT_NOTE_FR}")
    if in_rupture := _in_rupture(impact):
        yield Paragraph("En rupture :")
        yield Bullets(in_rupture)
    yield from _territories(impact, table)
    if table:
        yield _counts(table)


def _in_rupture(impact: DecommissioningImpact) -> tuple[str, ...]:
    """One line a kind, the first names of it."""
    lines = []
    for nodes in (impact.territories, impact.pathways, impact.steps, impact.usages, impact.applications):
        hit = [node for node in nodes if node.severity is Severity.RUPTURE]
        named = [_called(node.code, node.name) + ("*" if node.rests_on_default else "") for node in hit]
        if hit:
            lines.append(f"{KIND_FR[hit[0].kind]} ({len(hit)}) : {_first(named)}")
    return tuple(lines)


def _first(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = f" et {len(names) - NAMED_FIRST} de plus" if len(names) > NAMED_FIRST else ""
    return ", ".join(names[:NAMED_FIRST]) + more


def _territories(impact: DecommissioningImpact, table: Sequence[Row]) -> Iterator[Block]:
    """The territories above 0, the worst first, with severity and ruptures beside the score; of the others, that it is 0."""
    severities = {row.code: Severe(Severity(row.severity), row.rests_on_default) for row in table if row.kind == "territory"}
    names = {row.code: row.name for row in table if row.kind == "territory"}
    ruptures = Counter(row.territory for row in table if row.severity == Severity.RUPTURE)
    by_territory = impact.score.by_territory
    worst = {node.code: ORDER[node.severity] for node in impact.territories}
    above = sorted(((code, value) for code, value in by_territory if value > 0), key=lambda one: (worst.get(one[0], len(ORDER)), -one[1], one[0]))
    if above:
        lines = tuple((_called(code, names.get(code, "")), severities.get(code, "non affiché"), str(ruptures[code]), number_fr(value)) for code, value in above)
        others = " (les autres : score 0)" if len(above) < len(by_territory) else ""
        yield Grid(f"Par territoire{others}", ("Territoire", "Gravité", "Lignes en rupture", "Score"), lines)
    else:
        yield Paragraph("Score de tous les territoires : 0.")


def _counts(table: Sequence[Row]) -> Grid:
    """How many rows of each kind have each severity."""
    counted = Counter((row.kind, Severity(row.severity)) for row in table)
    kinds = [kind for kind in KIND_FR if any(row.kind == kind for row in table)]
    lines = tuple((KIND_FR[kind], *(str(counted[kind, severity]) for severity in Severity)) for kind in kinds)
    return Grid("Ce qui est touché (un objet dans un territoire : une ligne)", ("Objet", *(Severe(one) for one in Severity)), lines)


def _decisions(decided: Sequence[Decision]) -> tuple[Block, ...]:
    """One line a verdict, the hardest first; who has to decide, with how many flows."""
    if not decided:
        return (Paragraph("Aucun flux ne demande de décision."),)
    by_status = [(status, [one for one in decided if one.status is status]) for status in reversed(Status)]
    lines = tuple(_decision(status, ones) for status, ones in by_status if ones)
    choice = Paragraph(COMMITTEE)
    return (Grid("Par verdict, le plus difficile d'abord", ("Verdict", "Décision", "Flux", "Par qui (flux)", "Précisions"), lines), choice)


def _decision(status: Status, ones: Sequence[Decision]) -> tuple[str, ...]:
    by_count = sorted(ones, key=lambda one: (-len(one.flows), one.owner))
    whom = _first([f"{one.owner or NO_OWNER_FR} ({len(one.flows)})" for one in by_count])
    return (STATUS_FR[status], DECISION_FR[status], str(sum(len(one.flows) for one in ones)), whom, _details(ones, _first))


def _details(ones: Sequence[Decision], listed: Callable[[Sequence[str]], str]) -> str:
    found = Counter(gap for one in ones for gap in one.gaps)
    parts = (
        ("manque", sorted({_missing(cell) for one in ones for cell in one.missing})),
        ("écarts", [GAP_FR[gap] for gap in GAP_FR if found[gap]]),
        ("vers", sorted({code for one in ones for code in one.use})),
        ("ouvre plus tard", sorted({later for one in ones for later in one.opens_later})),
    )
    return " ; ".join(f"{word} : {listed(values)}" for word, values in parts if values)


def _by_owner(decided: Sequence[Decision]) -> Grid:
    lines = sorted(decided, key=lambda one: (not one.owner, one.owner))
    header = ("Responsable", "Verdict", "Décision", "Applications", "Flux", "Précisions")
    return Grid("", header, tuple(_owned(one) for one in lines))


def _owned(one: Decision) -> tuple[str, ...]:
    return (
        one.owner or NO_OWNER_FR, STATUS_FR[one.status], DECISION_FR[one.status], ", ".join(one.applications),
        f"{len(one.flows)} : {', '.join(one.flows)}", _details([one], ", ".join),
    )  # fmt: skip


def _rows(table: Sequence[Row]) -> Grid:
    return Grid("", ROWS_HEADER, tuple(_row(row) for row in table))


def _row(row: Row) -> tuple[str | Severe, ...]:
    severity = Severe(Severity(row.severity), row.rests_on_default)
    confidence = EVIDENCE_FR[Evidence(row.confidence)]
    witness = row.witness.replace(" > ", " → ")
    return (KIND_FR[row.kind], _named(row.code, row.name), row.territory, severity, str(row.depth), witness, row.owner, confidence, row.waits_for)


def _flows(impact: DecommissioningImpact) -> Grid:
    owner_of = owners(impact)
    return Grid("", FLOWS_HEADER, tuple(_flow(flow, owner_of.get(flow.application, "")) for flow in impact.flows))


def _flow(flow: FlowVerdict, owner: str) -> tuple[str, ...]:
    missing = " ".join((*flow.missing, *flow.missing_attributes))
    later = ", ".join(f"{code} le {day.isoformat()}" for code, day in flow.opens_later)
    ends = ", ".join(f"{code} le {day.isoformat()}" for code, day in flow.known_ends)
    gaps = ", ".join(GAP_FR[gap] for gap in flow.gaps)
    return (
        flow.code, flow.application, owner, flow.interface, STATUS_FR[flow.status], " ".join(flow.use), gaps, missing, later, ends,
        EVIDENCE_FR[flow.confidence],
    )  # fmt: skip


def _unknowns(impact: DecommissioningImpact) -> Iterator[Block]:
    yield Paragraph("Examiné : " + ", ".join(f"{count} {EXAMINED_FR[kind]}" for kind, count in impact.unknowns.examined) + ".")
    lists = ((label, getattr(impact.unknowns, kind)) for kind, label in UNKNOWN_FR.items())
    yield Bullets(tuple(f"{label} ({len(codes)}) : {', '.join(codes) or 'aucune'}" for label, codes in lists))


def _method(impact: DecommissioningImpact) -> tuple[Block, ...]:
    sources = (f"{one.source} : {one.as_of.isoformat() if one.as_of else 'date inconnue'}" for one in impact.unknowns.sources)
    words = (f"{SEVERITY_FR[severity]} : {meaning}" for severity, meaning in SEVERITY_MEANS_FR.items())
    return (
        Bullets((*sources, f"Modèle : {impact.unknowns.model_version or 'version inconnue'}")),
        Bullets(tuple(words)),
        Bullets((
            "Score d'un territoire : part des usages touchés, de 0 à 100, pondérée par leur criticité ; celui du haut est celui du territoire le plus touché",
            "Chemin témoin : le plus court chemin de ce qui s'arrête jusqu'à l'objet, celui qui porte la gravité",
            "Règles de calcul : docs/impact.md (I-1 à I-33) ; la méthode en clair : docs/method.md",
        )),
    )  # fmt: skip


def _named(code: str, name: str) -> str:
    return f"{code} ({name})" if name else code


def _called(code: str, name: str) -> str:
    """For who reads names rather than codes."""
    return f"{name} [{code}]" if name else code


def _missing(cell: str) -> str:
    """CLASS@REGION; a class that is not known in words."""
    data_class, _, region = cell.partition("@")
    return f"classe non déclarée@{region}" if data_class == UNKNOWN_CLASS else cell
