"""What the files of a data set declare otherwise than another inventory: told in the report of the load, field by field (docs/graph_model.md, M-2).

The store keeps the values of the leader only, so what is told is what the files say beside what stands there.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.declared_twice import inventory_claims
from graph.inventory_forms import INVENTORY, SECTIONS, Described, described
from graph.model import NODES
from graph.model.kinds import NodeType
from graph.questions import question
from graph.reads import Reader, answer
from graph.record import Item, Notes
from graph.writing.claims import Claim, order
from loaders.inventory.items import MAKERS, Context

SHOWN = 80  # characters of a value
NOWHERE = Context(frozenset(), {})


@dataclass(frozen=True, slots=True)
class Others:
    """What other inventories state, by label and code: who leads there, and the object as it stands."""

    mine: Claim
    held: Mapping[tuple[str, str], Described] = field(default_factory=dict)

    def note(self, item: Item, notes: Notes) -> None:
        """Remark what an object of the files says otherwise, and whose word holds."""
        node = NODES[item.label]
        there = self.held.get((item.label, item.key))
        if there is None or node.merged:
            return
        theirs = [claim for claim in inventory_claims(node, there.said) if claim.source != self.mine.source]
        own = next((claim for claim in inventory_claims(node, there.said) if claim.source == self.mine.source), None)
        if not theirs:
            return
        leads = order(node, self.mine) < order(node, theirs[0])
        if own is not None and leads:  # what the others say stands nowhere: only that they say something else is known
            if any(claim.digest != own.digest for claim in theirs):
                notes.remark(f"{item.label} that {theirs[0].source} declares otherwise; these files lead", item.key)
            return
        for name, (here, elsewhere) in _differences(node, item, MAKERS[there.section].items(there.form, NOWHERE, there.fictional)[0]).items():
            who = "these files lead" if leads else "it leads"
            notes.remark(f"{item.label}.{name} declared otherwise by {theirs[0].source}; {who}", f"{item.key}: {here} here, {elsewhere} there")


def others_of(store: Reader, stamp: str, rank: int) -> Others:
    """What the store holds of other inventories than `stamp`; nothing is read where there is none."""
    mine = Claim(stamp, rank, "")
    known = {row["source"] for row in store.read(question("sources"))}
    if not any(source != stamp and source.partition(":")[0] == INVENTORY for source in known):
        return Others(mine)
    return Others(mine, {(SECTIONS[one.section].label, one.code): one for one in answer(store, described())})


def _differences(node: NodeType, here: Item, there: Item) -> dict[str, tuple[str, str]]:
    """By property and relation, what each side says."""
    found = {
        one.name: (_shown(here.props.get(one.name)), _shown(there.props.get(one.name)))
        for one in node.properties
        if _plain(here.props.get(one.name)) != _plain(there.props.get(one.name))
    }
    mine, theirs = _links(here), _links(there)
    for kind in sorted(mine.keys() | theirs.keys()):
        if mine[kind] != theirs[kind]:
            found[kind] = (_shown(sorted(mine[kind] - theirs[kind])), _shown(sorted(theirs[kind] - mine[kind])))
    return found


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


def _links(item: Item) -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for link in item.links:
        stated = {name: value for name, value in sorted(link.props.items()) if value is not None}
        found[link.type].add(f"{link.end.key} {json.dumps(stated, ensure_ascii=False, default=str)}" if stated else link.end.key)
    return found


def _shown(value: Any) -> str:
    if value is None or value == []:
        return "nothing"
    return (", ".join(map(str, value)) if isinstance(value, list) else str(value))[:SHOWN]
