"""By which values an offer meets a leaf (S-10): what the statement reads for it, and how it is shown."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from graph.reads import Row, plain
from graph.search import fragments, leaf_cypher
from graph.search.compiling import PROPERTIES
from graph.search.criteria import Leaf, SameSite
from graph.search.leaves import Age, Area, Capacity, Coded, Equipment, Field, InAnomaly, OpenAt, Single, Stated, Tariff, Text, UpdatedSince, criterion_name
from graph.search.params import Params

LEFT_OUT: Final = (Field.RECEPTION_TYPE, Field.MATERNITY_TYPE)  # properties of an offer that its row in a page does not hold
ASKED: Final = (Text, OpenAt, Stated)  # met by what was asked, which is the value shown


def criterion_of(leaf: Leaf) -> str:
    """The name that clients know a criterion by."""
    return "sameSite" if isinstance(leaf, SameSite) else criterion_name(leaf)


def columns(leaves: Sequence[Leaf], params: Params) -> list[tuple[str, str]]:
    """What a page reads beside each offer `o` with its site `s`: the name `v` and place of a leaf, and Cypher of a list of its values."""
    read = [(f"v{place}", _read(leaf, params)) for place, leaf in enumerate(leaves) if not isinstance(leaf, SameSite)]
    return [(name, cypher) for name, cypher in read if cypher]


def _read(leaf: Single, params: Params) -> str:
    """Cypher of the values of a leaf; empty where the row of an offer has them already."""
    if isinstance(leaf, Coded):
        return _read_codes(leaf, params)
    reader = _READERS.get(type(leaf))
    return reader(leaf, params) if reader else ""


def _read_codes(leaf: Coded, params: Params) -> str:
    if leaf.field in LEFT_OUT:
        return f"[o.{PROPERTIES[leaf.field]}]"
    if leaf.field in leaf_cypher.RELATIONS or leaf.field is Field.SPECIALTY:
        return f"[k IN {leaf_cypher.related(leaf.field, 'o')} WHERE k IN ${params.of(leaf.codes)} | k]"
    return ""


def _read_equipment(leaf: Equipment, params: Params) -> str:
    return f"[x IN {fragments.EQUIPMENTS.format(o='o')} WHERE x.code IN {params.put(list(leaf.codes))} AND x.number > 0 | x.code]"


def _read_tariff(leaf: Tariff, params: Params) -> str:
    return f"[x IN {leaf_cypher.newest(leaf_cypher.tariff_lines(leaf, params, 's'), 'xs')} WHERE x.amount <= {params.put(leaf.at_most)} | x.amount]"


_READERS: Final[Mapping[type, Callable[[Any, Params], str]]] = {
    Age: lambda *_: "[o.min_age, o.max_age, o.age_unit]",
    Equipment: _read_equipment,
    Capacity: lambda leaf, params: f"[x IN {leaf_cypher.capacity_lines(leaf, params, 'o')} WHERE x.sure | x.number]",
    Tariff: _read_tariff,
    Area: lambda *_: fragments.AREAS_OF.format(o="o"),
    UpdatedSince: lambda *_: f"[{fragments.DESCRIBED_ON.format(o='o')}]",
    InAnomaly: lambda *_: fragments.ANOMALIES.format(o="o"),
}


def values_of(leaf: Leaf, place: int, row: Row) -> list[Any]:
    """The values to show: codes, texts, or ids. `row`: an edge of a page; `place`: of the leaf among the leaves of the tree."""
    match leaf:
        case SameSite():
            return sorted(set(row[f"p{place}"]))
        case Coded(Field.ACTIVITY, codes):
            return [code for code in dict.fromkeys(row["activities"]) if code in codes]
        case Coded(Field.ESTABLISHMENT_CATEGORY, _):
            return [row["category"]]
        case Coded(field, _) if field in PROPERTIES and field not in LEFT_OUT:
            return [row[PROPERTIES[field]]]
    return _shown(leaf, row[f"v{place}"]) if not isinstance(leaf, ASKED) else [_asked(leaf)]


def _asked(leaf: Text | OpenAt | Stated) -> str:
    match leaf:
        case Text(words):
            return " ".join(words)
        case OpenAt(instant):
            return instant.isoformat()
        case Stated(_, value):
            return value


def _shown(leaf: Single, values: Sequence[Any]) -> list[str]:
    match leaf:
        case Age():
            low, high, unit = values
            return [f"{low:g} to {high:g} {unit}"]
        case Capacity():
            return [str(sum(values))]
        case Area(_, _, above):
            return sorted(set(values) & set(above)) or sorted(set(values))
        case InAnomaly(wanted) if not wanted:
            return ["none"]
    return sorted({str(plain(value)) for value in values if value is not None})
