"""Requests a minute: the limit, the minute, the memory, whose address is counted (A-13)."""

import pytest

from api.rates import Rates, TooManyRequests, address_of


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def count(rates: Rates, client: str) -> int:
    """0 for a request that is served, else the seconds to wait."""
    try:
        rates.count(client)
    except TooManyRequests as refused:
        return refused.seconds
    return 0


def test_a_client_is_served_up_to_the_limit_and_again_after_its_minute() -> None:
    clock = Clock()
    rates = Rates(2, clock)
    said = []
    for now in (5.0, 6.0, 6.5, 64.9, 65.0, 65.0, 65.1):
        clock.now = now
        said.append(count(rates, "a"))
    assert said == [0, 0, 59, 1, 0, 0, 60]


def test_clients_are_counted_apart() -> None:
    rates = Rates(1, Clock())
    assert [count(rates, client) for client in "abab"] == [0, 0, 60, 60]


def test_ended_minutes_are_forgotten() -> None:
    clock = Clock()
    rates = Rates(1, clock)
    for number in range(100):
        clock.now = float(number)
        rates.count(str(number))
    assert len(rates) == 60


def test_memory_is_bounded_and_the_oldest_is_forgotten_first() -> None:
    rates = Rates(1, Clock(), kept=3)
    assert [count(rates, client) for client in "abcd"] == [0, 0, 0, 0]
    assert (len(rates), count(rates, "d"), count(rates, "b"), count(rates, "a")) == (3, 60, 60, 0)


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "address"),
    [
        ("10.0.0.1", [], 0, "10.0.0.1"),
        ("10.0.0.1", ["192.0.2.1"], 0, "10.0.0.1"),
        ("10.0.0.1", ["192.0.2.1"], 1, "192.0.2.1"),
        ("10.0.0.1", ["6.6.6.6, 192.0.2.1"], 1, "192.0.2.1"),
        ("10.0.0.1", ["6.6.6.6", "192.0.2.1"], 1, "192.0.2.1"),
        ("10.0.0.1", ["6.6.6.6, 192.0.2.1, 10.0.0.2"], 2, "192.0.2.1"),
        ("10.0.0.1", ["192.0.2.1"], 2, "10.0.0.1"),
        ("10.0.0.1", [], 1, "10.0.0.1"),
        ("10.0.0.1", ["unknown"], 1, "10.0.0.1"),
        ("10.0.0.1", ["192.0.2.1, "], 1, "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", [], 0, "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", [], 0, "192.0.2.1"),
        ("fe80::1%eth0", [], 0, "fe80::/64"),
        ("", [], 0, "unknown"),
    ],
)
def test_the_address_is_the_one_that_is_believed(peer: str, forwarded: list[str], proxies: int, address: str) -> None:
    assert address_of(peer, forwarded, proxies) == address
