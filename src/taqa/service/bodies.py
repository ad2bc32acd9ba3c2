"""Bodies of requests: JSON in UTF-8, or one sentence that says what is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from email.message import Message
from typing import Any, Never

from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from taqa.service.problems import Refused

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class JsonRoute(APIRoute):
    """A route that reads its body, where it takes one, by the rules of this module."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def handle_json(request: Request) -> Response:
            return await handle(_JsonRequest(request.scope, request.receive))

        return handle_json


class _JsonRequest(Request):
    """Only a route that takes a body reads one, so a request without need of it may have any."""

    async def body(self) -> bytes:
        try:
            sent = await super().body()
        except ClientDisconnect as error:
            raise Refused("unreadable-body", "The request broke off before its end.") from error
        if not sent.strip():
            raise Refused("unreadable-body", "The request has no body; send a JSON object.")
        if not _is_json(self.headers.get("content-type", "")):
            raise Refused("wrong-content-type", "Send the body with Content-Type: application/json.")
        return sent

    async def json(self) -> object:
        return read_json(await self.body())


def read_json(sent: bytes) -> object:
    """The value that a body holds. Raises Refused when it is no JSON or cannot be held."""
    try:
        return json.loads(sent.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        detail = f"The body is not valid UTF-8 (byte {error.start + 1}); send JSON in UTF-8."
    except json.JSONDecodeError as error:
        detail = f"The body is not valid JSON (line {error.lineno}, column {error.colno})."
    except RecursionError:
        detail = "The body is nested too deeply; send a flat JSON object."
    except ValueError:  # what is left: Python reads no number of thousands of digits
        detail = "The body holds a number with too many digits; send a shorter one."
    raise Refused("unreadable-body", detail)


def _refuse_constant(name: str) -> Never:
    raise Refused("unreadable-body", f"The body is not valid JSON: it has no number {name}.")


def _is_json(content_type: str) -> bool:
    """As the framework judges it, which would otherwise take the body for a text."""
    message = Message()
    message["content-type"] = content_type
    subtype = message.get_content_subtype()
    return message.get_content_maintype() == "application" and (subtype == "json" or subtype.endswith("+json"))
