"""What differs between the two servers, and the schema statements that do not.

Constraints and indexes are one Cypher for both. A full-text index is not: Neo4j makes it in Cypher; ArcadeDB refuses that and makes it
in SQL only, which it takes over its own HTTP door (on the loopback, same password) and not over Bolt. The query is one for both:
`CALL db.index.fulltext.queryNodes(name, text) YIELD node, score`. Labels and properties come from the model, never from a caller.
"""

import base64
import http.client
import json
from collections.abc import Callable
from enum import StrEnum
from urllib.parse import urlsplit

from graph.errors import StoreFault, StoreUnavailable
from graph.store.endpoint import Endpoint

SQL_LIMIT = 600  # seconds; building an index reads all nodes of its label
AWAIT_INDEXES = "CALL db.awaitIndexes(600)"


class Server(StrEnum):
    NEO4J = "neo4j"
    ARCADEDB = "arcadedb"


def server_of(agent: str) -> Server:
    """Which server this is, by the agent that it announces to the driver.

    >>> server_of("Neo4j/5.26.0 compatible (ArcadeDB 26.10.2)").value
    'arcadedb'
    """
    return Server.ARCADEDB if "ArcadeDB" in agent else Server.NEO4J


def unique(label: str, key: str) -> str:
    """The statement that makes a key unique for a label; also its index. Nothing happens when it stands already."""
    return f"CREATE CONSTRAINT unique_{label}_{key} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{key} IS UNIQUE"


def index(label: str, *properties: str) -> str:
    """The statement for a range index of one or more properties, in this order.

    Not for a property with few values (a source, a region) alone: on ArcadeDB each change and deletion then walks all nodes with that
    value. Follow it with the key.
    """
    columns = ", ".join(f"n.{name}" for name in properties)
    return f"CREATE INDEX range_{label}_{'_'.join(properties)} IF NOT EXISTS FOR (n:{label}) ON ({columns})"


def full_text_name(label: str, text: str) -> str:
    return f"words_{label}_{text}"


def create_full_text(server: Server, endpoint: Endpoint, run: Callable[[str], object], label: str, text: str) -> None:
    """Make the full-text index of a text property, unless it stands already.

    `run` carries out one Cypher statement. The property holds the folded text (lower case, no accents), as does what is asked.
    Raises StoreUnavailable, StoreFault.
    """
    name = full_text_name(label, text)
    if server is Server.NEO4J:
        run(f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (n:{label}) ON EACH [n.{text}]")
        return
    for statement in (
        f"CREATE VERTEX TYPE {label} IF NOT EXISTS",
        f"CREATE PROPERTY {label}.{text} IF NOT EXISTS STRING",
        f"CREATE INDEX {name} IF NOT EXISTS ON {label} ({text}) FULL_TEXT",
    ):
        _sql(endpoint, statement)


def await_indexes(server: Server, run: Callable[[str], object]) -> None:
    """Return when all indexes can be used; ArcadeDB fills them before it answers, and does not know the question."""
    if server is Server.NEO4J:
        run(AWAIT_INDEXES)


def _sql(endpoint: Endpoint, statement: str) -> None:
    if endpoint.sql is None:
        raise StoreFault("A full-text index can be made only on the embedded server or a Neo4j. Check RORGRAPH_URI.")
    address = urlsplit(endpoint.sql)
    key = base64.b64encode(f"{endpoint.user}:{endpoint.password}".encode()).decode()
    connection = http.client.HTTPConnection(address.netloc, timeout=SQL_LIMIT)  # no proxy, whatever the environment says
    try:
        body = json.dumps({"language": "sql", "command": statement})
        connection.request("POST", address.path, body, {"Authorization": f"Basic {key}", "Content-Type": "application/json"})
        answer = connection.getresponse()
        told = answer.read().decode(errors="replace")
    except (OSError, http.client.HTTPException) as problem:
        raise StoreUnavailable(f"The embedded server ended while an index was made ({problem}).") from problem
    finally:
        connection.close()
    if answer.status != http.client.OK:
        raise StoreFault(f"The store refused a statement of this program ({answer.status}): {told[:300]}. This is a defect: please report it.")
