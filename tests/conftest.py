"""What holds for all tests: no socket leaves the machine, no setting of the user's is seen; costly fixtures once."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from taqa import build
from taqa.assistant import Assistant
from taqa.retrieval.encoder import SentenceEncoder
from taqa.settings import Settings

from .documents import CORPUS

os.environ["HF_HUB_OFFLINE"] = "1"
for name in [name for name in os.environ if name.startswith("TAQA_")]:
    del os.environ[name]

settings.register_profile("house", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("house")


class SocketBlockedError(RuntimeError):
    """A test wanted to reach another machine."""


def stays_here(family: int, address: Any) -> bool:
    """Whether an address is a loopback one or a path on this machine."""
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = str(address[0]).partition("%")[0]
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Refuses every connection beyond loopback, and every look-up of another host's name."""
    with pytest.MonkeyPatch.context() as patch:
        for method in ("connect", "connect_ex"):
            patch.setattr(socket.socket, method, _guarded(getattr(socket.socket, method)))
        patch.setattr(socket, "getaddrinfo", _guarded_look_up(socket.getaddrinfo))
        yield


def _guarded(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if not stays_here(self.family, address):
            raise SocketBlockedError(f"a test wanted to connect to {address}")
        return connect(self, address)

    return guarded


def _guarded_look_up(look_up: Any) -> Any:
    def guarded(host: Any, *rest: Any, **others: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not stays_here(socket.AF_INET, (name,)):
            if name.endswith(".invalid"):  # reserved: never resolved, asked of nobody
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            raise SocketBlockedError(f"a test wanted to look up {name}")
        return look_up(host, *rest, **others)

    return guarded


@pytest.fixture(scope="session")
def real_encoder() -> SentenceEncoder:
    """The model that TAQA carries, loaded."""
    encoder = SentenceEncoder()
    encoder.warm()
    return encoder


@pytest.fixture(scope="session")
def real_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The five documents, indexed by the real engines into a folder of this session."""
    chosen = Settings(corpus=CORPUS, index=tmp_path_factory.mktemp("real") / "index")
    build.ingest(chosen)
    return chosen


@pytest.fixture(scope="session")
def real_assistant(real_settings: Settings) -> Assistant:
    return build.assistant(real_settings)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the listings in tests/golden anew; review them by eye"
    )
