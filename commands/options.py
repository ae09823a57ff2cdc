"""What several commands take, and the store that they ask: options with one wording each."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from graph.search.candidates import Origin
from graph.settings import Settings, settings
from graph.store.connection import Store
from graph.store.opening import open_store
from graph.tables import Format


def day(text: str) -> date:
    """A day as the options take it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is not a day; it is written like 2026-06-30.") from None


def moment(text: str) -> datetime:
    """An instant as the options take it; a day is its first instant."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is not an instant; it is written like 2026-06-30 or 2026-06-30T08:00:00+02:00.") from None


Day = Annotated[date | None, typer.Option(parser=day, metavar="DATE", help="The day that dates the answer; today by default.")]
Codes = Annotated[list[str] | None, typer.Option(metavar="CODE", help="A code, like TRE_R211-356; several are joined by or.")]
LabelOption = Annotated[str | None, typer.Option(metavar="LABEL", help="Only objects of this label of the model, like Offer.")]
FormatOption = Annotated[Format, typer.Option("--format", case_sensitive=False)]
Home = Annotated[Path | None, typer.Option(metavar="DIR", help="Data folder of the embedded server, instead of RORGRAPH_HOME.")]
OriginOption = Annotated[Origin | None, typer.Option(help="Only offers of this origin.")]


def the_settings(home: Path | None) -> Settings:
    """The settings; a data folder on the command line goes before them."""
    found = settings()
    return replace(found, home=home.absolute(), uri=None) if home else found


@contextmanager
def the_store(home: Path | None = None) -> Iterator[Store]:
    """The store of the settings, open for one command."""
    with open_store(the_settings(home)) as store:
        yield store
