"""docs/api.md says the limits that are in force."""

from dataclasses import asdict
from pathlib import Path

from api.limits import DEFAULT

PAGE = Path(__file__).parents[2] / "docs" / "api.md"


def test_the_page_says_the_limits_in_force() -> None:
    rows = [line.split("|") for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    said = {cells[1].strip(): cells[2].strip() for cells in rows}
    assert {name: said.get(name) for name in asdict(DEFAULT)} == {name: f"{value:,g}" for name, value in asdict(DEFAULT).items()}
