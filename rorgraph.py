"""The command line: composes loaders, graph and api; each command parses, calls, renders (design: interfaces, Command line)."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from graph.errors import ExitCode, RorGraphError
from graph.model.page import model_page
from graph.runs import Mode
from graph.settings import settings
from graph.store.connection import Store
from graph.store.opening import open_store
from graph.writing.purge import purge as purge_gone
from loaders.pipeline import Options, rehearse
from loaders.pipeline import load as load_files
from loaders.registry import get_source
from loaders.report import report_json, report_text
from loaders.sources_page import sources_text

app = typer.Typer(name="rorgraph", help=__doc__, no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

Day = Annotated[date, typer.Option(parser=date.fromisoformat, metavar="DATE")]
Home = Annotated[Path | None, typer.Option(metavar="DIR", help="Data folder of the embedded server, instead of RORGRAPH_HOME.")]


def main() -> None:
    """Run a command; an error of ours is one message on standard error and its exit code."""
    try:
        app()
    except RorGraphError as problem:
        print(problem, file=sys.stderr)
        sys.exit(problem.exit_code)


@contextmanager
def the_store(home: Path | None = None) -> Iterator[Store]:
    """The store of the settings, open for one command."""
    found = settings()
    with open_store(replace(found, home=home.absolute(), uri=None) if home else found) as store:
        yield store


@app.command()
def sources() -> None:
    """What can be loaded, from which files, with an example line each.  Example: rorgraph sources"""
    print(sources_text())


@app.command()
def load(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="One of `rorgraph sources`.")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files or folders; .gz and .zip are read as they are.")],
    delta: Annotated[bool, typer.Option("--delta", help="Nothing ends: the files hold only what is new or changed.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing to the store.")] = False,
    accept_closures: Annotated[bool, typer.Option("--accept-closures", help="Let a load end more than a tenth of what its source held.")] = False,
    report: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write the report there, as JSON.")] = None,
    rejects: Annotated[Path | None, typer.Option(metavar="FILE", help="Where the rejected rows go (default: rejects/SOURCE).")] = None,
    embedded_home: Home = None,
) -> None:
    """Load files of a source into the graph and say what was done.  Example: rorgraph load pathways data/pathways"""
    found, mode = get_source(source), Mode.DELTA if delta else Mode.FULL
    with the_store(embedded_home) as store:
        done = (rehearse if dry_run else load_files)(store, found, files, Options(mode, accept_closures, rejects, settings().batch))
    print(report_text(done))
    if report:
        report.write_text(json.dumps(report_json(done), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    raise typer.Exit(ExitCode.FINDINGS if done.rejected else ExitCode.DONE)


@app.command()
def purge(
    before: Annotated[date, typer.Option(parser=date.fromisoformat, metavar="DATE", help="Delete what ended before that day.")],
    embedded_home: Home = None,
) -> None:
    """Delete what no source holds any more since before DATE.  Example: rorgraph purge --before 2020-01-01"""
    with the_store(embedded_home) as store:
        deleted = purge_gone(store, before)
    print(f"Ended before {before} and deleted: {deleted.nodes} nodes, {deleted.links} relations.")


@app.command()
def model() -> None:
    """The graph model: nodes, relations, French names, impact.  Example: rorgraph model"""
    print(model_page(), end="")


if __name__ == "__main__":
    main()
