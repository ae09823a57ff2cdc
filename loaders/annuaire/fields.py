"""What a line of an extract says, in the words of the model. Pure. No reason quotes a value: nearly all are of a person."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from graph.keys import concept_id, entity_id, finess_fault, professional_id, unidentified
from loaders.annuaire.columns import Columns
from loaders.annuaire.structures import Structure, former_numbers, is_siret
from loaders.communes import insee_code

OTHER_NUMBERS: Final = frozenset("1234569")  # person ids by a register of a structure, of a student (TRE_G08)
DOUBLED: Final = str.maketrans("0123456789", "0246813579")  # digit sum of twice the digit
# Type of savoir-faire (TRE_R04) -> nomenclature of its codes
SKILL_SYSTEMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "S": "TRE_R38",
        "C": "TRE_R39",
        "CEX": "TRE_R40",
        "OP": "TRE_G13",
        "DNQ": "TRE_R42",
        "CAPA": "TRE_R43",
        "PAC": "TRE_R44",
        "FQ": "TRE_R45",
        "DEC": "TRE_R97",
    }
)
ALL_SKILLS: Final = "JDV_J107"  # all savoir-faire: the system of a code of a type that is not known (K-5)
MOBILE, FIXED, MAIL, FAX = (concept_id("TRE_R200", code) for code in "1236")
MOBILE_PREFIXES: Final = frozenset({"06", "07"})
CODE_LENGTH: Final = 5  # of a postal code
PHONE_SIGNS: Final = str.maketrans("", "", " .-/\t")


class Skill(NamedTuple):
    """A savoir-faire: concept ids of its code and of its type."""

    concept: str
    type: str


class Fields:
    """One line with its columns. `fields.get("mode")` is the text of a column, '' where the file has none."""

    __slots__ = ("_at", "_values")

    def __init__(self, table: Columns, values: list[str]) -> None:
        self._at, self._values = table.at, values

    def get(self, name: str) -> str:
        """The text of an attribute of columns.NAMES."""
        return self._values[self._at[name]]

    def person(self) -> str | None:
        """K-3; a number given by the register of a structure is an id of the register's own; None: no number at all, or of another form."""
        number = self.get("person")
        key = professional_id(number)
        if key is None and number and self.get("id_type") in OTHER_NUMBERS:
            return unidentified("annuaire", number)
        return key

    def other_persons(self) -> Iterator[str]:
        """Ids of the same person that the register ties to this one (P-2): RPPS and ADELI alone."""
        for stated in self.get("other_ids").replace(";", " ").split():
            key = professional_id(stated.partition(",")[0])
            if key is not None:
                yield key

    def skill(self) -> Skill | None:
        """The savoir-faire of the line; None where it states none."""
        kind, code = self.get("skill_type"), self.get("skill")
        return Skill(concept_id(SKILL_SYSTEMS.get(kind, ALL_SKILLS), code), concept_id("TRE_R04", kind)) if code else None

    def telecoms(self) -> Iterator[tuple[str, str]]:
        """Channel and value of the structure's phones, fax and mail."""
        for name in ("phone", "phone_2"):
            number = self.get(name).translate(PHONE_SIGNS)
            if number:
                yield (MOBILE if number[:2] in MOBILE_PREFIXES else FIXED), number
        fax, mail = self.get("fax").translate(PHONE_SIGNS), self.get("mail")
        if fax:
            yield FAX, fax
        if mail:
            yield MAIL, mail

    def structure_finess(self) -> str | None:
        """The FINESS number of the structure of the practice: of its column, else of its other ids."""
        technical = self.get("structure")
        if finess := self.get("finess"):
            return finess
        if technical[:1] == "F" and not finess_fault(technical[1:]):
            return technical[1:]
        return former_numbers(self.get("former_id")).get("finess")

    def structure(self) -> Structure:
        """What the line says of the structure of the practice; of one with a FINESS number only that number, since FINESS describes it."""
        if finess := self.structure_finess():
            return Structure(finess=finess)
        technical, former = self.get("structure"), former_numbers(self.get("former_id"))
        siret = next((one for one in (self.get("siret"), technical.removeprefix("C")) if is_siret(one)), former.get("siret"))
        entity_finess = self.get("entity_finess")
        return Structure(
            siret=siret,
            rpps_rank=former.get("rpps_rank"),
            adeli_rank=former.get("adeli_rank"),
            entity=entity_id(None if finess_fault(entity_finess) else entity_finess, None, None, None if siret else self.get("siren")),
            name=self.get("company") or self.get("sign") or None,
            usual_name=self.get("sign") or None,
            category=self.get("sector") or None,
            address=self._address(),
            postal_code=self.get("postal_code") or None,
            commune=insee_code(self.get("commune")),
        )

    def _address(self) -> str | None:
        """One line: `CABINET DU PORT, 17B RTE DE PARIS, BP 24, 01440 VIRIAT`."""
        way = " ".join(part for part in (self.get("number") + self.get("repetition"), self.get("way") or self.get("way_code"), self.get("street")) if part)
        postal_code, post = self.get("postal_code"), self.get("post") or self.get("town")
        town = post if post[:CODE_LENGTH].isdecimal() else f"{postal_code} {post}".strip()  # a cedex has a code of its own
        return ", ".join(part for part in (self.get("recipient"), self.get("building"), way, self.get("box"), town) if part) or None


def has_right_digit(key: str) -> bool:
    """Whether the last figure of an RPPS or ADELI number agrees (Luhn); True for one that is not of figures alone.

    >>> has_right_digit("810000000009"), has_right_digit("810000000008")
    (True, False)
    """
    number = key[1:]
    if not (number.isascii() and number.isdecimal()):
        return True
    return sum(map(int, number[::-2] + number[-2::-2].translate(DOUBLED))) % 10 == 0
