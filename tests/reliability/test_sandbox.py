"""Files that would hang, flood or crash their reader: real ones, in a real worker, with small limits."""

from __future__ import annotations

import io
import os
import resource
import signal
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from taqa.domain import DocumentMeta
from taqa.errors import Damaged, NoText, OverLimit, Unreadable, Unsupported
from taqa.ingest import read_document
from taqa.ingest.manifest import ManifestEntry
from taqa.ingest.sandbox import Limits, Sandbox, _end, _parted
from taqa.ingest.verdicts import Verdict
from taqa.ingest.worker import encode, pack
from taqa.library import codec
from taqa.settings import passed_on

from ..documents import CORPUS, corpus

SMALL = b"1. One is here.\n\n2. Two is there.\n"
LARGE = b"1. A paragraph of some words, over and over again.\n\n" * 200_000
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(codec.decode, Limits(), passed_on()) as made:
        yield made


def pid(sandbox: Sandbox) -> int:
    assert sandbox._process is not None
    return sandbox._process.pid


def tight(memory_mb: int = 512, seconds: int = 30) -> Sandbox:
    return Sandbox(codec.decode, Limits(memory_mb, seconds), passed_on())


def test_the_five_documents_come_back_exactly(sandbox: Sandbox) -> None:
    for document in corpus():
        path = CORPUS / document.file
        entry = ManifestEntry("", document.meta)
        assert sandbox.parse(path.name, path.read_bytes(), entry) == read_document(path, entry)
        assert codec.decode(encode(document)) == document


def test_the_manifest_entry_goes_along(sandbox: Sandbox) -> None:
    meta = DocumentMeta(symbol="EX/1", aliases=("X1", "X 1"), known={"symbol": "stated"})
    document = sandbox.parse("a.txt", SMALL, ManifestEntry("", meta))
    assert (document.name, document.meta.aliases, document.meta.known) == ("EX/1", ("X1", "X 1"), {"symbol": "stated"})


def test_one_worker_reads_many_files_and_each_refusal_keeps_its_words(sandbox: Sandbox) -> None:
    sandbox.parse("first.txt", SMALL)
    worker = pid(sandbox)
    for content, error, words in (
        (b"", NoText, "bad.txt holds no text; supply a text version."),
        (b"\x00\x01", Unsupported, "bad.txt is not a text file; save it as UTF-8 text, Markdown or PDF and try again."),
    ):
        with pytest.raises(error) as caught:
            sandbox.parse("bad.txt", content)
        assert str(caught.value) == words
    with pytest.raises(Damaged, match=r"^bad\.pdf .*damaged"):
        sandbox.parse("bad.pdf", b"%PDF-1.4\ngarbage")
    assert [unit.text for unit in sandbox.parse("last.txt", SMALL).units] == ["1. One is here.", "2. Two is there."]
    assert pid(sandbox) == worker
    assert sandbox.faults == []


def test_too_long_is_over_limit_and_the_next_file_is_read() -> None:
    with tight(seconds=1) as sandbox:
        started = time.monotonic()
        with pytest.raises(OverLimit) as caught:
            sandbox.parse("long.txt", LARGE)
        assert str(caught.value) == "long.txt takes longer to read than 1 s; split it, or raise TAQA_PARSE_SECONDS."
        assert time.monotonic() - started < 20
        assert len(sandbox.parse("small.txt", SMALL).units) == 2


@linux
def test_too_much_memory_is_over_limit_and_the_next_file_is_read() -> None:
    with tight(memory_mb=128) as sandbox:
        sandbox.parse("small.txt", SMALL)
        with pytest.raises(OverLimit) as caught:
            sandbox.parse("large.txt", LARGE * 3)
        assert str(caught.value).startswith("large.txt needs more memory than ")
        assert str(caught.value).endswith("; split it, or raise TAQA_PARSE_MEMORY_MB.")
        assert sandbox.peak_mb <= 128
        assert len(sandbox.parse("small.txt", SMALL).units) == 2


def bomb(megabytes: int = 300) -> bytes:
    """A PDF of one page whose content unpacks to so many MiB."""
    packer = zlib.compressobj(9)
    pieces = [packer.compress(b"(x) Tj " * 149_797) for _ in range(megabytes)]
    stream = b"".join([packer.compress(b"BT /F1 12 Tf 72 720 Td "), *pieces, packer.compress(b"ET"), packer.flush()])
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    return pdf_of(objects)


def pdf_of(objects: list[bytes]) -> bytes:
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(content))
    return content + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(objects) + 1, table, trailer)


CYCLE = pdf_of(
    [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 9 >>",
        b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 9 >>",
    ]
)
NESTED = pdf_of([b"<< /Type /Catalog /Pages " + b"[" * 20_000 + b"]" * 20_000 + b" >>"])
MANY_PAGES = pdf_of(
    [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 999999999 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ]
)


def word(document: bytes, **others: bytes) -> bytes:
    """A Word file whose document is this XML."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        )
        archive.writestr("word/document.xml", document)
        for name, content in others.items():
            archive.writestr(name, content)
    return made.getvalue()


SPACE = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PARAGRAPH = b"<w:p><w:r><w:t>1. One.</w:t></w:r></w:p>"
LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
HOSTILE_WORD: dict[str, Callable[[], bytes]] = {
    "bomb": lambda: word(b"<w:document %s><w:body>%s</w:body></w:document>" % (SPACE, b" " * (200 << 20))),
    "many": lambda: word(b"<w:document %s><w:body>%s</w:body></w:document>" % (SPACE, PARAGRAPH * 300_000)),
    "deep": lambda: word(b"<w:document %s>" % SPACE + b"<w:tbl><w:tr><w:tc>" * 20_000),
    "laughs": lambda: word(b'<!DOCTYPE w [<!ENTITY l0 "ha">%s]><w:document %s>&l9;</w:document>' % (LAUGHS, SPACE)),
    "entity": lambda: word(
        b'<!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/passwd">]><w:document %s>&f;</w:document>' % SPACE
    ),
    "paths": lambda: word(
        b"<w:document %s><w:body/></w:document>" % SPACE, **{"../../../evil.txt": b"x", "/evil": b"x"}
    ),
    "nested": lambda: word(word(b"x")),
    "empty": lambda: word(b""),
}


@pytest.mark.parametrize("name", HOSTILE_WORD)
def test_hostile_word_files_get_a_verdict_within_limits(name: str) -> None:
    content = HOSTILE_WORD[name]()
    with tight(memory_mb=512, seconds=10) as sandbox:
        started = time.monotonic()
        reason = refusal(sandbox, f"{name}.docx", content)
        assert time.monotonic() - started < 25
        assert reason.startswith(f"{name}.docx ") or name == "many"
        assert "root:" not in reason
        assert sandbox.peak_mb <= 512
        assert sandbox.faults == []
        assert len(sandbox.parse("small.txt", SMALL).units) == 2


def refusal(sandbox: Sandbox, name: str, content: bytes) -> str:
    """Why a file gives no document, empty where it gives one."""
    try:
        sandbox.parse(name, content)
    except Unreadable as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cycle.pdf", CYCLE),
        ("nested.pdf", NESTED),
        ("pages.pdf", MANY_PAGES),
        ("bomb.pdf", bomb),
        ("zip.txt", b"PK\x03\x04" + bytes(100)),
        ("not.pdf", b"GIF89a" + bytes(range(256))),
        ("deep.md", b"#" * 100_000 + b"\n" + b">" * 100_000),
        ("brackets.txt", b"[" * 200_000 + b"1. One." + b"]" * 200_000),
        ("stars.md", b"**" * 100_001),
        ("line.txt", b"1." * 500_000),
        ("labels.txt", b"\n\n".join(b"(" * (n % 50) + b"a) x" for n in range(5000))),
        ("utf16.txt", b"\xff\xfe" + b"\x00\xd8" * 1000),
    ],
)
def test_hostile_files_get_a_verdict_within_limits(name: str, content: bytes | Callable[[], bytes]) -> None:
    """Whatever the verdict is, it is one; the process that reads stays within its limits and nothing else suffers."""
    with tight(memory_mb=256, seconds=10) as sandbox:
        started = time.monotonic()
        reason = refusal(sandbox, name, content() if callable(content) else content)
        assert not reason or (reason.startswith(name) and reason.endswith("."))
        assert time.monotonic() - started < 25
        assert sandbox.peak_mb <= 256
        assert len(sandbox.parse("small.txt", SMALL).units) == 2


def test_a_worker_that_dies_between_files_costs_none(sandbox: Sandbox) -> None:
    for _ in range(3):
        sandbox.parse("a.txt", SMALL)
        os.kill(pid(sandbox), signal.SIGKILL)
        assert len(sandbox.parse("b.txt", SMALL).units) == 2


@pytest.mark.parametrize(("number", "error"), [(signal.SIGSEGV, Damaged), (signal.SIGKILL, OverLimit)])
def test_a_crash_while_a_file_is_read_is_its_verdict(sandbox: Sandbox, number: int, error: type[Exception]) -> None:
    """Where a fresh worker dies of a file, by a fault or for want of memory."""
    sandbox._start()
    timer = threading.Timer(0.3, os.kill, (pid(sandbox), number))
    timer.start()
    with pytest.raises(error, match=r"^large\.txt "):
        sandbox.parse("large.txt", LARGE)
    assert len(sandbox.parse("b.txt", SMALL).units) == 2


@linux
def test_the_worker_inherits_nothing(sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    with (tmp_path / "index").open("w") as held:
        os.set_inheritable(held.fileno(), True)
        sandbox.parse("a.txt", SMALL)
        process = Path("/proc") / str(pid(sandbox))
        opened = [str(link.readlink()) for link in (process / "fd").iterdir()]
        variables = {item.partition(b"=")[0] for item in (process / "environ").read_bytes().split(b"\x00") if item}
    assert sorted(name.partition(":")[0] for name in opened) == ["/dev/null"] * 4 + ["pipe"] * 2
    assert variables <= {b"PATH", b"LANG", b"LC_ALL", b"TMPDIR", b"TESSDATA_PREFIX", b"PYTHONPATH", b"OMP_THREAD_LIMIT"}
    assert resource.prlimit(pid(sandbox), resource.RLIMIT_AS)[1] == 512 << 20
    assert os.getsid(pid(sandbox)) == pid(sandbox)


def test_the_worker_ends_with_its_sandbox() -> None:
    with tight() as sandbox:
        sandbox.parse("a.txt", SMALL)
        worker = pid(sandbox)
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


@pytest.mark.parametrize(
    "message",
    [
        pack({"verdict": "fine"}),
        pack({"verdict": "damaged", "peak_mb": "much"}),
        pack({"verdict": None}),
        pack({})[:-2] + b"[]",
        pack({})[:-2] + b"{x",
        pack({})[:-2] + b"\xff\xff",
    ],
)
def test_a_reply_that_no_honest_worker_sends_is_none(message: bytes) -> None:
    with pytest.raises(EOFError):
        _parted(bytearray(message))


def test_a_reply_is_believed_only_so_far() -> None:
    reply = _parted(bytearray(pack({"verdict": "damaged", "reason": "a\nb\x1b\udcff" + "c" * 9999})))
    assert (reply.verdict, len(reply.reason)) == (Verdict.DAMAGED, 500)
    assert reply.reason.startswith("a b\ufffd?ccc")
    assert _end(bytearray(b"\x00" * 15), 100) is None
    with pytest.raises(EOFError):
        _end(bytearray(b"\xff" * 16), 100)
