"""The stack of open headings: what number comes next, and the address of what stands below."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field, replace

from taqa.domain import Address
from taqa.ingest.formats.source import Number
from taqa.ingest.labels import Label, Style, printed
from taqa.ingest.structure.divisions import ARTICLE
from taqa.ingest.structure.ledger import Ledger

HEADING_STYLES: tuple[Style, ...] = ("ROMAN", "LETTER", "arabic", "arabic paren", "(letter)")
OUTER_STYLES: tuple[Style, ...] = ("ROMAN", "LETTER")
"""Numbers of headings that seldom run on from one part to the next, as those of sections of laws do."""
NUMBERED: tuple[Style, ...] = ("arabic", "dotted")
RANKS = (
    *((ARTICLE, 4), ("part ", 3), ("sect. ", 3), ("“", 3), ("(", 3)),
    *(("appendi", 2.5), ("apéndice", 2.5)),
    *(("annex", 2), ("anexo", 2), ("schedule", 2), ("enclosure", 2)),
)
"""What stands inside what: an article in an appendix, that in an annex, and all of them in a decision."""
DOUBT = " ff."
"""What the address of text has that stands in an article or in one of those that follow, whose headings are missing."""
ACT_RANK, HEADING_RANK = 0, 3
MOST_ROMAN = 50
"""A single L, C, D or M out of turn is a letter."""
SHORT_TITLE = 60
"""Characters of an unnumbered heading that its address carries."""


@dataclass(frozen=True, slots=True)
class Section:
    """An open heading. `style` is None for one without a number; `mark` is what the address takes from it."""

    style: Style | None
    value: int
    mark: str
    title: str
    series: str = ""
    level: int = 0


@dataclass(slots=True)
class Sections:
    """Open headings from the outside in, and the numbering series they have formed."""

    stack: tuple[Section, ...] = ()
    part: Address = ()
    """The parts inside which sections are numbered anew: ("art. 12",), ("decision 1/CP.21", "annex II")."""
    outer: tuple[str, ...] = ()
    """Titles of the parts."""
    entered: set[Address] = field(default_factory=set)
    """Every part entered so far."""
    ledger: Ledger = field(default_factory=Ledger)

    def reading(self, label: Label, strict: bool) -> tuple[Style, int] | None:
        """Style and value of a heading label: next in an open series, else first of a new one.

        `strict` refuses anything else; without it (the line is a heading by its style) any reading is taken,
        and a misprinted numeral gets the value that was due.
        """
        options = [r for r in label.readings if r.style in HEADING_STYLES]
        for section in reversed(self.stack):
            for option in options:
                if option.style == section.style and option.value == section.value + 1:
                    return option.style, option.value
        open_styles = {section.style for section in self.stack}
        for option in options:
            if option.value == 1 and (option.style not in open_styles or not strict):
                return option.style, 1
        if strict or not options:
            return None
        options.sort(key=lambda option: option.style == "ROMAN" and option.value >= MOST_ROMAN)
        due = next((s for s in reversed(self.stack) if s.style == options[0].style), None)
        if options[0].value == 0:
            return options[0].style, due.value + 1 if due else 1
        return options[0].style, options[0].value

    def open(self, style: Style | None, value: int, mark: str, title: str, inside: int = 0) -> None:
        """Close what the new heading closes, and open it. It stands inside the first `inside` sections at least."""
        kept = self.stack
        styles = [section.style for section in kept]
        before = 0
        if style is None and None in styles[inside:]:
            kept = kept[: inside + styles[inside:].index(None)]
        elif style is not None and style in styles:
            before = kept[styles.index(style)].value
            kept = kept[: styles.index(style)]
        if style is not None:
            name = ", ".join((*self.part, *address_of(kept)))
            self._record(f"headings under {name}" if name else "headings", Section(style, value, mark, title), before)
        self.stack = (*kept, Section(style, value, mark, title))

    def open_numbered(self, mark: str, title: str, number: Number | None) -> None:
        """Open a heading whose number says where it stands: by its level in its list, or by the parts of the number."""
        self.close_to(mark, number)
        style: Style = "dotted" if "." in mark.strip(".") else "arabic"
        value = number.value if number else 0
        place = (number.series, number.level) if number else ("", 0)
        self.stack = (*self.stack, Section(style, value, mark, title, *place))

    def expects(self, mark: str) -> bool:
        """Whether a number in several parts is the next of open ones: 2.1 under 2, 2.2 beside 2.1."""
        *above, last = _parts(mark)
        open_marks = [_parts(s.mark) for s in self.stack if s.style in NUMBERED]
        before = [*above, str(int(last) - 1)] if last.isdigit() else []
        return (last == "1" and above in open_marks) or before in open_marks

    def carried_on(self, label: Label, styles: Container[Style]) -> int:
        """How many sections are open as far as the one that a label of a style follows; 0 where it follows none."""
        for depth in range(len(self.stack), 0, -1):
            section = self.stack[depth - 1]
            follows = any((r.style, r.value) == (section.style, section.value + 1) for r in label.readings)
            if follows and section.style in styles:
                return depth
        return 0

    def awaits(self, number: int) -> bool:
        """Whether a number is the next of open headings."""
        return any(section.style == "arabic" and section.value + 1 == number for section in self.stack)

    def close_to(self, mark: str, number: Number | None) -> None:
        """Close what a number stands beside or above; what it stands under stays open."""
        if number is not None:
            same = [i for i, s in enumerate(self.stack) if s.series == number.series and s.level >= number.level]
            above = [i for i, s in enumerate(self.stack) if s.series == number.series and s.level < number.level]
            if same or above:
                self.stack = self.stack[: same[0] if same else above[-1] + 1]
                return
        parts = _parts(mark)
        marks = [_parts(s.mark) if s.style in NUMBERED else [] for s in self.stack]
        under = [i for i, mark in enumerate(marks) if 0 < len(mark) < len(parts) and mark == parts[: len(mark)]]
        first = next((i for i, s in enumerate(self.stack) if s.style in NUMBERED), len(self.stack))
        self.stack = self.stack[: under[-1] + 1 if under else first]

    @property
    def in_act(self) -> bool:
        return bool(self.part) and _rank(self.part[0]) == ACT_RANK

    @property
    def in_annex(self) -> bool:
        return any(ACT_RANK < _rank(part) < HEADING_RANK for part in self.part)

    @property
    def in_article(self) -> bool:
        return bool(self.part) and self.part[-1].startswith(ARTICLE)

    @property
    def in_doubt(self) -> bool:
        """Whether what is read may stand in a later article than the last heading says."""
        return bool(self.part) and self.part[-1].endswith(DOUBT)

    def enter(self, part: str, title: str, restarts: bool) -> None:
        """Close all headings and go on inside a decision, annex or article; each may stand inside the one before.

        A part whose numbering does not restart leaves no trace in addresses.
        """
        kept = sum(1 for open_part in self.part if _rank(open_part) < _rank(part))
        around, titles = self.part[:kept], self.outer[:kept]
        if (*around, part) in self.entered and self.stack and part.startswith(ARTICLE):
            # an article of that number stands here already: the headings since tell the two apart
            kept = sum(1 for open_part in self.part if _rank(open_part) < HEADING_RANK)
            own = tuple(f"{s.mark if s.style else ''} {s.title}".strip() for s in self.stack)
            added = address_of(self.stack)
            own = (*own[: len(added) - 1], "; ".join(own[len(added) - 1 :]))
            around, titles = (*self.part[:kept], *added), (*self.outer[:kept], *own)
        self.stack = ()
        self.part = (*around, part) if restarts else ()
        self.outer = (*titles, title) if restarts else ()
        self.entered.add(self.part)

    def rename(self, part: str) -> None:
        """Go on under another name inside the last part, with no heading but that name."""
        self.stack = ()
        self.part = (*self.part[:-1], part)
        self.outer = (*self.outer[:-1], part)

    def retitle(self, text: str) -> None:
        """The last heading, of a section or of the part, has grown to this text."""
        if self.stack:
            *before, last = self.stack
            self.stack = (*before, replace(last, title=text))
        elif self.outer:
            self.outer = (*self.outer[:-1], text)

    def _record(self, name: str, section: Section, before: int) -> None:
        """Note a number, those missing before it, and a misprint or a number out of turn."""
        assert section.style is not None
        bare, expected = section.mark.strip("()."), printed(section.style, section.value).strip("().")
        missing = (printed(section.style, value).strip("().") for value in range(before + 1, section.value))
        if section.value <= before:
            expected = printed(section.style, before + 1).strip("().")
        self.ledger.enter(name, bare, missing, "" if bare == expected else f"{bare} (for {expected})")

    def address(self) -> Address:
        """Address of the open heading, () outside all sections and parts."""
        return (*self.part, *address_of(self.stack))

    def titles(self) -> tuple[str, ...]:
        """Titles of the open headings with their numbers, from the outside in."""
        own = (f"{s.mark if s.style else ''} {s.title}" for s in self.stack)
        return tuple(" ".join(title.split()) for title in (*self.outer, *own))


def address_of(stack: tuple[Section, ...]) -> Address:
    """("sect. V.A.1", "(b)") for numbered headings, the title in quotation marks for one without a number."""
    parts: list[str] = []
    for section in stack:
        bare = section.mark.strip(".)") if section.style != "(letter)" else section.mark
        if section.style is None:
            parts.append(f"“{short_title(section.title)}”")
        elif section.style == "(letter)":
            parts.append(bare)
        elif section.style == "dotted" and parts and parts[-1].startswith("sect. "):
            parts[-1] = f"sect. {bare}"
        elif parts and parts[-1].startswith("sect. "):
            parts[-1] += f".{bare}"
        else:
            parts.append(f"sect. {bare}")
    return tuple(parts)


def _rank(part: str) -> float:
    """How deep a part stands; a decision or resolution outside all others."""
    return next((rank for word, rank in RANKS if part.startswith(word)), ACT_RANK)


def _parts(mark: str) -> list[str]:
    return mark.strip(".()").split(".")


def short_title(title: str) -> str:
    """As much of a title as an address carries."""
    if len(title) <= SHORT_TITLE:
        return title
    return title[:SHORT_TITLE].rpartition(" ")[0] + " …"
