"""The node types: one constant each (docs/graph_model.md). A new node type is one constant here and its line in ALL_NODES."""

from typing import Final

from graph.model.kinds import NodeType, properties

V3 = "modèle d'exposition V3"
REGISTER = "registre national"
DOCTRINE = "doctrine d'urbanisation du ROR"
PROJECT = "ce projet"

ADDRESS = "address postal_code"
CLOSING = "opened_on:date closed_on:date closing_type"
POINT = "latitude:float longitude:float point_reliable:bool"

# Referential
REGION = NodeType("Region", "région", "code", properties("name aliases:texts"), "TRE_R30", searched=("name",), merged=True)
DEPARTMENT = NodeType(
    "Department", "département", "code", properties("name search_radius_km:float enlargement_km:texts"), "INSEE", searched=("name",), merged=True
)
COMMUNE = NodeType(
    "Commune",
    "commune",
    "code",
    properties("name postal_codes:texts latitude:float longitude:float population:int valid_to:date"),
    "TRE_R13",
    searched=("name",),
    indexed=("latitude",),
    merged=True,
)
HEALTH_TERRITORY = NodeType("HealthTerritory", "territoire de santé", "id", properties("type code name"), "TRE_R88", searched=("name",), merged=True)
LEGAL_ENTITY = NodeType(
    "LegalEntity",
    "entité juridique",
    "id",
    properties(f"finess siren rpps_rank* adeli_rank* name legal_status {ADDRESS} {CLOSING} updated_at:date category"),
    f"{V3}; Organization",
    searched=("name", "finess"),
    indexed=("finess",),
    merged=True,
)
GEOGRAPHIC_ENTITY = NodeType(
    "GeographicEntity",
    "entité géographique",
    "id",
    properties(
        f"finess siret rpps_rank* adeli_rank* name usual_name category espic {ADDRESS} {POINT} {CLOSING} reopens_on:date lapsed:bool "
        "drop_zone orsan_level accessibility:texts no_consent:bool financial_aids:texts family_housing:bool social_aid_places:int comment updated_at:date"
    ),
    f"{V3}; Organization",
    searched=("name", "usual_name", "finess"),
    indexed=("finess", "latitude", "category"),
    merged=True,
)
ORGANISATIONAL_UNIT = NodeType(
    "OrganisationalUnit", "organisation interne", "id", properties(f"name type {CLOSING}"), f"{V3}; Organization", searched=("name",)
)
OFFER = NodeType(
    "Offer",
    "offre opérationnelle",
    "id",
    properties(
        "name field_of_activity care_mode offer_type reception_type management_type maternity_type min_age:float max_age:float age_unit "
        f"sensitive_unit:bool no_consent:bool annual_opening psychiatry_sectors:texts {CLOSING} reopens_on:date comment origin "
        "source_region created_at:instant updated_at:instant evidence evidence_date:date evidence_detail"
    ),
    f"{V3}; HealthcareService",
    searched=("name",),
    indexed=("field_of_activity", "care_mode", "offer_type", "source_region"),
)
LOCATION = NodeType(
    "Location",
    "lieu de réalisation de l'offre",
    "id",
    properties(f"name external_sync_id function status {ADDRESS} street_or_locality town {POINT} comment"),
    f"{V3}; Location",
    searched=("name",),
    indexed=("latitude",),
)
CAPACITY = NodeType(
    "Capacity",
    "capacité de prise en charge",
    "id",
    properties("nature status temporality gender assignment closing_type extra_bed crisis count:int updated_at:instant source_type comment"),
    f"{V3}; TRE_R329 à R337",
    newest="updated_at",
)
PROFESSIONAL = NodeType(
    "Professional", "professionnel", "id", properties("family_name* given_names* title*"), f"{V3}; Practitioner", personal=True, merged=True
)
PRACTICE = NodeType(
    "Practice",
    "situation opérationnelle ou exercice",
    "id",
    properties("kind profession exercise_mode agreement_sector optam:bool vitale_card:bool home_visit:bool exercise_name* since:date until:date"),
    f"{V3}; PractitionerRole",
    personal=True,
)
CONTACT = NodeType("Contact", "contact", "id", properties("name* function nature confidentiality:int updated_at:instant"), V3, personal=True)
TELECOM = NodeType(
    "Telecom", "télécommunication", "id", properties("channel value* usage secure:bool confidentiality:int updated_at:instant"), V3, personal=True
)
OPENING_HOURS = NodeType("OpeningHours", "horaires", "id", properties("day:int from to type effective_from:date effective_to:date"), f"{V3}; TRE_R252")
TARIFF = NodeType(
    "Tariff",
    "tarif",
    "id",
    properties("type amount:float unit level conditions:texts valid_from:date under_60:bool housing reception management services:texts included:texts"),
    f"{V3}; TRE_R246",
)
CONCEPT = NodeType(
    "Concept",
    "code de nomenclature",
    "id",
    properties("system code label short_label former_labels:texts valid_from:date valid_to:date"),
    "NOS, TRE",
    searched=("label", "code"),
    indexed=("system",),
    merged=True,
    leaders=("nos",),
)
VALUE_SET = NodeType("ValueSet", "jeu de valeurs", "code", properties("name version"), "NOS, JDV", searched=("name", "code"))
AUTHORISATION = NodeType(
    "Authorisation",
    "autorisation",
    "id",
    properties("kind number line activity modality form valid_from:date ends_on:date lapsed:bool state capacity:int psychiatry_sector"),
    f"{REGISTER}, FINESS",
)

# Pathways
PATHWAY = NodeType("Pathway", "filière", "code", properties("name population document valid_from:date"), PROJECT, searched=("name", "code"))
STEP = NodeType(
    "Step",
    "étape de filière",
    "id",
    properties("pathway code name requirement:json place optional:bool max_km:float max_delay_h:float"),
    PROJECT,
    searched=("name",),
)

# Urbanisation
APPLICATION = NodeType(
    "Application",
    "application",
    "code",
    properties(
        "name kind phase planned_on:date build_on:date production_on:date phase_out_on:date retired_on:date criticality:int access_profile:int "
        "perimeter:texts trust_circles:texts certificate_ends_on:date users source_hosts:texts fictional:bool document reason"
    ),
    DOCTRINE,
    searched=("name", "code"),
    seconds={"RegionalRor": "REGIONAL_ROR", "NationalRor": "NATIONAL_ROR", "Referential": "REFERENTIAL"},
)
ACTOR = NodeType("Actor", "acteur", "code", properties("name kind fictional:bool document reason"), DOCTRINE, searched=("name", "code"))
INTERFACE = NodeType(
    "Interface",
    "interface (service exposé)",
    "code",
    properties("name standard version security trust_circle intake:bool perimeter:texts opens_on:date ends_on:date fictional:bool document reason"),
    DOCTRINE,
    searched=("name", "code"),
)
FLOW = NodeType(
    "Flow",
    "flux",
    "code",
    properties("name mode frequency criticality:int perimeter:texts starts_on:date ends_on:date evidence evidence_date:date fictional:bool document reason"),
    DOCTRINE,
    searched=("name", "code"),
)
DATA_CLASS = NodeType("DataClass", "classe de données", "code", properties("name access:texts document reason"), V3, searched=("name", "code"))
USAGE = NodeType("Usage", "cas d'usage", "code", properties("name document reason"), DOCTRINE, searched=("name", "code"))
SCENARIO = NodeType("Scenario", "trajectoire étudiée", "code", properties("name author* actions:json"), PROJECT)

# Runs and quality
RUN = NodeType(
    "Run",
    "chargement",
    "id",
    properties("of files:texts file_digest perimeter:texts mode model_version started:instant ended:instant status counts:json message seconds:float"),
    PROJECT,
    indexed=("of",),
)
CHANGE = NodeType(
    "Change", "changement", "id", properties("run_id of label object kind property old* new* on:instant"), PROJECT, indexed=("run_id", "object", "on")
)
SOURCE_RECORD = NodeType(
    "SourceRecord",
    "fiche de la source",
    "id",
    properties(
        "type source_id region declared_id* statement:json* stated_finess stated_id* stated_parent stated_category stated_closed_on:date "
        "stated_closing_type updated_at:instant"
    ),
    f"{PROJECT}, M-1",
    personal=True,
)
DANGLING = NodeType("Dangling", "relation sans arrivée", "id", properties("relation start_label start end_id"), f"{PROJECT}, M-10", indexed=("start",))
ANOMALY = NodeType(
    "Anomaly",
    "anomalie",
    "id",
    properties(
        "rule theme object path action observed* expected* status detected:date declared:date qualified:date told:date corrected:date waived_until:date by*"
    ),
    "boucle qualité du ROR",
)
POPULATION_STATE = NodeType("PopulationState", "état de peuplement", "id", properties("field state since:date"), "peuplement du ROR")
POPULATION_FIGURE = NodeType(
    "PopulationFigure",
    "chiffre d'enquête de peuplement",
    "id",
    properties("on:date region_label field target_sites:int populated_pct:float quality_pct:float"),
    "enquête de peuplement",
)
EVALUATION = NodeType("Evaluation", "évaluation d'impact", "id", properties("on:date targets:texts model_version score:float counts:json"), PROJECT)
PLATINES_RESULT = NodeType("PlatinesResult", "résultat PLATINES", "id", properties("application interface version scenario result on:date"), "PLATINES")
WRITER_LEASE = NodeType("WriterLease", "verrou d'écriture", "id", properties("holder until:instant"), f"{PROJECT}: one writer at a time")
SCHEMA_STATE = NodeType("SchemaState", "état du schéma", "id", properties("digest"), f"{PROJECT}: constraints and indexes of this model are there")

ALL_NODES: Final = (
    REGION,
    DEPARTMENT,
    COMMUNE,
    HEALTH_TERRITORY,
    LEGAL_ENTITY,
    GEOGRAPHIC_ENTITY,
    ORGANISATIONAL_UNIT,
    OFFER,
    LOCATION,
    CAPACITY,
    PROFESSIONAL,
    PRACTICE,
    CONTACT,
    TELECOM,
    OPENING_HOURS,
    TARIFF,
    CONCEPT,
    VALUE_SET,
    AUTHORISATION,
    PATHWAY,
    STEP,
    APPLICATION,
    ACTOR,
    INTERFACE,
    FLOW,
    DATA_CLASS,
    USAGE,
    SCENARIO,
    RUN,
    CHANGE,
    SOURCE_RECORD,
    DANGLING,
    ANOMALY,
    POPULATION_STATE,
    POPULATION_FIGURE,
    EVALUATION,
    PLATINES_RESULT,
    WRITER_LEASE,
    SCHEMA_STATE,
)
