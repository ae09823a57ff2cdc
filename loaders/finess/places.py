"""The files of FINESS, and where each of their fields goes (docs/sources.md)."""

from typing import Final

from loaders.source import FieldPlace, Format

TELECOM: Final = "({})-[HAS_TELECOM]->(Telecom)"


def _structure(label: str, *more: tuple[str, str]) -> tuple[FieldPlace, ...]:
    """What both forms say of a site or an entity."""
    place = {
        "rs, rslongue": f"{label}.name",
        "numvoie, typvoie, voie, compvoie, lieuditbp": f"{label}.address",
        "ligneacheminement": f"{label}.address, postal_code",
        "departement, commune": f"({label})-[LOCATED_IN]->(Commune)",
        "telephone": TELECOM.format(label),
        "categetab": f"{label}.category (TRE_R66)",
        **dict(more),
    }
    return tuple(FieldPlace(field, to) for field, to in place.items())


STOCK_SITE: Final = (
    ("nofinesset", "GeographicEntity.id (K-1), finess"),
    ("nofinessej", "(GeographicEntity)-[PART_OF]->(LegalEntity)"),
    ("telecopie", TELECOM.format("GeographicEntity")),
    ("siret", "GeographicEntity.siret"),
    ("codesph", "GeographicEntity.espic (TRE_R73)"),
    ("dateouv", "GeographicEntity.opened_on"),
)
STOCK_ENTITY: Final = (
    ("nofiness", "LegalEntity.id (K-1), finess"),
    ("statutjuridique", "LegalEntity.legal_status (TRE_R72)"),
    ("siren", "LegalEntity.siren"),
    ("datecrea", "LegalEntity.opened_on"),
)
POSITION: Final = (("coordxet, coordyet, source", "GeographicEntity.latitude, longitude"),)
UPDATED: Final = ("maj", "GeographicEntity.updated_at")


def _closing(label: str, system: str) -> tuple[tuple[str, str], ...]:
    return (
        ("codepostal", f"{label}.postal_code"),
        ("datefermeture", f"{label}.closed_on"),
        ("typefermeture", f"{label}.closing_type ({system})"),
        ("datemaj", f"{label}.updated_at"),
    )


def _authorisation(*fields: tuple[str, str]) -> tuple[FieldPlace, ...]:
    both = (("nofinesset", "(Authorisation)-[GRANTED_TO]->(GeographicEntity)"), *fields)
    return tuple(FieldPlace(field, to if to.startswith("(") else f"Authorisation.{to}") for field, to in both)


HOLDER: Final = ("nofinessej", "(Authorisation)-[HELD_BY]->(LegalEntity)")
NUMBER: Final = ("noautor", "id (K-6), number")
TRIPLET: Final = (("activite", "activity (TRE_R274)"), ("modalite", "modality (TRE_R275)"), ("forme", "form (TRE_R276)"))


def _classes(system: str, aggregates: str) -> tuple[FieldPlace, ...]:
    return (
        FieldPlace("code", f"Concept.code ({system})"),
        FieldPlace("libelle, libellecourt", "Concept.label, short_label"),
        FieldPlace("datedeb, datefin", "Concept.valid_from, valid_to"),
        FieldPlace("codeagr3, codeagr2, codeagr1", f"(Concept)-[BROADER]->(Concept) ({aggregates})"),
        FieldPlace("libelleagr3, libellecourtagr3 and the like", "Concept.label, short_label of the aggregates"),
    )


FORMATS: Final = (
    Format(
        "sites with positions",
        "etalab-cs1100507-*.csv",
        "open sites, then their positions; UTF-8, `;`, no header, first line finess;etalab;n;date",
        "structureet;010000024;010780054;CH DE FLEYRIAT;;;;900;RTE;DE PARIS;;;451;01;AIN;01440 VIRIAT;0474454647;;355;...",
        _structure("GeographicEntity", *STOCK_SITE, UPDATED, *POSITION),
    ),
    Format(
        "sites",
        "etalab-cs1100502-*.csv",
        "open sites without positions; the same lines",
        "structureet;010000024;010780054;CH DE FLEYRIAT;...",
        _structure("GeographicEntity", *STOCK_SITE, UPDATED),
    ),
    Format(
        "legal entities",
        "etalab-cs1100501-*.csv",
        "legal entities; the same manner",
        "structureej;010780054;CH DE BOURG-EN-BRESSE FLEYRIAT;...",
        _structure("LegalEntity", *STOCK_ENTITY),
    ),
    Format(
        "legal entities, XML",
        "finess_cs1400101_stock*.xml",
        "open and closed legal entities; root fluxfiness, one structureej an entity, xsi:nil where empty",
        "<structureej><nofiness>010780054</nofiness><rs>CH DE FLEYRIAT</rs>...</structureej>",
        _structure("LegalEntity", *STOCK_ENTITY, ("telecopie", TELECOM.format("LegalEntity")), *_closing("LegalEntity", "TRE_R232")),
    ),
    Format(
        "sites, XML",
        "finess_cs1400102_stock*.xml",
        "open and closed sites; one structureet a site",
        "<structureet><nofinesset>010000024</nofinesset><nofinessej>010780054</nofinessej>...</structureet>",
        _structure(
            "GeographicEntity",
            *STOCK_SITE,
            ("courriel", TELECOM.format("GeographicEntity")),
            ("typeet, nofinessppal", "(GeographicEntity)-[SECONDARY_OF]->(GeographicEntity)"),
            ("indcaduc", "GeographicEntity.lapsed"),
            *_closing("GeographicEntity", "TRE_R233"),
        ),
    ),
    Format(
        "authorisations of care activities, XML",
        "finess_cs1400103_stock*.xml",
        "one activiteoffresoin an authorisation, line and site; structures named beside them are left",
        "<activiteoffresoin><noautor>442226732</noautor><noligautor>22158</noligautor>...</activiteoffresoin>",
        _authorisation(
            HOLDER,
            NUMBER,
            ("noligautor", "id (K-6), line"),
            *TRIPLET,
            ("dateautor, datemeo", "valid_from"),
            ("datefin", "ends_on"),
            ("indcaduc", "lapsed"),
            ("indsupact, indsupsite", "state"),
            ("sectpsy", "psychiatry_sector"),
            ("datemajact, datemajsite", "updated_at"),
        ),
    ),
    Format(
        "authorisations of heavy equipment, XML",
        "finess_cs1400104_stock*.xml",
        "one equipmateriellourd an authorisation and site",
        "<equipmateriellourd><noautor>762222949</noautor><eml>06201</eml>...</equipmateriellourd>",
        _authorisation(
            HOLDER,
            NUMBER,
            ("eml", "activity (TRE_R272)"),
            ("dateautor, datemeo", "valid_from"),
            ("datefin", "ends_on"),
            ("indcaduc", "lapsed"),
            ("indsup", "state"),
            ("datemaj", "updated_at"),
        ),
    ),
    Format(
        "social equipment, XML",
        "finess_cs1400105_stock*.xml",
        "one equipementsocial a site, discipline, mode and public",
        "<equipementsocial><nofinesset>580006104</nofinesset><de>509</de><ta>16</ta><client>010</client>...</equipementsocial>",
        _authorisation(
            ("de", "id (K-6), activity (TRE_R280)"),
            ("ta", "id (K-6), modality (TRE_R209)"),
            ("client", "id (K-6), form (TRE_R279)"),
            ("dateautor, datepremautor", "valid_from"),
            ("capautot", "capacity"),
            ("capinstot", "installed_capacity"),
            ("indsupaut", "state"),
            ("datemajaut, datemajinst", "updated_at"),
        ),
    ),
    Format(
        "other authorised activities, XML",
        "finess_cs1600101_stock*.xml",
        "one autreactivite an authorisation and site; events are left",
        "<autreactivite><noautor>752217289</noautor><activite>A1</activite>...</autreactivite>",
        _authorisation(
            HOLDER,
            NUMBER,
            *TRIPLET,
            ("datedecision, datemeo", "valid_from"),
            ("datefin", "ends_on"),
            ("etatautorisation", "state"),
            ("datemaj", "updated_at"),
        ),
    ),
    Format(
        "recognised activities, XML",
        "finess_cs1600102_stock*.xml",
        "one activitesoumiseareco a recognition and site",
        "<activitesoumiseareco><noautor>012232881</noautor><activite>R4</activite>...</activitesoumiseareco>",
        _authorisation(
            HOLDER,
            NUMBER,
            *TRIPLET,
            ("dateeffetasr", "valid_from"),
            ("capaciteautorisee", "capacity"),
            ("etatautorisation", "state"),
            ("datemaj", "updated_at"),
        ),
    ),
    Format(
        "categories of establishments, XML",
        "finess_cs1500106_stock*.xml",
        "categories with their three aggregates",
        "<nomenclcategorieETavecagr><code>355</code><libelle>Centre Hospitalier (C.H.)</libelle>...</nomenclcategorieETavecagr>",
        _classes("TRE_R66", "TRE_R65, TRE_R64, TRE_R63"),
    ),
    Format(
        "legal statuses, XML",
        "finess_cs1500107_stock*.xml",
        "legal statuses with their three aggregates",
        "<nomenclstatutavecagr><code>13</code><libelle>Etablissement Public Communal d'Hospitalisation</libelle>...</nomenclstatutavecagr>",
        _classes("TRE_R72", "TRE_R70, TRE_R69, TRE_R68"),
    ),
)
