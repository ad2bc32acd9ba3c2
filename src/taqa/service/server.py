"""The listening socket and the server process."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from taqa.errors import InputError

if TYPE_CHECKING:
    from taqa.assistant import Assistant
    from taqa.settings import Settings


def listen(host: str, port: int) -> socket.socket:
    """A bound socket, taken before the long work so that a taken port is known at once. Raises InputError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except socket.gaierror as error:
        raise InputError(f"The address {host} is not known here; use --host 127.0.0.1.") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise InputError(f"Port {port} is taken; stop what uses it or choose another with --port.") from error
        raise InputError(f"Cannot listen on {host} port {port} ({error.strerror}); choose another.") from error
    return listener


def run(assistant: Assistant, settings: Settings, listener: socket.socket, ready: Callable[[str], None]) -> None:
    """Serve until interrupted; `ready` is told the address once requests are answered."""
    import uvicorn  # slow to import: only serving pays for it

    from taqa.service.app import create_app

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            try:
                await super().startup(sockets)
            except OSError as error:  # another server began to listen while this one was making ready
                raise InputError(f"Port {settings.port} is taken; choose another with --port.") from error
            if self.started:
                ready(f"http://{_printable(settings.host)}:{listener.getsockname()[1]}")

    config = uvicorn.Config(create_app(assistant, settings), log_level="warning", access_log=False)
    Server(config).run(sockets=[listener])


def _printable(host: str) -> str:
    return f"[{host}]" if ":" in host else host
