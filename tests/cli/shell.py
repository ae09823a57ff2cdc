"""Running `rorgraph` as a shell does, against one embedded server that stays for the module."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIMIT = 120  # seconds for one command: a hang is a failure


@dataclass(frozen=True)
class Shell:
    """A folder to work in and the data folder of the embedded server."""

    folder: Path
    home: Path

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "rorgraph", *words]

    @property
    def environment(self) -> dict[str, str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("RORGRAPH_")}
        return plain | {"RORGRAPH_HOME": str(self.home), "PYTHONPATH": str(ROOT), "RORGRAPH_HEAP": "512m", "RORGRAPH_BATCH": "100"}

    def run(self, *words: str, text: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words), cwd=self.folder, env=self.environment, input=text, capture_output=True, text=True, timeout=LIMIT, check=False
        )
