"""The numbering state machine: lines to units.

Every open series (headings, paragraphs, each level of list) expects its next number. A number that nobody expects
is a quoted provision when the paragraph before announces one, a gap when it stands where a number may stand, and
plain text otherwise; a number on a line that continues a sentence is never an anchor.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from taqa.domain import Address, Kind, Series
from taqa.ingest.drafts import Draft, is_terminal
from taqa.ingest.labels import Label, Style, find_label, printed
from taqa.ingest.lines import Line
from taqa.ingest.sections import Sections

LIST_STYLES: tuple[Style, ...] = ("(letter)", "(roman)", "(arabic)", "arabic paren")
MAX_GAP = 3
"""Numbers that may be missing before a number counts as plain text: a wrong anchor is worse than a lost one."""
HEADING_CHARS = 200
RUN_IN_WORDS = 14

_ANNEX = re.compile(r"^(?:annex|appendix|enclosure)\b(?:\s+[IVXLC\d]+)?$", re.IGNORECASE)
_QUOTES_PROVISION = re.compile(
    r"\b(?:articles?|art\.|paragraphs?|decision|resolution|section|annex|definition)\b.*"
    r"\b(?:states?|reads?|provides?|stipulates?|says|said|follows|stated|provided)\b[^.]*:$",
    re.IGNORECASE | re.DOTALL,
)
_PROVISION = re.compile(
    r"paragraphs?\s+(?P<low>\d+)(?:\s*[-–‑]\s*(?P<high>\d+))?\s+of\s+article\s+(?P<article>\d+)"
    r"|article\s+(?P<article2>\d+)(?:,\s*paragraphs?\s+(?P<low2>\d+)(?:\s*[-–‑]\s*(?P<high2>\d+))?)?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Level:
    """One open list: its style, last number and last item."""

    style: Style
    value: int
    item: Draft


@dataclass(frozen=True, slots=True)
class Structure:
    """The drafts in order of the text, and all numbering series."""

    drafts: tuple[Draft, ...]
    series: tuple[Series, ...]


def read_structure(lines: Sequence[Line], masthead: int = 0, title: tuple[int, int] = (0, 0)) -> Structure:
    """Units of a document's lines. The first `masthead` lines are masthead, lines `title` of them the title."""
    reader = _Reader(lines, numbered=_is_numbered(lines[masthead:]))
    reader.masthead(masthead, title)
    for i in range(masthead, len(lines)):
        reader.read(i)
    return Structure(tuple(reader.drafts), tuple(reader.all_series()))


def _is_numbered(lines: Sequence[Line]) -> bool:
    """Whether the document's paragraphs are numbered: more text stands under numbers than outside them."""
    inside, outside, under = 0, 0, False
    for i, line in enumerate(lines):
        label = find_label(line.text)
        if line.heading or line.bold:
            under = False
        elif label and label.value("arabic") and (line.blank_before or i == 0 or is_terminal(lines[i - 1].text)):
            under = True
        elif label is None and line.blank_before and line.text[0].isupper() and is_terminal(lines[i - 1].text):
            under = under and not lines[i - 1].text.endswith(".")
        inside, outside = (inside + len(line.text), outside) if under else (inside, outside + len(line.text))
    return inside > outside


class _Reader:
    """The state: open sections, the last paragraph, open lists, the draft that takes the next line."""

    def __init__(self, lines: Sequence[Line], numbered: bool) -> None:
        self.lines = lines
        self.numbered = numbered
        self.drafts: list[Draft] = []
        self.sections = Sections()
        self.current: Draft | None = None
        self.base: Draft | None = None
        self.levels: list[Level] = []
        self.last = 0
        self.paragraphs: list[str] = []
        self.gaps: list[str] = []
        self.list_series: dict[str, tuple[list[str], list[str]]] = {}
        self.counts: Counter[Address] = Counter()
        self.quote_range: tuple[int, int] | None = None
        self.quote_article = ""
        self.quoting = False
        self.body_begun = False

    # -- lines ------------------------------------------------------------------------------------------

    def masthead(self, stop: int, title: tuple[int, int]) -> None:
        for i in range(stop):
            line = self.lines[i]
            if title[0] <= i < title[1]:
                if i == title[0]:
                    self._new(Kind.HEADING, ("title",), line)
                else:
                    self._append(line)
            elif i == title[1] or line.blank_before or self.current is None:
                self.counts[("masthead",)] += 1
                address = ("masthead", f"block {self.counts[('masthead',)]}")
                self._new(Kind.UNNUMBERED, address, line, counted=True)
            else:
                self._append(line)
        self.current = None
        self.body_begun = False

    def read(self, i: int) -> None:
        line = self.lines[i]
        label = find_label(line.text) if self._fresh(i) else None
        if self._heading(i, line, label):
            return
        if label and (self._quoted_number(i, line, label) or self._paragraph(i, line, label)):
            return
        if label and self._item(i, line, label):
            return
        if line.bullet and self._fresh(i):
            self._bullet(line)
        elif self._continues(i, line):
            self._append(line)
        else:
            self._unnumbered(line)

    def _fresh(self, i: int) -> bool:
        """Whether a label may stand on this line: something ended before it."""
        line = self.lines[i]
        if line.blank_before or line.bullet or line.heading or line.bold or self.current is None:
            return True
        return self.current.kind is Kind.HEADING or self.current.terminal

    def _continues(self, i: int, line: Line) -> bool:
        current = self.current
        if current is None:
            return False
        if current.kind is Kind.HEADING:
            return not current.text
        if not current.text or not line.text[0].isupper() and line.text[0] not in "“\"'([":
            return True
        if line.blank_before or line.page_start:
            return not current.terminal and not line.bullet
        return True

    # -- headings ---------------------------------------------------------------------------------------

    def _heading(self, i: int, line: Line, label: Label | None) -> bool:
        styled = bool(line.heading or line.bold)
        current = self.current
        if current and current.kind is Kind.HEADING and self._continues_heading(i, line, label, current):
            self._append(line)
            self._retitle()
            return True
        if styled:
            self._open_heading(line, label, self.sections.reading(label, strict=False) if label else None)
            return True
        if not self._fresh(i) or line.bullet or self.quoting and not label:
            return False
        if label:
            return self._plain_labelled_heading(i, line, label)
        if self._run_in(i, line):
            assert self.base is not None
            self.levels = []
            address = (*self.base.address, line.text)
            self._new(Kind.HEADING, address, line, parent=self.base)
            return True
        if self._plain_heading(i, line):
            self._open_heading(line, None, None)
            return True
        return False

    def _continues_heading(self, i: int, line: Line, label: Label | None, current: Draft) -> bool:
        if not current.text:
            return True
        before = self.lines[i - 1]
        if line.blank_before or label or line.bullet or is_terminal(before.text):
            return False
        return before.bold == line.bold and not line.heading and not before.heading

    def _plain_labelled_heading(self, i: int, line: Line, label: Label) -> bool:
        text, stop = self._block(i)
        text = text[label.length :].lstrip()
        if len(text) > HEADING_CHARS or is_terminal(text) or not text[:1].isupper():
            return False
        style_value = self.sections.reading(label, strict=True)
        if style_value is None or style_value[0] in ("(letter)", "arabic"):
            return False
        if style_value[0] == "arabic paren" and not (stop >= len(self.lines) or self.lines[stop].blank_before):
            return False
        self._open_heading(line, label, style_value)
        return True

    def _plain_heading(self, i: int, line: Line) -> bool:
        if not line.blank_before and i > 0 and not line.page_start:
            return False
        if self.current and not self.current.terminal and self.current.kind is not Kind.HEADING:
            return False
        text, stop = self._block(i)
        followed = stop >= len(self.lines) or self.lines[stop].blank_before or bool(find_label(self.lines[stop].text))
        short = len(text.split()) <= RUN_IN_WORDS or text.isupper() and len(text) <= HEADING_CHARS
        return followed and short and text[0].isupper() and not is_terminal(text) and not text.endswith(",")

    def _run_in(self, i: int, line: Line) -> bool:
        """A heading inside a paragraph: a short line of its own between a chapeau or list and a list that begins."""
        if self.base is None or len(line.text.split()) > RUN_IN_WORDS or is_terminal(line.text):
            return False
        if not (line.blank_before or line.page_start) or not line.text[0].isupper() or i + 1 >= len(self.lines):
            return False
        after = find_label(self.lines[i + 1].text)
        begins = after is not None and any(r.style in LIST_STYLES and r.value == 1 for r in after.readings)
        return begins and self.current is not None and self.current.terminal

    def _open_heading(self, line: Line, label: Label | None, reading: tuple[Style, int] | None) -> None:
        title = line.text[label.length :] if label else line.text
        if label is None and _ANNEX.match(title):
            self.sections.stack, self.sections.annex = (), title
            self._leave_paragraph()
            self._new(Kind.HEADING, (title.casefold(),), line)
            self.body_begun = False
            return
        if reading:
            self.sections.open(reading[0], reading[1], label.text if label else "", title)
        elif self.body_begun or self.sections.stack:
            self.sections.open(None, 0, "", title)
        self._leave_paragraph()
        address = self.sections.address() if reading or self.sections.stack else self._numbered_title()
        titles = self.sections.titles()[:-1]
        draft = self._new(Kind.HEADING, address, line, label=label.text if label else "")
        draft.headings = titles
        draft.counted = not reading

    def _numbered_title(self) -> Address:
        self.counts[("title",)] += 1
        taken = ("title",) in {draft.address for draft in self.drafts}
        return (f"heading {self.counts[('title',)] + taken}",) if taken or self.counts[("title",)] > 1 else ("title",)

    def _retitle(self) -> None:
        """The heading has grown by a line: so has its title."""
        if self.current and self.sections.stack and self.current.address == self.sections.address():
            *outer, last = self.sections.stack
            self.sections.stack = (*outer, type(last)(last.style, last.value, last.mark, self.current.text))
            if last.style is None:
                self.current.address = self.sections.address()

    def _block(self, i: int) -> tuple[str, int]:
        """Text of the lines from i up to the next blank line or label, and the index after them."""
        stop = i + 1
        alone = (label := find_label(self.lines[i].text)) is not None and not self.lines[i].text[label.length :]
        while stop < len(self.lines) and not self.lines[stop].blank_before and not self.lines[stop].bullet:
            if find_label(self.lines[stop].text) and not alone:
                break
            alone = False
            stop += 1
        return " ".join(line.text for line in self.lines[i:stop]), stop

    # -- paragraphs -------------------------------------------------------------------------------------

    def _paragraph(self, i: int, line: Line, label: Label) -> bool:
        number = label.value("arabic")
        if number is None:
            return False
        if not self.numbered:
            return self._listed_number(line, label, number)
        expected = self.last + 1
        restart = number == 1 and bool(self.sections.annex)
        first = self.last == 0 and number > 1 and self._comes_later(i, number + 1)
        gap = self.last > 0 and expected < number <= expected + MAX_GAP and line.blank_before
        if not (number == expected or restart or first or gap):
            return False
        if gap and (self._comes_later(i, expected) or not (self.current is None or self.current.terminal)):
            return False
        if gap:
            self.gaps += [str(missing) for missing in range(expected, number)]
        self.last = number
        self.paragraphs.append(str(number))
        self._leave_paragraph()
        self.base = self._new(Kind.PARAGRAPH, (str(number),), line, label=label.text)
        return True

    def _listed_number(self, line: Line, label: Label, number: int) -> bool:
        """A number in a document without paragraph numbers: an item of a list under the section."""
        address = (*self.sections.address(), f"item {number}")
        numbers, gaps = self.list_series.setdefault(self.sections.path() or "items", ([], []))
        expected = int(numbers[-1]) + 1 if numbers else 1
        if number not in (expected, 1):
            return False
        numbers.append(str(number))
        self.levels = []
        self.base = self._new(Kind.SUBPARAGRAPH, address, line, label=label.text)
        return True

    def _comes_later(self, i: int, number: int) -> bool:
        """Whether a later line opens with that paragraph number."""
        for line in self.lines[i + 1 :]:
            label = find_label(line.text)
            if label and label.value("arabic") == number:
                return True
        return False

    def _unnumbered(self, line: Line) -> None:
        if self.quoting and self.base is not None:
            self.quoting = False
            self._new(Kind.QUOTED, (*self.base.address, "quoted provision"), line, parent=self.base)
            assert self.current is not None
            self.current.quoting = self._provision(None)
            return
        outer: Address = ()
        parent: Draft | None = None
        if self.numbered and self.base is not None:
            outer, parent = self.base.address, self.base
            self.levels = []
        else:
            outer = self.sections.address()
            self._leave_paragraph()
        self.counts[outer] += 1
        address = (*outer, f"unnumbered para. {self.counts[outer]}")
        draft = self._new(Kind.UNNUMBERED, address, line, parent=parent, counted=True)
        self.base = self.base if parent else draft

    # -- quoted provisions ------------------------------------------------------------------------------

    def _announce_quotation(self) -> None:
        """After each line: does the open paragraph now end in "article 12 … states:"?"""
        current = self.current
        if current is None or current is not self.base:
            return
        self.quoting = bool(_QUOTES_PROVISION.search(current.text))
        self.quote_range, self.quote_article = None, ""
        if self.quoting and (match := _PROVISION.search(current.text)):
            low = match.group("low") or match.group("low2")
            high = match.group("high") or match.group("high2") or low
            self.quote_article = match.group("article") or match.group("article2") or ""
            self.quote_range = (int(low), int(high)) if low and high else None

    def _quoted_number(self, i: int, line: Line, label: Label) -> bool:
        """A bare provision number inside a quotation that the paragraph announces."""
        number = label.value("arabic")
        if number is None or self.base is None or not (self.quoting or self._inside_quotation()):
            return False
        low, high = self.quote_range or (number, number + 1)
        expected = self.last + 1
        if number == expected and not (low <= number <= high and self._comes_later(i, expected)):
            return False
        if self.quote_range and not low <= number <= high:
            return False
        self.quoting = False
        address = (*self.base.address, f"quoted {number}")
        draft = self._new(Kind.QUOTED, address, line, parent=self.base, label=label.text)
        draft.quoting = self._provision(number)
        return True

    def _inside_quotation(self) -> bool:
        return self.current is not None and self.current.kind is Kind.QUOTED

    def _provision(self, number: int | None) -> str:
        """What is quoted, as an editor would print it."""
        if not self.quote_article:
            return ""
        low, high = self.quote_range or (0, 0)
        paragraph = number or (low if low == high else 0)
        return f"art. {self.quote_article}" + (f", para. {paragraph}" if paragraph else "")

    # -- lists ------------------------------------------------------------------------------------------

    def _item(self, i: int, line: Line, label: Label) -> bool:
        place = self._place(i, label)
        if place is None:
            return False
        depth, style, value = place
        parent = self.levels[depth - 1].item if depth else self._list_base()
        outer = parent.address if parent else self.sections.address()
        bare = label.text.strip("()")
        printed_label = label.text if label.text.startswith("(") else f"({bare})"
        draft = self._new(Kind.SUBPARAGRAPH, (*outer, printed_label), line, parent=parent, label=label.text)
        self._note_series(outer, style, value, depth)
        self.levels = [*self.levels[:depth], Level(style, value, draft)]
        return True

    def _list_base(self) -> Draft | None:
        """What a list hangs on: a run-in heading or the paragraph; None for a list straight under a section."""
        if self.current and self.current.kind is Kind.HEADING and self.current.parent is self.base:
            return self.current if self.base else None
        if self.levels:
            return self.levels[0].item.parent
        return self.base

    def _place(self, i: int, label: Label) -> tuple[int, Style, int] | None:
        """Depth, style and value of an item: next of an open list, first of a new one, or after a small gap."""
        readings = [r for r in label.readings if r.style in LIST_STYLES]
        options: list[tuple[int, Style, int]] = []
        for depth in range(len(self.levels) - 1, -1, -1):
            level = self.levels[depth]
            options += [(depth, r.style, r.value) for r in readings if (r.style, r.value) == (level.style, level.value + 1)]
        starts = [r for r in readings if r.value == 1]
        if self.current is not None and (self.current.announces or not self.levels):
            options += [(len(self.levels), r.style, 1) for r in starts]
        if len(options) > 1:
            confirmed = [o for o in options if self._confirmed(i, o)]
            announced = self.current is not None and self.current.announces
            options = confirmed or [o for o in options if (o[2] == 1) == announced] or options
        if options:
            return options[0]
        if starts and self.levels:
            return 0, starts[0].style, 1
        if not self.levels and starts:
            return 0, starts[0].style, 1
        for depth in range(len(self.levels) - 1, -1, -1):
            level = self.levels[depth]
            for r in readings:
                if r.style == level.style and level.value + 1 < r.value <= level.value + 1 + MAX_GAP:
                    return depth, r.style, r.value
        return None

    def _confirmed(self, i: int, option: tuple[int, Style, int]) -> bool:
        """Whether the next label of the text carries this reading on."""
        _, style, value = option
        for line in self.lines[i + 1 : i + 60]:
            label = find_label(line.text)
            if label and any(r.style in LIST_STYLES for r in label.readings):
                return any((r.style, r.value) == (style, value + 1) for r in label.readings)
        return False

    def _note_series(self, outer: Address, style: Style, value: int, depth: int) -> None:
        numbers, gaps = self.list_series.setdefault(" ".join(outer) or "items", ([], []))
        last = self.levels[depth].value if depth < len(self.levels) and self.levels[depth].style == style else 0
        gaps += [printed(style, missing) for missing in range(last + 1, value)] if value > 1 else []
        numbers.append(printed(style, value).strip("()"))

    def _bullet(self, line: Line) -> None:
        outer = self.base.address if self.base else self.sections.address()
        self.counts[(*outer, "bullet")] += 1
        address = (*outer, f"bullet {self.counts[(*outer, 'bullet')]}")
        self._new(Kind.SUBPARAGRAPH, address, line, parent=self.base, counted=True)

    # -- drafts -----------------------------------------------------------------------------------------

    def _new(
        self, kind: Kind, address: Address, line: Line, parent: Draft | None = None, label: str = "", counted: bool = False
    ) -> Draft:
        counted = counted or bool(parent and parent.counted)
        draft = Draft(kind, address, parent, self.sections.titles(), label, [line], counted)
        self.drafts.append(draft)
        self.current = draft
        self.body_begun = self.body_begun or kind is not Kind.HEADING
        if kind in (Kind.PARAGRAPH, Kind.UNNUMBERED) and parent is None:
            self.base = draft
        self._announce_quotation()
        return draft

    def _append(self, line: Line) -> None:
        assert self.current is not None
        self.current.lines.append(line)
        self._announce_quotation()

    def _leave_paragraph(self) -> None:
        self.base = None
        self.levels = []
        self.quoting = False
        self.quote_range = None

    def all_series(self) -> list[Series]:
        series = [Series("paragraphs", tuple(self.paragraphs), tuple(self.gaps))] if self.paragraphs else []
        series += self.sections.series()
        for path, (numbers, gaps) in self.list_series.items():
            repeats = tuple(number for number, count in Counter(numbers).items() if count > 1)
            series.append(Series(path, tuple(numbers), tuple(gaps), repeats))
        return series
