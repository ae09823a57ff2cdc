"""A made-up inventory in which the fewest switches are hard to find: many applications that share a few platforms, each with its own two or three of them.

A platform reads one class from the ROR that stops, for a usage that does not need it; who reads from platforms needs it from any of them. So to lift all
ruptures as few platforms have to move as hit every application: the smallest hitting set of a random hypergraph.
"""

import random

from graph.access import AccessRow
from graph.impact.inventory import NATIONAL, Application, Content, DataClass, Entry, Flow, Interface, Inventory, Region, Usage

READ = (2, 3)  # platforms that an application reads from; with three each, the search is the hardest: some seconds


def shared_platforms(applications: int, platforms: int, seed: int = 28) -> Inventory:
    """That many applications, and platforms each with one possible switch."""
    source, carried = random.Random(seed), {"OFFER": Content()}
    codes = [f"P{number:03}" for number in range(platforms)]
    readers = {f"A{number:05}": source.sample(codes, source.randint(*READ)) for number in range(applications)}
    here = frozenset({"R01"})
    return Inventory(
        regions=(Region("R01"),),
        classes=(DataClass("OFFER", access=(AccessRow.OFFER,)),),
        applications=(
            Application("ROR", deployed_in=here, enters=(Entry("OFFER", NATIONAL),)),
            Application("NAT", deployed_in=here, enters=(Entry("OFFER", NATIONAL),)),
            *(Application(code, deployed_in=here, access_profile=1, perimeter=NATIONAL) for code in (*codes, *readers)),
        ),
        interfaces=(
            Interface("I-ROR", "ROR", trust_circle="NONE", serves=carried),
            Interface("I-NAT", "NAT", trust_circle="NONE", serves=carried),
            *(Interface(f"I-{code}", code, trust_circle="NONE") for code in codes),
        ),
        flows=(
            *(Flow(f"F-{code}", code, "I-ROR", carries=carried, for_usage=("USEFUL",)) for code in codes),
            *(Flow(f"F-{code}-{read}", code, f"I-{read}", carries=carried, for_usage=("NEEDS",)) for code, reads in readers.items() for read in reads),
        ),
        usages=(Usage("NEEDS", needs={"OFFER": True}), Usage("USEFUL", needs={"OFFER": False})),
        model_version="synthetic",
    )
