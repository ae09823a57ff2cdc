"""What several inventories declare, and who leads (docs/graph_model.md, M-2, M-3): a conflict is shown, never merged in silence."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.inventory_forms import INVENTORY, SECTIONS
from graph.model.kinds import NodeType
from graph.questions import question
from graph.reads import Ask, Reads
from graph.tables import Table
from graph.writing.claims import UNWRITTEN, Claim, claims, order

COLUMNS = ("label", "code", "leader", "others", "differs")
NOTE = (
    "Le meneur donne toutes les valeurs ; ce que les autres disent autrement se lit en rechargeant leurs fichiers avec --dry-run (la note dit champ par champ)."
)
NONE = "Rien n'est déclaré deux fois autrement."


@dataclass(frozen=True, slots=True)
class DeclaredTwice:
    """An object that several inventories state. `differs`: whether they state it otherwise; None: it is not known until the others are loaded again."""

    label: str
    code: str
    leader: str
    others: tuple[str, ...]
    differs: bool | None


def declared_twice(*, all_of_them: bool = False) -> Reads[tuple[DeclaredTwice, ...]]:
    """The objects of which the leader gives all and that are stated otherwise by another inventory, or, all of them, by another at all; by label and code."""
    rows = yield Ask(question("inventory_objects"), {})
    found = []
    for row in rows:
        node = SECTIONS.get(row["section"])
        stated = inventory_claims(node, row["node"].get("said") or ()) if node is not None and not node.merged else []
        if node is not None and len(stated) > 1:
            one = DeclaredTwice(node.label, row["node"]["code"], stated[0].source, tuple(claim.source for claim in stated[1:]), _differs(stated))
            found += [one] if all_of_them or one.differs is not False else []
    return tuple(sorted(found, key=lambda one: (one.label, one.code)))


def inventory_claims(node: NodeType | None, said: Sequence[str]) -> list[Claim]:
    """The inventories that state a node, the leader first."""
    stated = [claim for claim in claims(said) if claim.source.partition(":")[0] == INVENTORY]
    return sorted(stated, key=lambda claim: order(node, claim)) if node is not None else stated


def _differs(stated: Sequence[Claim]) -> bool | None:
    digests = {claim.digest for claim in stated}
    if len(digests - {UNWRITTEN}) > 1:
        return True
    return None if UNWRITTEN in digests else False


def declared_twice_table(found: Sequence[DeclaredTwice]) -> Table:
    """One row an object."""
    rows = [(one.label, one.code, one.leader, ", ".join(one.others), one.differs) for one in found]
    return Table(COLUMNS, rows, (NOTE if found else NONE,))
