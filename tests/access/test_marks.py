"""What a question binds that may be hidden is marked (graph/access/rendering.py), or stands here with the reason why it need not be."""

import re
from collections.abc import Mapping
from typing import Final

from graph.access import EVERYTHING, Viewer
from graph.access.rendering import ANY_MARK, rendered, sees_everything
from graph.access.rules import RULES
from graph.access.viewer import Profile
from graph.model import NODES
from graph.questions import all_questions
from tests.access.seeing import EVERY_VIEWER

NODE: Final = re.compile(r"\((\w*):(\w+(?:\|\w+)*)")
MARKED: Final = re.compile(r"sees \w+ (\w+)")
HIDEABLE: Final = {*RULES, "Capacity", "Contact", "Telecom"} & set(NODES)
ANYTHING: Final = "*"
WITHHELD_FROM: Final = [one for one in (*EVERY_VIEWER, Viewer(Profile(2), None, frozenset())) if not sees_everything(one)]

UNMARKED: Final[Mapping[str, Mapping[str, str]]] = {
    "read by loaders, the operator's shell and comparisons of whole RORs, which need every class": {
        **dict.fromkeys(("authorisations_of_kind", "closed_entities", "closed_sites", "done_run", "kept_matches", "locations_of_zones"), ANYTHING),
        **dict.fromkeys(("recognised_entities", "recognised_sites", "recorded_objects", "register_practices", "sites_of_ranks"), ANYTHING),
        **dict.fromkeys(("sites_of_sirets", "source_records", "inventory_links", "inventory_objects"), ANYTHING),
    },
    "the root asks for the scope (A-11), and who has it sees all of them": {
        **dict.fromkeys(("application_details", "applications", "interface_details", "inventory_applications", "inventory_flows"), ANYTHING),
        **dict.fromkeys(("inventory_interfaces", "regions_of_application", "rors", "run", "sources", "urbanisation_graph"), ANYTHING),
    },
    "says whether a load is under way or was the last, and nothing of it": {"changes": "r", "newest_run": "r"},
    "feeds a search, where each offer is asked again": {"offer_codes": "o", "offer_places": "h o p"},
    "counts for the operator's shell": {"unplaced_offers": "o"},
    "asked by id of objects that were seen": {
        **dict.fromkeys(("authorisations_of_objects", "codes_of_objects", "contacts_of_objects", "locations_of_offers", "owned_of_objects"), "o"),
        **dict.fromkeys(("practices_of_objects", "units_of_objects", "rors_of_offers"), "o"),
        **dict.fromkeys(("locations_of_sites", "territories_of_sites"), "s"),
        **dict.fromkeys(("offers_of_sites", "offers_of_units", "professionals_of_offers", "sites_of_entities"), ""),
        "sayings_of_objects": "n", "sites_of_units": "u", "memberships": " o p s",
    },
    "above or beside what is seen: as visible as that (graph/access/rules.py)": {
        "authorisations_of_objects": "e s", "geographic_entities": "e", "loaded_fields": "p", "locations_of_offers": "l", "memberships": " m",
        "offers": "s owner", "organisational_units": "s", "practices": "o who", "professionals_of_offers": "p", "sites_of_units": "s",
        "unplaced_offers": "h l p", "records_of_source": "other", "sayings_of_objects": "other", "rors_of_offers": "a",
    },
}  # fmt: skip


def unmarked(text: str) -> set[str]:
    """Variables of nodes that may be hidden, and of which no mark speaks; an empty text for one without a name."""
    marked = set(MARKED.findall(text))
    return {var for var, labels in NODE.findall(text) if HIDEABLE & set(labels.split("|")) and var not in marked}


def test_what_may_be_hidden_is_marked_or_has_its_reason() -> None:
    left = {asked.name: found for asked in all_questions() if (found := unmarked(asked.text))}
    excused: dict[str, set[str]] = {}
    for reason, questions in UNMARKED.items():
        for name, variables in questions.items():
            assert name in left, f"{name} binds nothing that needs an excuse: {reason}"
            excused.setdefault(name, set()).update(left[name] if variables == ANYTHING else variables.split(" "))
    assert left == {name: found & left[name] for name, found in excused.items()}


def test_every_mark_is_known_and_the_operator_puts_the_text_as_it_stands() -> None:
    for asked in all_questions():
        for viewer in WITHHELD_FROM:
            assert ANY_MARK.search(rendered(asked.text, viewer).text) is None, asked.name
        assert rendered(asked.text, EVERYTHING).text is asked.text
