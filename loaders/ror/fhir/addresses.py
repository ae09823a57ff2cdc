"""Addresses and points of the guide: an Address with its line parts as extensions, its INSEE code, and the two ways to write a position."""

from typing import Any, Final

from loaders.ror.address import Address
from loaders.ror.fhir.readers import each, inside, skip, to, value_to
from loaders.ror.fhir.walking import Here, Json, Reader, Shape, Wrong, array, boolean, coding, content, first_code, folded_name, number, text, walk
from loaders.ror.values import coordinates

# Part of loaders.ror.address.Address by name of the extension on an address line
PARTS: Final = {
    "iso21090-ADXP-careOf": "care_of",
    "iso21090-ADXP-additionalLocator": "locator",
    "iso21090-ADXP-houseNumber": "number",
    "iso21090-ADXP-buildingNumberSuffix": "suffix",
    "iso21090-ADXP-streetNameType": "way",
    "iso21090-ADXP-streetNameBase": "street",
    "iso21090-ADXP-postBox": "box",
    "ror-lieu-dit": "locality",
    "as-ext-lieu-dit": "locality",
    "as-ext-address-lieu-dit": "locality",
}
_FIELDS: Final = ("care_of", "locator", "number", "suffix", "way", "street", "locality", "box", "postal_code", "town")


def address_shape(path: str, *, point: bool) -> Shape:
    """An Address. `point`: its geolocation has a place in the model."""
    geolocation = {"geolocation": _geolocation(f"{path}.extension.geolocation")} if point else {}
    line = f"{path}._line"
    parts = {folded_name(name): value_to(part, "valueString", f"{line}.extension.{name}") for name, part in PARTS.items()}
    return Shape(
        path,
        {
            "line": _lines,
            "_line": _line_parts(Shape(line, {}, parts)),
            "city": to("town"),
            "postalCode": to("postal_code"),
        },
        {
            **geolocation,
            **({"locationgeolocation": geolocation["geolocation"]} if point else {}),
            "inseecode": _insee_code(f"{path}.extension.inseeCode"),
            "frcoreaddressinseecode": _insee_code(f"{path}.extension.fr-core-address-insee-code"),
            "communecog": commune(f"{path}.extension.ror-commune-cog"),
        },
    )


def address_reader(path: str) -> Reader:
    """Organization.address: a list of which the guide has one."""
    return each(address_shape(path, point=True))


def address_of(into: Json) -> Address:
    """The address that was read, empty without one."""
    return Address(**{name: into[name] for name in _FIELDS if name in into}, lines=tuple(into.get("lines", ())))


def _lines(_: Here, into: Any, value: Any) -> None:
    into["lines"] = [text(one) for one in array(value) if one is not None]


def _line_parts(shape: Shape) -> Reader:
    def reader(here: Here, into: Any, value: Any) -> None:
        for one in array(value):
            if one is not None:
                walk(here, shape, into, one)

    return reader


def _insee_code(path: str) -> Reader:
    def reader(here: Here, into: Any, value: Any) -> None:
        stated = content(here, value, "valueCoding", path)
        if type(stated) is not dict:
            raise Wrong("Its valueCoding is not an object.")
        into["commune"] = coding(here, stated, path)[1]

    return reader


def commune(path: str) -> Reader:
    """The extension ror-commune-cog: INSEE code, under TRE_R13-Commune or -CommuneOM."""

    def reader(here: Here, into: Any, value: Any) -> None:
        found = first_code(here, content(here, value, "valueCodeableConcept", path), "commune", path)
        into["commune"] = found.partition("-")[2] if found else None

    return reader


def _geolocation(path: str) -> Reader:
    reliable = value_to("point_reliable", "valueBoolean", f"{path}.extension.ror-confidence-geolocation", boolean)
    shape = Shape(
        path,
        {"url": skip},
        {
            "latitude": value_to("latitude", "valueDecimal", f"{path}.extension.latitude", number),
            "longitude": value_to("longitude", "valueDecimal", f"{path}.extension.longitude", number),
            "confidencegeolocation": reliable,
            "reliableposition": reliable,
        },
    )
    return inside(shape)


def position_shape(path: str) -> Shape:
    """Location.position."""
    reliable = value_to("point_reliable", "valueBoolean", f"{path}.extension.ror-coordinate-reliability", boolean)
    return Shape(path, {"latitude": to("latitude", number), "longitude": to("longitude", number)}, {"coordinatereliability": reliable})


def point_of(here: Here, into: Json, path: str) -> Json:
    """The point as properties; one number alone is none."""
    latitude, longitude = into.get("latitude"), into.get("longitude")
    if latitude is None or longitude is None:
        if latitude is not longitude:
            here.notes.leave(f"{path} (one coordinate only)")
        return {"latitude": None, "longitude": None, "point_reliable": None}
    north, east = coordinates(path, latitude, longitude)
    return {"latitude": north, "longitude": east, "point_reliable": into.get("point_reliable")}
