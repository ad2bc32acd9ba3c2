"""Plain text and Markdown: the bytes decoded, nothing else."""

from __future__ import annotations

import codecs
from pathlib import Path

from taqa.errors import Damaged, Unsupported
from taqa.ingest.formats.source import Source

WESTERN = "cp1252"
"""Of encodings that fit a text equally well, the one that English, French and Spanish files are in."""
_BINARY_SIGNS = frozenset(range(32)) - {9, 10, 12, 13, 27}


def read_plain(path: Path, content: bytes) -> Source:
    """Text of a file's bytes. Raises Unreadable when they are not text."""
    return Source(decode(path, content))


def decode(path: Path, content: bytes) -> str:
    """The bytes as characters: UTF-16 by its mark, UTF-8 where it fits, else the encoding that fits best."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    if any(byte in _BINARY_SIGNS for byte in content[:65536]):
        raise Unsupported(f"{path.name} is not a text file; save it as UTF-8 text, Markdown or PDF and try again.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(path, content)


def _decode_legacy(path: Path, content: bytes) -> str:
    from charset_normalizer import from_bytes  # slow to import: only files that are not UTF-8 pay for it

    matches = from_bytes(content)
    best = matches.best()
    if best is None:
        raise Damaged(f"The encoding of {path.name} is not known; save it as UTF-8 and try again.")
    equal = (match for match in matches if (match.chaos, match.coherence) == (best.chaos, best.coherence))
    return str(next((match for match in equal if match.encoding == WESTERN), best))
