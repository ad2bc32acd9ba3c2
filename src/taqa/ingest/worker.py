"""The process that parses: it is given bytes and gives back a document as JSON, within limits that it cannot lift.

    python -m taqa.ingest.worker MEMORY_MB SECONDS

A message is two lengths (eight bytes each), a JSON header and a body. A request has the file's name and what the
manifest says of it, and the file's bytes; the reply has a verdict, what reading cost, and the document. The first
message, empty, says that the process is ready. It reads no file of the corpus and writes none.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import resource
import struct
import sys
import threading
import time
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from taqa.domain import Document, DocumentMeta
from taqa.errors import CorpusError
from taqa.ingest.document import parse_content
from taqa.ingest.manifest import ManifestEntry
from taqa.ingest.verdicts import Verdict, verdict_of

LENGTHS = struct.Struct(">QQ")
MEBIBYTE = 1 << 20
OUT_OF_MEMORY = 97
"""Exit status of a process that found itself above its memory limit."""
_SYSTEM: str = sys.platform
_OPEN_FILES = 128
_WATCH_SECONDS = 0.05


def pack(header: dict[str, Any], body: bytes = b"") -> bytes:
    """A message."""
    head = json.dumps(header).encode()
    return LENGTHS.pack(len(head), len(body)) + head + body


def request(name: str, entry: ManifestEntry | None, content: bytes, password: str = "") -> bytes:
    """A request to read a file of that name and content."""
    return pack({"name": name, "meta": _plain(entry.meta) if entry else None, "password": password}, content)


def encode(document: Document) -> bytes:
    """A document as JSON; `library.codec` reads it back, exactly."""
    return json.dumps(document, default=_plain, separators=(",", ":")).encode()


def answer(header: dict[str, Any], content: bytes, seconds: float) -> bytes:
    """The reply to a request: the document, or why there is none. `seconds` are what it may take."""
    name = header["name"]
    try:
        sha256 = hashlib.sha256(content).hexdigest()
        document = parse_content(Path(name), sha256, content, _entry(header["meta"]), header["password"], seconds)
        return _reply(Verdict.INDEXED, "", encode(document))
    except MemoryError:
        return _reply(Verdict.OVER_LIMIT, _memory_sentence(name))
    except RecursionError:
        return _reply(Verdict.OVER_LIMIT, f"{name} is nested too deeply; save it anew, simpler.")
    except CorpusError as error:
        if _stems_from(error, MemoryError):
            return _reply(Verdict.OVER_LIMIT, _memory_sentence(name))
        return _reply(verdict_of(error), str(error))
    except Exception as error:  # noqa: BLE001 - whatever a hostile file makes the reader raise is the file's verdict
        reason = f"{name} cannot be taken apart ({type(error).__name__}); open and save it anew."
        return _reply(Verdict.DAMAGED, reason, fault=_where(error))


def main() -> None:
    """Answer requests until there are no more."""
    memory_mb, seconds = int(sys.argv[1]), int(sys.argv[2])
    _limit(memory_mb)
    requests, replies = _own_pipes()
    replies.write(pack({}))
    replies.flush()
    while message := _next(requests):
        _allow_cpu(seconds)
        replies.write(answer(*message, seconds))
        replies.flush()


def _reply(verdict: Verdict, reason: str, body: bytes = b"", fault: str = "") -> bytes:
    return pack({"verdict": verdict, "reason": reason, "peak_mb": _peak() // MEBIBYTE, "fault": fault}, body)


def _peak() -> int:
    """Most bytes that this process has held. On Linux `ru_maxrss` would count those of the process that started it."""
    if _SYSTEM == "linux":
        status = Path("/proc/self/status").read_text("ascii", "replace")
        found = re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
        return int(found[1]) * 1024 if found else 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _memory_sentence(name: str) -> str:
    return f"{name} needs more memory than is allowed; split it, or raise TAQA_PARSE_MEMORY_MB."


def _stems_from(error: BaseException, kind: type[BaseException]) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, kind):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def _where(error: Exception) -> str:
    """The innermost line of the fault, for those who mend the reader."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__} at {place}: {error}"[:500]


def _entry(meta: dict[str, Any] | None) -> ManifestEntry | None:
    if meta is None:
        return None
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in meta.items()}
    return ManifestEntry("", DocumentMeta(**values))


def _plain(part: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever JSON does not know
    if not is_dataclass(part) or isinstance(part, type):
        raise TypeError(f"not a part of a document: {type(part).__name__}")
    return {name: getattr(part, name) for name in _names(type(part))}


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _next(requests: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    lengths = requests.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head, body = LENGTHS.unpack(lengths)
    return json.loads(requests.read(head)), requests.read(body)


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output, taken away from everything else: what a library prints goes nowhere."""
    pipes = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    return pipes


def _limit(memory_mb: int) -> None:
    """Bound this process for good. Where the system does not bound memory, the process watches its own."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    if _SYSTEM == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory_mb * MEBIBYTE, memory_mb * MEBIBYTE))
    else:
        threading.Thread(target=_watch, args=(memory_mb,), daemon=True).start()


def _watch(memory_mb: int) -> None:
    while _peak() < memory_mb * MEBIBYTE:
        time.sleep(_WATCH_SECONDS)
    os._exit(OUT_OF_MEMORY)


def _allow_cpu(seconds: int) -> None:
    """Let the processor work so long on the next file; then the system ends the process."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(usage.ru_utime + usage.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main()
