"""Where a server answers, and as whom."""

import socket
from dataclasses import dataclass, field

HELLO = bytes.fromhex("6060b017 00000405 00000404 00000000 00000000")  # magic number and two versions (Bolt handshake)


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


def speaks_bolt(host: str, port: int) -> bool:
    """Whether something listens there that answers the Bolt handshake."""
    try:
        with socket.create_connection((host, port), timeout=5) as connection:
            connection.sendall(HELLO)
            return len(connection.recv(4)) == 4
    except OSError:
        return False
