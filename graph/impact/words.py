"""The French words of the answers to a decommissioning, one place for every report, page and picture (docs/impact.md, I-39; docs/style.md, 10).

A severity is told by a word and a shape, so that none is told by colour alone.
"""

from typing import Final

from graph.impact.inventory import Evidence
from graph.impact.judge import Status
from graph.impact.rights import Gap
from graph.impact.severity import Severity

SEVERITY_FR: Final = {
    Severity.RUPTURE: "rupture",
    Severity.DEGRADED: "dégradé",
    Severity.TO_MIGRATE: "à migrer",
    Severity.INFORMED: "informé",
}
SEVERITY_SHAPE: Final = {Severity.RUPTURE: "■", Severity.DEGRADED: "▲", Severity.TO_MIGRATE: "►", Severity.INFORMED: "●"}
SEVERITY_MEANS_FR: Final = {
    Severity.RUPTURE: "toute une donnée essentielle est perdue, ou l'application s'arrête",
    Severity.DEGRADED: "une partie est perdue",
    Severity.TO_MIGRATE: "rien n'est perdu si les bascules prévues sont faites",
    Severity.INFORMED: "touché, tout est conservé",
}
STATUS_FR: Final = {
    Status.READY: "déjà basculé",
    Status.SWITCH: "à basculer",
    Status.PREPARE: "à préparer",
    Status.PARTIAL: "couverture partielle",
    Status.BLOCKED: "bloqué",
}
DECISION_FR: Final = {
    Status.BLOCKED: "Reporter l'arrêt, trouver une source, ou accepter la perte",
    Status.PARTIAL: "Basculer ce qui peut l'être, et décider du sort de ce qui manque",
    Status.PREPARE: "Lever les écarts, puis basculer",
    Status.SWITCH: "Basculer",
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
KINDS_FR: Final = {"territory": "territoires", "pathway": "filières", "step": "étapes", "usage": "usages", "application": "applications"}
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
NO_OWNER_FR: Final = "sans responsable connu"
STEP_NOTE_FR: Final = "Une rupture d'étape ou de filière est celle de son support numérique, pas de la prise en charge."
DEFAULT_NOTE_FR: Final = "L'astérisque (*) marque ce qui repose sur un défaut de l'inventaire : à vérifier avant de décider."


def number_fr(value: float) -> str:
    """One decimal, with a comma."""
    return f"{value:.1f}".replace(".", ",")
