"""YAML and JSON (which YAML contains) with the line of every value, for messages by file, line and field.

`true` and `false` are the only truth values, a number has no leading zero (01 is text), a day is text; types of one's own are refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

import yaml

from graph.errors import BadFile
from loaders.files import InputFile

Path = tuple[str | int, ...]
INDENT: Final = 2
LINE_WIDTH: Final = 150
MOST_VALUES: Final = 50_000  # of one item: references could make any number
DEEPEST: Final = 100  # values in values; the parser of C that reads them would end the process at some 10,000


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # libyaml, ten times quicker, where the wheel has it
    """Plain scalars by the core rules of YAML 1.2, so that NO is a code and not a truth value."""

    yaml_implicit_resolvers: Mapping[str, Any] = MappingProxyType({})


_PLAIN: Final = (
    ("tag:yaml.org,2002:null", r"|~|null", lambda _: None),
    ("tag:yaml.org,2002:bool", r"true|false", lambda text: text == "true"),
    ("tag:yaml.org,2002:int", r"-?(0|[1-9][0-9]{0,17})", int),  # longer: an identifier, not a count
    ("tag:yaml.org,2002:float", r"-?(0|[1-9][0-9]{0,17})\.[0-9]+([eE][-+]?[0-9]{1,2})?", float),
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A value with the lines of all values in it, by path from it; `text` is its source, indented under '- '."""

    value: Any
    lines: Mapping[Path, int]
    text: str = ""

    @property
    def line(self) -> int:
        """Line at which the value starts."""
        return self.lines[()]

    def line_of(self, path: Path) -> int:
        """Line of a value in it, or of the nearest one above that exists."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]


@dataclass(frozen=True, slots=True)
class Document:
    """One document: a mapping whose keys give each a value, or, for sections, the items of a list."""

    file: InputFile
    source: str
    node: yaml.MappingNode

    @property
    def body(self) -> str:
        """The document as it stands."""
        return self.source[self.node.start_mark.index : self.node.end_mark.index].rstrip()

    def keys(self) -> dict[str, yaml.Node]:
        """Nodes by key. Raises BadFile for a key that stands twice."""
        return _Reader(self.file, self.node).nodes(self.node)

    def marked(self, node: yaml.Node) -> Marked:
        """A node as a value."""
        reader = _Reader(self.file, node)
        value = reader.value(node, ())
        return Marked(value, reader.lines, dumped(value) if reader.outside else _text(self.source, node))


def documents(file: InputFile) -> Iterator[Document]:
    """The documents of a YAML or JSON file.

    Raises BadFile with the line for what is not YAML, holds anchors or duplicate keys, or is no mapping.
    """
    source = file.text()
    for node in _nodes(file, source):
        if not isinstance(node, yaml.MappingNode):
            raise BadFile(f"{file.name}, line {node.start_mark.line + 1}: sections by name are expected here. Nothing was loaded.")
        yield Document(file, source, node)


def _nodes(file: InputFile, source: str) -> list[yaml.Node]:
    try:
        _check_depth(file, source)
        return [node for node in yaml.compose_all(source, _Loader) if node is not None]
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = mark.line + 1 if mark else 1
        raise BadFile(f"{file.name}, line {line}: this is not YAML ({problem.problem}). Nothing was loaded.") from problem
    except yaml.YAMLError as problem:
        raise BadFile(f"{file.name}: this is not YAML ({str(problem).splitlines()[0][:200]}). Nothing was loaded.") from problem
    except RecursionError as problem:
        raise _too_deep(file) from problem


def _check_depth(file: InputFile, source: str) -> None:
    depth = 0
    for event in yaml.parse(source, _Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise _too_deep(file)


def _too_deep(file: InputFile) -> BadFile:
    return BadFile(f"{file.name}: values are nested deeper than {DEEPEST} levels. Nothing was loaded.")


@dataclass(slots=True)
class _Reader:
    """Turns nodes into values, noting lines. References are followed: `outside` says that one leads out of the root."""

    file: InputFile
    root: yaml.Node
    lines: dict[Path, int] = field(default_factory=dict)
    outside: bool = False
    _above: set[int] = field(default_factory=set)

    def value(self, node: yaml.Node, path: Path) -> object:
        self.lines[path] = node.start_mark.line + 1
        if id(node) in self._above or len(self.lines) > MOST_VALUES:
            raise self.bad(node, "a reference leads back to itself, or references multiply; write the values out")
        self.outside |= not self.root.start_mark.index <= node.start_mark.index <= self.root.end_mark.index
        self._above.add(id(node))
        found = self.read(node, path)
        self._above.remove(id(node))
        return found

    def read(self, node: yaml.Node, path: Path) -> object:
        match node:
            case yaml.ScalarNode():
                return _scalar(node)
            case yaml.SequenceNode():
                return [self.value(item, (*path, place)) for place, item in enumerate(node.value)]
            case yaml.MappingNode():
                return self.mapping(node, path)
        raise self.bad(node, "this kind of value is not read")

    def mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, object]:
        return {name: self.value(value, (*path, name)) for name, value in self.nodes(node).items()}

    def nodes(self, node: yaml.MappingNode) -> dict[str, yaml.Node]:
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self.bad(key, "a name is expected here")
            if key.value in found:
                raise self.bad(key, f"'{key.value}' stands twice here")
            found[key.value] = value
        return found

    def bad(self, node: yaml.Node, what: str) -> BadFile:
        return BadFile(f"{self.file.name}, line {node.start_mark.line + 1}: {what}. Nothing was loaded.")


def _scalar(node: yaml.ScalarNode) -> object:
    if node.style in {"'", '"', "|", ">"}:
        return node.value
    return next((make(node.value) for _, pattern, make in _PLAIN if re.fullmatch(pattern, node.value)), node.value)


def _text(source: str, node: yaml.Node) -> str:
    """The lines of an item as they stand, moved under '- '."""
    first, *others = source[node.start_mark.index : node.end_mark.index].rstrip().split("\n")
    surplus = max(node.start_mark.column - INDENT, 0)
    return "\n".join([f"- {first}", *(line[min(surplus, len(line) - len(line.lstrip())) :] for line in others)])


def dumped(value: object) -> str:
    """An item as YAML under '- ', where its own text cannot stand: it refers to others, or came in another form."""
    return yaml.safe_dump([value], allow_unicode=True, sort_keys=False, width=LINE_WIDTH).rstrip()
