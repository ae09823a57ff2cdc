"""The access policy of the ROR (docs/access.md): the table, who looks, and what of the graph that viewer may see."""

from graph.access.table import ACCESS, PROFILES, AccessRow, Sight, sees_anything, sight
from graph.access.viewer import EVERYTHING, Scope, Viewer

__all__ = ["ACCESS", "EVERYTHING", "PROFILES", "AccessRow", "Scope", "Sight", "Viewer", "sees_anything", "sight"]
