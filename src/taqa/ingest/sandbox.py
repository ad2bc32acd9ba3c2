"""Files read by another process: a hostile one costs its own verdict, never this process or the other files.

One worker reads many files. It is ended and a new one started when it goes over a limit, crashes, or has grown. It is
given no environment but the few variables that are passed on, no open file, and no path: the bytes of a file are read
here, once, so that what is hashed is what is parsed.
"""

from __future__ import annotations

import hashlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from taqa.domain import Document, Run
from taqa.errors import CorpusError, Damaged, OverLimit, Unreadable
from taqa.ingest.files import MEBIBYTE, content
from taqa.ingest.invisible import INVISIBLE
from taqa.ingest.manifest import MAX_FILE_MB, CorpusFile, ManifestEntry
from taqa.ingest.verdicts import Verdict, unreadable
from taqa.ingest.worker import LENGTHS, OUT_OF_MEMORY, request

_START_SECONDS = 60
_BLOCK = 1 << 16
_SENTENCE = 500
"""Characters of a worker's sentence that are believed."""
_GROWN = 4
"""A worker that has used a fourth of its memory is not used again: the next file shall have all of it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take."""

    memory_mb: int = 512
    seconds: int = 30
    file_mb: int = MAX_FILE_MB


@dataclass(frozen=True, slots=True)
class _Reply:
    """What a worker says of a file."""

    verdict: Verdict
    reason: str
    peak_mb: int
    fault: str
    body: bytes


class Sandbox:
    """Reads files in a worker process. `decode` makes a document of the bytes that came back, or raises ValueError.

    `password` is tried on encrypted files; it goes to the worker with each request and nowhere else.
    """

    def __init__(
        self,
        decode: Callable[[bytes], Document],
        limits: Limits,
        environment: Mapping[str, str],
        password: str = "",
    ) -> None:
        self._decode = decode
        self._limits = limits
        self._password = password
        self._environment = {**environment, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._process: subprocess.Popen[bytes] | None = None
        self._served = 0
        self.peak_mb = 0
        self.faults: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the worker, if there is one."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()
        self._process = None

    def read(self, file: CorpusFile) -> Document:
        """The document in a file of a corpus. Raises Unreadable; also when it has changed since it was hashed."""
        if file.problem is not None:
            raise unreadable(file.problem.verdict, file.problem.reason)
        return self.parse(file.name, content(file.path, self._limits.file_mb), file.entry, file.sha256)

    def parse(self, name: str, data: bytes, entry: ManifestEntry | None = None, sha256: str = "") -> Document:
        """The document in some bytes. Raises Unreadable."""
        found = hashlib.sha256(data).hexdigest()
        if sha256 not in ("", found):
            raise Damaged(f"{name} changed while it was read; try again when it is complete.")
        reply = self._asked(name, request(name, entry, data, self._password))
        if reply.verdict != Verdict.INDEXED:
            raise unreadable(reply.verdict, reply.reason)
        try:
            document = self._decode(reply.body)
        except ValueError as error:
            raise Damaged(f"{name} holds characters that no text can hold; open and save it anew.") from error
        if (document.file, document.sha256) != (name, found) or not _sound(document):
            raise Damaged(f"{name} cannot be taken apart; open and save it anew.")
        return document

    def _asked(self, name: str, message: bytes) -> _Reply:
        """The worker's reply. A worker that had read other files gets no blame put on this one: a new one tries."""
        used = self._served > 0
        try:
            reply = self._reply(name, message)
            if reply.verdict != Verdict.OVER_LIMIT or not used:
                return reply
        except _Ended as ended:
            if not used or ended.final:
                raise ended.verdict from ended
        self.close()
        try:
            return self._reply(name, message)
        except _Ended as ended:
            raise ended.verdict from ended

    def _reply(self, name: str, message: bytes) -> _Reply:
        process = self._process or self._start()
        self._served += 1
        try:
            reply = self._exchange(process, message, self._limits.seconds)
        except (TimeoutError, EOFError) as error:
            self.close()
            raise self._ending(name, error, process.returncode) from error
        except BaseException:
            self.close()
            raise
        self.peak_mb = max(self.peak_mb, reply.peak_mb)
        if reply.fault:
            self.faults.append(f"{name}: {reply.fault}")
        if reply.peak_mb * _GROWN > self._limits.memory_mb or reply.verdict == Verdict.OVER_LIMIT:
            self.close()
        return reply

    def _start(self) -> subprocess.Popen[bytes]:
        limits = (str(self._limits.memory_mb), str(self._limits.seconds))
        process = subprocess.Popen(  # noqa: S603 - this interpreter, our own module
            [sys.executable, "-P", "-X", "utf8", "-m", "taqa.ingest.worker", *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self._environment,
            start_new_session=True,
            bufsize=0,
        )
        self._process, self._served = process, 0
        try:
            self._exchange(process, b"", _START_SECONDS)
        except (TimeoutError, EOFError) as error:
            self.close()
            raise CorpusError(
                "The process that reads documents does not start; install TAQA anew, or raise TAQA_PARSE_MEMORY_MB."
            ) from error
        return process

    def _exchange(self, process: subprocess.Popen[bytes], message: bytes, seconds: int) -> _Reply:
        """Send a message and take the next. Raises TimeoutError, or EOFError when the worker has ended."""
        assert process.stdin
        assert process.stdout
        deadline = time.monotonic() + seconds
        sink, source = process.stdin.fileno(), process.stdout.fileno()
        unsent, received = memoryview(message), bytearray()
        os.set_blocking(sink, False)
        with selectors.DefaultSelector() as selector:
            selector.register(source, selectors.EVENT_READ)
            if unsent:
                selector.register(sink, selectors.EVENT_WRITE)
            while (end := _end(received, self._limits.memory_mb * MEBIBYTE)) is None or len(received) < end:
                left = deadline - time.monotonic()
                ready = selector.select(left) if left > 0 else []
                if not ready:
                    raise TimeoutError
                for key, _ in ready:
                    if key.fd == sink:
                        unsent = unsent[_write(sink, unsent[:_BLOCK]) :]
                        if not unsent:
                            selector.unregister(sink)
                        continue
                    block = os.read(source, _BLOCK)
                    if not block:
                        raise EOFError
                    received += block
        return _parted(received)

    def _ending(self, name: str, error: Exception, status: int) -> _Ended:
        """Why a worker ended in the middle of a file."""
        limits = self._limits
        if isinstance(error, TimeoutError) or status == -signal.SIGXCPU:
            reason = f"{name} takes longer to read than {limits.seconds} s; split it, or raise TAQA_PARSE_SECONDS."
            return _Ended(OverLimit(reason), final=True)
        if status in (OUT_OF_MEMORY, -signal.SIGKILL):
            reason = f"{name} needs more memory than {limits.memory_mb} MiB; split it, or raise TAQA_PARSE_MEMORY_MB."
            return _Ended(OverLimit(reason))
        self.faults.append(f"{name}: the worker ended with status {status}")
        return _Ended(Damaged(f"{name} makes its reader crash; open and save it anew."))


class _Ended(Exception):
    """The worker ended; `final` where a new one would fare no better."""

    def __init__(self, verdict: Unreadable, *, final: bool = False) -> None:
        super().__init__(str(verdict))
        self.verdict = verdict
        self.final = final


def _end(received: bytearray, most: int) -> int | None:
    """Where the message ends; None where its lengths have not come yet."""
    if len(received) < LENGTHS.size:
        return None
    end: int = LENGTHS.size + sum(LENGTHS.unpack_from(received))
    if end > most:
        raise EOFError  # no honest worker can say so much
    return end


def _parted(message: bytearray) -> _Reply:
    """A message taken apart. Raises EOFError for one that no honest worker sends."""
    head, _ = LENGTHS.unpack_from(message)
    body = bytes(message[LENGTHS.size + head :])
    try:
        header = json.loads(message[LENGTHS.size : LENGTHS.size + head] or b"{}")
        reason, fault = (_sentence(header.get(key, "")) for key in ("reason", "fault"))
        verdict = Verdict(header.get("verdict", Verdict.INDEXED))
        return _Reply(verdict, reason, int(header.get("peak_mb", 0)), fault, body)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise EOFError from error


def _sentence(told: object) -> str:
    """What a worker says, as one line of whole and visible characters."""
    line = " ".join(str(told).encode("utf-8", "replace").decode().split())
    return INVISIBLE.sub("\ufffd", line)[:_SENTENCE]


def _write(sink: int, data: memoryview) -> int:
    try:
        return os.write(sink, data)
    except BlockingIOError:
        return 0
    except BrokenPipeError as error:
        raise EOFError from error


def _sound(document: Document) -> bool:
    """Whether every offset lies in the text and leads to the character that is displayed."""
    size = len(document.text)
    if any(piece.span.end > size for piece in document.furniture) or any(page.end > size for page in document.pages):
        return False
    for unit in document.units:
        if not unit.spans or any(span.end > size for span in unit.spans):
            return False
        if not all(_shows(document.text, unit.text, run) for run in unit.runs):
            return False
        if any(document.text[each.span.start : each.span.end] != each.text for each in unit.deleted):
            return False
    return True


def _shows(text: str, displayed: str, run: Run) -> bool:
    """Whether the displayed characters of a run are those of the source, but for blank space."""
    source, shown = text[run.source : run.source + run.length], displayed[run.shown : run.shown + run.length]
    if len(source) != run.length or len(shown) != run.length:
        return False
    return source == shown or all(
        one == other or (one.isspace() and other == " ") for one, other in zip(source, shown, strict=True)
    )
