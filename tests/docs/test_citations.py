"""What code, tests and documents cite is there: pages, rules, numbered points, tests; and every page can be found from README."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = {page.name: page.read_text(encoding="utf-8") for page in sorted((ROOT / "docs").glob("*.md"))}
README = (ROOT / "README.md").read_text(encoding="utf-8")
FOLDERS = ("api", "commands", "cypher", "data", "graph", "loaders", "scripts", "tests")
READ = {".py", ".cypher", ".csv", ".md", ".json", ".yaml", ""}
RULE = re.compile(r"(?<![\w-])((?:SAE|[CKMSPIARL])-\d{1,2})(?![\w-])")


def texts() -> Iterator[tuple[str, str]]:
    """Files that may cite, by name; data files other than pages are left."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in READ and (folder != "data" or path.suffix == ".md"):
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
    yield from ((name, (ROOT / name).read_text(encoding="utf-8")) for name in ("README.md", "CHANGELOG.md", "rorgraph.py", "pyproject.toml"))
    yield from ((f"docs/{name}", text) for name, text in PAGES.items())


def test_every_cited_page_exists() -> None:
    cited = {(name, page) for name, text in texts() for page in re.findall(r"\bdocs/(\w+\.md)", text)}
    cited |= {(name, page) for name, text in PAGES.items() for page in re.findall(r"(?<![\w/.])([a-z_]+\.md)", text)}
    assert len(cited) > len(PAGES)
    assert sorted((name, page) for name, page in cited if page not in PAGES) == []


def test_every_cited_rule_stands_in_the_documents() -> None:
    stated = set(re.findall(r"^\* ((?:SAE|[CKMSPIARL])-\d+)\. ", "\n".join(PAGES.values()), re.MULTILINE))
    cited = {(name, rule) for name, text in texts() for rule in RULE.findall(text)}
    assert stated >= {"K-1", "M-12", "S-10", "P-8", "I-40", "A-13", "SAE-8"}
    assert sorted((name, rule) for name, rule in cited if rule not in stated) == []


def test_every_rule_is_stated_once() -> None:
    stated = re.findall(r"^\* ((?:SAE|[CKMSPIARL])-\d+)\. ", "\n".join(PAGES.values()), re.MULTILINE)
    assert sorted(rule for rule in set(stated) if stated.count(rule) > 1) == []


def test_every_cited_point_of_a_page_exists() -> None:
    cited = {(name, page, point) for name, text in texts() for page, point in re.findall(r"docs/(\w+\.md), (\d+)\b", text)}
    assert cited
    assert sorted(one for one in cited if not re.search(rf"^{one[2]}\. ", PAGES[one[1]], re.MULTILINE)) == []


def test_every_test_that_a_page_names_exists() -> None:
    written = {test for name, text in texts() if name.startswith("tests/") for test in re.findall(r"^(?:async )?def (test_\w+)", text, re.MULTILINE)}
    assert sorted((name, test) for name, text in PAGES.items() for test in re.findall(r"`(test_\w+)`", text) if test not in written) == []


def test_every_path_that_a_page_names_exists() -> None:
    named = {(name, path) for name, text in PAGES.items() for path in re.findall(r"\b((?:api|graph|loaders|scripts|tests)/[\w./]*\w)", text)}
    assert sorted((name, path) for name, path in named if not (ROOT / path).exists()) == []


def test_every_page_stands_in_the_readme() -> None:
    assert [name for name in PAGES if f"(docs/{name})" not in README] == []
