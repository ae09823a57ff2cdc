"""Python's cycle collector, held back during an analysis.

An analysis makes hundreds of thousands of values that live until its answer is written, none of them in a cycle: the collector would walk them
again and again and free nothing, which is a quarter of the time. Memory that is no longer used is given back as always, by counting.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_back() -> Iterator[None]:
    """Within the block the collector does not run; it is left as it was found."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
