"""FINESS: the register of establishments, as open-data files and as XML stock files (docs/formats.md, FINESS)."""

from loaders.finess.source import SOURCE

__all__ = ["SOURCE"]
