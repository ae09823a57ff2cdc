"""A value for each parameter of a question, by its type."""

from datetime import date
from typing import Any, Final

from graph.questions import Question

VALUES: Final[dict[str, Any]] = {
    "ID": "x", "String": "x", "Int": 5, "Float": 1.5, "Boolean": True, "[ID]": ["x"], "[String]": ["x"], "Date": date(2026, 6, 1),
}  # fmt: skip
SPECIAL: Final[dict[str, Any]] = {
    "indexes": ["words_Offer_words", "words_Region_words"],
    "kinds": ["Offer", "Region"],
    "label": "Offer",
    "relation": "HAS_CAPACITY",
}


def asked(question: Question) -> dict[str, Any]:
    """Its parameters, all given."""
    return {param.name: SPECIAL.get(param.name, VALUES[param.type]) for param in question.params}
