"""The extension ror-organization-price: a price of a site, with what it is for and what it includes."""

from typing import Any, Final

from graph.model.kinds import Value
from loaders.ror.fhir.hours import value_day
from loaders.ror.fhir.readers import skip, value_code_to, value_codes_to, value_to
from loaders.ror.fhir.walking import Here, Json, Reader, Shape, Wrong, boolean, content, number, text, walk

EURO: Final = "EUR"
ONE: Final = ("type", "amount", "unit", "level", "valid_from", "under_60", "housing", "reception", "management")
SEVERAL: Final = ("conditions", "services", "included")


def price_reader(path: str) -> Reader:
    """Each price as properties of a Tariff in `tariffs`."""
    shape = _shape(path)

    def reader(here: Here, into: Any, value: Any) -> None:
        found: Json = {}
        walk(here, shape, found, value)
        props: dict[str, Value] = {name: found.get(name) for name in ONE}
        into.setdefault("tariffs", []).append({**props, **{name: found.get(name) for name in SEVERAL}})

    return reader


def _shape(path: str) -> Shape:
    def inner(name: str) -> str:
        return f"{path}.extension.{name}"

    return Shape(
        path,
        {"url": skip},
        {
            "pricetype": value_code_to("type", "Tariff.type", inner("priceType")),
            "priceunit": value_code_to("unit", "Tariff.unit", inner("priceUnit")),
            "amount": _amount(inner("amount")),
            "startdate": value_day("valid_from", inner("startDate")),
            "under60": value_to("under_60", "valueBoolean", inner("under60"), boolean),
            "residentialtype": value_code_to("housing", "Tariff.housing", inner("residentialType")),
            "specialprice": value_codes_to("conditions", "Tariff.conditions", inner("specialPrice")),
            "welcometype": value_code_to("reception", "Tariff.reception", inner("welcomeType")),
            "dependencylevel": value_code_to("level", "Tariff.level", inner("dependencyLevel")),
            "managementtype": value_code_to("management", "Tariff.management", inner("managementType")),
            "mealdeliveryname": _text_into("services", inner("mealDeliveryName")),
            "humanhelppricename": _text_into("services", inner("humanHelpPriceName")),
            "otheradditionalservicename": _text_into("services", inner("otherAdditionalServiceName")),
            "additionalservicename": value_codes_to("services", "Tariff.services", inner("additionalServiceName")),
            "deliveryincluded": value_codes_to("included", "Tariff.included", inner("deliveryIncluded")),
            "othersdeliveryincluded": _text_into("included", inner("othersDeliveryIncluded")),
        },
    )


def _text_into(name: str, path: str) -> Reader:
    def reader(here: Here, into: Any, value: Any) -> None:
        into.setdefault(name, []).append(text(content(here, value, "valueString", path)))

    return reader


def _amount(path: str) -> Reader:
    """A sum in euros; the model has no other currency."""

    def reader(here: Here, into: Any, value: Any) -> None:
        money = content(here, value, "valueMoney", path)
        if type(money) is not dict:
            raise Wrong("Its valueMoney is not an object.")
        if money.get("currency", EURO) != EURO:
            raise Wrong("Its currency is not EUR, and the model has prices in euros.")
        for key in money.keys() - {"value", "currency"}:
            here.notes.leave(f"{path}.{key}")
        into["amount"] = number(money.get("value"))

    return reader
