"""What the store holds of what the files name: read to the spool before anything is decided."""

from graph.model import NODES, RELATIONS
from graph.runs import Mode
from graph.store.connection import Store
from graph.writing import statements
from graph.writing.spool import LinkKind, Spool


def compare(store: Store, spool: Spool, labels: tuple[str, ...], source: str, mode: Mode) -> None:
    """Decide the outcome of every object: by all that the store holds of the source for a full load, else by what the files name.

    Of what the files name the spool learns what other sources say of it too: who leads (M-3).
    """
    for label in labels:
        _compare_label(store, spool, label, source, mode)
    for kind in spool.hung_kinds:
        _compare_hung(store, spool, kind, source, mode)
    spool.judge()
    if mode is Mode.DELTA or spool.asserted_before():
        for ids in spool.records():
            spool.hold_records(store.stream(statements.record_nodes(), ids=ids))


def _compare_label(store: Store, spool: Spool, label: str, source: str, mode: Mode) -> None:
    node = NODES[label]
    if next(store.stream(statements.any_node(node)), None) is None:
        return
    if mode is Mode.FULL:
        spool.hold(label, store.stream(statements.held_all(node), prefix=f"{source}="))
    for keys in spool.keys_not_held(label):
        spool.hold(label, store.stream(statements.held_some(node), keys=keys))


def _compare_hung(store: Store, spool: Spool, kind: LinkKind, source: str, mode: Mode) -> None:
    ends = RELATIONS[kind.type], NODES[kind.start], NODES[kind.end]
    if mode is Mode.FULL:
        spool.hold_hung(kind, store.stream(statements.held_links(*ends), source=source))
        return
    for rows in spool.hung_ends(kind):
        spool.hold_hung(kind, store.stream(statements.held_some_links(*ends), rows=rows, source=source))
