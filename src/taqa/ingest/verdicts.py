"""What became of a file: one word, and one sentence where the word is not "indexed"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from taqa.domain import Document
from taqa.errors import CorpusError, Damaged, Encrypted, NoText, OverLimit, Unreadable, Unsupported


class Verdict(StrEnum):
    """What became of a file."""

    INDEXED = "indexed"
    PARTIAL = "partial"
    NO_TEXT = "no text"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    OVER_LIMIT = "over limit"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """The verdict on one file. `former` is true where the document read from an earlier version of it still answers."""

    name: str
    verdict: Verdict
    reason: str = ""
    former: bool = False

    @property
    def good(self) -> bool:
        """Whether the file as it is now can be cited."""
        return self.verdict in (Verdict.INDEXED, Verdict.PARTIAL)


_ERRORS: dict[Verdict, type[Unreadable]] = {
    Verdict.NO_TEXT: NoText,
    Verdict.ENCRYPTED: Encrypted,
    Verdict.DAMAGED: Damaged,
    Verdict.OVER_LIMIT: OverLimit,
    Verdict.UNSUPPORTED: Unsupported,
}


def verdict_of(error: CorpusError) -> Verdict:
    """The verdict that an error of reading a file means."""
    return next((verdict for verdict, kind in _ERRORS.items() if isinstance(error, kind)), Verdict.DAMAGED)


def unreadable(verdict: Verdict, reason: str) -> Unreadable:
    """The error that means a verdict; the way back from `verdict_of`."""
    return _ERRORS[verdict](reason)


def judged(document: Document, name: str) -> FileVerdict:
    """The verdict on a file that gave a document: partial where pages of it are without text."""
    empty = [page.n for page in document.pages if page.state == "empty"]
    if not empty:
        return FileVerdict(name, Verdict.INDEXED)
    plural = "s" if len(empty) > 1 else ""
    reason = f"{name}: no text on page{plural} {ranges(empty)}: install tesseract or supply a text."
    return FileVerdict(name, Verdict.PARTIAL, reason)


def ranges(numbers: Sequence[int]) -> str:
    """ "3-7, 9"."""
    breaks = [0, *(i for i, (one, other) in enumerate(pairwise(numbers), 1) if other != one + 1), len(numbers)]
    pieces = (numbers[low:high] for low, high in pairwise(breaks))
    return ", ".join(str(piece[0]) if len(piece) == 1 else f"{piece[0]}-{piece[-1]}" for piece in pieces)
