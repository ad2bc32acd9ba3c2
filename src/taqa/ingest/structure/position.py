"""Where reading stands: the open sections, paragraph and lists, and the draft that takes the next line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from taqa.domain import Address, Kind, Series
from taqa.ingest.drafts import Draft
from taqa.ingest.labels import Label
from taqa.ingest.lines import Line
from taqa.ingest.quotations import Announced, announced
from taqa.ingest.structure.automatic import Told
from taqa.ingest.structure.ledger import Ledger
from taqa.ingest.structure.lists import Lists
from taqa.ingest.structure.manuscript import Manuscript
from taqa.ingest.structure.paragraphs import Paragraphs
from taqa.ingest.structure.sections import Sections


@dataclass(frozen=True, slots=True)
class Beginning:
    """The beginning of line `i`: whether something new may begin there, and the label that it then opens with.

    `told` is what its number tells of its place by itself.
    """

    i: int
    line: Line
    fresh: bool
    label: Label | None = None
    told: Told = ""

    @property
    def after(self) -> str:
        """The line without its label."""
        return self.line.text[self.label.length :] if self.label else self.line.text


@dataclass(slots=True)
class Quotation:
    """A quotation that is announced, and the paragraph or item that announces it."""

    announced: Announced
    by: Draft
    due: bool = True
    """Whether the next line may begin it; it stays known until the paragraph ends."""


@dataclass(slots=True)
class Position:
    """The state of the machine, and what it has written."""

    paper: Manuscript
    paragraphs: Paragraphs
    sections: Sections = field(default_factory=Sections)
    lists: Lists = field(default_factory=Lists)
    items: Ledger = field(default_factory=Ledger)
    """Numbers of items outside paragraphs, and numbers in several parts."""
    articles: Ledger = field(default_factory=Ledger)
    drafts: list[Draft] = field(default_factory=list)
    counts: Counter[Address] = field(default_factory=Counter)
    current: Draft | None = None
    base: Draft | None = None
    """What lists hang on: the open paragraph."""
    paragraph: Draft | None = None
    """The last paragraph whose number tells its place by itself."""
    aside: Address = ()
    """Where text stands that follows a heading without a number below such a paragraph."""
    quotation: Quotation | None = None
    table: int = 0
    """The table that is being read."""
    header: Draft | None = None
    """The row that heads it."""
    titles: int = 0
    body_begun: bool = False
    preamble: bool = False
    """Whether a preamble has been opened ("The Conference of the Parties,") and not ended."""
    acting: bool = False
    """Whether a decision or resolution is being read, outside its annexes."""
    skips: bool = False
    """Whether headings are missing between the article being read and the next one."""

    @property
    def quoting(self) -> bool:
        """Whether the next line may begin a quotation."""
        return self.quotation is not None and self.quotation.due

    def outer(self, base: Draft | None) -> Address:
        """Address of what text without a number of its own stands under."""
        if base is not None:
            return base.address
        if self.aside:
            return self.aside
        return self.paragraph.address if self.paragraph else self.sections.address()

    def count(self, outer: Address, name: str) -> str:
        """The next of what TAQA counts by itself: "bullet 3"."""
        self.counts[(*outer, name)] += 1
        return f"{name} {self.counts[(*outer, name)]}"

    def note_in_parts(self, number: str) -> str:
        """Record a number that holds those above it, "2.1.3", and give it as addresses have it."""
        bare = number.strip(".() ")
        above = bare.rpartition(".")[0]
        self.items.enter(f"numbers under {above or 'the document'}", bare)
        return bare

    def write(
        self,
        kind: Kind,
        address: Address,
        line: Line,
        parent: Draft | None = None,
        label: str = "",
        counted: bool = False,
    ) -> Draft:
        """Begin a unit with a line."""
        counted = counted or bool(parent and parent.counted)
        titles, part = self.sections.titles(), self.sections.part
        draft = Draft(kind, address, parent, titles, label, [line], counted, acting=self.acting, part=part)
        self.drafts.append(draft)
        self.current = draft
        self.body_begun = self.body_begun or kind is not Kind.HEADING
        if kind in (Kind.PARAGRAPH, Kind.UNNUMBERED) and parent is None:
            self.base = draft
        if kind in (Kind.HEADING, Kind.PARAGRAPH):
            self.preamble = False
        self._listen(line)
        return draft

    def append(self, line: Line) -> None:
        """Go on with the unit being written."""
        assert self.current is not None
        self.current.lines.append(line)
        self._listen(line)

    def _listen(self, line: Line) -> None:
        """Does the open paragraph now end in "article 12 … states:"?"""
        listed = self.current is not None and self.current.kind is Kind.SUBPARAGRAPH and not self.current.counted
        if self.current is None or not (self.current is self.base or listed):
            return
        found = announced(self.current.ending) if line.text.endswith(":") else None
        self.quotation = Quotation(found, self.current) if found else None

    def leave_paragraph(self) -> None:
        self.base = None
        self.quotation = None
        self.paragraphs.holds_list = False
        self.lists.close()

    def series(self) -> list[Series]:
        """All numbering series."""
        ledgers = (self.paragraphs.ledger, self.sections.ledger, self.articles, self.items, self.lists.ledger)
        return [series for ledger in ledgers for series in ledger.series()]
