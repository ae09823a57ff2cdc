"""Requests a minute per client: counted in memory that does not grow with the clients (A-13)."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final

from graph.errors import LimitExceeded

MINUTE: Final = 60.0
KEPT: Final = 50_000  # clients: 22 MB
HOME_BITS: Final = 64  # of an IPv6 address: what one subscriber gets, and may change the rest of at will


class TooManyRequests(LimitExceeded):
    """A client asks more often than is served. `seconds`: until it is served again."""

    def __init__(self, limit: int, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"requests_a_minute: more than {limit}, the limit of a client. Try again in {seconds} s.")


@dataclass(slots=True)
class _Window:
    ends: float
    requests: int = 0


class Rates:
    """Counts the requests of each client in the minute that begins with its first one. `clock` counts seconds; `kept`: clients that are remembered at most.

    Above that the one whose minute is nearest to its end is forgotten: who has that many addresses needs no second minute.
    """

    def __init__(self, limit: int, clock: Callable[[], float] = time.monotonic, kept: int = KEPT) -> None:
        self._limit = limit
        self._clock = clock
        self._kept = kept
        self._windows: OrderedDict[Hashable, _Window] = OrderedDict()  # in the order of their ends: all last a minute

    def __len__(self) -> int:
        return len(self._windows)

    def count(self, client: Hashable) -> None:
        """Count a request. Raises TooManyRequests."""
        now = self._clock()
        while self._windows and next(iter(self._windows.values())).ends <= now:
            self._windows.popitem(last=False)
        window = self._windows.get(client) or self._opened(client, now)
        window.requests += 1
        if window.requests > self._limit:
            raise TooManyRequests(self._limit, math.ceil(window.ends - now))

    def _opened(self, client: Hashable, now: float) -> _Window:
        if len(self._windows) >= self._kept:
            self._windows.popitem(last=False)
        window = self._windows[client] = _Window(now + MINUTE)
        return window


def address_of(peer: str, forwarded: Sequence[str], proxies: int) -> str:
    """Where a request comes from, as far as it is believed: what the farthest of `proxies` trusted proxies saw, else the peer of the connection.

    `forwarded`: the lines of X-Forwarded-For. An IPv6 address stands for its /64.

    >>> address_of("10.0.0.1", ["6.6.6.6, 192.0.2.7"], 1)
    '192.0.2.7'
    >>> address_of("10.0.0.1", ["6.6.6.6, 192.0.2.7"], 0)
    '10.0.0.1'
    """
    hops = [hop.strip() for line in forwarded for hop in line.split(",")]
    stated = hops[-proxies] if 0 < proxies <= len(hops) else peer
    return _network(stated) or _network(peer) or "unknown"


def _network(text: str) -> str | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or IPv6Network((int(address), HOME_BITS), strict=False))
