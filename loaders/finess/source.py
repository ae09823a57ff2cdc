"""Source `finess`: open-data files (cs1100501, cs1100502, cs1100507) and XML stock files (nine kinds), in one load or one after the other."""

from collections.abc import Iterator, Sequence
from typing import Final

from graph.record import Event, Notes
from loaders.files import InputFile
from loaders.finess.flux import LABELS, Flux, FluxReader, flux_of, is_flux
from loaders.finess.kept import kept
from loaders.finess.newest import Newest
from loaders.finess.places import FORMATS
from loaders.finess.positions import Positions
from loaders.finess.stock import Stock, positions_of, stock_events, stock_of
from loaders.source import Reading, Source, Tier, Work

ORDER: Final = ("LegalEntity", "GeographicEntity", "Concept", "Authorisation")


def open_files(files: Sequence[InputFile], work: Work) -> Reading:
    """Open files of any kind. Raises BadFile for one that is none of FINESS."""
    notes = Notes({file.name: file.encoding for file in files})
    fluxes = [flux_of(file) for file in files if is_flux(file)]
    stocks = [stock_of(file) for file in files if not is_flux(file)]
    both: list[Stock | Flux] = [*stocks, *fluxes]
    labels = {LABELS[one.kind] for one in both}
    heads = {one.file.name: one.head for one in both}
    return Reading(
        "finess",
        tuple(label for label in ORDER if label in labels),
        _events(stocks, fluxes, work, notes),
        notes,
        heads,
        ".xml" if fluxes and not stocks else ".csv",
        keeps=kept(work.store, stocks, fluxes),
    )


def _events(stocks: Sequence[Stock], fluxes: Sequence[Flux], work: Work, notes: Notes) -> Iterator[Event]:
    with Positions(work.scratch) as positions, Newest(work.scratch) as newest:
        for stock in stocks:
            yield from positions_of(stock.file, positions, notes)
        positions.flush()
        located, reader = positions.any, FluxReader(positions, positions.any, notes)
        both: list[Stock | Flux] = [*fluxes, *stocks]
        several = len({_age(one) for one in both}) > 1
        for one in sorted(both, key=_age, reverse=True):
            rows = reader.events(one) if isinstance(one, Flux) else stock_events(one, positions, located, notes)
            yield from newest.of(rows, _age(one)) if several else rows
        yield from positions.left()


def _age(one: Stock | Flux) -> str:
    """What sorts files by their day; of one day the XML files, which say more, are the newer ones."""
    return f"{one.day} {'xml' if isinstance(one, Flux) else 'csv'}"


SOURCE: Final = Source("finess", "Extraction FINESS", rank=20, formats=FORMATS, open=open_files, tier=Tier.REGISTER)
