"""What every request must pass (host, origin, size of its body) and every response carry (security headers).

The service listens on this machine and knows no users, so a web page elsewhere must not be able to speak to it: not by
a name that it has pointed at this machine (the Host header is checked) and not by sending requests (the Origin is).
"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from taqa.service.problems import Problem, Refused, from_error, problem, response

MAX_BODY_BYTES = 1 << 20
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared, not bound
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """ASGI middleware; stands outside everything else, so that its headers are on every response."""

    def __init__(self, app: ASGIApp, host: str, uploads: str = "", upload_bytes: int = 0) -> None:
        """Below the path `uploads` a body that is put may have `upload_bytes`."""
        self.app = app
        self.uploads = uploads
        self.upload_bytes = upload_bytes
        self.host = host.strip("[]").lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def send_guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-cache" if _is_asset(scope) else "no-store")
            await send(message)

        putting = scope["method"] == "PUT" and self.uploads and scope["path"].startswith(self.uploads)
        most = max(MAX_BODY_BYTES, self.upload_bytes) if putting else MAX_BODY_BYTES
        refused = self.refusal(scope["method"], Headers(scope=scope), most)
        if refused is not None:
            await response(refused)(scope, receive, send_guarded)
            return
        try:
            await self.app(scope, _limited(receive, most), send_guarded)
        except Exception as error:
            found = from_error(error)
            if started:
                raise
            await response(found)(scope, receive, send_guarded)

    def refusal(self, method: str, headers: Headers, most: int) -> Problem | None:
        """Why a request is turned away at the door, or None."""
        host = headers.get("host", "")
        if not self.knows(host):
            return problem(
                "unknown-host",
                "This service does not answer under that host name; open it under http://127.0.0.1 "
                "or start it with the name as its host.",
            )
        if method not in _SAFE_METHODS:
            origin = headers.get("origin")
            foreign = origin is not None and urlsplit(origin).netloc.lower() != host.lower()
            if foreign or headers.get("sec-fetch-site") in ("cross-site", "same-site"):
                return problem("foreign-origin", "Requests from other web pages are refused.")
        if _length(headers) > most:
            return problem("too-large", _too_large(most))
        return None

    def knows(self, host_header: str) -> bool:
        """Whether the Host header is local or as configured; where all addresses are served, any address will do."""
        try:
            name = (urlsplit(f"//{host_header}").hostname or "").lower()
        except ValueError:
            return False
        if name in _LOCAL or name == self.host:
            return True
        return self.host in _EVERYWHERE and _is_address(name)


def _too_large(most: int) -> str:
    return f"The request is larger than {most:,} bytes; send a shorter one."


def _limited(receive: Receive, most: int) -> Receive:
    """`receive` that stops a body without a stated length as soon as it is too large."""
    size = 0

    async def receive_limited() -> Message:
        nonlocal size
        message = await receive()
        if message["type"] == "http.request":
            size += len(message.get("body", b""))
            if size > most:
                raise Refused("too-large", _too_large(most))
        return message

    return receive_limited


def _length(headers: Headers) -> int:
    stated = headers.get("content-length", "")
    return int(stated) if stated.isdecimal() else 0


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_asset(scope: Scope) -> bool:
    return not str(scope["path"]).startswith("/api/")
