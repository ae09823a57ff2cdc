"""The four forms in which the NOS is published, and where their fields go."""

from typing import Final

from loaders.source import FieldPlace, Format

INCLUDES: Final = "(ValueSet)-[INCLUDES]->(Concept)"
BROADER: Final = "(Concept)-[BROADER]->(Concept)"

FORMATS: Final = (
    Format(
        "tabs",
        "*.tabs",
        "TRE (codes), JDV (value sets), ASS (associations X09, X10, X11, X12, A14): `;`, two head lines and a line of column names",
        "1.2.250.1.213.3.3.12;013;Cardiologie;013;Cardiologie;20150408000000;;20150408000000",
        (
            FieldPlace("TRE: Nom fichier", "Concept.system"),
            FieldPlace("TRE: Code", "Concept.code"),
            FieldPlace("TRE: Libellé long, Libellé adapté", "Concept.label, the older ones Concept.former_labels"),
            FieldPlace("TRE: Libellé court", "Concept.short_label"),
            FieldPlace("TRE: Date valid", "Concept.valid_from"),
            FieldPlace("TRE: Date fin", "Concept.valid_to"),
            FieldPlace("TRE_R88: Code, Libellé long", "HealthTerritory.code, HealthTerritory.name"),
            FieldPlace("JDV: Nom fichier", "ValueSet.code"),
            FieldPlace("JDV: Description", "ValueSet.name"),
            FieldPlace("JDV: Date MàJ", "ValueSet.version"),
            FieldPlace("JDV: OID, Code", INCLUDES),
            FieldPlace("ASS_X10, X11, A14: codes", BROADER),
            FieldPlace("ASS_X12, X09: codes", "(Commune)-[IN]->(Department), (Department)-[IN]->(Region)"),
        ),
    ),
    Format(
        "list",
        "*.psv",
        "code|label or code|label|OID; the name of the file says the nomenclature (TRE_R227_..., JDV_J17_...)",
        "013|Cardiologie",
        (
            FieldPlace("(name of the file)", "Concept.system, ValueSet.code, ValueSet.name"),
            FieldPlace("code", "Concept.code, " + INCLUDES),
            FieldPlace("label", "Concept.label"),
            FieldPlace("OID", "Concept.system"),
        ),
    ),
    Format(
        "svs",
        "[JT][DR][VE]_*.xml",
        "IHE SVS, RetrieveValueSetResponse with one ValueSet (namespace urn:ihe:iti:svs:2008): a TRE or a JDV, as displayName says",
        '<Concept code="01" codeSystem="1.2.250.1.213.3.3.215" dateValid="20220527120000" dateFin="" displayName="Femme" longDesignation="Femme"/>',
        (
            FieldPlace("TRE: ValueSet.displayName", "Concept.system"),
            FieldPlace("TRE: Concept.code", "Concept.code"),
            FieldPlace("TRE: Concept.longDesignation, displayName", "Concept.label"),
            FieldPlace("TRE: Concept.shortDesignation", "Concept.short_label"),
            FieldPlace("TRE: Concept.dateValid", "Concept.valid_from"),
            FieldPlace("TRE: Concept.dateFin", "Concept.valid_to"),
            FieldPlace("JDV: ValueSet.displayName", "ValueSet.code"),
            FieldPlace("JDV: ValueSet.description", "ValueSet.name"),
            FieldPlace("JDV: ValueSet.dateMaj", "ValueSet.version"),
            FieldPlace("JDV: Concept.codeSystem, code", INCLUDES),
        ),
    ),
    Format(
        "fhir",
        "*.json",
        "FHIR R4 CodeSystem, ValueSet or ConceptMap, alone, in a Bundle, or one a line; url or name says the nomenclature",
        '{"resourceType": "CodeSystem", "url": "https://mos.esante.gouv.fr/NOS/TRE_R227-ChampActivite/FHIR/TRE-R227-ChampActivite", "concept": [...]}',
        (
            FieldPlace("CodeSystem.url, name", "Concept.system"),
            FieldPlace("CodeSystem.concept.code", "Concept.code"),
            FieldPlace("CodeSystem.concept.display, designation LibelleAdapte", "Concept.label"),
            FieldPlace("CodeSystem.concept.designation LibelleCourt", "Concept.short_label"),
            FieldPlace("CodeSystem.concept.property dateValid", "Concept.valid_from"),
            FieldPlace("CodeSystem.concept.property dateFin", "Concept.valid_to"),
            FieldPlace("CodeSystem.concept.concept, property parent, child", BROADER),
            FieldPlace("ValueSet.url, name", "ValueSet.code"),
            FieldPlace("ValueSet.description, title", "ValueSet.name"),
            FieldPlace("ValueSet.date", "ValueSet.version"),
            FieldPlace("ValueSet.compose.include.system, concept; expansion.contains", INCLUDES),
            FieldPlace("ConceptMap.group.source, target, element: narrower, wider", BROADER),
        ),
    ),
)
