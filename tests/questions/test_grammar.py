"""Every question is right by Neo4j's own grammar, for Cypher 5 and 25 (its linter for Node, fetched once into the cache of the tests).

Without Node, or where the linter cannot be fetched, the test is skipped with the reason, in CI too: the plans and runs on both servers still hold.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from graph.questions import all_questions

PACKAGE: Final = "@neo4j-cypher/language-support"
VERSION: Final = "2.0.0-next.38"
LINT: Final = f"""
const {{lintCypherQuery}} = require('{PACKAGE}');
const parameters = text => Object.fromEntries([...text.matchAll(/\\$(\\w+)/g)].map(match => [match[1], '']));
const given = JSON.parse(require('fs').readFileSync(0, 'utf8')), found = [];
for (const language of ['CYPHER 5', 'CYPHER 25']) for (const [name, text] of Object.entries(given))
  for (const one of lintCypherQuery(text, {{defaultLanguage: language, parameters: parameters(text)}}).diagnostics)
    if (one.severity === 1) found.push(`${{language}} ${{name}}: ${{one.message}}`);
console.log(JSON.stringify(found));
"""


@pytest.fixture(scope="module")
def linter() -> Path:
    """The folder that holds the linter."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("Node and npm are not installed: the questions are not linted")
    folder = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "rorgraph-tests" / f"cypher-linter-{VERSION}"
    if not (folder / "whole").exists():
        folder.mkdir(parents=True, exist_ok=True)
        _fetch(npm, folder)
        (folder / "whole").touch()
    return folder


def _fetch(npm: str, folder: Path) -> None:
    words = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), f"{PACKAGE}@{VERSION}"]
    try:
        told = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
    except subprocess.TimeoutExpired:
        pytest.skip("npm did not fetch the Cypher linter in two minutes: the questions are not linted")
    if told.returncode:
        pytest.skip(f"npm could not fetch the Cypher linter: {told.stderr.strip()[-200:]}")


def linted(folder: Path, texts: dict[str, str]) -> list[str]:
    told = subprocess.run(["node", "-e", LINT], cwd=folder, input=json.dumps(texts), capture_output=True, text=True, check=True, timeout=300)
    found: list[str] = json.loads(told.stdout)
    return found


def test_every_question_is_right_for_cypher_5_and_25(linter: Path) -> None:
    assert linted(linter, {question.name: question.text for question in all_questions()}) == []


def test_the_linter_finds_what_is_wrong(linter: Path) -> None:
    assert len(linted(linter, {"wrong": "MATCH (n:Offer) RETURN m.id AS id"})) == 2
