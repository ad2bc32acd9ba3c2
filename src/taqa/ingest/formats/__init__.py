"""Files to text. One module a format; the text that comes out is what every offset refers to."""

from __future__ import annotations

from pathlib import Path

from taqa.ingest.formats.pdf import read_pdf
from taqa.ingest.formats.plain import read_plain
from taqa.ingest.formats.source import LineStyle, Source

PLAIN_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text"})
SUFFIXES = PLAIN_SUFFIXES | {".pdf"}

__all__ = ["PLAIN_SUFFIXES", "SUFFIXES", "LineStyle", "Source", "read_source"]


def read_source(path: Path, content: bytes) -> Source:
    """Text of a file's bytes. Raises CorpusError when they are not a text that TAQA can read."""
    if path.suffix.lower() == ".pdf" or content.startswith(b"%PDF-"):
        return read_pdf(path, content)
    return read_plain(path, content)
