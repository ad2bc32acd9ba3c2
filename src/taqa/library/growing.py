"""Documents offered to a corpus, each judged before it is let in, and each on its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from taqa.domain import Document, DocumentMeta
from taqa.errors import Unreadable, Unsupported
from taqa.ingest.files import kept_name, shown_name
from taqa.ingest.manifest import CorpusFile, ignored, readable, unread
from taqa.ingest.sandbox import Sandbox
from taqa.ingest.verdicts import FileVerdict, judged, verdict_of
from taqa.library.index import BuildReport
from taqa.library.shelf import Fate, Origin, Placed, Shelf


@dataclass(frozen=True, slots=True)
class Offer:
    """A content to be held. `name` tells it from others; `read`, called once, gives the name to hold it under too.

    `read` raises Unreadable.
    """

    name: str
    read: Callable[[], tuple[str, bytes]]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an offer: the verdict on it, and where it is held, None where it was not let in."""

    verdict: FileVerdict
    placed: Placed | None

    @property
    def changed(self) -> bool:
        """Whether the corpus is another one for it."""
        return self.placed is not None and self.placed.fate is not Fate.HELD


@dataclass(frozen=True, slots=True)
class Growth:
    """What became of all offers, and of the index; None where nothing was let in."""

    taken: tuple[Taken, ...]
    report: BuildReport | None


@dataclass(slots=True)
class Judge:
    """Reads files, those that have just been judged from memory."""

    sandbox: Sandbox
    _judged: dict[tuple[str, str], Document] = field(default_factory=dict)

    def judge(self, name: str, data: bytes) -> Document:
        """The document in a content, kept for `read`. Raises Unreadable."""
        document = self.sandbox.parse(name, data)
        self._judged[name, document.sha256] = document
        return document

    def read(self, file: CorpusFile) -> Document:
        """The document in a file of the corpus. Raises Unreadable."""
        document = self._judged.get((file.name, file.sha256))
        if document is None or (file.entry and file.entry.meta != DocumentMeta()):
            return self.sandbox.read(file)
        return document


def take_in(shelf: Shelf, reader: Judge, offers: Iterable[Offer]) -> tuple[Taken, ...]:
    """Put each content that gives a document into the corpus: when one is there, nothing that follows can undo it."""
    return tuple(_taken(shelf, reader, offer) for offer in offers)


def _taken(shelf: Shelf, reader: Judge, offer: Offer) -> Taken:
    name = offer.name
    try:
        name, data = offer.read()
        if ignored(kept_name(name)):
            raise Unsupported(f"What is called {name} is never read; give the document another name.")
        if not readable(Path(name)):
            raise unread(name)
        verdict = judged(reader.judge(name, data), name)
    except Unreadable as error:
        return Taken(FileVerdict(shown_name(name), verdict_of(error), str(error)), None)
    return Taken(verdict, shelf.place(name, data, offer.origin))
