"""Lists inside paragraphs: which level and value a label like (i) has, told from its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from taqa.domain import Address
from taqa.ingest.drafts import Draft
from taqa.ingest.formats.source import Number
from taqa.ingest.labels import INSERTED, Label, Reading, Style, printed
from taqa.ingest.structure.ledger import Ledger
from taqa.ingest.structure.paragraphs import MAX_GAP

LIST_STYLES: tuple[Style, ...] = ("(letter)", "(roman)", "(arabic)", "arabic paren")


@dataclass(frozen=True, slots=True)
class Level:
    """One open list: its style, last number and last item."""

    style: Style
    value: int
    item: Draft
    number: Number | None = None
    """What the format gave the item."""
    inserted: str = ""
    """What the last number has after it: "bis", "ter"."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands: how many lists are open around it, and how its label reads."""

    depth: int
    style: Style
    value: int


def list_readings(label: Label | None) -> tuple[Reading, ...]:
    """The readings of a label that can number an item of a list; none of one put in between ("(a bis)")."""
    if label is None or label.inserted:
        return ()
    return tuple(reading for reading in label.readings if reading.style in LIST_STYLES)


@dataclass(slots=True)
class Lists:
    """The lists open inside a paragraph, from the outside in, and every list series of the document."""

    levels: tuple[Level, ...] = ()
    interrupted: tuple[Level, ...] = ()
    """The lists that were open before text without a number: the next item of one may follow it."""
    ledger: Ledger = field(default_factory=lambda: Ledger(unique=True))

    def close(self) -> None:
        self.levels = self.interrupted = ()

    def interrupt(self) -> None:
        """Close the lists, unless the next item of one of them comes before anything else."""
        self.levels, self.interrupted = (), self.levels or self.interrupted

    def carried_on(self, label: Label) -> bool:
        """Whether a label is that of the next item of an open list, and of no new one."""
        readings = list_readings(label)
        return bool(self._next(readings)) and all(reading.value != 1 for reading in readings)

    def next_of(self, label: Label, item: Draft) -> bool:
        """Whether a label is that of the item after `item`, which is the last one: "(i)" after "(h)"."""
        readings = list_readings(label)
        return any(self.levels[place.depth].item is item for place in self._next(readings))

    def place(self, label: Label, announced: bool, goes_on: Callable[[Place], bool]) -> Place | None:
        """Place of an item: next of an open list, first of a new one, or after a small gap.

        `announced` says that the text before announces a list or is unfinished; `goes_on` whether the next label of
        the text carries a reading on. They decide where (i) may be the ninth letter or the first roman numeral.
        """
        readings = list_readings(label)
        if self.interrupted and not self.levels:
            kept, self.levels = self.levels, self.interrupted
            if resumed := self._next(readings):
                return resumed[0]
            self.levels = kept
        starts = [r for r in readings if r.value == 1]
        options = self._next(readings)
        if announced or not self.levels:
            options += [Place(len(self.levels), r.style, 1) for r in starts]
        if len(options) > 1:
            confirmed = [option for option in options if goes_on(option)]
            options = confirmed or [o for o in options if (o.value == 1) == announced] or options
        if options:
            return options[0]
        if starts:
            return Place(0, starts[0].style, 1)
        return self._after_gap(readings)

    def _next(self, readings: Sequence[Reading]) -> list[Place]:
        return [
            Place(depth, r.style, r.value)
            for depth in range(len(self.levels) - 1, -1, -1)
            for r in readings
            if (r.style, r.value) == (self.levels[depth].style, self.levels[depth].value + 1)
        ]

    def _after_gap(self, readings: Sequence[Reading]) -> Place | None:
        for depth in range(len(self.levels) - 1, -1, -1):
            level = self.levels[depth]
            for r in readings:
                if r.style == level.style and level.value + 1 < r.value <= level.value + 1 + MAX_GAP:
                    return Place(depth, r.style, r.value)
        return None

    def inserted(self, label: Label) -> Place | None:
        """Place of an item put in between: "(a bis)" after "(a)", "(a ter)" after that."""
        for depth in range(len(self.levels) - 1, -1, -1):
            level = self.levels[depth]
            for r in label.readings:
                if (r.style, r.value) == (level.style, level.value) and follows(label.inserted, level.inserted):
                    return Place(depth, r.style, r.value)
        return None

    def by_level(self, number: Number, label: Label) -> Place | None:
        """Place of an item whose list and level the format gives, where a list of those numbers is open."""
        reading = next(iter(list_readings(label)), None)
        for depth in range(len(self.levels) - 1, -1, -1):
            other = self.levels[depth].number
            if reading and other and other.series == number.series and other.level <= number.level:
                return Place(depth + (other.level < number.level), reading.style, reading.value)
        return None

    def out_of_turn(self, label: Label) -> Place | None:
        """Place of an item that nothing leads up to and that is certainly one: beside the last of its style."""
        reading = next(iter(list_readings(label)), None)
        if reading is None:
            return None
        depths = [depth for depth, level in enumerate(self.levels) if level.style == reading.style]
        return Place(depths[-1] if depths else 0, reading.style, reading.value)

    def parent(self, place: Place, base: Draft | None) -> Draft | None:
        """The item that the place hangs on, else the base of the list."""
        return self.levels[place.depth - 1].item if place.depth else base

    def add(self, place: Place, outer: Address, item: Draft, number: Number | None = None, inserted: str = "") -> None:
        """Open or continue the list of an item; deeper lists close. Skipped values are noted as gaps."""
        name = " ".join(outer) or "items"
        if inserted:
            bare = printed(place.style, place.value).strip("()")
            self.ledger.enter(name, f"{bare} {inserted}")
            self.levels = (*self.levels[: place.depth], Level(place.style, place.value, item, number, inserted))
            return
        before = self.levels[place.depth] if place.depth < len(self.levels) else None
        last = before.value if before and before.style == place.style else 0
        skipped = range(last + 1, place.value) if place.value > 1 else ()
        missing = (printed(place.style, value) for value in skipped)
        self.ledger.enter(name, printed(place.style, place.value).strip("()"), missing)
        self.levels = (*self.levels[: place.depth], Level(place.style, place.value, item, number))


def follows(inserted: str, before: str) -> bool:
    """Whether "ter" may stand after "bis": some of those between may be missing; "alt" stands after any."""
    if inserted not in INSERTED:
        return True
    return before not in INSERTED or INSERTED.index(inserted) > INSERTED.index(before)
