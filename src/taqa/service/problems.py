"""Errors as problem+json (RFC 9457): one clear sentence in `detail`, a stable word in `code`."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from taqa.errors import CorpusError, IndexProblem, InputError, ModelError, NotInCorpus, TaqaError, UnknownDocument

MEDIA_TYPE = "application/problem+json"
_LOG = logging.getLogger(__name__)

CODES: Mapping[str, int] = {
    "unknown-host": 400,
    "unreadable-body": 400,
    "changes-off": 403,
    "foreign-origin": 403,
    "no-such-page": 404,
    "not-in-corpus": 404,
    "wrong-method": 405,
    "too-large": 413,
    "wrong-content-type": 415,
    "invalid-request": 422,
    "unreadable-corpus": 422,
    "unreadable-document": 422,
    "unusable-input": 422,
    "internal-error": 500,
    "index-busy": 503,
    "index-unavailable": 503,
    "model-unavailable": 503,
}
"""Every code that the service gives, with its status. `docs/api.md` says when; a test holds the two together."""

_INTERNAL = "Something went wrong on the server; the details are in its log."


class Problem(BaseModel):
    """What went wrong, for people (`detail`) and for programs (`code`)."""

    type: Annotated[str, Field(description="Always `about:blank`: the status says what kind of problem it is.")]
    title: str
    status: int
    detail: Annotated[str, Field(description="One sentence that says what to do next.")]
    code: Annotated[str, Field(description="A stable word for programs.", json_schema_extra={"enum": list(CODES)})]


class Refused(HTTPException):
    """A request that the service does not take, raised where the framework lets no other error pass."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(CODES[code], detail)
        self.code = code


def problem(code: str, detail: str) -> Problem:
    status = CODES[code]
    return Problem(type="about:blank", title=HTTPStatus(status).phrase, status=status, detail=detail, code=code)


def from_error(error: Exception) -> Problem:
    """The problem that an error of the core becomes.

    What only the people who run the service can mend is logged for them and told in general words.
    """
    match error:
        case InputError():
            return problem("unusable-input", str(error))
        case UnknownDocument():
            return problem("not-in-corpus", error.told("GET /api/documents"))
        case NotInCorpus():
            return problem("not-in-corpus", str(error))
        case CorpusError():
            return problem("unreadable-corpus", str(error))
        case IndexProblem():
            _LOG.error("%s", error)
            return problem("index-unavailable", "The index cannot be used; the log of the server says how to mend it.")
        case ModelError():
            _LOG.error("%s", error)
            return problem("model-unavailable", "The model cannot be used; the log of the server says how to mend it.")
    _LOG.error("unexpected error", exc_info=error)
    return problem("internal-error", _INTERNAL)


def response(found: Problem, headers: Mapping[str, str] | None = None) -> Response:
    return Response(found.model_dump_json(), found.status, headers, MEDIA_TYPE)


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error responses of a route, for its OpenAPI entry."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": Problem.model_json_schema(), "example": _example(status)}},
        }
        for status in statuses
    }


def _example(status: int) -> dict[str, Any]:
    code, detail = {
        400: ("unreadable-body", "The body is not valid JSON (line 1, column 14)."),
        404: ("not-in-corpus", "The corpus holds no such paragraph."),
        413: ("too-large", "The request is larger than 1,048,576 bytes; send a shorter one."),
        403: ("foreign-origin", "Requests from other web pages are refused."),
        415: ("wrong-content-type", "Send the body with Content-Type: application/json."),
        422: ("unusable-input", "The question is empty; type a question in words."),
        503: ("index-unavailable", "The index cannot be used; the log of the server says how to mend it."),
    }.get(status, ("internal-error", _INTERNAL))
    return problem(code, detail).model_dump()


def install(app: FastAPI) -> None:
    """Make every refusal of `app` a problem."""
    app.add_exception_handler(TaqaError, _on_taqa_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)


async def _on_taqa_error(_: Request, error: Exception) -> Response:
    return response(from_error(error))


async def _on_invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return response(problem("invalid-request", _sentence(error.errors())))


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    path = request.url.path
    match error:
        case Refused():
            found = problem(error.code, error.detail)
        case HTTPException(status_code=404):
            found = problem("no-such-page", f"There is nothing at {path}.")
        case HTTPException(status_code=405):
            found = problem("wrong-method", f"{path} does not take {request.method} requests.")
        case _:
            found = from_error(error)
    return response(found, error.headers)


def _sentence(errors: Sequence[Any]) -> str:
    """The first fault of a request as one sentence, with the number of the others."""
    first = errors[0]
    rest = f" ({len(errors) - 1} more like this)" if len(errors) > 1 else ""
    where = ".".join(str(part) for part in first["loc"][1:])
    if not where:
        return "The body must be a JSON object."
    if first["type"] == "missing":
        return f"`{where}` is missing{rest}."
    said = first["msg"].removeprefix("Value error, ")
    reason = said[:1].lower() + said[1:]
    return f"`{where}`: {reason}{rest}."
