"""Files fetched from servers on this machine, and none from a machine that is not public."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from taqa import build
from taqa.errors import Damaged, OverLimit, Unreadable, Unsupported
from taqa.library.fetching import Fetching, fetch, is_public, without_secrets
from taqa.library.offers import offers
from taqa.settings import Settings

from ..fakes import HashingEncoder

TEXT = b"1. One is here.\n\n2. Two is there.\n"


PAGES: dict[str, tuple[bytes, dict[str, str], int]] = {
    "/paper.txt": (TEXT, {}, 200),
    "/download": (TEXT, {"Content-Disposition": 'attachment; filename="../../A paper.txt"'}, 200),
    "/pdf": (b"%PDF-1.4\n", {}, 200),
    "/moved": (b"", {"Location": "/paper.txt"}, 302),
    "/file": (b"", {"Location": "file:///etc/passwd"}, 302),
    "/round": (b"", {"Location": "/round"}, 301),
    "/packed": (TEXT, {"Content-Encoding": "gzip"}, 200),
    "/large": (b"x" * (2 << 20), {}, 200),
    "/short": (TEXT, {"Content-Length": "1000"}, 200),
}


class Server(ThreadingHTTPServer):
    """Answers by path; `asked` has the paths that were asked for."""

    daemon_threads = True
    asked: list[str]
    elsewhere: str


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        path = self.path.partition("?")[0]
        if path in ("/endless", "/slow"):
            self._pour() if path == "/endless" else self._drip()
        elif path == "/inside":
            self._reply(b"", {"Location": self.server.elsewhere}, 307)
        else:
            self._reply(*PAGES.get(path, (b"", {}, 404)))

    def _reply(self, data: bytes, headers: dict[str, str], status: int) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(data))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _pour(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * (1 << 16))
        except OSError:
            return

    def _drip(self) -> None:
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while True:
                self.wfile.write(b"X-Slow: x\r\n")
                time.sleep(0.05)
        except OSError:
            return

    def handle(self) -> None:
        try:
            super().handle()
        except (ssl.SSLError, ConnectionError):
            return  # a client that does not trust the certificate hangs up

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base class
        """Says nothing."""


CERTIFICATE = Path(__file__).with_name("papers.test.pem")
"""A certificate for papers.test that signs itself, and its key: `openssl req -x509 -newkey ec …`; used nowhere else."""


@contextmanager
def serving(host: str, certificate: Path | None = None) -> Iterator[Server]:
    with Server((host, 0), Handler) as server:
        server.asked, server.elsewhere = [], ""
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving("127.0.0.1") as started:
        yield started


def url(server: Server, path: str, host: str = "") -> str:
    address, port = server.server_address[:2]
    return f"http://{host or str(address)}:{port}{path}"


def here(**others: Any) -> Fetching:
    """As in earnest, but that 127.0.0.1, and no other address of this machine, counts as public."""
    return Fetching(1, public=lambda address: address == "127.0.0.1" or is_public(address), **others)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%lo",
        "fc00::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:10.0.0.1",
        "::10.0.0.1",
        "2002:0a00:0001::1",
        "64:ff9b::10.0.0.1",
        "2001:0:4136:e378:8000:63bf:f5ff:fffe",
    ],
)
def test_no_private_loopback_link_local_or_reserved_address_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "157.150.185.49", "2606:4700::1111", "64:ff9b::8.8.8.8"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


def test_a_local_server_is_refused_before_it_is_spoken_to(server: Server) -> None:
    for host in ("127.0.0.1", "localhost"):
        with pytest.raises(Unsupported, match="is not a public machine; put the file into the corpus folder yourself"):
            fetch(url(server, "/paper.txt", host), Fetching(1))
    assert server.asked == []


def test_a_redirect_to_a_private_address_is_refused(server: Server) -> None:
    with serving("127.0.0.2") as inside:
        server.elsewhere = url(inside, "/paper.txt")
        with pytest.raises(Unsupported, match=r"127\.0\.0\.2 is not a public machine"):
            fetch(url(server, "/inside"), here())
        assert (server.asked, inside.asked) == (["/inside"], [])


def test_the_address_that_was_judged_is_the_one_connected_to(server: Server) -> None:
    """A name that first leads to a public machine and then to a private one: it is looked up once."""
    with serving("127.0.0.2") as inside:
        port = server.server_address[1]
        answers = iter([["127.0.0.1"], ["127.0.0.2"]])
        name, data = fetch(f"http://rebinding.invalid:{port}/paper.txt", here(look_up=lambda *_: next(answers)))
        assert (name, data, inside.asked) == ("paper.txt", TEXT, [])
        with pytest.raises(Unsupported, match=r"rebinding\.invalid is not a public machine"):
            fetch(f"http://rebinding.invalid:{port}/paper.txt", here(look_up=lambda *_: next(answers)))


def test_one_private_address_among_public_ones_is_enough(server: Server) -> None:
    both = here(look_up=lambda *_: ["127.0.0.1", "10.0.0.1"])
    with pytest.raises(Unsupported, match="is not a public machine"):
        fetch(f"http://two.invalid:{server.server_address[1]}/paper.txt", both)
    assert server.asked == []


@pytest.mark.parametrize(
    "given",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/a.txt",
        "gopher://x/",
        "http:///a",
        "https://u:p@example.org/",
        "http://[::",
        "http://a:99999/",
    ],
)
def test_only_plain_addresses_on_the_web(given: str) -> None:
    with pytest.raises(Unsupported):
        fetch(given, Fetching(1))


@pytest.mark.parametrize(
    ("path", "name"),
    [("/paper.txt", "paper.txt"), ("/moved", "paper.txt"), ("/download", "A paper.txt"), ("/pdf?id=7", "pdf.pdf")],
)
def test_a_file_gets_its_name_and_its_bytes(server: Server, path: str, name: str) -> None:
    found, data = fetch(url(server, path), here())
    assert (found, data) == (name, b"%PDF-1.4\n" if name.endswith(".pdf") else TEXT)


@pytest.mark.parametrize(
    ("path", "kind", "reason"),
    [
        ("/file", Unsupported, "file:///etc/passwd is no address on the web"),
        ("/round", Unsupported, "is the end of more than 5 redirects"),
        ("/packed", Unsupported, "comes packed"),
        ("/large", OverLimit, "is larger than 1 MiB"),
        ("/endless", OverLimit, "is larger than 1 MiB"),
        ("/short", Damaged, "cannot be fetched"),
        ("/nothing", Damaged, r"cannot be fetched \(status 404\)"),
        ("/slow", OverLimit, r"takes longer to fetch than 0\.5 s"),
    ],
)
def test_what_is_not_taken(server: Server, path: str, kind: type[Unreadable], reason: str) -> None:
    started = time.monotonic()
    with pytest.raises(kind, match=reason):
        fetch(url(server, path), here(seconds=0.5 if path == "/slow" else 20))
    assert time.monotonic() - started < 10


# -- over TLS ---------------------------------------------------------------------------------------------


@pytest.fixture
def secure() -> Iterator[Server]:
    with serving("127.0.0.1", CERTIFICATE) as started:
        yield started


def papers(server: Server, path: str, host: str = "papers.test") -> str:
    return f"https://{host}:{server.server_address[1]}{path}"


def local(**others: Any) -> Fetching:
    """As `here`, and every name leads to 127.0.0.1."""
    return here(look_up=lambda *_: ["127.0.0.1"], **others)


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system trusts the certificate, as its administrator would have it: nothing in TAQA can lift the check."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("path", ["/paper.txt", "/moved"])
def test_a_file_comes_over_https(secure: Server, path: str) -> None:
    assert fetch(papers(secure, path), local()) == ("paper.txt", TEXT)
    assert secure.asked[-1] == "/paper.txt"


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: Server) -> None:
    with pytest.raises(Damaged, match=r"^https://papers\.test:\d+/paper\.txt cannot be fetched \(.*certificate.*\); "):
        fetch(papers(secure, "/paper.txt"), local())
    assert secure.asked == []


@pytest.mark.usefixtures("trusted")
def test_a_certificate_of_another_name_is_refused(secure: Server) -> None:
    with pytest.raises(Damaged, match=r"certificate.*other\.test"):
        fetch(papers(secure, "/paper.txt", "other.test"), local())
    assert secure.asked == []


@pytest.mark.usefixtures("trusted")
def test_a_redirect_from_https_to_http_is_refused(secure: Server, server: Server) -> None:
    secure.elsewhere = f"http://papers.test:{server.server_address[1]}/paper.txt"
    with pytest.raises(Unsupported, match="leads on to an address that is not encrypted; fetch the file yourself"):
        fetch(papers(secure, "/inside"), local())
    assert server.asked == []


@pytest.mark.usefixtures("trusted")
def test_a_redirect_over_https_to_a_private_machine_is_refused(secure: Server) -> None:
    with serving("127.0.0.2", CERTIFICATE) as inside:
        secure.elsewhere = papers(inside, "/paper.txt", "inside.test")
        ways = {"papers.test": ["127.0.0.1"], "inside.test": ["127.0.0.2"]}
        with pytest.raises(Unsupported, match=r"inside\.test is not a public machine"):
            fetch(papers(secure, "/inside"), here(look_up=lambda host, _: ways[host]))
        assert (secure.asked, inside.asked) == (["/inside"], [])


@pytest.mark.usefixtures("trusted")
def test_a_server_that_says_nothing_after_the_handshake_costs_its_time_only(secure: Server) -> None:
    started = time.monotonic()
    with pytest.raises(OverLimit, match=r"takes longer to fetch than 0\.5 s"):
        fetch(papers(secure, "/slow"), local(seconds=0.5))
    assert time.monotonic() - started < 10


@pytest.mark.usefixtures("trusted")
def test_no_setting_lifts_the_guard(secure: Server, tmp_path: Path) -> None:
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", fetch=True)
    for host in ("127.0.0.1", "localhost", "[::1]"):
        [offer] = build.offered(settings, [papers(secure, "/paper.txt", host)])
        with pytest.raises(Unsupported, match="is not a public machine; put the file into the corpus folder yourself"):
            offer.read()
    assert secure.asked == []


@pytest.mark.usefixtures("trusted")
def test_what_comes_over_https_is_held_and_cited(secure: Server, tmp_path: Path) -> None:
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    address = papers(secure, "/paper.txt?key=1")
    growth = build.add(settings, offers([address], 1, local(), build.sent("", b"").origin.when), model=HashingEncoder())
    assert [(each.verdict.name, str(each.verdict.verdict)) for each in growth.taken] == [("paper.txt", "indexed")]
    assert (settings.corpus / "paper.txt").read_bytes() == TEXT
    assert f'"from": "{papers(secure, "/paper.txt")}"' in (settings.corpus / "manifest.json").read_text("utf-8")
    assert [unit.text for unit in build.documents(settings)[0].units] == ["1. One is here.", "2. Two is there."]


def test_what_is_written_down_of_an_address() -> None:
    assert without_secrets("https://me:pw@example.org:8/a/b.pdf?token=1#x") == "https://example.org:8/a/b.pdf"


def test_a_fetched_document_is_held_with_where_it_came_from(server: Server, tmp_path: Path) -> None:
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    refused = tmp_path / "good.txt"
    refused.write_bytes(TEXT + b"\n3. Three.\n")
    given = [url(server, "/moved?key=1"), url(server, "/nothing"), str(refused)]
    when = build.sent("", b"").origin.when
    growth = build.add(settings, offers(given, 1, here(), when), model=HashingEncoder())
    assert [(each.verdict.name, str(each.verdict.verdict)) for each in growth.taken] == [
        ("paper.txt", "indexed"),
        (url(server, "/nothing"), "damaged"),
        ("good.txt", "indexed"),
    ]
    assert (settings.corpus / "paper.txt").read_bytes() == TEXT
    assert f'"from": "{url(server, "/moved")}"' in (settings.corpus / "manifest.json").read_text("utf-8")
