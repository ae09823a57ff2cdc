"""The access policy of the schema, as data: what every field, criterion, order, facet and property needs to be seen (docs/access.md, A-1, A-4, A-11).

Rows of the graph that a viewer may not see never come out of the store (graph/access). Here stands what is asked: by it fields are withheld
(api/permits.py) and questions refused (api/refusals.py), by profile, perimeter and scopes alone, never by the data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from graph.access import AccessRow, Scope, Viewer
from graph.access.classes import OF_LEVEL, OF_STATUS, PROPERTY_ROWS, RESTRICTED_RELATIONS
from graph.search.facets import Facet
from graph.search.judging import Order


@dataclass(frozen=True, slots=True)
class Need:
    """What a field or argument needs. `rows`: of the table, those that what it holds may belong to; none: withheld from all who do not see everything.

    `scope`: needed beside the rows.
    """

    rows: tuple[AccessRow, ...] = ()
    scope: Scope | None = None

    def is_met(self, viewer: Viewer) -> bool:
        """Whether nothing is withheld, whatever the data holds."""
        if self.scope is not None and self.scope not in viewer.scopes:
            return False
        return all(map(viewer.sees, self.rows)) if self.rows else viewer.sees_all_offers

    def is_barred(self, viewer: Viewer) -> bool:
        """Whether all of it is withheld, whatever the data holds."""
        if self.scope is not None and self.scope not in viewer.scopes:
            return True
        return not (viewer.sees_something(self.rows) if self.rows else viewer.sees_all_offers)


NOTHING: Final = Need()  # a field without a class
FREE: Final = Need((AccessRow.OFFER,))
RESTRICTED: Final = Need((AccessRow.RESTRICTED,))
CRISIS: Final = Need((AccessRow.CRISIS,))
BEDS: Final = Need((AccessRow.BEDS,))
CAPACITIES: Final = Need((AccessRow.OFFER, AccessRow.BEDS, AccessRow.CRISIS))
SHARED_CAPACITIES: Final = Need((*CAPACITIES.rows, AccessRow.SENSITIVE))  # of a location, that a sensitive unit may share
MIXED: Final = Need((AccessRow.OFFER, AccessRow.RESTRICTED))
STAFF: Final = Need((AccessRow.STAFF_AMBULATORY, AccessRow.STAFF))
PRIVATE: Final = Need((AccessRow.STAFF_AMBULATORY,))
REACHED: Final = Need(tuple(OF_LEVEL.values()))
URBANISATION: Final = Need((AccessRow.OFFER,), Scope.URBANISATION)
RUNS: Final = Need((AccessRow.OFFER,), Scope.RUNS)
EVERY_CLASS_AND_RUNS: Final = Need((), Scope.RUNS)

Fields = tuple[tuple[Need, str], ...]

_STATED: Final = ((RUNS, "sources history"), (FREE, "stamps"))
_HELD: Final = ((REACHED, "contacts telecoms"),)

CLASSES: Final[Mapping[str, Fields]] = {  # of every field of every other type; what is named nowhere has none
    # Roots: a scope that is missing refuses the whole question
    "Query": (
        (FREE, "legalEntity geographicEntity offer organisationalUnit location find concepts searchOffers"),
        (FREE, "pathways pathway pathwayCoverage pathwayRoutes pathwayRefusal pathwayGaps pathwayContinuity pathwayLoss pathwayMembers"),
        (STAFF, "professional"),
        (URBANISATION, "applications application interface dependencies decommissioningImpact decommissioningTimeline readiness compareScenarios"),
        (URBANISATION, "decommissioningPlan sensitivity"),
        (RUNS, "sources runs changes runChanges differences"),
        (EVERY_CLASS_AND_RUNS, "reconciliation"),
    ),
    # Referential
    "LegalEntity": (
        (FREE, "id name finess siren category legalStatus address postalCode openedOn closedOn closingType updatedAt commune department"),
        (FREE, "pathways authorisations sites"),
        (PRIVATE, "rppsRank adeliRank"),
        *_STATED,
        *_HELD,
    ),
    "GeographicEntity": (
        (FREE, "id name usualName finess siret category espic address postalCode latitude longitude pointReliable openedOn closedOn closingType reopensOn"),
        (FREE, "lapsed accessibility noConsent financialAids familyHousing socialAidPlaces updatedAt commune department entity legalEntity main pathways"),
        (FREE, "tariffs territories authorisations units locations offers"),
        (PRIVATE, "rppsRank adeliRank"),
        (CRISIS, "dropZone orsanLevel"),
        (RESTRICTED, "comment"),
        (STAFF, "practices"),
        *_STATED,
        *_HELD,
    ),
    "OrganisationalUnit": (
        (FREE, "id name type openedOn closedOn closingType parent parentKind commune site units offers activities"),
        *_STATED,
        *_HELD,
    ),
    "Offer": (
        (FREE, "id name origin fieldOfActivity careMode offerType activities site entity commune evidenceDate updatedAt evidence evidenceDetail"),
        (FREE, "receptionType managementType maternityType minAge maxAge ageUnit sensitiveUnit noConsent psychiatrySectors annualOpening openedOn closedOn"),
        (FREE, "closingType reopensOn sourceRegion createdAt department areas publics receptionModalities expertiseLevels unit locations hours housing"),
        (FREE, "pathways"),
        (RESTRICTED, "comment acts specialisations competences mobilises equipment"),
        (MIXED, "codes"),
        (SHARED_CAPACITIES, "capacities"),
        (URBANISATION, "rors"),
        (STAFF, "practices"),
        *_STATED,
        *_HELD,
    ),
    "Location": (
        (FREE, "id name externalSyncId function status address streetOrLocality postalCode town latitude longitude pointReliable commune manager parent site"),
        (FREE, "housing"),
        (RESTRICTED, "comment equipment"),
        (SHARED_CAPACITIES, "capacities"),
        (REACHED, "telecoms"),
        *_STATED,
    ),
    "Capacity": (
        (FREE, "id nature status temporality gender assignment closingType extraBed crisis count updatedAt sourceType"),
        (RESTRICTED, "comment"),
    ),
    "Professional": ((FREE, "id familyName givenNames title pathways practices"), *_STATED),
    "Practice": (
        (FREE, "id kind profession exerciseMode agreementSector optam vitaleCard homeVisit exerciseName since until specialties hours offer professional"),
        (FREE, "sites"),
        (RESTRICTED, "competences"),
        (REACHED, "telecoms"),
        *_STATED,
    ),
    "Contact": ((FREE, "id name function nature confidentiality updatedAt"), (REACHED, "telecoms")),
    "Stamps": ((FREE, "source firstSeen lastSeen goneOn stub"), (RUNS, "run")),
    "Run": ((EVERY_CLASS_AND_RUNS, "message counts"),),
}
WHOLE: Final[Fields] = (
    (FREE, "Area Authorisation CodeOf Coded Equipment HealthTerritory Hit Housing Named OfferEntity OfferSite OpeningHours PageInfo Place Specialty Tariff"),
    (FREE, "Telecom Concept ConceptConnection ConceptEdge"),
    # search and pathways: figures over what is seen
    (FREE, "CriterionCount FacetCount MatchReason OfferConnection OfferEdge Relaxation Pathway Step Passage Member Membership PathwayCoverage StepCoverage"),
    (
        FREE,
        "PathwayRoute RouteStep CostTerm CostWeight PathwayRefusal LeftCount GapConnection GapEdge PathwayGap StepGaps NearestOffer SinglePoint PathwayLoss",
    ),
    (FREE, "StepLoss NextBest LostCell MeetingMember"),
    (URBANISATION, "Actor Application ApplicationConnection ApplicationEdge ApplicationLink Candidate CodeOnDay Contribution DecommissioningImpact"),
    (URBANISATION, "DependencyGraph Dependent EnteredClass Examined ExposedInterface FlowEnd FlowVerdict ImpactedNode Interface ItemVerdict PathStep"),
    (URBANISATION, "DecommissioningTimeline RegionReadiness Replacement Score ServedClass SeverityCount SourceAge StatusCount Target TerritoryScore"),
    (URBANISATION, "FlowChange ItemChange ScenarioComparison ScenarioSide TerritoryChange TerritorySeverity TimelineEvent TimelineMoment Unknowns WitnessStep"),
    (
        URBANISATION,
        "DecommissioningPlan DecommissioningSensitivity DoubtCount FactEffect FactHolder FewestSwitch FewestSwitches MoveBlocker MoveGroup MoveWave",
    ),
    (URBANISATION, "PlannedMove RegionEffort RuptureLeft SwitchAlternative WorseAction"),
    (RUNS, "Change ChangeConnection ChangeEdge Difference DifferenceConnection DifferenceEdge Run RunConnection RunEdge Source SourceStatement"),
    (EVERY_CLASS_AND_RUNS, "Differs Fact ReconciledOffer ReconciledOfferConnection ReconciledOfferEdge ReconciledStructures Reconciliation"),
    (EVERY_CLASS_AND_RUNS, "ReconciliationCounts ReconciliationTotal StatedOffer StructureMatch"),
)
"""Types whose fields are all of one class, but those that CLASSES names."""

CRITERIA: Final[Mapping[str, Need]] = {
    **dict.fromkeys(("and", "or", "not", "sameSite"), FREE),
    **dict.fromkeys(("fieldOfActivity", "activity", "offerType", "careMode", "establishmentCategory", "public", "expertiseLevel"), FREE),
    **dict.fromkeys(("receptionModality", "receptionType", "maternityType", "age", "ageUnit", "openAt", "tariff", "interventionArea"), FREE),
    **dict.fromkeys(("updatedSince", "sourceRegion", "psychiatrySector", "text"), FREE),
    **dict.fromkeys(("act", "specialisation", "competence", "equipment"), RESTRICTED),
    "specialty": STAFF,
    "inAnomaly": Need((AccessRow.OFFER,), Scope.QUALITY),
    "capacity": CAPACITIES,  # by its status: CAPACITY
}
CAPACITY: Final[Mapping[str, Need]] = {status: Need((row,)) for status, row in OF_STATUS.items()}
"""Of the criterion `capacity`, by its status; another one is of the strictest row."""

ORDERS: Final[Mapping[Order, Need]] = {Order.DISTANCE: FREE, Order.NAME: FREE, Order.FRESHNESS: FREE, Order.AVAILABILITY: BEDS}
FACETS: Final[Mapping[Facet, Need]] = {
    **dict.fromkeys((Facet.FIELD_OF_ACTIVITY, Facet.ACTIVITY, Facet.OFFER_TYPE, Facet.CARE_MODE, Facet.PUBLIC, Facet.EXPERTISE_LEVEL), FREE),
    **dict.fromkeys((Facet.RECEPTION_MODALITY, Facet.RECEPTION_TYPE, Facet.MATERNITY_TYPE, Facet.ESTABLISHMENT_CATEGORY, Facet.SOURCE_REGION), FREE),
    **dict.fromkeys((Facet.ACT, Facet.SPECIALISATION, Facet.COMPETENCE), RESTRICTED),
    Facet.SPECIALTY: STAFF,
}
PROPERTIES: Final[Mapping[str, Need]] = {
    **dict.fromkeys(RESTRICTED_RELATIONS, RESTRICTED),
    **{name: Need((row,)) for name, row in PROPERTY_ROWS.items()},
    "HAS_CAPACITY": CAPACITIES,
    **dict.fromkeys(("HAS_CONTACT", "HAS_TELECOM"), REACHED),
    "SOURCED_FROM": URBANISATION,
}
"""Of a property or relation type of the model by which differences are asked; another one is free."""

ROOTS: Final = frozenset({"Query", "Mutation"})


def need_of(type_name: str, field_name: str) -> Need:
    """What a field of the schema needs (A-1: one without a class needs to see everything)."""
    return OF_FIELDS.get((type_name, field_name)) or OF_TYPES.get(type_name) or NOTHING


OF_FIELDS: Final = {(kind, name): need for kind, fields in CLASSES.items() for need, names in fields for name in names.split()}
OF_TYPES: Final = {name: need for need, names in WHOLE for name in names.split()}
