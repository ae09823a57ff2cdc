"""Addresses of a ROR as the model has them: one line, postal code, and of a location also its street or locality and its town."""

from dataclasses import dataclass

from graph.model.kinds import Value


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of a French address that a form states; '' where it does not. `lines`: as one text, where the parts are not told apart."""

    care_of: str = ""
    locator: str = ""
    number: str = ""
    suffix: str = ""
    way: str = ""
    street: str = ""
    locality: str = ""
    box: str = ""
    postal_code: str = ""
    town: str = ""
    lines: tuple[str, ...] = ()

    @property
    def way_and_number(self) -> str:
        """`17B RTE DE PARIS`, '' without a street."""
        return " ".join(part for part in (self.number + self.suffix, self.way, self.street) if part)

    @property
    def post(self) -> str:
        """Postal code and town."""
        return " ".join(part for part in (self.postal_code, self.town) if part)

    @property
    def text(self) -> str | None:
        """One line like that of FINESS: `17B RTE DE PARIS, BP 24, 01440 VIRIAT`; None without any part.

        >>> Address(number="17", suffix="B", way="RTE", street="DE PARIS", box="BP 24", postal_code="01440", town="VIRIAT").text
        '17B RTE DE PARIS, BP 24, 01440 VIRIAT'
        """
        known = [part for part in (self.care_of, self.locator, self.way_and_number, self.locality, self.box) if part]
        if not (self.way_and_number or self.locality):
            known = [*known, *self.lines]
        if self.post and not any(self.postal_code and self.postal_code in line for line in known):
            known.append(self.post)
        return ", ".join(known) or None

    def props(self) -> dict[str, Value]:
        """Of an entity or a site."""
        return {"address": self.text, "postal_code": self.postal_code or None}

    def location_props(self) -> dict[str, Value]:
        """Of a location: also whether it has a street or a locality, and its town (quality rules read them apart)."""
        return {**self.props(), "street_or_locality": self.way_and_number or self.locality or None, "town": self.town or None}
