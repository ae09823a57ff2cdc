"""The command line: composes loaders, graph and api; each command parses, calls, renders (docs/cli.md)."""

import json
import os
import sys
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from api.once import run_query
from commands import impact, inventories, pathways, serving
from commands.options import Codes, Day, FormatOption, Home, LabelOption, OriginOption, day, moment, the_settings, the_store
from graph.changes import Asked, change_pages
from graph.cursor_key import cursor_key
from graph.differences import Asked as Differing
from graph.differences import difference_pages
from graph.documents import read_mapping, read_text, write_text
from graph.errors import ExitCode, RorGraphError
from graph.history import history as object_history
from graph.history import history_tables
from graph.impact.calls import Tally, clients_of
from graph.impact.observed import DAYS, observed
from graph.impact.observed_table import observed_table
from graph.impact.projection import Projection
from graph.impact.proposals import next_text, proposals_text
from graph.inventory_forms import described
from graph.inventory_reader import inventory
from graph.model.page import model_page
from graph.pathways.matching import matches_table, step_matches
from graph.reads import answer, answer_long
from graph.reconciliation.keeping import keep_found, keep_said, kept_text, said_of
from graph.reconciliation.reading import compared
from graph.reconciliation.table import View, reconciliation_table
from graph.runs import Mode
from graph.search.asking import Around, asked_of
from graph.search.facets import Facet, facets
from graph.search.judging import Order
from graph.search.offers import Unknowns, search_offers
from graph.search.reference import Reference
from graph.search.relaxing import relaxations
from graph.search.table import facets_table, offers_table
from graph.settings import settings
from graph.status import status_tables
from graph.store.connection import connect_async
from graph.store.opening import endpoint_of
from graph.tables import Format, rendered, streamed
from graph.writing.purge import purge as purge_gone
from loaders.access_log import read_log
from loaders.inventory.template import template_text
from loaders.pathways import SOURCE as PATHWAYS
from loaders.pathways import pathways_of
from loaders.pipeline import Options, rehearse
from loaders.pipeline import load as load_files
from loaders.registry import get_source
from loaders.report import report_json, report_text
from loaders.sources_page import sources_text

WHAT = "The graph of the French ROR: load its sources, ask what is offered where and what breaks when an application stops, serve GraphQL."
app = typer.Typer(name="rorgraph", help=WHAT, no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


def main() -> None:
    """Run a command; an error of ours is one message on standard error and its exit code."""
    try:
        app()
    except RorGraphError as problem:
        print(problem, file=sys.stderr)
        sys.exit(problem.exit_code)
    except BrokenPipeError:  # the reader of the output has what it wanted (`| head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@app.command()
def sources() -> None:
    """What can be loaded, from which files, with an example line each.  Example: rorgraph sources"""
    print(sources_text())


@app.command()
def load(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="One of `rorgraph sources`.")],
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE...", help="Files or folders; .gz and .zip are read as they are.")] = None,
    delta: Annotated[bool, typer.Option("--delta", help="Nothing ends: the files hold only what is new or changed.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing to the store.")] = False,
    accept_closures: Annotated[bool, typer.Option("--accept-closures", help="Let a load end more than a tenth of what its source held.")] = False,
    ror: Annotated[str | None, typer.Option(metavar="CODE", help="Code of the application that the files come from, like ROR-IDF (ROR sources).")] = None,
    region: Annotated[str | None, typer.Option(metavar="CODE", help="INSEE code of the region of the files, where they do not say it (ROR sources).")] = None,
    report: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write the report there, as JSON.")] = None,
    rejects: Annotated[Path | None, typer.Option(metavar="FILE", help="Where the rejected rows go (default: rejects/SOURCE).")] = None,
    template: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write empty sheets to fill in there, and load nothing (inventory).")] = None,
    embedded_home: Home = None,
) -> None:
    """Load files of a source into the graph and say what was done.  Example: rorgraph load pathways data/pathways"""
    found, mode = get_source(source), Mode.DELTA if delta else Mode.FULL
    if template or not files:
        print(template_text(found, template))
        return
    with the_store(embedded_home) as store:
        done = (rehearse if dry_run else load_files)(store, found, files, Options(mode, accept_closures, rejects, settings().batch, ror, region))
        matched = answer(store, step_matches(pathways_of(files), date.today(), Reference())) if dry_run and found is PATHWAYS else ()
    print(report_text(done))
    if matched:
        print(rendered(matches_table(matched), Format.TABLE), end="")
    if report:
        write_text(report, "--report", json.dumps(report_json(done), ensure_ascii=False, indent=1) + "\n")
    raise typer.Exit(ExitCode.FINDINGS if done.rejected else ExitCode.DONE)


@app.command()
def status(embedded_home: Home = None) -> None:
    """What is loaded, how fresh, by which runs, and what is missing.  Example: rorgraph status"""
    with the_store(embedded_home) as store:
        print("\n".join(rendered(table, Format.TABLE) for table in answer(store, status_tables())), end="")


@app.command()
def search(
    near: Annotated[str | None, typer.Option(metavar="COMMUNE", help="Near this commune (INSEE code).")] = None,
    point: Annotated[str | None, typer.Option(metavar="LAT,LON", help="Near this point (WGS84), instead of --near.")] = None,
    radius: Annotated[float | None, typer.Option(metavar="KM", help="Within so many km; by default the department's national radius.")] = None,
    territory: Annotated[str | None, typer.Option(metavar="LEVEL=CODE", help="In region=, department=, commune=, postalCode= or healthTerritory=.")] = None,
    activity: Codes = None,
    offer_type: Codes = None,
    field: Codes = None,
    care_mode: Codes = None,
    category: Codes = None,
    text: Annotated[str | None, typer.Option(help="Words of the name of the offer or its site.")] = None,
    criteria: Annotated[Path | None, typer.Option(metavar="FILE", help="A tree of criteria as YAML or JSON, like the GraphQL OfferCriteria.")] = None,
    at: Day = None,
    origin: OriginOption = None,
    unknowns: Annotated[bool, typer.Option("--unknowns", help="Also list, last, the offers that do not say.")] = False,
    order: Annotated[Order | None, typer.Option(help="By default DISTANCE with a place, else NAME.")] = None,
    first: Annotated[int, typer.Option(min=1, max=200)] = 20,
    by: Annotated[list[Facet] | None, typer.Option(help="Count the offers by the codes of this criterion, instead of listing them; may be repeated.")] = None,
    form: FormatOption = Format.TABLE,
    embedded_home: Home = None,
) -> None:
    """Which offers meet the criteria, here and then.  Example: rorgraph search --near 2A004 --activity TRE_R211-356 --radius 50"""
    coded = {"activity": activity, "offerType": offer_type, "fieldOfActivity": field, "careMode": care_mode, "establishmentCategory": category}
    asked = asked_of(coded, text, criteria, Around(near, point, radius, territory), at or date.today())
    asked = replace(asked, origin=origin, unknowns=Unknowns.INCLUDE if unknowns else Unknowns.COUNT, order=order, first=first)
    with the_store(embedded_home) as store:
        reference = Reference()
        page = answer(store, search_offers(asked, reference))
        shown = facets_table(answer(store, facets(page.search, by, reference))) if by else offers_table(page, answer(store, relaxations(page, reference)))
        print(rendered(shown, form), end="")


for one in (*pathways.COMMANDS, *inventories.COMMANDS):
    app.command()(one)


@app.command()
def changes(
    since: Annotated[datetime | None, typer.Option(parser=moment, metavar="INSTANT", help="From this day or instant (UTC without an offset) on.")] = None,
    run: Annotated[str | None, typer.Option(metavar="ID", help="Only what this load changed, instead of --since.")] = None,
    source: Annotated[str | None, typer.Option(metavar="SOURCE", help="Only of this source, like finess or ror:ROR-IDF; with --since.")] = None,
    label: LabelOption = None,
    form: FormatOption = Format.TABLE,
    embedded_home: Home = None,
) -> None:
    """What the loads changed: created, changed (old and new), gone, back.  Example: rorgraph changes --since 2026-01-01"""
    with the_store(embedded_home) as store:
        for text in streamed(change_pages(store, since, run, Asked(source, label)), form):
            print(text, end="")


@app.command()
def differences(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="As it stands on nodes: finess, ror:ROR-IDF.")],
    label: LabelOption = None,
    name: Annotated[str | None, typer.Option("--property", metavar="NAME", help="Only this property or relation of the model.")] = None,
    form: FormatOption = Format.TABLE,
    embedded_home: Home = None,
) -> None:
    """What a source says otherwise than the graph, and who leads.  Example: rorgraph differences finess --label GeographicEntity"""
    with the_store(embedded_home) as store:
        for text in streamed(difference_pages(store, Differing(source, label, name)), form):
            print(text, end="")


@app.command()
def history(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="An id, a FINESS number, or words of a name.")],
    label: LabelOption = None,
    embedded_home: Home = None,
) -> None:
    """Who says what of an object, since when, and what the loads changed.  Example: rorgraph history 960000073"""
    with the_store(embedded_home) as store:
        found = answer(store, object_history(text, label))
    print(f"{found.label} {found.id}: {found.name or ''}\n")
    print("\n".join(rendered(table, Format.TABLE) for table in history_tables(found)), end="")


for stopping in impact.COMMANDS:
    app.command()(stopping)


@app.command()
def observe(
    log: Annotated[list[Path], typer.Argument(metavar="LOG...", help="Access logs: common log format, or CSV with time, client, request, status; .gz too.")],
    interface: Annotated[str, typer.Option(metavar="CODE", help="The interface whose log it is.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where the proposals go, for a person to decide; a new file.")],
    clients: Annotated[Path | None, typer.Option(metavar="FILE", help="Which application each client is: name, address or network, and code, as YAML.")] = None,
    path: Annotated[str, typer.Option(metavar="PREFIX", help="Only requests whose path starts so.")] = "",
    days: Annotated[int, typer.Option(min=1, max=3660, help="How many days are looked at.")] = DAYS,
    until: Annotated[date | None, typer.Option(parser=day, metavar="DATE", help="The last of them; by default the last of the log.")] = None,
    form: FormatOption = Format.TABLE,
    embedded_home: Home = None,
) -> None:
    """What calls nobody declared, what declared flows nobody sees.  Example: rorgraph observe access.log --interface I-ILE --out observed-I-ILE.yaml"""
    with the_store(embedded_home) as store:
        projection, held = Projection(answer(store, inventory())), answer(store, described())
    tally = Tally(clients_of(read_mapping(clients, "--clients") if clients else {}, projection.inventory))
    lines = read_log(log, tally.add, path)
    found = observed(projection, interface, tally, days, until)
    write_text(out, "--out", proposals_text(found, held, out.name), new=True)
    print(rendered(observed_table(found), form), end="")
    print(f"{lines.text()}\n{next_text(found, out.name)}", file=sys.stderr)
    raise typer.Exit(ExitCode.FINDINGS if lines.bad else ExitCode.DONE)


@app.command()
def reconcile(
    regional: Annotated[str, typer.Argument(metavar="REGIONAL", help="Code of a ROR, like ROR-IDF.")],
    national: Annotated[str, typer.Argument(metavar="NATIONAL", help="Code of the ROR to compare it with, like ROR-NAT.")],
    view: Annotated[View, typer.Option("--table", case_sensitive=False, help="Which table.")] = View.ROWS,
    keep: Annotated[bool, typer.Option("--keep", help="Keep what the rules decide and propose, as SAME_AS.")] = False,
    confirm: Annotated[tuple[str, str] | None, typer.Option(metavar="A B", help="These two are the same; kept, and before every rule.")] = None,
    refuse: Annotated[tuple[str, str] | None, typer.Option(metavar="A B", help="These two are not the same; kept, and before every rule.")] = None,
    withdraw: Annotated[tuple[str, str] | None, typer.Option(metavar="A B", help="Take back what was confirmed or refused.")] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who confirms or refuses.")] = None,
    form: FormatOption = Format.TABLE,
    embedded_home: Home = None,
) -> None:
    """Two RORs, offer by offer: same, proposed, only in one.  Example: rorgraph reconcile ROR-IDF ROR-NAT --format csv"""
    said = said_of(confirm, refuse, withdraw, by)
    with the_store(embedded_home) as store:
        read = answer_long(store, compared(regional, national))
        if said:
            print(keep_said(store, read, said))
            return
        found = read.reconciled()
        if keep:
            print(kept_text(keep_found(store, read, found)), file=sys.stderr)
    print(rendered(reconciliation_table(found, view), form), end="")


@app.command()
def query(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="GraphQL; standard input without it.")] = None,
    variables: Annotated[Path | None, typer.Option(metavar="FILE", help="Variables, as JSON or YAML.")] = None,
    embedded_home: Home = None,
) -> None:
    """Answer a GraphQL document, without a server.  Example: echo '{ pathways { code name } }' | rorgraph query"""
    given = read_mapping(variables, "--variables") if variables else {}
    asked = the_settings(embedded_home)
    with endpoint_of(asked) as endpoint:
        body = run_query(partial(connect_async, endpoint), cursor_key(asked), read_text(file, "FILE") if file else sys.stdin.read(), given)
    print(json.dumps(body, ensure_ascii=False, indent=1))
    raise typer.Exit(ExitCode.WRONG_USE if "errors" in body else ExitCode.DONE)


for around in serving.COMMANDS:
    app.command()(around)


@app.command()
def purge(
    before: Annotated[date, typer.Option(parser=day, metavar="DATE", help="Delete what ended before that day.")],
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
