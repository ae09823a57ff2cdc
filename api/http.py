"""GraphQL over HTTP: what a request must look like, and the form of the response (GraphQL over HTTP specification).

POST takes `application/json`, so that a foreign page cannot send one without the browser asking first; GET runs queries only.
A well-formed request is answered with 200 and its errors in the body; for `application/graphql-response+json` a request that was
refused as a whole is a 400.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from api.execution import Answer, Request
from api.failures import Shown, shown_exception
from api.limits import Limits
from graph.errors import BadInput, LimitExceeded, RorGraphError

JSON: Final = "application/json"
GRAPHQL_JSON: Final = "application/graphql-response+json"


class Rejected(Exception):
    """A request that is answered with an HTTP status of its own: what to say, and headers."""

    def __init__(self, status: HTTPStatus, error: RorGraphError, headers: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.error = error
        self.headers = headers or {}
        super().__init__(str(error))


async def read_request(http: HttpRequest, limits: Limits) -> Request:
    """The GraphQL request that an HTTP request carries. Raises Rejected."""
    _acceptable(http.headers)
    if http.method == "GET":
        return _from_query_string(http, limits)
    content_type = http.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != JSON:
        raise Rejected(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, BadInput(f"Content-Type: '{content_type[:60]}' is not served; send {JSON}."))
    return _from_object(_json("body", await _body(http, limits)))


def _acceptable(headers: Headers) -> None:
    accepted = headers.get("accept", "*/*").lower()
    if not any(media in accepted for media in (JSON, GRAPHQL_JSON, "*/*", "application/*")):
        raise Rejected(HTTPStatus.NOT_ACCEPTABLE, BadInput(f"Accept: '{accepted[:60]}' is not served; accept {GRAPHQL_JSON} or {JSON}."))


async def _body(http: HttpRequest, limits: Limits) -> bytes:
    """The body, read no further than the limit, whatever its Content-Length says."""
    received = bytearray()
    async for part in http.stream():
        received += part
        if len(received) > limits.body_bytes:
            raise Rejected(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _too_large(limits))
    return bytes(received)


def _from_query_string(http: HttpRequest, limits: Limits) -> Request:
    if len(http.scope["query_string"]) > limits.body_bytes:
        raise Rejected(HTTPStatus.REQUEST_URI_TOO_LONG, _too_large(limits))
    given = dict(http.query_params)
    if "variables" in given:
        return _from_object(given | {"variables": _json("variables", given["variables"].encode())}, read_only=True)
    return _from_object(given, read_only=True)


def _too_large(limits: Limits) -> LimitExceeded:
    return LimitExceeded(f"body_bytes: the request is larger than {limits.body_bytes} bytes, the limit. Nothing of it was executed.")


def _json(name: str, content: bytes) -> object:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _bad(f"{name}: it is not JSON in UTF-8, or is nested too deeply.") from error


def _from_object(given: object, *, read_only: bool = False) -> Request:
    if not isinstance(given, dict):
        raise _bad("body: it must be one JSON object with `query`; several requests in one body are not served.")
    text, variables, operation = given.get("query"), given.get("variables") or {}, given.get("operationName") or None
    if not isinstance(text, str) or not text.strip():
        raise _bad("query: the text of the document is missing.")
    if not isinstance(variables, dict):
        raise _bad("variables: they must be a JSON object.")
    if not isinstance(operation, str | None):
        raise _bad("operationName: it must be a text.")
    return Request(text, variables, operation, read_only)


def _bad(sentence: str) -> Rejected:
    return Rejected(HTTPStatus.BAD_REQUEST, BadInput(sentence))


def response_of(http: HttpRequest, answer: Answer) -> Response:
    """The HTTP response to an answer, in the media type that the client prefers."""
    media = _media(http.headers)
    refused = media == GRAPHQL_JSON and not answer.executed
    return json_response(answer.body, HTTPStatus.BAD_REQUEST if refused else HTTPStatus.OK, media)


def rejection(http: HttpRequest, rejected: Rejected) -> Response:
    """The HTTP response to a request that is not answered."""
    response = json_response({"errors": shown_exception(rejected.error)}, rejected.status, _media(http.headers))
    response.headers.update(rejected.headers)
    return response


def _media(headers: Headers) -> str:
    return GRAPHQL_JSON if GRAPHQL_JSON in headers.get("accept", "").lower() else JSON


def json_response(body: Mapping[str, object] | Shown, status: HTTPStatus = HTTPStatus.OK, media: str = JSON) -> Response:
    """JSON as UTF-8, without blanks."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(content, status, headers={"content-type": f"{media}; charset=utf-8"})
