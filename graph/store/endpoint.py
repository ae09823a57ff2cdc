"""Where a server answers, and as whom."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One reachable server.

    `sql` is the address of the embedded server's command API on the loopback, None for a Neo4j: one index type of the embedded
    server can be made only there (graph/store/dialect.py). It asks for the same user and password.
    """

    uri: str
    user: str
    password: str = field(repr=False)
    database: str | None = None
    sql: str | None = None
