"""The words of the house: documents, units, addresses, citations, answers.

All data are frozen. Offsets are characters of `Document.text`, the file decoded once and never changed;
`start` is inclusive, `end` exclusive. Displayed text (`Unit.text`) is the source with soft line breaks,
hyphenation and furniture healed; `Unit.runs` leads every displayed character back to its source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Literal

Address = tuple[str, ...]
"""Printed parts from the outside in, e.g. ("29", "(c)", "(viii)") or ("sect. 1", "unnumbered para. 4")."""


class Kind(StrEnum):
    """What a unit is. Depth is `len(address)`: a sub-paragraph of any level is SUBPARAGRAPH."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    SUBPARAGRAPH = "sub-paragraph"
    CHAPEAU = "chapeau"
    QUOTED = "quoted provision"
    FOOTNOTE = "footnote"
    UNNUMBERED = "unnumbered paragraph"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (exclusive) of a document's source text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def overlap(self, other: Span) -> int:
        """Number of characters in common."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True)
class Run:
    """Displayed characters `shown`..`shown + length` stand at `source`..`source + length` of the source."""

    shown: int
    source: int
    length: int


@dataclass(frozen=True, slots=True)
class Furniture:
    """Characters that belong to no unit; `kind` says what they are ("running header", "page number", ...)."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Series:
    """A printed numbering series and whether it is whole.

    `path` names it ("paragraphs", "para. 29", "headings"); `numbers` are as printed; `gaps` are expected
    values that never came, `repeats` values that came twice or are misprinted.
    """

    path: str
    numbers: tuple[str, ...]
    gaps: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()


PageGap = Literal["", "blank", "no tesseract", "no language", "no time", "nothing found", "failed", "damaged"]
"""Why a page has no text: nothing is on it; or it is a picture, and tesseract is not installed, has none of the
languages that are read, has no time left, finds nothing, fails; or the page is damaged. Empty for a page of text."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a paged source; `start`..`end` are its offsets in the extracted text, `gap` is why it has none."""

    n: int
    state: Literal["text", "ocr", "empty"]
    start: int
    end: int
    gap: PageGap = ""


@dataclass(frozen=True, slots=True)
class Provision:
    """What a quoted provision is of. Empty means that the document does not say.

    `instrument` is the treaty as a reference names it ("Basel Convention"), `full` the longest name that the document
    gives it ("Basel Convention on the Control of …").
    """

    article: str
    paragraph: str = ""
    instrument: str = ""
    full: str = ""

    @property
    def label(self) -> str:
        """As an editor would print it: "Basel Convention, art. 14, para. 1"."""
        paragraph = f"para. {self.paragraph}" if self.paragraph else ""
        return ", ".join(filter(None, (self.instrument, f"art. {self.article}", paragraph)))


@dataclass(frozen=True, slots=True)
class Deletion:
    """Source characters that a tracked change deletes; they stood before displayed character `at` of their unit."""

    at: int
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Unit:
    """The addressed piece of a document: what is indexed, cited and scored.

    Units are disjoint: a chapeau does not contain its items. `spans` are the pieces of source it owns, in
    order; more than one where furniture or a footnote interrupts it. `text` opens with the printed label, which
    ends before `body`. `counted` is true when a part of the address is this system's own counting and not printed;
    `notes` are the ids of the footnotes that it calls; `provision` is what a quoted provision is of, where the
    document says so. `verb` is the verb with which a paragraph of a decision or resolution acts ("Also invites");
    `bracketed` are the pieces of `text` in square brackets: in a draft they are not agreed. `inserted` are the pieces
    of `text` that a tracked change puts in; `deleted` are those that one takes out, which are no part of `text`.
    """

    id: str
    kind: Kind
    address: Address
    label: str
    parent: str | None
    heading_path: tuple[str, ...]
    spans: tuple[Span, ...]
    text: str
    runs: tuple[Run, ...]
    page: int | None = None
    counted: bool = False
    notes: tuple[str, ...] = ()
    body: int = 0
    provision: Provision | None = None
    verb: str = ""
    bracketed: tuple[Span, ...] = ()
    inserted: tuple[Span, ...] = ()
    deleted: tuple[Deletion, ...] = ()

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def end(self) -> int:
        return self.spans[-1].end

    def source_spans(self, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """Source pieces of displayed characters `start`..`end` of this unit, merged where they touch."""
        stop = len(self.text) if end is None else end
        pieces: list[Span] = []
        for run in self.runs:
            low, high = max(run.shown, start), min(run.shown + run.length, stop)
            if low >= high:
                continue
            shift = run.source - run.shown
            pieces.append(Span(low + shift, high + shift))
        return tuple(pieces)


@dataclass(frozen=True, slots=True)
class DocumentMeta:
    """What is known of a document, and in `known` how: field -> "printed in its masthead", ...

    Empty means that the document does not say. `cited_as` is the short name a label uses when no symbol is known.
    `relations` are what the symbol says of other papers: "Add.1 to FCCC/CP/2018/10", "Rev.1 of ...". `superseded_by` is
    the file that the manifest states, `other_names` are further file names of the same content.
    """

    title: str = ""
    cited_as: str = ""
    symbol: str = ""
    aliases: tuple[str, ...] = ()
    type: str = ""
    date: str = ""
    body: str = ""
    language: str = ""
    conventions: tuple[str, ...] = ()
    distribution: str = ""
    session: str = ""
    agenda_item: str = ""
    relations: tuple[str, ...] = ()
    superseded_by: str = ""
    other_names: tuple[str, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """One source file, whole: its text (immutable) and the units and furniture that share it out.

    `successor` is the id of the newest version of it that is held, empty for one that is current.
    """

    id: str
    file: str
    sha256: str
    text: str
    meta: DocumentMeta
    units: tuple[Unit, ...]
    furniture: tuple[Furniture, ...] = ()
    series: tuple[Series, ...] = ()
    pages: tuple[Page, ...] = ()
    successor: str = ""

    @property
    def name(self) -> str:
        """How a citation names the document: symbol, else short title, else title, else file name."""
        return self.meta.symbol or self.meta.cited_as or self.meta.title or self.file

    @property
    def empty_pages(self) -> tuple[int, ...]:
        """Numbers of the pages that no text could be read from."""
        return tuple(page.n for page in self.pages if page.state == "empty" and page.gap != "blank")

    @cached_property
    def _by_id(self) -> Mapping[str, Unit]:
        return {unit.id: unit for unit in self.units}

    def unit(self, unit_id: str) -> Unit | None:
        """The unit of that id, None where the document has none."""
        return self._by_id.get(unit_id)


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of a conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its conversation; `documents` restricts the search to those document ids."""

    text: str
    history: tuple[Turn, ...] = ()
    documents: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Displayed characters `start`..`end` of a unit: the only way words of a source enter an answer."""

    document: Document
    unit: Unit
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.unit.text):
            raise ValueError(f"not inside unit {self.unit.id}: {self.start}..{self.end}")

    @property
    def text(self) -> str:
        return self.unit.text[self.start : self.end]

    @property
    def spans(self) -> tuple[Span, ...]:
        return self.unit.source_spans(self.start, self.end)

    @property
    def bracketed(self) -> tuple[Span, ...]:
        """Pieces of `text` in square brackets, those inside others made one with them: in a draft, not agreed."""
        pieces: list[Span] = []
        for piece in sorted(self.unit.bracketed):
            low, high = max(piece.start, self.start) - self.start, min(piece.end, self.end) - self.start
            if pieces and low < pieces[-1].end:
                pieces[-1] = Span(pieces[-1].start, max(high, pieces[-1].end))
            elif low < high:
                pieces.append(Span(low, high))
        return tuple(pieces)

    @property
    def is_tracked(self) -> bool:
        """Whether tracked changes put words into it, or take words out of it."""
        put_in = any(piece.start < self.end and self.start < piece.end for piece in self.unit.inserted)
        return put_in or any(self.start <= taken.at <= self.end for taken in self.unit.deleted)

    @property
    def page_state(self) -> Literal["text", "ocr"] | None:
        """How the pages that it stands on were read: "ocr" where one of them is a picture; None without pages."""
        on = {page.state for page in self.document.pages if self._touches(Span(page.start, page.end))}
        return "ocr" if "ocr" in on else "text" if on else None

    def _touches(self, stretch: Span) -> bool:
        return any(stretch.overlap(span) for span in self.spans)


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered quotation; `n` is its mark in the answer, from 1, `newer` what has superseded its document.

    `lead` are the chapeaux that an item is quoted with, outermost first: its words, not places of their own. `dated`
    where its date is to be told: the statements of the answer are of documents of different dates.
    """

    n: int
    quotation: Quotation
    newer: Document | None = None
    lead: tuple[Quotation, ...] = ()
    dated: bool = False

    @property
    def label(self) -> str:
        return f"{self.quotation.document.name}, {self.quotation.unit.label}"


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer and the marks of the citations that carry it (at least one)."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A question to ask instead of one that may mean several things; its place, and the first words there."""

    question: str
    label: str
    about: str


@dataclass(frozen=True, slots=True)
class Searched:
    """What was looked through before saying that something is there or not; `partial`: documents with unread pages."""

    documents: int
    units: int
    partial: tuple[Document, ...] = ()


Status = Literal["answered", "not_found", "clarify"]


@dataclass(frozen=True, slots=True)
class Answer:
    """A verified answer: every statement cites, every quotation is a slice of its unit."""

    question: Question
    interpreted_question: str
    status: Status
    text: str
    confidence: float
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    related: tuple[Citation, ...]
    searched: Searched
    index: str
    ms: float
    not_stated: tuple[str, ...] = ()
    """Sides of a comparison, by name or number, of which the statements do not speak."""
    choices: tuple[Choice, ...] = ()
    """What could be asked instead, where the question is asked back."""

    def __post_init__(self) -> None:
        marks = {citation.n for citation in self.citations}
        for statement in self.statements:
            if not statement.citations or not marks.issuperset(statement.citations):
                raise ValueError("a statement without a known citation")
        if (self.status == "answered") != bool(self.statements):
            raise ValueError("an answer is answered exactly when it has statements")
        if self.choices and self.status != "clarify":
            raise ValueError("choices are offered only where the question is asked back")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence outside 0..1: {self.confidence}")


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit found by a search, best first; `score` is comparable within one search only."""

    document: Document
    unit: Unit
    score: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """First event of an answer: how the question was read and what was retrieved."""

    interpreted_question: str
    hits: tuple[Hit, ...]


AnswerEvent = Evidence | Statement | Answer
AnswerEvents = Iterator[AnswerEvent]
