"""What is read of a resource, before it becomes an item with its source record."""

from typing import Any, NamedTuple

from graph.model.kinds import Value
from graph.record import Dangling, Item, Link, Owned, Ref, Said
from loaders.ror.fhir.walking import Here, Json
from loaders.ror.values import FieldFault


class Draft(NamedTuple):
    """An object with what the resource says of it. `into`: what was read, by name."""

    ref: Ref
    props: dict[str, Value]
    links: tuple[Link, ...]
    owned: tuple[Owned, ...]
    dangling: tuple[Dangling, ...]
    stated: dict[str, Value]
    into: Json

    def item(self, kind: str, local_id: str) -> Item:
        """The item, named as its ROR names it."""
        stated = {name: value for name, value in self.stated.items() if value is not None}
        stated |= {name: self.into[read] for name, read in (("updated_at", "updated"), ("region", "region")) if read in self.into}
        said = Said(kind, local_id, stated)
        return Item(self.ref.label, self.ref.key, self.props, self.links, self.owned, said=said, dangling=self.dangling)


def required(into: Json, name: str, path: str) -> None:
    """Raises FieldFault where a field is missing without which the object cannot be used."""
    if into.get(name) is None:
        raise FieldFault(path, "It is missing; an object of this kind has it.")


def joined(here: Here, start: Ref, kind: str, references: list[str], label: str, path: str) -> tuple[list[Link], list[Dangling]]:
    """Relations to what references lead to; an end of another label than the model has is left."""
    links: list[Link] = []
    dangling: list[Dangling] = []
    for reference in dict.fromkeys(references):
        end = here.end(reference)
        if end is None:
            dangling.append(Dangling(kind, reference))
        elif end.label == label:
            links.append(Link(kind, start, end))
        else:
            here.notes.leave(f"{path} (a {end.label})")
    return links, dangling


def first_only(here: Here, references: list[Any], path: str) -> list[Any]:
    """The first of what the guide and the model have once."""
    if len(references) > 1:
        here.notes.leave(f"{path} (a second one)", len(references) - 1)
    return references[:1]
