"""Files to text. One function a format; the text that comes out is what every offset refers to."""

from __future__ import annotations

import codecs
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from taqa.domain import Page
from taqa.errors import CorpusError

PLAIN_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text"})
SUFFIXES = PLAIN_SUFFIXES | {".pdf"}
_UNUSABLE = re.compile("[\x00\ud800-\udfff]")
"""What no text can hold: a NUL, half a surrogate pair."""
WESTERN = "cp1252"
"""Of encodings that fit a text equally well, the one that English, French and Spanish files are in."""
_BINARY_SIGNS = frozenset(range(32)) - {9, 10, 12, 13, 27}


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file, whole, with its pages where the format has pages."""

    text: str
    pages: tuple[Page, ...] = ()


def read_source(path: Path, content: bytes) -> Source:
    """Text of a file's bytes. Raises CorpusError when they are not a text that TAQA can read."""
    if path.suffix.lower() == ".pdf" or content.startswith(b"%PDF-"):
        return _read_pdf(path, content)
    return Source(_decode(path, content))


def _decode(path: Path, content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    if any(byte in _BINARY_SIGNS for byte in content[:65536]):
        raise CorpusError(f"{path.name} is not a text file; save it as UTF-8 text, Markdown or PDF and try again.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(path, content)


def _decode_legacy(path: Path, content: bytes) -> str:
    from charset_normalizer import from_bytes  # slow to import: only files that are not UTF-8 pay for it

    matches = from_bytes(content)
    best = matches.best()
    if best is None:
        raise CorpusError(f"The encoding of {path.name} is not known; save it as UTF-8 and try again.")
    equal = (match for match in matches if (match.chaos, match.coherence) == (best.chaos, best.coherence))
    return str(next((match for match in equal if match.encoding == WESTERN), best))


def _read_pdf(path: Path, content: bytes) -> Source:
    pages: list[Page] = []
    pieces: list[str] = []
    offset = 0
    for number, text in enumerate(_page_texts(path, content), start=1):
        piece = _UNUSABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")) + "\n\f\n"
        pages.append(Page(number, "text" if text.strip() else "empty", offset, offset + len(piece)))
        pieces.append(piece)
        offset += len(piece)
    if not any(page.state == "text" for page in pages):
        raise CorpusError(f"{path.name} has no text on any page; supply a text version or run it through OCR.")
    return Source("".join(pieces), tuple(pages))


def _page_texts(path: Path, content: bytes) -> list[str]:
    """Text of every page. Whatever a hostile file makes the PDF engine raise is reported as one sentence."""
    import io

    from pypdf import PdfReader  # slow to import: only PDF files pay for it
    from pypdf.errors import DependencyError

    locked = CorpusError(f"{path.name} is encrypted; save it without a password and try again.")
    try:
        with _quiet("pypdf"):
            reader = PdfReader(io.BytesIO(content))
            if reader.is_encrypted and not reader.decrypt(""):
                raise locked
            return [page.extract_text() for page in reader.pages]
    except CorpusError:
        raise
    except DependencyError as error:
        raise locked from error
    except Exception as error:
        raise CorpusError(f"{path.name} is a damaged PDF ({type(error).__name__}); open and save it anew.") from error


@contextmanager
def _quiet(logger: str) -> Iterator[None]:
    """Keep an engine's remarks about damage it could mend off the user's terminal."""
    log = logging.getLogger(logger)
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)
