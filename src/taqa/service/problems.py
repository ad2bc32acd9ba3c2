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

from taqa.errors import CorpusError, IndexProblem, InputError, ModelError, NotInCorpus, TaqaError

MEDIA_TYPE = "application/problem+json"
_LOG = logging.getLogger(__name__)

_STATUS: tuple[tuple[type[TaqaError], int, str], ...] = (
    (InputError, 422, "unusable-input"),
    (CorpusError, 422, "unreadable-corpus"),
    (NotInCorpus, 404, "not-in-corpus"),
    (ModelError, 503, "model-unavailable"),
    (IndexProblem, 503, "index-unavailable"),
)
_INTERNAL = "Something went wrong on the server; the details are in its log."


class Problem(BaseModel):
    """What went wrong, for people (`detail`) and for programs (`code`)."""

    type: Annotated[str, Field(description="Always `about:blank`: the status says what kind of problem it is.")]
    title: str
    status: int
    detail: Annotated[str, Field(description="One sentence that says what to do next.")]
    code: Annotated[str, Field(description="A stable word for programs.")]


def problem(status: int, detail: str, code: str) -> Problem:
    return Problem(type="about:blank", title=HTTPStatus(status).phrase, status=status, detail=detail, code=code)


def from_error(error: Exception) -> Problem:
    """The problem that an error of the core becomes; one that nobody meant is logged and told in general words."""
    for kind, status, code in _STATUS:
        if isinstance(error, kind):
            return problem(status, str(error), code)
    _LOG.error("unexpected error", exc_info=error)
    return problem(500, _INTERNAL, "internal-error")


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
    detail, code = {
        403: ("Requests from other web pages are refused.", "foreign-origin"),
        404: ("The corpus holds no such paragraph.", "not-in-corpus"),
        413: ("The request is larger than 1,048,576 bytes; send a shorter one.", "too-large"),
        422: ("The question is empty: write what you would like to know.", "unusable-input"),
        503: ("The index is missing; run `taqa ingest`.", "index-unavailable"),
    }.get(status, (_INTERNAL, "internal-error"))
    return problem(status, detail, code).model_dump()


def install(app: FastAPI) -> None:
    """Make every refusal of `app` a problem."""
    app.add_exception_handler(TaqaError, _on_taqa_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)


async def _on_taqa_error(_: Request, error: Exception) -> Response:
    return response(from_error(error))


async def _on_invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return response(problem(422, _sentence(error.errors()), "invalid-request"))


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    details = {
        404: (f"There is nothing at {request.url.path}.", "no-such-page"),
        405: (f"{request.url.path} does not take {request.method} requests.", "wrong-method"),
        413: (str(error.detail), "too-large"),
    }
    detail, code = details.get(error.status_code, (str(error.detail), "refused"))
    return response(problem(error.status_code, detail, code), error.headers)


def _sentence(errors: Sequence[Any]) -> str:
    """The first fault of a request as one sentence, with the number of the others."""
    first = errors[0]
    rest = f" ({len(errors) - 1} more like this)" if len(errors) > 1 else ""
    if first["type"] == "json_invalid":
        return "The request body is not valid JSON."
    where = ".".join(str(part) for part in first["loc"][1:])
    if not where:
        return "Send the request body as a JSON object with Content-Type: application/json."
    if first["type"] == "missing":
        return f"`{where}` is missing{rest}."
    reason = first["msg"][:1].lower() + first["msg"][1:]
    return f"`{where}`: {reason}{rest}."
