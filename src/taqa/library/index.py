"""The index as it is held in memory: documents, their units in order, and the rows that are searched."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

from taqa.domain import Document, Unit
from taqa.ingest.verdicts import FileVerdict

PICTURES = "--"
"""Stands in an identity before what reads pictures of pages."""


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One thing to search: displayed characters `start`..`end` of a unit, with the texts that stand for it.

    An empty `dense_text` keeps the row out of the vectors, an empty `lexical_text` out of the words.
    """

    unit_id: str
    start: int
    end: int
    dense_text: str
    lexical_text: str


@dataclass(frozen=True, slots=True)
class Source:
    """One file to index. `identity` changes when `read()` would give another document, or raise another Unreadable.

    What follows PICTURES in it is what reads pictures of pages: it matters only to documents with pages that were left.
    """

    name: str
    identity: str
    read: Callable[[], Document]


@dataclass(frozen=True, slots=True)
class Material:
    """All that an index is made from.

    `corpus` is the fingerprint of the corpus, `recipe` names the rules that `rows_of` follows, `others` are files that
    are no sources because their format is not read.
    """

    corpus: str
    sources: tuple[Source, ...]
    rows_of: Callable[[Document], list[IndexRow]]
    recipe: str
    others: tuple[FileVerdict, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldUnit:
    """A unit and the document that it belongs to."""

    document: Document
    unit: Unit


@dataclass(frozen=True, slots=True)
class Row:
    """Where a row of the engines leads: position `unit` in `Index.units`, displayed characters `start`..`end`."""

    unit: int
    start: int
    end: int


@dataclass(frozen=True)
class Index:
    """Everything held, in row order: units of one document follow each other, and so do their rows.

    `verdicts` are on all files of the corpus, also those that gave no document.
    """

    documents: tuple[Document, ...]
    units: tuple[HeldUnit, ...]
    rows: tuple[Row, ...]
    model: str
    recipe: str
    corpus: str
    fingerprint: str
    generation: str
    verdicts: tuple[FileVerdict, ...] = ()

    def __post_init__(self) -> None:
        if len({document.id for document in self.documents}) != len(self.documents):
            raise ValueError("two documents have the same id")
        if sum(len(document.units) for document in self.documents) != len(self.units):
            raise ValueError("the units are not those of the documents")
        for row in self.rows:
            if not 0 <= row.unit < len(self.units):
                raise ValueError(f"a row leads to unit {row.unit} of {len(self.units)}")
            if not 0 <= row.start <= row.end <= len(self.units[row.unit].unit.text):
                raise ValueError(f"a row leads outside unit {self.units[row.unit].unit.id}")

    def held(self, row: int) -> HeldUnit:
        """The unit that a row leads to."""
        return self.units[self.rows[row].unit]

    def rows_in(self, documents: Collection[str]) -> list[int]:
        """Rows of some documents, by document id, ascending."""
        ranges = (self._rows_by_document.get(document, range(0)) for document in set(documents))
        return sorted(row for rows in ranges for row in rows)

    @cached_property
    def partial(self) -> tuple[Document, ...]:
        """Documents that have pages without text."""
        return tuple(document for document in self.documents if document.empty_pages)

    @cached_property
    def _rows_by_document(self) -> dict[str, range]:
        ranges: dict[str, range] = {}
        for number in range(len(self.rows)):
            document = self.held(number).document.id
            first = ranges[document].start if document in ranges else number
            ranges[document] = range(first, number + 1)
        return ranges


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: file names by fate, rows newly embedded, the generation that is now current.

    `verdicts` are on all files of the corpus; those of files that could not be read have no fate beside.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    embedded: int
    rows: int
    generation: str
    fingerprint: str
    built: bool
    verdicts: tuple[FileVerdict, ...] = ()

    @property
    def failed(self) -> tuple[FileVerdict, ...]:
        """The files that cannot be cited as they are now."""
        return tuple(verdict for verdict in self.verdicts if not verdict.good)


def hold(documents: tuple[Document, ...]) -> tuple[HeldUnit, ...]:
    """The units of documents, in order."""
    return tuple(HeldUnit(document, unit) for document in documents for unit in document.units)
