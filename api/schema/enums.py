"""The closed lists of `graph` as enumerations of the schema. Every type of the schema takes them from here, so that each is made one once."""

from enum import StrEnum

import strawberry

from graph.access import AccessRow
from graph.dependencies import Direction
from graph.impact.doubts import Doubt
from graph.impact.inventory import Evidence
from graph.impact.judge import Status
from graph.impact.rights import Gap
from graph.impact.severity import Severity
from graph.impact.timeline import What as StopEvent
from graph.matches import MatchState
from graph.pathways.continuity import RestsOn
from graph.pathways.cost import Weight
from graph.pathways.coverage import CoverageState
from graph.pathways.gaps import GapState
from graph.pathways.meeting import Meets
from graph.pathways.pathway import StepPlace
from graph.pathways.routes import Delay
from graph.pathways.taking import Cause
from graph.pathways.territories import TerritoryLevel
from graph.reconciliation.answer import Dimension, Outcome
from graph.search.candidates import Origin
from graph.search.facets import Counted, Facet
from graph.search.judging import Order
from graph.search.offers import DistanceBasis, Match, Unknowns
from graph.writing.changes import ChangeKind


@strawberry.enum(description="What a node is, by label of the model (docs/model.md).")
class NodeKind(StrEnum):
    REGION = "Region"
    DEPARTMENT = "Department"
    COMMUNE = "Commune"
    HEALTH_TERRITORY = "HealthTerritory"
    LEGAL_ENTITY = "LegalEntity"
    GEOGRAPHIC_ENTITY = "GeographicEntity"
    ORGANISATIONAL_UNIT = "OrganisationalUnit"
    OFFER = "Offer"
    LOCATION = "Location"
    CAPACITY = "Capacity"
    PROFESSIONAL = "Professional"
    PRACTICE = "Practice"
    CONCEPT = "Concept"
    VALUE_SET = "ValueSet"
    AUTHORISATION = "Authorisation"
    PATHWAY = "Pathway"
    STEP = "Step"
    APPLICATION = "Application"
    ACTOR = "Actor"
    INTERFACE = "Interface"
    FLOW = "Flow"
    DATA_CLASS = "DataClass"
    USAGE = "Usage"
    POPULATION_FIGURE = "PopulationFigure"


strawberry.enum(Match, description="TRUE: the offer surely meets the criteria; UNKNOWN: to be checked (à vérifier, S-1).")
strawberry.enum(DistanceBasis, description="From what a distance is measured; COMMUNE is approximate (approché, S-5).")
strawberry.enum(Meets, description="TRUE: an offer of the member surely meets the step; UNKNOWN: to be checked; FALSE: none does (P-2).")
strawberry.enum(Unknowns, name="UnknownAnswers", description="COUNT: unknown offers are counted; INCLUDE: they stand last as well (S-1).")
strawberry.enum(Order, name="OfferOrder", description="Order of the offers, then by id; DISTANCE needs a place, without one it is NAME (S-9).")
strawberry.enum(Facet, description="A criterion by whose codes an answer is counted (facette, S-10).")
strawberry.enum(
    Counted, name="FacetCountKind", description="CODE: offers with it; UNDESCRIBED: offers that do not say (non décrit); MORE_CODES: codes beyond the 50 first."
)
strawberry.enum(Origin, description="DECLARED by a ROR, or OBSERVED in a survey; never in one figure.")
strawberry.enum(StepPlace, description="Who moves: the person, a team to the person, care at home, nobody (P-1).")
strawberry.enum(Weight, name="RouteWeight", description="What a chain of offers pays for, in km-equivalents (poids, P-5).")
strawberry.enum(
    Delay, name="DelayState", description="KEPT or EXCEEDED by the minutes of the road matrix; NOT_COMPUTED without them (non calculé): never a refusal (P-1)."
)
strawberry.enum(Cause, name="RefusalCause", description="Why an offer is not taken in a chain (P-6).")
strawberry.enum(TerritoryLevel, description="By what a coverage is told (maille).")
strawberry.enum(CoverageState, description="COVERED, POSSIBLE (only unknown offers), NONE, NOT_LOADED (P-3).")
strawberry.enum(RestsOn, description="What the offers of a step in a department rest on (P-8).")
strawberry.enum(GapState, description="NONE, POSSIBLE (an offer to be checked would fill it), NOT_LOADED, UNPLACED (P-4).")
strawberry.enum(Direction, description="DOWNSTREAM: what is hit if the start stops (aval). UPSTREAM: what the start relies on (amont).")
strawberry.enum(Severity, description="How hard a thing is hit, the worst first (gravité, I-21).")
strawberry.enum(
    Status, name="FlowStatus", description="Verdict of a flow, the best first (déjà basculé, à basculer, à préparer, couverture partielle, bloqué; I-15)."
)
strawberry.enum(StopEvent, name="StopEvent", description="What happens on a day: a stop, a dated action, the begin or end of an object (I-31).")
strawberry.enum(Gap, description="What is to be prepared before a consumer can use a candidate (écart, I-16).")
strawberry.enum(
    Doubt,
    description="What is not sure (I-34): that an inferred flow is there, a presumed source is one, a flow carries a class, a class is essential.",
)
strawberry.enum(AccessRow, name="AccessClass", description="A class of data: a row of the access table, from its top (docs/access.md).")
strawberry.enum(
    Outcome, name="ReconciliationOutcome", description="SAME: in both; PROPOSED: a pair that a person may confirm, absent until then; else only in one ROR."
)
strawberry.enum(Dimension, name="ReconciliationDimension", description="By what totals are told (axe).")
strawberry.enum(MatchState, name="MatchState", description="DECIDED by a rule, PROPOSED by one; CONFIRMED or REFUSED by a person; WITHDRAWN: taken back.")
strawberry.enum(ChangeKind, description="What happened to what a source says of an object; back: it had stopped saying it (créé, modifié, disparu, revenu).")
strawberry.enum(Evidence, description="How a fact is known, the strongest first (niveau de preuve, I-32).")

__all__ = [
    "AccessRow", "Cause", "ChangeKind", "Counted", "CoverageState", "Delay", "Dimension", "Direction", "DistanceBasis", "Doubt", "Evidence", "Facet", "Gap",
    "GapState", "Match", "MatchState", "Meets", "NodeKind", "Order", "Origin", "Outcome", "RestsOn", "Severity", "Status", "StepPlace", "StopEvent",
    "TerritoryLevel", "Unknowns", "Weight",
]  # fmt: skip
