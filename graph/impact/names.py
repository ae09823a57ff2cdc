"""Numbers and bits for the codes of an inventory: regions, classes, usages, attributes.

Region masks: bit i is the i-th region code in order. Attribute masks, per class: bit 0 is "whatever is not named", bit 1 the regional
extension (I-17), then one bit a named attribute.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from graph.impact.inventory import NATIONAL, Content, Inventory, Perimeter

UNKNOWN_CLASS: Final = "?"
"""What a flow brings when neither it nor its interface says a class (I-7); its number is 0."""
EXTENSION: Final = "regional_extension"
REST_BIT: Final = 1
EXTENSION_BIT: Final = 2


class Names:
    """Numbers of regions, classes, usages, and bits of attributes: the vocabulary that every compiled object shares."""

    def __init__(self, inventory: Inventory) -> None:
        self.regions = tuple(sorted(region.code for region in inventory.regions))
        self.region_bit = {code: 1 << i for i, code in enumerate(self.regions)}
        self._region_codes: dict[int, tuple[str, ...]] = {}
        self.everywhere = (1 << len(self.regions)) - 1
        self.classes = (UNKNOWN_CLASS, *sorted(item.code for item in inventory.classes))
        self.class_number = {code: i for i, code in enumerate(self.classes)}
        self.usages = tuple(sorted(usage.code for usage in inventory.usages))
        self.usage_number = {code: i for i, code in enumerate(self.usages)}
        named = _attribute_names(inventory)
        self.attribute_names = [tuple(sorted(named[code])) for code in self.classes]
        self.attribute_bit = [{name: 4 << i for i, name in enumerate(names)} for names in self.attribute_names]
        self.whole = [REST_BIT | sum(by_name.values()) for by_name in self.attribute_bit]

    def mask(self, perimeter: Perimeter) -> int:
        """Regions of a perimeter."""
        if perimeter is NATIONAL:
            return self.everywhere
        return sum(self.region_bit[code] for code in perimeter)

    def region_codes(self, mask: int) -> tuple[str, ...]:
        """Codes of a mask, in order."""
        known = self._region_codes.get(mask)
        if known is None:
            known = self._region_codes[mask] = tuple(code for code in self.regions if mask & self.region_bit[code])
        return known

    def attributes(self, number: int, names: frozenset[str] | None) -> int:
        """Attributes named, or all of the class; an extension only where named; a name that the inventory does not know is nothing."""
        if not names:
            return self.whole[number]
        by_name = self.attribute_bit[number]
        return sum(EXTENSION_BIT if name == EXTENSION else by_name.get(name, 0) for name in names)

    def attribute_codes(self, number: int, mask: int) -> tuple[str, ...]:
        """Names of an attribute mask: `*` for what is not named."""
        head = ("*",) * bool(mask & REST_BIT) + (EXTENSION,) * bool(mask & EXTENSION_BIT)
        return head + tuple(name for name in self.attribute_names[number] if mask & self.attribute_bit[number][name])

    def served(self, number: int, content: Content) -> int:
        """What an interface offers of a class (I-17)."""
        return self.attributes(number, content.attributes) | (EXTENSION_BIT if content.regional_extension else 0)


def _attribute_names(inventory: Inventory) -> Mapping[str, set[str]]:
    named: dict[str, set[str]] = defaultdict(set)
    contents = [item for flow in inventory.flows for item in flow.carries.items()]
    contents += [item for interface in inventory.interfaces for item in interface.serves.items()]
    for code, content in contents:
        named[code] |= (content.attributes or frozenset()) - {EXTENSION}
    coverages = (r.coverage for interface in inventory.interfaces for r in interface.replaced_by if r.coverage)
    for code, names in (item for coverage in coverages for item in coverage.items()):
        named[code] |= (names or frozenset()) - {EXTENSION}
    return named
