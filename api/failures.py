"""From an exception to what a client sees. Ours say their sentence and code; any other is hidden behind a reference number.

Codes are those of docs/errors.md. The log entry of a hidden error holds its number, the types of the exceptions and the lines they
came through: never a message of a foreign exception nor a variable, which may quote personal data.
"""

import logging
import secrets
from collections.abc import Iterator, Mapping, Sequence
from traceback import extract_tb
from typing import Final

from graphql import GraphQLError

from api.documents import InvalidDocument
from graph.errors import Code, RorGraphError, StoreFault

Shown = dict[str, object]
LOG: Final = logging.getLogger("rorgraph.api")
HIDDEN: Final = "The server met an internal error. It stands in its log under the number {reference}; give that number when you report it."


def shown_errors(errors: Sequence[GraphQLError]) -> list[Shown]:
    """The `errors` of a response, in the form of the GraphQL specification."""
    return [_shown(error) for error in errors]


def shown_exception(error: Exception) -> list[Shown]:
    """The `errors` of a request that failed as a whole."""
    if isinstance(error, InvalidDocument):
        return shown_errors(error.errors)
    return [_with_code(*_sentence(error))]


def codes_of(errors: Sequence[Mapping[str, object]]) -> list[str]:
    """The distinct codes of shown errors, sorted."""
    return sorted({str(extensions["code"]) for error in errors if isinstance(extensions := error["extensions"], dict)})


def _shown(error: GraphQLError) -> Shown:
    cause = _cause(error)
    message, code = (error.message, Code.BAD_USER_INPUT) if cause is None else _sentence(cause)
    shown = _with_code(message, code)
    if error.locations:
        shown["locations"] = [location.formatted for location in error.locations]
    if error.path:
        shown["path"] = error.path
    return shown


def _cause(error: GraphQLError) -> Exception | None:
    """What a resolver raised; None for an error in the document or in the form of a variable, which graphql-core words itself."""
    cause = error.original_error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause if error.path else None


def _sentence(error: Exception) -> tuple[str, Code]:
    if isinstance(error, RorGraphError) and not isinstance(error, StoreFault):
        return str(error), error.code
    return HIDDEN.format(reference=_logged(error)), Code.UNAVAILABLE


def _with_code(message: str, code: Code) -> Shown:
    return {"message": message, "extensions": {"code": code.value}}


def _logged(error: Exception) -> str:
    reference = secrets.token_hex(4).upper()
    LOG.error("internal error %s: %s", reference, " <- ".join(_line(link) for link in _chain(error)))
    return reference


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _line(error: BaseException) -> str:
    said = f" ({error})" if isinstance(error, RorGraphError) else ""
    frames = ", ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__))
    return f"{type(error).__module__}.{type(error).__qualname__}{said} at {frames or 'no frame'}"
