"""Annuaire Santé: professionals and practices of the register (docs/formats.md, Annuaire Santé)."""

from loaders.annuaire.source import SOURCE

__all__ = ["SOURCE"]
