"""Parts that several elements have: contacts, mailboxes, places, hours, territories, prices. Each takes what it reads; what it leaves is counted."""

from collections.abc import Iterable
from typing import Any, Final

from graph.keys import concept_id
from graph.model.kinds import Value
from graph.record import Link, Owned, Ref
from loaders.ror.address import Address
from loaders.ror.building import DIVISIONS, contact, tariff, telecom, territory_key
from loaders.ror.values import FieldFault, confidentiality, coordinates, day, time_of_day, weekday
from loaders.ror.xml.context import updated_at
from loaders.ror.xml.element import Node, whole_number

CLOSED: Final = concept_id("TRE_R252", "08")  # the type of hours at which it is closed
EURO: Final = "EUR"
DETAILS: Final = (  # of a price there is one, by what it is for
    "basePackageAccomodation",
    "basePackageAccommodation",
    "mealDelivery",
    "homeDay",
    "dependencyPrice",
    "surchargePriceResidential",
    "humanHelpPrice",
    "surchargePrice",
)
SERVICES: Final = ("mealDeliveryName", "humanHelpPriceName", "otherSurchargePriceName")


def contacts(owner: str, extension: Node) -> list[Owned]:
    """The contacts of an element, each with its telecoms."""
    return [_contact(owner, one) for one in extension.children("contact")]


def _contact(owner: str, node: Node) -> Owned:
    props: dict[str, Value] = {
        "name": node.text("name"),
        "function": node.code("Contact.function", "function"),
        "nature": node.code("Contact.nature", "nature"),
        "confidentiality": _level(node),
        "updated_at": updated_at(node),
    }
    return contact(owner, props, telecom_lines(node.children("contactPoint")))


def _level(node: Node) -> int | None:
    found = node.child("confidentialityLevel")
    code = found.bare_code() if found else None
    return confidentiality(found.path, code) if found and code else None


def _telecom(node: Node, secure: bool | None) -> dict[str, Value] | None:
    """A contactPoint; None without a value."""
    value = node.text("equipment")
    if value is None:
        return None
    extension = node.extension()
    return {
        "channel": node.code("Telecom.channel", "codedType"),
        "value": value,
        "usage": node.text("purpose"),
        "secure": secure,
        "confidentiality": _level(extension),
        "updated_at": updated_at(extension),
    }


def telecom_lines(nodes: Iterable[Node], *, secure: bool | None = None) -> list[dict[str, Value]]:
    """Contact points as properties of telecoms. `secure`: they are of the secure messaging (MSS)."""
    return [found for one in nodes if (found := _telecom(one, secure))]


def mailbox_lines(extension: Node) -> list[dict[str, Value]]:
    """Mailboxes of the secure messaging as properties of telecoms."""
    points = (one.child("contactPoint") for one in extension.children("mailBoxMSS"))
    return telecom_lines((one for one in points if one), secure=True)


def mailboxes(owner: str, extension: Node) -> list[Owned]:
    """Mailboxes of the secure messaging (MSS)."""
    return [telecom(owner, one) for one in mailbox_lines(extension)]


ADDRESS: Final = (  # part of loaders.ror.address.Address, attributes of an addressLine that make it
    ("care_of", ("inHouseMail",)),
    ("locator", ("buildingName",)),
    ("number", ("buildingNumber",)),
    ("way", ("streetPrefix", "streetType")),
    ("street", ("streetName", "streetSuffix")),
    ("locality", ("citySubDivisionName",)),
    ("box", ("postOfficeBox",)),
    ("postal_code", ("postCode",)),
    ("town", ("cityName",)),
)
LINES: Final = ("lineOne", "lineTwo", "lineThree", "lineFour", "lineFive", "lineSix")


def address(location: Node) -> Address:
    """The address of a location, without its parts '' each. What a second line states again, and lines beside their parts, are left."""
    lines = [line for one in location.children("address") for line in one.children("addressLine")]
    stated: dict[str, Any] = {}
    for line in lines:
        for part, names in ADDRESS:
            if part not in stated and (text := " ".join(text for name in names if (text := line.attribute(name)))):
                stated[part] = text
    if "street" in stated or "locality" in stated:
        return Address(**stated)
    return Address(**stated, lines=tuple(text for line in lines for text in _free_lines(line)))


def _free_lines(line: Node) -> list[str]:
    return [text for text in (*(line.attribute(name) for name in LINES), line.content) if text]


def point(location: Node) -> dict[str, Value]:
    """Latitude, longitude and whether they are reliable; None each without coordinates, and where they are in another system than WGS84: those are left."""
    found: dict[str, Value] = dict.fromkeys(("latitude", "longitude", "point_reliable"))
    node = location.child("geoCoordinates")
    system = node.child("coordinateSystem") if node else None
    if node is None or (system and not _is_wgs84(system.element.text or "")):
        return found
    latitude, longitude = node.text("latitude"), node.text("longitude")
    found["point_reliable"] = node.extension().boolean("coordonneesFiables")
    if latitude is None or longitude is None:
        return found
    try:
        found["latitude"], found["longitude"] = coordinates(node.path, float(latitude), float(longitude))
    except ValueError as problem:
        raise FieldFault(node.path, "Latitude and longitude are numbers of degrees, like 48.8566.") from problem
    return found


def _is_wgs84(system: str) -> bool:
    """WGS 84, EPSG:4326, or nothing."""
    return not system.strip() or "84" in system or "4326" in system


def commune(location: Node, me: Ref) -> tuple[Link, ...]:
    """LOCATED_IN of a place."""
    found = location.child("cityNumber")
    code = found.bare_code() if found else None
    return (Link("LOCATED_IN", me, Ref("Commune", code)),) if code else ()


def hours_lines(nodes: Iterable[Node]) -> list[dict[str, Value]]:
    """The operatingHours as properties of opening hours: a line for each day that an element names, one without a day where it names none."""
    return [line for node in nodes for line in _hours(node)]


def _hours(node: Node) -> list[dict[str, Value]]:
    opened = node.boolean("openFlag")
    days = [_weekday(one) for one in node.children("dayOfTheWeek")]
    rest: dict[str, Value] = {
        "from": _time(node, "beginningHour"),
        "to": _time(node, "endingHour"),
        "type": CLOSED if opened is False else node.extension().code("OpeningHours.type", "operatingHoursType"),
        "effective_from": date_of(node, "beginEffectiveDate"),
        "effective_to": date_of(node, "endEffectiveDate"),
    }
    return [{"day": one, **rest} for one in days or [None]]


def _weekday(node: Node) -> int | None:
    """CSD counts from Sunday, 0; the model from Monday, 1, to Sunday, 7."""
    text = node.content
    if text is None:
        return None
    number = whole_number(node.path, text)
    return weekday(node.path, number or 7)


def _time(node: Node, name: str) -> str | None:
    found = node.child(name)
    text = found.content if found else None
    return time_of_day(found.path, text) if found and text else None


def date_of(node: Node, *names: str) -> Value:
    """A day that a child states. Raises FieldFault."""
    found = node.child(*names)
    text = found.content if found else None
    return day(found.path, text) if found and text else None


def territories(me: Ref, extension: Node) -> list[Link]:
    """IN_TERRITORY of a site: its health territories; divisions of another type have no place there and are left."""
    found = []
    for node in extension.children("healthCareTerritorial"):
        kind, coded = node.child("type"), node.child("codedType")
        if kind is None or coded is None or DIVISIONS.get(kind.element.get("code", "").strip()) != "HealthTerritory":
            continue
        kind.bare_code()
        code = coded.bare_code()
        if code:
            found.append(Link("IN_TERRITORY", me, Ref("HealthTerritory", territory_key("HealthTerritory", code))))
    return found


def tariffs(site: str, extension: Node) -> list[Owned]:
    """The prices of a site."""
    return [_tariff(site, one) for one in extension.children("price")]


def _tariff(site: str, node: Node) -> Owned:
    props: dict[str, Value] = {
        "type": node.code("Tariff.type", "priceType"),
        "unit": node.code("Tariff.unit", "priceUnit"),
        "amount": _amount(node),
        "valid_from": date_of(node, "updateDate"),
    }
    return tariff(site, props | _detail(node.child(*DETAILS)))


def _detail(detail: Node | None) -> dict[str, Value]:
    """What a price is for, and what it includes: its codes first, then its words."""
    if detail is None:
        return dict.fromkeys(("under_60", "housing", "reception", "management", "level", "conditions", "services", "included"))
    services = [*detail.codes("Tariff.services", "surchargePriceName"), *_words(detail, *SERVICES)]
    included = [*detail.codes("Tariff.included", "deliveryIncluded"), *_words(detail, "othersDeliveryIncluded")]
    return {
        "under_60": detail.boolean("under60"),
        "housing": detail.code("Tariff.housing", "residentialType"),
        "reception": detail.code("Tariff.reception", "welcomeType"),
        "management": detail.code("Tariff.management", "managementType"),
        "level": detail.code("Tariff.level", "dependencyLevel"),
        "conditions": detail.codes("Tariff.conditions", "specialPrice") or None,
        "services": services or None,
        "included": included or None,
    }


def _words(detail: Node, *names: str) -> list[str]:
    return [text for one in detail.children(*names) if (text := one.content)]


def _amount(node: Node) -> float | None:
    """A sum in euros; the model has no other currency."""
    price = node.child("price")
    found, currency = (price.child("amount"), price.child("currency")) if price else (None, None)
    if currency and (currency.bare_code() or EURO) != EURO:
        raise FieldFault(currency.path, "Its currency is not EUR, and the model has prices in euros.")
    text = found.content if found else None
    if found is None or text is None:
        return None
    try:
        amount = float(text)
    except ValueError as problem:
        raise FieldFault(found.path, "The amount is not a number, like 65.5.") from problem
    if not 0 <= amount < 1e9:
        raise FieldFault(found.path, "The amount is 0 or more.")
    return amount
