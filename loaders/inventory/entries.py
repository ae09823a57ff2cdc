"""One item of an inventory, whatever the form of its file: checked and made in source.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from graph.record import Left, Place, Ref, Rejected
from loaders.files import InputFile
from loaders.inventory.items import MAKERS
from loaders.marked import Marked, Path


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a section, with what its file says of all of its items.

    `files`: where a part of the item, by its path, stands in another file than the item itself (sheets, Archi's three files).
    """

    file: InputFile
    section: str
    marked: Marked
    dataset: str = ""
    fictional: bool = False
    files: Mapping[Path, InputFile] = field(default_factory=lambda: MappingProxyType({}))

    def place(self, path: Path) -> Place:
        """File and line of a part of the item, or of the nearest part above it that has a line."""
        near = path
        while near and near not in self.files:
            near = near[:-1]
        return self.files.get(near, self.file).place(self.marked.line_of(path))

    @property
    def about(self) -> Ref | None:
        """The object, where its code can be read."""
        value = self.marked.value
        code = value.get("code") if isinstance(value, dict) else value
        return Ref(MAKERS[self.section].node.label, code) if isinstance(code, str) and code else None

    @property
    def again(self) -> str:
        """The item as a YAML document of its own, to be read again from a rejects file, whatever the form it came in."""
        return one_document(self.section, self.marked.text, self.dataset, fictional=self.fictional)

    def rejected(self, path: Path, field: str, reason: str) -> Rejected:
        """The item, with why it cannot be loaded."""
        return Rejected(self.place(path), self.again, field, reason, self.about)


def one_document(section: str, text: str, dataset: str, *, fictional: bool) -> str:
    """An item as a YAML document; `text`: the item under '- '."""
    heads = ([f"dataset: {dataset}"] if dataset else []) + (["fictional: true"] if fictional else [])
    return "\n".join(["---", *heads, f"{section}:", text])


Found = Entry | Rejected | Left
