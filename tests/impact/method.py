"""The worked cases of docs/method.md, read from the page itself."""

import re
from pathlib import Path
from typing import Any

import yaml

PAGE = (Path(__file__).parents[2] / "docs" / "method.md").read_text(encoding="utf-8")


def _blocks(mark: str) -> list[dict[str, Any]]:
    return [yaml.safe_load(text) for text in re.findall(rf"^```yaml {mark}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)]


(SHARED_PART,) = _blocks("shared")
CASES = _blocks("case")
