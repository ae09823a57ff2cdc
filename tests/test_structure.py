"""The shape of the project: who imports whom, what the model must hold, what the documents must say (docs/architecture.md, docs/style.md)."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from graph.errors import Code
from graph.model import NODES, RELATIONS
from graph.model.kinds import NODE_STAMPS
from graph.questions import all_questions, questions_page
from graph.settings import Settings, settings
from loaders.registry import ALL_SOURCES
from scripts.docs import PAGES

ROOT = Path(__file__).parents[1]
ALLOWED = {
    "commands": {"commands", "api", "graph"},
    "graph": {"graph", "cypher"},
    "loaders": {"loaders", "graph"},
    "api": {"api", "graph"},
    "cypher": set[str](),
}
OURS = {*ALLOWED, "rorgraph", "tests", "scripts"}
ONLY_IN: dict[str, str | tuple[str, ...]] = {
    "neo4j": "graph/store/", "strawberry": "api/", "starlette": "api/", "uvicorn": "api/", "jwt": "api/", "cryptography": "api/",
    "pyproj": "loaders/", "typer": ("rorgraph.py", "commands/"),
    "scipy": "graph/pathways/nearest.py", "numpy": ("graph/pathways/", "graph/search/"), "jinja2": "graph/pages.py",
}  # fmt: skip


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in [ROOT / "rorgraph.py", *(file for folder in ALLOWED for file in (ROOT / folder).rglob("*.py"))]:
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> set[str]:
    """First parts of the names of all imported modules."""
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    found |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    return {name.partition(".")[0] for name in found}


def test_each_room_imports_only_what_lies_below_it() -> None:
    wrong = {
        name: sorted(beyond) for name, tree in modules() if (room := name.partition("/")[0]) in ALLOWED and (beyond := imported(tree) & OURS - ALLOWED[room])
    }
    assert wrong == {}


def test_foreign_packages_stay_in_their_room() -> None:
    wrong = [(name, package) for name, tree in modules() for package, room in ONLY_IN.items() if package in imported(tree) and not name.startswith(room)]
    assert wrong == []


def test_graph_and_loaders_never_print_nor_exit() -> None:
    calls = re.compile(r"\b(print|sys\.exit|exit|quit)\(")
    wrong = [path.name for folder in ("graph", "loaders") for path in (ROOT / folder).rglob("*.py") if calls.search(path.read_text(encoding="utf-8"))]
    assert wrong == ["supervisor.py"]  # a program of its own: the process that owns the embedded server


def test_every_impact_direction_is_that_of_the_design() -> None:  # docs/architecture.md, invariant 9
    carried = {relation.type: str(relation.impact) for relation in RELATIONS.values() if relation.impact != "none"}
    forward = dict.fromkeys(("CONSUMER", "FOR_USAGE", "SUPPORTS", "DEPLOYED_IN", "MEMBER_OF"), "forward")
    backward = dict.fromkeys(("CALLS", "EXPOSED_BY", "PART_OF", "OFFERED_BY", "MANAGED_BY", "FOR"), "backward")
    both, last = dict.fromkeys(("PRODUCER", "FEEDS"), "both"), dict.fromkeys(("DELIVERED_AT", "AT", "SOURCED_FROM"), "last")
    assert carried == forward | backward | both | last


def test_every_relation_has_a_name_in_both_directions() -> None:
    assert [relation.type for relation in RELATIONS.values() if not all(relation.fr)] == []


def test_no_property_has_the_name_of_a_stamp() -> None:
    of_links = {"source", "run", "first_seen", "last_seen", "gone_on", "source_rank", "digest"}
    wrong = [f"{one.type}.{own.name}" for one in RELATIONS.values() for own in one.properties if own.name in of_links]
    of_nodes = {one.name for one in NODE_STAMPS}
    wrong += [f"{node.label}.{own.name}" for node in NODES.values() for own in node.properties if own.name in of_nodes]
    assert wrong == []


@pytest.mark.parametrize("page", PAGES)
def test_a_generated_page_says_what_the_code_says(page: str) -> None:
    assert (ROOT / page).read_text(encoding="utf-8") == PAGES[page](), "run scripts/docs"


def test_every_question_stands_in_the_page() -> None:
    page = questions_page()
    assert [one.name for one in all_questions() if one.title not in page] == []


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    documented = set(re.findall(r"RORGRAPH_\w+", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")))
    assert documented == {f"RORGRAPH_{one.name.upper()}" for one in fields(Settings)} | {"RORGRAPH_PASSWORD_FILE"}
    assert settings({"RORGRAPH_HEAP": "512m"}).heap == "512m"


def test_every_source_is_documented() -> None:
    text = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    assert [f"{source.name}: {form.name}" for source in ALL_SOURCES.values() for form in source.formats if f"### {form.name}\n" not in text] == []


def test_every_dependency_has_its_line() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    named = re.findall(r'^\s+"([A-Za-z0-9_-]+)(?:\[\w+\])?[><=]', project.partition("[project.optional-dependencies]")[0], re.MULTILINE)
    assert named
    assert [name for name in named if f"| {name} |" not in text] == []


def test_every_pinned_version_stands_without_an_address() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line)] == []


def test_every_error_code_is_a_heading_of_the_page() -> None:
    headings = re.findall(r"^## (\w+)$", (ROOT / "docs" / "errors.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(headings) == sorted(Code)
