"""The series of paragraph numbers: which number is due, where it stands, and what its address is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from taqa.domain import Address
from taqa.ingest.structure.ledger import Ledger

SERIES = "series "
"""How an address tells numbers that begin anew where nothing printed does."""
MAX_GAP = 3
"""Numbers that may be missing before a number counts as plain text: a wrong anchor is worse than a lost one."""


@dataclass(slots=True)
class Paragraphs:
    """What came last and what came so far. A decision, annex or article begins a new series."""

    places: Mapping[int, Sequence[int]]
    """Indices of the lines that open with each number."""
    stop: int
    """Index of the line that ends the part."""
    numbered: bool
    """Whether the paragraphs of the part are numbered."""
    last: int = 0
    inserted: str = ""
    """What the last number has after it: "bis", "ter"."""
    part: Address = ()
    within: Address = ()
    """What tells paragraphs from those of the same part with the same numbers, where numbers began anew."""
    used: set[Address] = field(default_factory=set)
    further: int = 1
    holds_list: bool = False
    """Whether the open paragraph holds numbers that are not paragraphs': a list."""
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def due(self) -> int:
        """The number that comes next."""
        return self.last + 1

    @property
    def counted(self) -> bool:
        """Whether addresses count the series, because nothing printed tells it from the one before."""
        return bool(self.within) and self.within[-1].startswith(SERIES)

    @property
    def path(self) -> str:
        return ", ".join((*self.part, *self.within, "paragraphs"))

    def address(self, number: str) -> Address:
        return (*self.part, *self.within, number)

    def comes_later(self, i: int, number: int) -> bool:
        """Whether a line after line `i`, in the same part, opens with that number."""
        places = self.places.get(number, ())
        at = bisect_right(places, i)
        return at < len(places) and places[at] < self.stop

    def takes(self, i: int, number: int, may_skip: bool) -> bool:
        """Whether the number on line `i` is a paragraph number: the next one, a late first, or after a small gap.

        `may_skip` says whether numbers may be missing here: the line stands apart and nothing is left unfinished.
        """
        if number == self.due:
            return True
        if self.last == 0:
            return number > 1 and not (self.part or self.within) and self.comes_later(i, number + 1)
        near = self.due < number <= self.due + MAX_GAP
        return near and may_skip and not self.comes_later(i, self.due)

    def note(self, number: int) -> None:
        """Record a paragraph number and the numbers missing before it."""
        missing = range(self.due, number) if self.last else ()
        self.ledger.enter(self.path, str(number), map(str, missing))
        self.last, self.inserted = number, ""

    def insert(self, inserted: str) -> str:
        """Record a number put in after the last one, "12 bis", and give it."""
        number = f"{self.last} {inserted}"
        self.ledger.enter(self.path, number)
        self.inserted = inserted
        return number

    def begin_part(self, part: Address, stop: int) -> None:
        """Number anew in a decision, an annex or an article, which ends before line `stop`."""
        self.part, self.stop = part, stop
        self.within, self.used, self.further = (), set(), 1
        self.last, self.inserted = 0, ""

    def begin_series(self, headings: Address) -> None:
        """Number anew inside the part: the address says under which headings, else which series of the part it is."""
        if not headings or headings in self.used:
            self.further += 1
            headings = (*headings, f"{SERIES}{self.further}")
        self.used.add(headings)
        self.within = headings
        self.last, self.inserted = 0, ""
