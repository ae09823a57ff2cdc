"""From what a command or a client says to the form of a question (graph/impact/parse_question.py)."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from graph.documents import read_mapping
from graph.errors import BadInput


def question_form(codes: Sequence[str], on: date | None, as_of: date | None, scenario: Path | None, whole: Path | None) -> Mapping[str, Any]:
    """The form of a question: codes that stop on a day, with the actions of a scenario file; or a whole file of targets, dates and actions.

    Raises BadInput for codes without a day, neither codes nor a file, or both; BadFile for a file that cannot be read.
    """
    if whole is not None:
        if codes or on or scenario:
            raise BadInput("--input holds targets, dates and actions together: give no CODE, --date nor --scenario beside it.")
        form = read_mapping(whole, "--input")
        return {**form, "as_of": as_of} if as_of else form
    if not codes or on is None:
        raise BadInput("CODE and --date are needed: what stops, and on which day; or --input with both.")
    form = {"as_of": as_of, "targets": [{"code": code, "date": on} for code in codes]}
    return {**read_mapping(scenario, "--scenario"), **form} if scenario else form
