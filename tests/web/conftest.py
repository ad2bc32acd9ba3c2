"""A service over real HTTP on a free port, and a real headless Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn

from taqa.service.app import create_app

from .double import TEXTS, Double, read

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class Limits:
    """The settings that the service reads."""

    host: str = "127.0.0.1"
    port: int = 0
    uploads: bool = False
    max_file_mb: int = 1
    index_dir: Path = Path("no index")


@contextmanager
def serving(assistant: Any, settings: Any = None) -> Iterator[str]:
    """The address of a running service; the port is chosen by the system."""
    app = create_app(assistant, settings or Limits())
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none", lifespan="off"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server stopped before it started"
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


@pytest.fixture(scope="session")
def double(tmp_path_factory: pytest.TempPathFactory) -> Double:
    return Double(read(tmp_path_factory.mktemp("texts"), TEXTS))


@pytest.fixture(scope="session")
def address(double: Double) -> Iterator[str]:
    with serving(double) as url:
        yield url


def find_chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    names = ("chromium", "chromium-browser", "google-chrome")
    return named or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    if path is None or not Path(path).exists():
        pytest.skip("no Chromium: install the package chromium or name one in the environment variable CHROMIUM")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens the chat page; fails the test on any error in the page's console or request to another host."""
    faults: list[str] = []
    contexts = []

    def opened(url: str = address, path: str = "/", **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)  # the first indexing loads the model, on a busy machine in 10 s or more
        page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
        page.on("console", lambda line: line.type == "error" and faults.append(f"console: {line.text}"))
        page.on("request", lambda sent: sent.url.startswith(url) or faults.append(f"request to {sent.url}"))
        page.goto(url + path)
        return page

    opened.faults = faults  # type: ignore[attr-defined]
    yield opened
    for context in contexts:
        context.close()
    assert not faults
