"""The forms of the Annuaire Santé, and where each of their columns goes (docs/sources.md)."""

from typing import Final

from loaders.source import FieldPlace, Format

PRACTICE_PLACES: Final = (
    FieldPlace("Identification nationale PP", "Professional.id (K-3)"),
    FieldPlace("Code civilité d'exercice", "Professional.title"),
    FieldPlace("Nom d'exercice", "Professional.family_name; Practice.exercise_name"),
    FieldPlace("Prénom d'exercice", "Professional.given_names; Practice.exercise_name"),
    FieldPlace("Code profession", "Practice.profession (TRE_G15)"),
    FieldPlace("Code catégorie professionnelle", "Practice.category (TRE_R09)"),
    FieldPlace("Code type savoir-faire", "(Practice)-[HAS_SPECIALTY.type]->(Concept) (TRE_R04)"),
    FieldPlace("Code savoir-faire", "(Practice)-[HAS_SPECIALTY]->(Concept)"),
    FieldPlace("Code mode exercice", "Practice.exercise_mode (TRE_R23)"),
    FieldPlace("Code secteur d'activité", "GeographicEntity.category (TRE_R02)"),
    FieldPlace("Code section tableau pharmaciens", "Practice.sections (TRE_R06)"),
    FieldPlace("Code rôle", "Practice.roles (TRE_R21)"),
    FieldPlace("Code genre activité", "Practice.activity_kinds (TRE_R22)"),
    FieldPlace("Numéro FINESS site", "(Practice)-[AT]->(GeographicEntity)"),
    FieldPlace("Numéro SIRET site", "GeographicEntity.siret"),
    FieldPlace("Numéro SIREN site", "(GeographicEntity)-[PART_OF]->(LegalEntity)"),
    FieldPlace("Numéro FINESS établissement juridique", "(GeographicEntity)-[PART_OF]->(LegalEntity)"),
    FieldPlace("Identifiant technique de la structure", "Practice.id (K-4)"),
    FieldPlace("Ancien identifiant de la structure", "GeographicEntity.rpps_rank, adeli_rank"),
    FieldPlace("Raison sociale site", "GeographicEntity.name"),
    FieldPlace("Enseigne commerciale site", "GeographicEntity.usual_name"),
    FieldPlace("Complément destinataire (coord. structure)", "GeographicEntity.address"),
    FieldPlace("Complément point géographique (coord. structure)", "GeographicEntity.address"),
    FieldPlace("Numéro Voie (coord. structure)", "GeographicEntity.address"),
    FieldPlace("Indice répétition voie (coord. structure)", "GeographicEntity.address"),
    FieldPlace("Code type de voie (coord. structure)", "GeographicEntity.address"),
    FieldPlace("Libellé Voie (coord. structure)", "GeographicEntity.address"),
    FieldPlace("Mention distribution (coord. structure)", "GeographicEntity.address"),
    FieldPlace("Bureau cedex (coord. structure)", "GeographicEntity.address"),
    FieldPlace("Code postal (coord. structure)", "GeographicEntity.postal_code"),
    FieldPlace("Code commune (coord. structure)", "(GeographicEntity)-[LOCATED_IN]->(Commune)"),
    FieldPlace("Téléphone (coord. structure)", "(Practice)-[HAS_TELECOM]->(Telecom)"),
    FieldPlace("Téléphone 2 (coord. structure)", "(Practice)-[HAS_TELECOM]->(Telecom)"),
    FieldPlace("Télécopie (coord. structure)", "(Practice)-[HAS_TELECOM]->(Telecom)"),
    FieldPlace("Adresse e-mail (coord. structure)", "(Practice)-[HAS_TELECOM]->(Telecom)"),
)
FREE_ACCESS_PLACES: Final = (
    FieldPlace("Libellé type de voie (coord. structure)", "GeographicEntity.address"),
    FieldPlace("Libellé commune (coord. structure)", "GeographicEntity.address"),
)
CONNECT_PLACES: Final = (
    FieldPlace("Nom de famille", "Professional.family_name, where there is no name of exercise"),
    FieldPlace("Prénoms", "Professional.given_names, where there is no name of exercise"),
    FieldPlace("Autres identifiants", "(Professional)-[SAME_AS]->(Professional) (P-2)"),
)
SKILL_FIELDS: Final = ("Identification nationale PP", "Code profession", "Code catégorie professionnelle", "Code type savoir-faire", "Code savoir-faire")
SKILL_PLACES: Final = tuple(one for one in PRACTICE_PLACES if one.field in SKILL_FIELDS)

FORMATS: Final = (
    Format(
        "open extract",
        "PS_LibreAcces_Personne_activite*.txt",
        "one line a person, practice and savoir-faire; `|`, header in French; 56 columns, 52 before the kinds of activity",
        "8|10096000015|810096000015|DR|Docteur|MME|Madame|FICTIVE|Maëlle|10|Médecin|C|Civil|S|Spécialité ordinale|SM53|...",
        (*PRACTICE_PLACES, *FREE_ACCESS_PLACES),
    ),
    Format(
        "savoir-faire of the open extract",
        "PS_LibreAcces_SavoirFaire*.txt",
        "companion: every savoir-faire of every profession; read with the open extract",
        "8|10096000015|810096000015|FICTIVE|Maëlle|10|Médecin|C|Civil|S|Spécialité ordinale|SM53|Spécialiste en Médecine Générale|",
        SKILL_PLACES,
    ),
    Format(
        "diplomas of the open extract",
        "PS_LibreAcces_Dipl_AutExerc*.txt",
        "companion: diplomas and authorisations to practise; its lines are counted and left",
        "8|10096000015|810096000015|FICTIVE|Maëlle|DE|Diplôme d'Etat français|DE09|DE Docteur en médecine|||||",
    ),
    Format(
        "Pro Santé Connect extract",
        "Extraction_Pro*Sante*Connect*.txt",
        "one line a person and practice; `|`, also at line end; codes only; 49 to 51 columns; birth data, sex and private contact are never stored",
        "8|10096000015|810096000015|FICTIVE|Maëlle'Anne'||||||||MME|10|C|DR|FICTIVE|Maëlle|S|SM53|L|SA07||FON-01|...",
        (*PRACTICE_PLACES, *CONNECT_PLACES),
    ),
)
