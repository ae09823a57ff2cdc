"""The commands of `rorgraph` that come in families, and what all commands take; rorgraph.py puts them together."""
