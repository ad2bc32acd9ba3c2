"""Everything TAQA raises on purpose, one tree. A message is one sentence that says what to do next.

TaqaError
├── InputError          a question, reference or option that cannot be used            (exit 2, HTTP 422)
├── CorpusError         a corpus folder or file that cannot be read                    (exit 2, HTTP 422)
│   ├── NothingRead     no file of the corpus gives a document
│   └── Unreadable      a file that gives no document; the subclasses are its verdict
│       ├── NoText
│       ├── Encrypted
│       ├── Damaged
│       ├── OverLimit
│       └── Unsupported
├── NotInCorpus         a document or unit that the corpus does not hold               (exit 1, HTTP 404)
│   └── UnknownDocument
├── ModelError          the embedding model is missing or is not the expected one      (exit 2, HTTP 503)
└── IndexProblem         the index is absent, stale, damaged or made by something else  (exit 2, HTTP 503)
    ├── IndexMissing
    ├── IndexStale
    ├── IndexIncompatible
    ├── IndexDamaged
    ├── IndexBusy       another process is writing
    └── IndexWriteError no room or no permission
"""


class TaqaError(Exception):
    """Base of all deliberate errors; `str(error)` is fit to show to a user."""


class InputError(TaqaError):
    """A question, reference or option that cannot be used."""


class CorpusError(TaqaError):
    """A corpus folder or file that cannot be read."""


class NothingRead(CorpusError):
    """No file of the corpus gives a document; `reasons` has a sentence for each."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        count = "The one file" if len(reasons) == 1 else f"None of the {len(reasons)} files"
        told = "gives no document" if len(reasons) == 1 else "gives a document"
        super().__init__(f"{count} of the corpus {told}: {reasons[0]}")
        self.reasons = reasons


class Unreadable(CorpusError):
    """A file that gives no document. The subclasses say why; the others of its corpus are read all the same."""


class NoText(Unreadable):
    """There is no text in the file, as in a scan."""


class Encrypted(Unreadable):
    """The file opens with a password only."""


class Damaged(Unreadable):
    """The file is broken, or is not what its name says."""


class OverLimit(Unreadable):
    """Reading the file takes more room or time than is allowed, or the file is too large."""


class Unsupported(Unreadable):
    """The file has a format that is not read, or is no regular file."""


class NotInCorpus(TaqaError):
    """A document or unit that the corpus does not hold."""


class UnknownDocument(NotInCorpus):
    """An id that is no document's; each interface says in its own words where they are listed."""

    def __init__(self, document: str) -> None:
        super().__init__(f"There is no document with the id “{document}”.")

    def told(self, lists: str) -> str:
        """The message with what lists the documents where it is read."""
        return f"{str(self).removesuffix('.')}; {lists} lists them."


class ModelError(TaqaError):
    """The embedding model is missing or is not the expected one."""


class IndexProblem(TaqaError):
    """The index cannot be used or written; the subclasses say why."""


class IndexMissing(IndexProblem):
    """There is no index yet."""


class IndexStale(IndexProblem):
    """The corpus has changed since the index was made."""


class IndexIncompatible(IndexProblem):
    """The index was made with another model, other settings or another version."""


class IndexDamaged(IndexProblem):
    """A file of the index does not have the hash that its manifest states."""


class IndexBusy(IndexProblem):
    """Another process is writing the index."""


class IndexWriteError(IndexProblem):
    """The index could not be written: no room, or no permission."""
