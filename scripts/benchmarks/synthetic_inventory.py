"""A made-up urbanisation inventory of any size, the same for the same seed: for benchmarks of the impact analysis, never for answers.

Shape: 17 regional RORs that enter their region, the national ROR that enters some classes of all regions, consumers deployed in one to three
regions, five classes a flow, one flow in five to the national ROR, the others to a regional ROR of the consumer's regions. With platforms it is
harder: one flow in eight goes to one of ten platforms, which consume themselves (candidates, cascades), and two more read from their ROR and from
one another (a cycle), and nobody else reads them. The number of platforms is the same at every size.
"""

import random
from dataclasses import replace
from datetime import date
from typing import Final

from graph.access import AccessRow
from graph.impact.inventory import (
    NATIONAL,
    Application,
    Content,
    DataClass,
    Entry,
    Evidence,
    Flow,
    Interface,
    Inventory,
    Pathway,
    Region,
    Step,
    Support,
    Usage,
)

REGIONS: Final = tuple(f"R{number:02}" for number in range(1, 18))
CLASSES: Final = tuple(f"{row.value}-{number}" for number in (1, 2) for row in AccessRow)
USAGES: Final = tuple(f"U{number}" for number in range(1, 9))
CLASSES_PER_FLOW: Final = 5
PLATFORMS: Final = 12
AS_OF: Final = date(2026, 1, 15)
STOP: Final = date(2026, 6, 30)
WHOLE: Final = Content()
_STANDARDS: Final = (("FHIR_ME3", "3.0"), ("XML_ME2", "2.4"), ("SOAP_CSD", "1.6"))


def synthetic_inventory(applications: int, flows: int, seed: int = 1, *, platforms: bool = False) -> Inventory:
    """An inventory of that many applications (18 of them RORs; 12 platforms, if any) and flows. Raises ValueError under 40 applications."""
    if applications < 40:
        message = f"{applications} applications are too few: 18 are RORs, {PLATFORMS} platforms, and there must be other consumers."
        raise ValueError(message)
    source = random.Random(seed)
    consumers = [_consumer(source, number) for number in range(applications - len(REGIONS) - 1)]
    consumers[:2] = [replace(platform, deployed_in=frozenset({REGIONS[0]})) for platform in consumers[:2]]
    exposing = consumers[:PLATFORMS] if platforms else []
    cycle = _cycle(*exposing[:2]) if platforms else ()
    return Inventory(
        regions=tuple(Region(code) for code in REGIONS),
        classes=tuple(DataClass(f"{row.value}-{number}", access=(row,)) for number in (1, 2) for row in AccessRow),
        applications=(*_rors(), *consumers),
        interfaces=(*_ror_interfaces(source), *(_platform(source, consumer) for consumer in exposing)),
        flows=(*cycle, *(_flow(source, number, source.choice(consumers), exposing[2:]) for number in range(len(cycle), flows))),
        usages=tuple(_usage(source, code) for code in USAGES),
        pathways=tuple(_pathway(f"P{number}") for number in (1, 2)),
        model_version="synthetic",
    )


def _rors() -> list[Application]:
    regional = [
        Application(
            code=f"ROR-{region}",
            criticality=3,
            access_profile=1,
            perimeter=frozenset({region}),
            deployed_in=frozenset({region}),
            enters=tuple(Entry(code, frozenset({region})) for code in CLASSES),
        )
        for region in REGIONS
    ]
    entered = tuple(Entry(code, NATIONAL) for code in CLASSES[: len(CLASSES) * 3 // 4])
    national = Application("ROR-NAT", criticality=4, perimeter=NATIONAL, deployed_in=frozenset(REGIONS), enters=entered)
    return [*regional, national]


def _ror_interfaces(source: random.Random) -> list[Interface]:
    every = dict.fromkeys(CLASSES, WHOLE)
    regional = [
        Interface(f"I-{region}", f"ROR-{region}", standard=standard, version=version, security="TLS_IGC", trust_circle=region, serves=every)
        for region in REGIONS
        for standard, version in [source.choice(_STANDARDS)]
    ]
    entered = dict.fromkeys(CLASSES[: len(CLASSES) * 3 // 4], WHOLE)
    national = Interface("I-NAT", "ROR-NAT", standard="FHIR_ME3", version="3.0", security="TLS_IGC", trust_circle="NAT", perimeter=NATIONAL, serves=entered)
    return [*regional, national]


def _consumer(source: random.Random, number: int) -> Application:
    regions = frozenset(source.sample(REGIONS, source.randint(1, 3)))
    return Application(
        code=f"A{number:06}",
        owner=f"ORG{number % 97:02}",
        criticality=source.choice((None, 1, 2, 3, 4)),
        access_profile=source.choice((None, 0, 1, 2, 3, 4, 5)),
        perimeter=source.choice((regions, NATIONAL)),
        trust_circles=frozenset(source.sample(("NAT", *sorted(regions)), 1)),
        deployed_in=regions,
    )


def _platform(source: random.Random, consumer: Application) -> Interface:
    serves = dict.fromkeys((CLASSES[0], *source.sample(CLASSES[1:], CLASSES_PER_FLOW)), WHOLE)
    return Interface(
        f"I-{consumer.code}", consumer.code, standard="WEBSERVICE", version="1", trust_circle="NONE", perimeter=consumer.deployed_in, serves=serves
    )


def _cycle(one: Application, other: Application) -> list[Flow]:
    """Both read the first class from the ROR of the first region and from one another."""
    calls = [(one, f"I-{REGIONS[0]}"), (other, f"I-{REGIONS[0]}"), (one, f"I-{other.code}"), (other, f"I-{one.code}")]
    return [Flow(f"F{number:06}", caller.code, interface, carries={CLASSES[0]: WHOLE}) for number, (caller, interface) in enumerate(calls)]


def _flow(source: random.Random, number: int, consumer: Application, platforms: list[Application]) -> Flow:
    kind = source.random()
    interface = f"I-{source.choice(sorted(consumer.deployed_in))}"
    if kind < 0.2:
        interface = "I-NAT"
    elif platforms and kind < 0.325:
        interface = f"I-{source.choice(platforms).code}"
    carries = dict.fromkeys(source.sample(CLASSES, CLASSES_PER_FLOW), WHOLE) if source.random() < 0.95 else {}
    return Flow(
        code=f"F{number:06}",
        caller=consumer.code,
        interface=interface,
        mode="query",
        criticality=source.choice((None, 1, 2, 3, 4)),
        evidence=source.choice((*Evidence, None)),
        evidence_date=date(2025, source.randint(1, 12), 1),
        carries=carries,
        for_usage=tuple(source.sample(USAGES, source.randint(0, 2))),
    )


def _usage(source: random.Random, code: str) -> Usage:
    needs = {name: source.random() < 0.5 for name in source.sample(CLASSES, 4)} if source.random() < 0.8 else {}
    return Usage(code, needs=needs, supports=(Support(source.choice(("P1", "P2")), source.choice(("S1", "S2", "S3"))),))


def _pathway(code: str) -> Pathway:
    return Pathway(code, steps=(Step("S1", next=("S2", "S3")), Step("S2", next=("S4",)), Step("S3", next=("S4",)), Step("S4")))
