"""What became of a file: one word, and one sentence where the word is not "indexed"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from taqa.domain import Document
from taqa.errors import CorpusError, Damaged, Encrypted, NoText, OverLimit, Unreadable, Unsupported
from taqa.ingest.formats.gaps import unread


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
    """The verdict on a file that gave a document: partial where pages of it that are not blank are without text."""
    reason = unread(document.pages)
    return FileVerdict(name, Verdict.PARTIAL, f"{name}: {reason}.") if reason else FileVerdict(name, Verdict.INDEXED)
