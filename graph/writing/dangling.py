"""Relations whose end was known by a logical id only, resolved once a SourceRecord of the same source describes it (M-10)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from graph.model import RELATIONS
from graph.record import Link, Ref
from graph.store.connection import Statement
from graph.writing import ending_statements as ending
from graph.writing import statements
from graph.writing.claims import ROR
from graph.writing.content import link_statements
from graph.writing.lease import Lease
from graph.writing.stamps import Stamps

AT_ONCE = 2000
Found = tuple[str, str, str, str, str, str]  # id, relation, label and key of the start, label and key of the end


def resolve_dangling(lease: Lease, folder: Path, stamps: Stamps, today: date) -> dict[str, int]:
    """Make relations of the Dangling ones of the source whose end is known by now; how many are left, by relation.

    What is found goes to a file in `folder` first: nothing is read while it is written.
    """
    if not stamps.source.startswith(ROR):
        return {}
    with closing(sqlite3.connect(folder / "dangling.sqlite", isolation_level=None)) as database:
        database.execute("CREATE TABLE found (id TEXT, relation TEXT, start_label TEXT, start TEXT, end_label TEXT, end TEXT)")
        rows = lease.store.stream(statements.resolvable(), source=stamps.source, prefix=f"{stamps.source}/")
        database.executemany("INSERT INTO found VALUES (?, ?, ?, ?, ?, ?)", rows)
        found = database.execute("SELECT * FROM found ORDER BY id")
        while some := found.fetchmany(AT_ONCE):
            lease.write(list(_resolved([one for one in some if _may_join(one)], stamps, today)))
    return {str(relation): int(count) for relation, count in lease.store.stream(statements.dangling_left(), source=stamps.source)}


def _may_join(one: Found) -> bool:
    _, relation, start, _, end, _ = one
    return any((a.label, b.label) == (start, end) for a, b in RELATIONS[relation].ends)


def _resolved(found: list[Found], stamps: Stamps, today: date) -> Iterator[Statement]:
    if not found:
        return
    links = [Link(relation, Ref(label, start), Ref(end_label, end)) for _, relation, label, start, end_label, end in found]
    yield from link_statements(links, stamps)
    yield ending.end_dangling(), {"keys": [one[0] for one in found], "today": today}
