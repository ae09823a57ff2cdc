"""The relation types: one constant each (docs/graph_model.md). A new relation is one constant here and its line in ALL_RELATIONS."""

from typing import Final

from graph.model.kinds import Impact, NodeType, RelationType, properties
from graph.model.nodes import (
    ACTOR,
    ANOMALY,
    APPLICATION,
    AUTHORISATION,
    CAPACITY,
    COMMUNE,
    CONCEPT,
    CONTACT,
    DATA_CLASS,
    DEPARTMENT,
    DOCTRINE,
    FLOW,
    GEOGRAPHIC_ENTITY,
    HEALTH_TERRITORY,
    INTERFACE,
    LEGAL_ENTITY,
    LISTING,
    LOCATION,
    OFFER,
    OPENING_HOURS,
    ORGANISATIONAL_UNIT,
    PATHWAY,
    POPULATION_FIGURE,
    POPULATION_STATE,
    PRACTICE,
    PROFESSIONAL,
    PROJECT,
    REGION,
    REGISTER,
    SOURCE_RECORD,
    STEP,
    TARIFF,
    TELECOM,
    USAGE,
    V3,
    VALUE_SET,
)  # fmt: skip


def _each(starts: tuple[NodeType, ...], *ends: NodeType) -> tuple[tuple[NodeType, NodeType], ...]:
    return tuple((start, end) for start in starts for end in ends)


TERRITORIES = (COMMUNE, DEPARTMENT, REGION, HEALTH_TERRITORY)
DESCRIBED = (LEGAL_ENTITY, GEOGRAPHIC_ENTITY, ORGANISATIONAL_UNIT, OFFER, LOCATION, PROFESSIONAL, PRACTICE)
STATED = properties("attributes:texts regional_extension:texts")  # null: all attributes; extensions by name

# Referential
IN = RelationType("IN", ((COMMUNE, DEPARTMENT), (COMMUNE, COMMUNE), (DEPARTMENT, REGION)), ("est dans", "contient"), "INSEE", one=True)
CONTAINS = RelationType("CONTAINS", _each((HEALTH_TERRITORY,), COMMUNE, DEPARTMENT), ("contient", "est dans"), "TRE_R88", spreads=True)
PART_OF = RelationType(
    "PART_OF",
    ((GEOGRAPHIC_ENTITY, LEGAL_ENTITY), (ORGANISATIONAL_UNIT, GEOGRAPHIC_ENTITY), (ORGANISATIONAL_UNIT, ORGANISATIONAL_UNIT), (LOCATION, LOCATION)),
    ("fait partie de", "comprend"),
    V3,
    Impact.BACKWARD,
    one=True,
)
SECONDARY_OF = RelationType(
    "SECONDARY_OF", ((GEOGRAPHIC_ENTITY, GEOGRAPHIC_ENTITY),), ("est secondaire de", "a pour secondaire"), f"{REGISTER}, FINESS", one=True
)
LOCATED_IN = RelationType("LOCATED_IN", _each((GEOGRAPHIC_ENTITY, LOCATION, LEGAL_ENTITY, PRACTICE), COMMUNE), ("est situé dans", "accueille"), V3, one=True)
ROAD = RelationType(
    "ROAD",
    ((COMMUNE, COMMUNE),),
    ("est reliée par la route à", "est reliée par la route depuis"),
    f"{PROJECT}, S-5",
    properties=properties("km:float minutes:float"),
    each=True,
)
IN_TERRITORY = RelationType("IN_TERRITORY", ((GEOGRAPHIC_ENTITY, HEALTH_TERRITORY),), ("est dans le territoire", "comprend"), V3)
HAS_ACTIVITY = RelationType(
    "HAS_ACTIVITY", _each((OFFER, ORGANISATIONAL_UNIT), CONCEPT), ("a pour activité", "est l'activité de"), f"{V3}; TRE_R211", properties=properties("family")
)
PERFORMS_ACT = RelationType(
    "PERFORMS_ACT", ((OFFER, CONCEPT),), ("réalise l'acte", "est réalisé par"), f"{V3}; TRE_R210", properties=properties("outside_office:bool")
)
SPECIALISED_IN = RelationType("SPECIALISED_IN", ((OFFER, CONCEPT),), ("est spécialisée en", "est la spécialisation de"), f"{V3}; TRE_R245")
FOR_PUBLIC = RelationType("FOR_PUBLIC", ((OFFER, CONCEPT),), ("prend en charge", "est pris en charge par"), f"{V3}; TRE_R239")
HAS_COMPETENCE = RelationType("HAS_COMPETENCE", _each((OFFER, PRACTICE), CONCEPT), ("a pour compétence", "est la compétence de"), f"{V3}; TRE_R243")
MOBILISES = RelationType("MOBILISES", ((OFFER, CONCEPT),), ("mobilise", "est mobilisée par"), f"{V3}; JDV_J186")
RECEPTION_MODALITY = RelationType("RECEPTION_MODALITY", ((OFFER, CONCEPT),), ("accueille selon", "est la modalité d'accueil de"), f"{V3}; TRE_R338")
EXPERTISE_LEVEL = RelationType("EXPERTISE_LEVEL", ((OFFER, CONCEPT),), ("a pour niveau d'expertise", "est le niveau d'expertise de"), f"{V3}; JDV_J227")
OFFERED_BY = RelationType(
    "OFFERED_BY", _each((OFFER,), GEOGRAPHIC_ENTITY, ORGANISATIONAL_UNIT, LEGAL_ENTITY), ("est proposée par", "propose"), V3, Impact.BACKWARD, one=True
)
INTERVENES_IN = RelationType(
    "INTERVENES_IN", _each((OFFER,), *TERRITORIES), ("intervient dans", "est desservi par"), V3, properties=properties("whole_country:bool")
)
DELIVERED_AT = RelationType("DELIVERED_AT", ((OFFER, LOCATION),), ("est réalisée dans", "est le lieu de"), V3, Impact.LAST)
SOURCED_FROM = RelationType("SOURCED_FROM", ((OFFER, APPLICATION),), ("vient de", "est la source de"), PROJECT, Impact.LAST, each=True)
MANAGED_BY = RelationType("MANAGED_BY", ((LOCATION, GEOGRAPHIC_ENTITY),), ("est géré par", "gère"), V3, Impact.BACKWARD, one=True)
HAS_EQUIPMENT = RelationType(
    "HAS_EQUIPMENT", _each((LOCATION, OFFER), CONCEPT), ("a pour équipement", "équipe"), f"{V3}; TRE_R212", properties=properties("in_service:int limits:texts")
)
HAS_HOUSING = RelationType(
    "HAS_HOUSING", _each((LOCATION, OFFER), CONCEPT), ("a pour habitation", "est l'habitation de"), f"{V3}; TRE_R242", properties=properties("count:int")
)
HAS_CAPACITY = RelationType("HAS_CAPACITY", _each((LOCATION, OFFER), CAPACITY), ("a pour capacité", "est la capacité de"), V3, owned=True)
BY = RelationType("BY", ((PRACTICE, PROFESSIONAL),), ("est l'exercice de", "exerce"), V3, one=True)
AT = RelationType("AT", ((PRACTICE, GEOGRAPHIC_ENTITY),), ("a lieu dans", "est le lieu d'exercice de"), V3, Impact.LAST)
FOR = RelationType("FOR", ((PRACTICE, OFFER),), ("contribue à", "repose sur"), V3, Impact.BACKWARD, one=True)
HAS_SPECIALTY = RelationType("HAS_SPECIALTY", ((PRACTICE, CONCEPT),), ("a pour spécialité", "est la spécialité de"), V3, properties=properties("type"))
HAS_CONTACT = RelationType(
    "HAS_CONTACT", _each((LEGAL_ENTITY, GEOGRAPHIC_ENTITY, ORGANISATIONAL_UNIT, OFFER), CONTACT), ("a pour contact", "est le contact de"), V3, owned=True
)
HAS_TELECOM = RelationType(
    "HAS_TELECOM",
    _each((LEGAL_ENTITY, GEOGRAPHIC_ENTITY, ORGANISATIONAL_UNIT, OFFER, LOCATION, PROFESSIONAL, PRACTICE, CONTACT), TELECOM),
    ("est joint par", "joint"),
    V3,
    owned=True,
)
HAS_HOURS = RelationType("HAS_HOURS", _each((OFFER, PRACTICE), OPENING_HOURS), ("a pour horaires", "sont les horaires de"), V3, owned=True)
HAS_TARIFF = RelationType("HAS_TARIFF", ((GEOGRAPHIC_ENTITY, TARIFF),), ("a pour tarif", "est le tarif de"), V3, owned=True)
BROADER = RelationType("BROADER", ((CONCEPT, CONCEPT),), ("est plus précis que", "est plus large que"), "NOS, ASS")
INCLUDES = RelationType("INCLUDES", ((VALUE_SET, CONCEPT),), ("comprend", "est dans le jeu de valeurs"), "NOS, JDV", spreads=True)
GRANTED_TO = RelationType("GRANTED_TO", ((AUTHORISATION, GEOGRAPHIC_ENTITY),), ("est accordée à", "a pour autorisation"), f"{REGISTER}, FINESS", one=True)
HELD_BY = RelationType("HELD_BY", ((AUTHORISATION, LEGAL_ENTITY),), ("est détenue par", "détient"), f"{REGISTER}, FINESS", one=True)
DESCRIBES = RelationType("DESCRIBES", _each((SOURCE_RECORD,), *DESCRIBED), ("décrit", "est décrit par"), f"{PROJECT}, M-1", one=True, apart=True)
SAME_AS = RelationType(
    "SAME_AS",
    tuple((kind, kind) for kind in DESCRIBED),
    ("est le même que", "est le même que"),
    f"{PROJECT}, M-12",
    properties=properties("rule state evidence:json by* on:date"),
    apart=True,
)

# Pathways
HAS_STEP = RelationType("HAS_STEP", ((PATHWAY, STEP),), ("a pour étape", "est une étape de"), PROJECT, properties=properties("rank:int"))
NEXT = RelationType("NEXT", ((STEP, STEP),), ("est suivie de", "suit"), PROJECT, properties=properties("condition max_delay_h:float max_km:float"))
REQUIRES = RelationType(
    "REQUIRES", ((STEP, CONCEPT),), ("requiert", "est requis par"), f"{PROJECT}, derived from the requirement", properties=properties("role")
)
MEMBER_OF = RelationType(
    "MEMBER_OF",
    _each((OFFER, GEOGRAPHIC_ENTITY, LEGAL_ENTITY), PATHWAY, STEP),
    ("est membre de", "a pour membre"),
    PROJECT,
    Impact.FORWARD,
    properties=properties("role since:date until:date"),
)

# Urbanisation
OWNED_BY = RelationType("OWNED_BY", _each((APPLICATION, INTERFACE), ACTOR), ("appartient à", "possède"), DOCTRINE)
OPERATED_BY = RelationType("OPERATED_BY", ((APPLICATION, ACTOR),), ("est exploitée par", "exploite"), DOCTRINE)
PUBLISHED_BY = RelationType("PUBLISHED_BY", ((APPLICATION, ACTOR),), ("est éditée par", "édite"), DOCTRINE)
DEPLOYED_IN = RelationType("DEPLOYED_IN", ((APPLICATION, REGION),), ("est déployée en", "utilise"), DOCTRINE, Impact.FORWARD)
CONNECTED_TO = RelationType(
    "CONNECTED_TO",
    ((APPLICATION, APPLICATION),),
    ("est connectée à", "est appelée par"),
    DOCTRINE,
    properties=properties("state checked_on:date document reason"),
)
ENTERS = RelationType(
    "ENTERS",
    ((APPLICATION, DATA_CLASS),),
    ("saisit", "est saisie dans"),
    f"{PROJECT}, I-9",
    properties=properties("regions:texts since:date until:date evidence reason"),
)
EXPOSED_BY = RelationType("EXPOSED_BY", ((INTERFACE, APPLICATION),), ("est exposée par", "expose"), DOCTRINE, Impact.BACKWARD, one=True)
SERVES = RelationType("SERVES", ((INTERFACE, DATA_CLASS),), ("sert", "est servie par"), DOCTRINE, properties=STATED)
REPLACED_BY = RelationType("REPLACED_BY", ((INTERFACE, INTERFACE),), ("est remplacée par", "remplace"), DOCTRINE, properties=properties("coverage:json note"))
CONSUMER = RelationType("CONSUMER", ((FLOW, APPLICATION),), ("a pour consommateur", "consomme par"), DOCTRINE, Impact.FORWARD, one=True)
PRODUCER = RelationType("PRODUCER", ((FLOW, APPLICATION),), ("a pour producteur", "alimente par"), DOCTRINE, Impact.BOTH, one=True)
CALLS = RelationType("CALLS", ((FLOW, INTERFACE),), ("appelle", "est appelée par"), DOCTRINE, Impact.BACKWARD, one=True)
FEEDS = RelationType("FEEDS", ((FLOW, INTERFACE),), ("alimente", "est alimentée par"), DOCTRINE, Impact.BOTH, one=True)
CARRIES = RelationType("CARRIES", ((FLOW, DATA_CLASS),), ("transporte", "est transportée par"), DOCTRINE, properties=STATED)
FOR_USAGE = RelationType("FOR_USAGE", ((FLOW, USAGE),), ("sert l'usage", "repose sur"), DOCTRINE, Impact.FORWARD)
SUPPORTS = RelationType("SUPPORTS", _each((USAGE,), PATHWAY, STEP), ("soutient", "est soutenue par"), DOCTRINE, Impact.FORWARD)
NEEDS = RelationType("NEEDS", ((USAGE, DATA_CLASS),), ("a besoin de", "est nécessaire à"), DOCTRINE, properties=properties("essential:bool"))

# Runs and quality
STATE_OF = RelationType("STATE_OF", ((POPULATION_STATE, GEOGRAPHIC_ENTITY),), ("est l'état de", "a pour état"), "peuplement du ROR", one=True)
ABOUT = RelationType(
    "ABOUT",
    (*_each((ANOMALY,), *DESCRIBED), (POPULATION_FIGURE, REGION), *_each((LISTING,), GEOGRAPHIC_ENTITY, LEGAL_ENTITY)),
    ("porte sur", "est l'objet de"),
    "boucle qualité; enquête de peuplement; listes d'établissements",
)

ALL_RELATIONS: Final = (
    IN,
    CONTAINS,
    PART_OF,
    SECONDARY_OF,
    LOCATED_IN,
    IN_TERRITORY,
    ROAD,
    HAS_ACTIVITY,
    PERFORMS_ACT,
    SPECIALISED_IN,
    FOR_PUBLIC,
    HAS_COMPETENCE,
    MOBILISES,
    RECEPTION_MODALITY,
    EXPERTISE_LEVEL,
    OFFERED_BY,
    INTERVENES_IN,
    DELIVERED_AT,
    SOURCED_FROM,
    MANAGED_BY,
    HAS_EQUIPMENT,
    HAS_HOUSING,
    HAS_CAPACITY,
    BY,
    AT,
    FOR,
    HAS_SPECIALTY,
    HAS_CONTACT,
    HAS_TELECOM,
    HAS_HOURS,
    HAS_TARIFF,
    BROADER,
    INCLUDES,
    GRANTED_TO,
    HELD_BY,
    DESCRIBES,
    SAME_AS,
    HAS_STEP,
    NEXT,
    REQUIRES,
    MEMBER_OF,
    OWNED_BY,
    OPERATED_BY,
    PUBLISHED_BY,
    DEPLOYED_IN,
    CONNECTED_TO,
    ENTERS,
    EXPOSED_BY,
    SERVES,
    REPLACED_BY,
    CONSUMER,
    PRODUCER,
    CALLS,
    FEEDS,
    CARRIES,
    FOR_USAGE,
    SUPPORTS,
    NEEDS,
    STATE_OF,
    ABOUT,
)
