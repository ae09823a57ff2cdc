"""What is kept between requests, because only a load changes it. Nothing in it depends on the caller (A-9)."""

from dataclasses import dataclass, field

from graph.search.reference import Reference


@dataclass(frozen=True, slots=True)
class Kept:
    """Kept as long as the store is open; each part forgets by itself after a minute."""

    reference: Reference = field(default_factory=Reference)
