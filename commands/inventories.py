"""The commands about inventories: written out in forms from which they are read again (docs/archimate.md), and what several of them declare."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from commands.options import FormatOption, Home, the_store
from graph.archimate.archi_csv import archi_files
from graph.archimate.exchange import exchange_text
from graph.archimate.inventory_model import inventory_model
from graph.declared_twice import declared_twice, declared_twice_table
from graph.documents import write_text, yaml_documents
from graph.errors import BadInput, NotFound
from graph.inventory_forms import Described, described, documents
from graph.reads import answer
from graph.tables import Format, rendered


class ExportFormat(StrEnum):
    """A form of the inventory."""

    ARCHIMATE = "archimate"
    ARCHI = "archi"
    YAML = "yaml"


def export(
    form: Annotated[ExportFormat, typer.Argument(metavar="FORMAT", help="archimate: Open Exchange XML; archi: the three CSV files of Archi; yaml.")],
    out: Annotated[Path | None, typer.Option(metavar="PATH", help="Where it goes: a file, or for archi a folder; by default standard output.")] = None,
    dataset: Annotated[str | None, typer.Option(metavar="NAME", help="Only this data set, like programme; by default every inventory.")] = None,
    embedded_home: Home = None,
) -> None:
    """The inventory in a form that `rorgraph load inventory` reads again, nothing lost.  Example: rorgraph export archimate --dataset programme"""
    with the_store(embedded_home) as store:
        held = answer(store, described(dataset))
    if not held:
        raise NotFound(f"--dataset: no inventory '{dataset}' is loaded." if dataset else "No inventory is loaded.")
    if form is ExportFormat.ARCHI:
        _write_archi(held, out, dataset or "")
        return
    text = yaml_documents(documents(held, dataset or "")) if form is ExportFormat.YAML else exchange_text(inventory_model(held, dataset or ""))
    if out is None:
        print(text, end="")
    else:
        write_text(out, "--out", text)


def _write_archi(held: tuple[Described, ...], out: Path | None, dataset: str) -> None:
    if out is None:
        raise BadInput("--out is needed: the folder into which the three files of Archi go.")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise BadInput(f"--out: {out} cannot be made ({problem.strerror}). Name another folder.") from problem
    for name, text in archi_files(inventory_model(held, dataset)).items():
        write_text(out / name, "--out", text)


def conflicts(
    every: Annotated[bool, typer.Option("--all", help="Also what several inventories declare alike.")] = False,
    form: FormatOption = Format.TABLE,
    embedded_home: Home = None,
) -> None:
    """What several inventories declare otherwise, and who leads.  Example: rorgraph conflicts --all"""
    with the_store(embedded_home) as store:
        found = answer(store, declared_twice(all_of_them=every))
    print(rendered(declared_twice_table(found), form), end="")


COMMANDS = (export, conflicts)
