"""One file fetched from the web, and never from a machine that is not a public one.

Each address on the way, also after every redirect, is looked up once, judged, and connected to as it was judged: a name
that leads elsewhere a moment later changes nothing. No proxy, cookie or credential is used.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from taqa.errors import Damaged, OverLimit, Unsupported
from taqa.ingest.files import MEBIBYTE, shown_name
from taqa.ingest.manifest import readable

REDIRECTS = 5
SECONDS = 60
_BLOCK = 1 << 16
_SHOWN = 200
_MOVED = frozenset({301, 302, 303, 307, 308})
_PORTS = {"http": 80, "https": 443}
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv6 addresses that stand for the IPv4 one in their last bits (NAT64)."""
_BEGINNINGS = ((b"%PDF-", ".pdf"), (b"<!doctype html", ".html"), (b"<html", ".html"), (b"<?xml", ".xml"))
_PACKED = ((b"mimetypeapplication/vnd.oasis.opendocument.text", ".odt"), (b"word/", ".docx"))
_CHECKED = 1 << 12

LookUp = Callable[[str, int], list[str]]
"""The addresses of a host, as text. Raises OSError."""


def is_url(text: str) -> bool:
    """Whether something that was typed is an address on the web and no file."""
    return "://" in text


def is_public(address: str) -> bool:
    """Whether an address can only be that of a machine in the public internet."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _TRANSLATED:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if inner and not is_public(str(inner)):
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def addresses(host: str, port: int) -> list[str]:
    """All addresses that the system knows for a host, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, slots=True)
class Fetching:
    """Within what limits a file is fetched; the last two can be others in tests."""

    max_file_mb: int
    seconds: float = SECONDS
    public: Callable[[str], bool] = is_public
    look_up: LookUp = addresses


def fetch(url: str, limits: Fetching) -> tuple[str, bytes]:
    """The name and the bytes of what a URL leads to. Raises Unreadable in one sentence."""
    deadline = time.monotonic() + limits.seconds
    for _ in range(REDIRECTS + 1):
        target = _target(url)
        try:
            with _asked(target, limits, deadline) as reply:
                if reply.status not in _MOVED:
                    return _received(target, reply, limits, deadline)
                where = reply.getheader("Location") or ""
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            if time.monotonic() >= deadline:
                raise _slow(url, limits) from error
            reason = shown_name(str(error))[:_SHOWN] or type(error).__name__
            raise Damaged(f"{_shown(url)} cannot be fetched ({reason}); check the address and the network.") from error
        following = urljoin(url, where)
        if target.scheme == "https" and urlsplit(following).scheme != "https":
            raise Unsupported(f"{_shown(url)} leads on to an address that is not encrypted; fetch the file yourself.")
        url = following
    raise Unsupported(f"{_shown(url)} is the end of more than {REDIRECTS} redirects; give the address they lead to.")


def without_secrets(url: str) -> str:
    """A URL as it may be written down: without user, password, query and fragment."""
    parts = urlsplit(url)
    return shown_name(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}")


def _target(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Unsupported(f"{_shown(url)} is no address on the web; give one that begins with https://.") from error
    if parts.scheme not in _PORTS or not parts.hostname or port == 0:
        raise Unsupported(f"{_shown(url)} is no address on the web; give one that begins with https://.")
    if parts.username or parts.password:
        raise Unsupported(f"{_shown(url)} holds a user name; TAQA fetches only what is public.")
    return parts


@contextmanager
def _asked(target: SplitResult, limits: Fetching, deadline: float) -> Iterator[http.client.HTTPResponse]:
    """The reply of the machine that was judged; its connection ends with the block, or at the deadline."""
    host = target.hostname or ""
    port = target.port or _PORTS[target.scheme]
    found = limits.look_up(host, port)
    if not found or not all(limits.public(address) for address in found):
        raise Unsupported(f"{_shown(host)} is not a public machine; put the file into the corpus folder yourself.")
    connection = http.client.HTTPConnection(host, port)
    plain = socket.create_connection((found[0], port), timeout=max(deadline - time.monotonic(), 0.001))
    connection.sock = _secured(plain, host) if target.scheme == "https" else plain
    watch = threading.Timer(max(deadline - time.monotonic(), 0), _end, (connection.sock,))
    watch.daemon = True
    watch.start()
    try:
        if isinstance(connection.sock, ssl.SSLSocket):
            connection.sock.do_handshake()
        path = f"{target.path or '/'}{'?' + target.query if target.query else ''}"
        connection.request(
            "GET",
            _encoded(path),
            headers={"Host": _host_header(target), "Accept-Encoding": "identity", "User-Agent": "taqa"},
        )
        with closing(connection.getresponse()) as reply:
            yield reply
    finally:
        watch.cancel()
        connection.close()


def _secured(plain: socket.socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)


def _end(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it has ended


def _received(
    target: SplitResult, reply: http.client.HTTPResponse, limits: Fetching, deadline: float
) -> tuple[str, bytes]:
    shown = _shown(target.geturl())
    if reply.status != 200:
        raise Damaged(f"{shown} cannot be fetched (status {reply.status}); check the address.")
    if reply.getheader("Content-Encoding", "identity").lower() != "identity":
        raise Unsupported(f"{shown} comes packed although it was not asked for so; fetch the file yourself.")
    most = limits.max_file_mb * MEBIBYTE
    too_large = OverLimit(f"{shown} is larger than {limits.max_file_mb} MiB; split it, or raise TAQA_MAX_FILE_MB.")
    if (reply.length or 0) > most:
        raise too_large
    data = bytearray()
    while block := reply.read1(_BLOCK):
        data += block
        if len(data) > most:
            raise too_large
    if time.monotonic() >= deadline:
        raise TimeoutError("too slow")
    if reply.length:
        raise http.client.IncompleteRead(b"", reply.length)
    return _name(target, reply, bytes(data)), bytes(data)


def _name(target: SplitResult, reply: http.client.HTTPResponse, data: bytes) -> str:
    """The name that the reply or else the address gives; its suffix from the content where that is not read."""
    told = Message()
    told["Content-Disposition"] = reply.getheader("Content-Disposition", "")
    name = PurePosixPath((told.get_filename() or "").replace("\\", "/")).name
    name = name or PurePosixPath(unquote(target.path)).name or str(target.hostname)
    return name if readable(PurePosixPath(name)) else f"{name}{_suffix(data)}"


def _suffix(data: bytes) -> str:
    head = data[:_CHECKED].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"PK"):
        return next((suffix for mark, suffix in _PACKED if mark in data), ".zip")
    return next((suffix for mark, suffix in _BEGINNINGS if head.lower().startswith(mark.lower())), ".txt")


def _encoded(path: str) -> str:
    return quote(path, safe="/%?#[]@!$&'()*+,;=:~")


def _host_header(target: SplitResult) -> str:
    host = f"[{target.hostname}]" if ":" in (target.hostname or "") else (target.hostname or "")
    host = host.encode("idna").decode("ascii") if not host.startswith("[") else host
    return f"{host}:{target.port}" if target.port else host


def _slow(url: str, limits: Fetching) -> OverLimit:
    return OverLimit(f"{_shown(url)} takes longer to fetch than {limits.seconds:g} s; fetch the file yourself.")


def _shown(text: str) -> str:
    try:
        return (without_secrets(text) if is_url(text) else shown_name(text))[:_SHOWN]
    except ValueError:
        return shown_name(text.rpartition("@")[2])[:_SHOWN]
