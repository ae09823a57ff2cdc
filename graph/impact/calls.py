"""The calls of an access log, counted: who calls, on which day, answered or not (docs/observed.md).

A client is who authenticated, where the log says so, else an address; it is personal where it is a person, so no message holds one.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any, Final, NamedTuple

from graph.errors import BadInput
from graph.impact.inventory import Inventory

MOST_CLIENTS: Final = 20_000  # clients that no application is known of; a screen that persons use has any number


class Call(NamedTuple):
    """One line of a log. `user`: who authenticated, '' where nobody did. `answered`: with a status below 400."""

    day: date
    user: str
    address: str
    answered: bool


class Caller(NamedTuple):
    """An application, or the name in the log of a client that is none of the known ones; neither: the clients beyond MOST_CLIENTS, together."""

    application: str | None
    client: str | None = None


OTHERS: Final = Caller(None)


@dataclass(frozen=True, slots=True)
class Clients:
    """Which application a client of the log is: by the name of who authenticated, else by address, else by network, the narrowest first."""

    names: Mapping[str, str] = field(default_factory=dict)
    networks: Sequence[tuple[IPv4Network | IPv6Network, str]] = ()

    def find(self, user: str, address: str) -> str | None:
        """Code of the application, None where nothing says it."""
        return self.names.get(user) or self.names.get(address) or self._of_network(address)

    def _of_network(self, address: str) -> str | None:
        if not self.networks:
            return None
        try:
            place = ip_address(address)
        except ValueError:
            return None
        return next((code for network, code in self.networks if place in network), None)


def clients_of(given: Mapping[Any, Any], inventory: Inventory) -> Clients:
    """Clients from a mapping of client to application: a name, an address, or a network like 10.1.0.0/16.

    Raises BadInput for an application that the inventory does not have; the message names the code, never the client, which may be a person.
    """
    known = {application.code for application in inventory.applications}
    names: dict[str, str] = {}
    networks = []
    for place, (client, code) in enumerate(given.items(), 1):
        if not isinstance(code, str) or code not in known:
            raise BadInput(f"--clients: entry {place}: '{code}' is not an application of the inventory. Load it first, or leave the client out.")
        network = _network(str(client))
        if network is None:
            names[str(client)] = code
        else:
            networks.append((network, code))
    return Clients(names, sorted(networks, key=lambda one: -one[0].prefixlen))


def _network(text: str) -> IPv4Network | IPv6Network | None:
    if "/" not in text:
        return None
    try:
        return ip_network(text, strict=False)
    except ValueError:  # the name of a certificate may hold a slash
        return None


class Tally:
    """Calls counted by caller and day, one at a time: memory grows with the callers and days, not with the log."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients
        self._known: dict[tuple[str, str], Caller] = {}
        self._unknown: set[str] = set()
        self.counts: Counter[tuple[Caller, date, bool]] = Counter()

    def add(self, call: Call) -> None:
        """Count one call."""
        key = (call.user, call.address)
        self.counts[self._known.get(key) or self._caller(key), call.day, call.answered] += 1

    def _caller(self, key: tuple[str, str]) -> Caller:
        user, address = key
        application = self._clients.find(user, address)
        name = user or address
        if application is None and name not in self._unknown and len(self._unknown) >= MOST_CLIENTS:
            return OTHERS
        if application is None:
            self._unknown.add(name)
        caller = Caller(application, None if application else name)
        if len(self._known) < 2 * MOST_CLIENTS:
            self._known[key] = caller
        return caller
