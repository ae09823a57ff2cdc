"""Where the real national data is, beside the project; tests that need it skip with a reason when it is not there."""

import os
from pathlib import Path
from typing import Final

SHARED: Final = Path(os.environ.get("RORGRAPH_SHARED") or Path(__file__).parents[1].parent / "shared") / "data"
