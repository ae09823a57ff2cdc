"""`rorgraph load inventory --template FOLDER`: the sheets, empty but for one remark that explains each column and one example line each.

The set loads as it is: its examples name one another, and its data set is said to be fictional, so that an example that was left in shows as one.
"""

import csv
import io
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from graph.documents import write_text
from graph.errors import BadInput
from loaders.inventory.sheets import DATASET, HEADS, REMARK, SHEETS
from loaders.inventory.source import SOURCE as INVENTORY
from loaders.source import Source

HELP: Final[Mapping[str, str]] = {
    "access": "ligne ou lignes de la politique d'accès : OFFER, RESTRICTED, BEDS, CRISIS, SENSITIVE, STAFF_AMBULATORY, STAFF, CONTACT_1 à CONTACT_3",
    "access_profile": "profil d'accès au ROR, de 0 à 5",
    "aliases": "autres noms, séparés par des virgules",
    "application": "code de l'application",
    "as_of": "jour dont le contenu est vrai",
    "build_on": "début de construction",
    "calls": "code de l'interface lue (query, extract, push)",
    "carries": "classes de données transportées : OFFER, BEDS(nombre, date), CONTACT_2+ avec l'extension régionale, CONTACT_2- sans",
    "certificate_ends_on": "fin du certificat",
    "checked_on": "jour de la vérification",
    "class": "code de la classe de données",
    "code": "code unique : lettres, chiffres, point, tiret",
    "consumer": "code de l'application qui lit (query, extract, push)",
    "coverage": "ce que l'interface qui remplace couvre, par classe, écrit comme carries ; vide : non dit",
    "criticality": "de 1 (faible) à 4 (vitale)",
    "dataset": "nom du jeu de données : un chargement complet met fin à ce que ses fichiers ne tiennent plus",
    "deployed_in": "codes INSEE des régions où elle est utilisée",
    "ends_on": "premier jour sans",
    "essential": "classes de données essentielles à l'usage",
    "evidence": "observed (observé), declared (déclaré), inferred (déduit)",
    "evidence_date": "jour de la preuve",
    "exposed_by": "code de l'application qui l'expose",
    "feeds": "code de l'interface alimentée (feed)",
    "fictional": "true : rien de ceci n'existe ; mettre false une fois les lignes d'exemple retirées",
    "for_usage": "codes des usages servis",
    "frequency": "à quelle fréquence, en clair",
    "intake": "true : elle est alimentée, et non lue",
    "interface": "code de l'interface qui remplace",
    "kind": "acteur : ARS, GRADeS, éditeur... ; application : REGIONAL_ROR, NATIONAL_ROR, REFERENTIAL, CONSUMER, PLATFORM, OTHER",
    "mode": "query (interrogation), extract (extraction), push (envoi), feed (alimentation)",
    "name": "nom en clair",
    "next": "codes des étapes qui suivent",
    "note": "remarque",
    "opens_on": "premier jour",
    "operated_by": "codes des acteurs qui l'exploitent",
    "owned_by": "codes des acteurs à qui elle appartient",
    "pathway": "code de la filière",
    "perimeter": "codes INSEE des régions, ou NATIONAL",
    "phase": "planned, build, production, phase_out, retired ; vide : production",
    "phase_out_on": "premier jour où elle peut s'arrêter",
    "planned_on": "jour de la décision",
    "producer": "code de l'application qui alimente (feed)",
    "production_on": "premier jour en production",
    "published_by": "codes des éditeurs",
    "reason": "ce qu'aucun document ne dit et qui est tenu pour vrai : pourquoi",
    "regions": "codes INSEE des régions pour lesquelles la classe y est saisie, ou NATIONAL",
    "replaced": "code de l'interface remplacée",
    "retired_on": "premier jour sans elle",
    "security": "TLS_IGC, HTTPS, JETON...",
    "serves": "classes de données servies, écrites comme carries",
    "since": "premier jour",
    "source": "ce qu'un document en dit",
    "source_hosts": "noms d'hôte par lesquels les fichiers échangés nomment ce ROR",
    "standard": "FHIR_ME3, XML_ME2, SOAP_CSD, CSV, WEBSERVICE, GUI",
    "starts_on": "premier jour",
    "state": "operational, failing, none, unknown",
    "supports": "filière, ou FILIERE/ETAPE",
    "title": "ce qu'est le jeu de données",
    "to": "code de l'application interrogée",
    "trust_circle": "espace de confiance ; NONE : accès ouvert",
    "trust_circles": "espaces de confiance où elle est admise",
    "until": "premier jour sans",
    "useful": "classes de données utiles à l'usage, sans être essentielles",
    "users": "qui s'en sert",
    "version": "3.0",
}
EXAMPLES: Final[Mapping[str, Mapping[str, str]]] = {
    DATASET: {"dataset": "ma-region", "title": "Inventaire de ma région", "fictional": "true", "as_of": "2026-01-15"},
    "regions": {"code": "99"},
    "actors": {"code": "EXEMPLE-GRADES", "name": "GRADeS d'exemple", "kind": "GRADeS"},
    "classes": {"code": "EXEMPLE-OFFRE", "name": "Description de l'offre", "access": "OFFER"},
    "usages": {"code": "EXEMPLE-ORIENTATION", "name": "Orientation", "essential": "EXEMPLE-OFFRE", "supports": "exemple/orientation"},
    "pathways": {"code": "exemple", "name": "Filière d'exemple"},
    "steps": {"pathway": "exemple", "code": "orientation", "name": "Orientation"},
    "applications": {
        "code": "EXEMPLE-ROR", "name": "ROR régional d'exemple", "kind": "REGIONAL_ROR", "criticality": "4", "perimeter": "99", "trust_circles": "EXEMPLE",
        "operated_by": "EXEMPLE-GRADES", "deployed_in": "99",
    },
    "entries": {"application": "EXEMPLE-ROR", "class": "EXEMPLE-OFFRE", "regions": "99", "evidence": "declared"},
    "connections": {"application": "EXEMPLE-ROR", "to": "EXEMPLE-ROR-VOISIN", "state": "unknown"},
    "interfaces": {
        "code": "EXEMPLE-I-ROR", "name": "Interrogation", "exposed_by": "EXEMPLE-ROR", "standard": "SOAP_CSD", "version": "2.4", "trust_circle": "EXEMPLE",
        "serves": "EXEMPLE-OFFRE",
    },
    "replacements": {"replaced": "EXEMPLE-I-ROR", "interface": "EXEMPLE-I-NATIONALE", "coverage": "EXEMPLE-OFFRE"},
    "flows": {
        "code": "EXEMPLE-F-1", "mode": "query", "consumer": "EXEMPLE-OUTIL", "calls": "EXEMPLE-I-ROR", "carries": "EXEMPLE-OFFRE",
        "for_usage": "EXEMPLE-ORIENTATION",
        "evidence": "declared", "evidence_date": "2026-01-15",
    },
}  # fmt: skip


def template_files() -> Mapping[str, str]:
    """The text of each sheet, by file name."""
    columns = {DATASET: HEADS} | {name: sheet.columns for name, sheet in SHEETS.items()}
    return {f"{name}.csv": _sheet(of, EXAMPLES[name]) for name, of in columns.items()}


def _sheet(columns: tuple[str, ...], example: Mapping[str, str]) -> str:
    explained = [HELP[name] for name in columns]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerows([columns, [f"{REMARK} {explained[0]}", *explained[1:]], [example.get(name, "") for name in columns]])
    return out.getvalue()


def template_text(source: Source, folder: Path | None) -> str:
    """Write the template of a source and say what to do with it. Raises BadInput without a folder, and for a source that has none."""
    if folder is None:
        raise BadInput("FILE is needed: the files to load; or, for the inventory, --template FOLDER to have empty sheets written.")
    if source is not INVENTORY:
        raise BadInput(f"--template: the source {source.name} has none; the inventory has.")
    files = write_template(folder)
    return f"{len(files)} sheets are in {folder}. Fill them in, take the example lines out, then  rorgraph load inventory {shlex.quote(str(folder))}"


def write_template(folder: Path) -> tuple[Path, ...]:
    """Write the sheets into a new or empty folder. Raises BadInput where a file of that name is there: nothing of a person's work is written over."""
    files = {folder / name: text for name, text in template_files().items()}
    there = [path.name for path in files if path.exists()]
    if there:
        raise BadInput(f"--template: {folder} holds {', '.join(there)} already; nothing was written. Name another folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise BadInput(f"--template: {folder} cannot be made ({problem.strerror}). Name another folder.") from problem
    for path, text in files.items():
        write_text(path, "--template", "\ufeff" + text)  # the mark tells a spreadsheet that it is UTF-8
    return tuple(files)
