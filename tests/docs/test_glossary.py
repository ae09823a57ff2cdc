"""docs/glossary.md names every label of the model, with the French term of the model (docs/style.md, 10)."""

import re
from pathlib import Path

from graph.model import NODES

PAGE = Path(__file__).parents[2] / "docs" / "glossary.md"
LABELS = re.findall(r"^\| (\w+) \| (.+?) \| (.+?) \|$", PAGE.read_text(encoding="utf-8").partition("## Words")[0], re.MULTILINE)[1:]


def test_every_label_of_the_model_stands_in_the_glossary_and_no_other_does() -> None:
    seconds = [second for node in NODES.values() for second in node.seconds]
    assert sorted(label for label, _, _ in LABELS) == sorted([*NODES, *seconds])


def test_a_label_has_the_french_term_of_the_model() -> None:
    said = {label: french for label, french, _ in LABELS}
    assert {label: said.get(label) for label in NODES} == {label: node.fr for label, node in NODES.items()}
