"""A client in a process of its own: attaches, says the address, stays until its input is closed."""

import sys
from pathlib import Path

from graph.settings import Settings
from graph.store.embedded import attach

if __name__ == "__main__":
    with attach(Settings(home=Path(sys.argv[1]), heap="256m"), linger=float(sys.argv[2])) as endpoint:
        sys.stdout.write(endpoint.uri + "\n")
        sys.stdout.flush()
        sys.stdin.read()
