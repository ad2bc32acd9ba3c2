"""PDF files: the text of every page, through pypdf."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from taqa.domain import Page
from taqa.errors import CorpusError
from taqa.ingest.formats.source import Source

_UNUSABLE = re.compile("[\x00\ud800-\udfff]")
"""What no text can hold: a NUL, half a surrogate pair."""


def read_pdf(path: Path, content: bytes) -> Source:
    """Text of a PDF file, page by page. Raises CorpusError where it has none."""
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
