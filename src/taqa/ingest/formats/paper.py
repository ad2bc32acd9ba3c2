"""Pages being put together to one source: their text, a style for each line, where notes are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from taqa.domain import Page, PageGap, Span
from taqa.ingest.formats.layout import RAISED_FROM, RAISED_TO, Piece
from taqa.ingest.formats.margins import Margins
from taqa.ingest.formats.paragraphs import Text
from taqa.ingest.formats.source import LineKind, LineStyle, Mark, Row, Source

PageState = Literal["text", "ocr", "empty"]
HEADING_CHARS = 200
ENDNOTES = 4
"""Notes on one page that are called on none near it: notes at the end of a chapter."""
CALL_PAGES = 2
"""Pages back to which the call of a note is looked for."""
_LEADERS = re.compile(r"(?:\.\s?){5,}\s*[\divxl]*$|(?:\.\s?){3,}\s*\d{1,3}$")
_CALL = re.compile(r"\d{1,3}|[a-z]{1,2}|[*∗†‡§¶]{1,4}")
_FRAMES = re.compile(f"[{RAISED_FROM}{RAISED_TO}]")


@dataclass(slots=True)
class Call:
    """A raised mark in running text."""

    mark: str
    span: Span
    line: int
    page: int
    taken: bool = False


@dataclass(slots=True)
class Paper:
    """What has been put together so far."""

    pieces: list[str] = field(default_factory=list)
    styles: list[LineStyle] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    at: int = 0
    tables: int = 0
    started: int = 0

    def page(self, margin: Margins, texts: Sequence[Text], turned: str) -> None:
        """A page of lines with their places."""
        notes: list[int] = []
        for row in margin.header:
            self._margin(row.pieces, "header")
        if margin.header:
            self._write("\n")
        row_number = 0
        for i, text in enumerate(texts):
            if i and text.begins:
                self._write("\n")
            row_number = row_number + 1 if text.line.table and not text.begins else int(text.line.table)
            self.tables += row_number == 1
            if text.note:
                notes.append(len(self.styles))
            self._line(text, _kind(texts, i), row_number)
        for row in margin.footer:
            self._margin(row.pieces, "footer")
        if margin.line_numbers:
            self._margin(margin.line_numbers, "header")
        if turned.strip():
            self._style(" ".join(_FRAMES.sub("", turned).split()), "header", False)
        lost = [index for index in notes if not self._join(index)]
        if len(lost) >= ENDNOTES:
            self._join_far(lost)
        self._end("text")

    def plain_page(self, text: str, state: PageState) -> None:
        """A page of text whose places are not known."""
        self._plain(text)
        self._end(state)

    def page_without_text(self, gap: PageGap) -> None:
        """A page that gives no text, and why."""
        self._plain("")
        self._end("empty", gap)

    def _plain(self, text: str) -> None:
        for line in text.split("\n"):
            if line.strip():
                self._style(line.rstrip(), "paragraph", False)
            else:
                self._write("\n")

    def source(self) -> Source:
        """All of it."""
        return Source("".join(self.pieces), tuple(self.pages), tuple(self.styles))

    # -- writing ------------------------------------------------------------------------------------------

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self.at += len(text)

    def _style(self, text: str, kind: LineKind, bold: bool) -> LineStyle:
        style = LineStyle(self.at, self.at + len(text), kind, bold=bold)
        self.styles.append(style)
        self._write(text + "\n")
        return style

    def _end(self, state: PageState, gap: PageGap = "") -> None:
        self._write("\n\f\n")
        self.pages.append(Page(len(self.pages) + 1, state, self.started, self.at, gap))
        self.started = self.at

    def _margin(self, pieces: Sequence[Piece], kind: LineKind) -> None:
        self._style(_FRAMES.sub("", "\t".join(piece.text for piece in pieces)), kind, False)

    def _line(self, text: Text, kind: LineKind, row: int) -> None:
        plain, raised = _unframed(text.line.text)
        start = self.at
        style = self._style(plain, kind, text.line.bold)
        index = len(self.styles) - 1
        if kind == "table row":
            cells = tuple(Span(start + a, start + b) for a, b in _cells(plain))
            self.styles[index] = replace(style, row=Row(self.tables, row, row == 1, cells))
        if text.note:
            self.styles[index] = replace(style, note=text.note)
            raised = [(low, high) for low, high in raised if low > 0]
        for low, high in raised:
            for match in _CALL.finditer(plain, low, high):
                span = Span(start + match.start(), start + match.end())
                self.calls.append(Call(match.group(), span, index, len(self.pages)))

    # -- notes --------------------------------------------------------------------------------------------

    def _join(self, index: int) -> bool:
        """Find where the note that opens on a line is called, on its page or just before; every call becomes a mark."""
        note = self.styles[index].note
        here = [c for c in self.calls if c.mark == note and c.page == len(self.pages) and c.line != index]
        back = [c for c in self.calls if c.mark == note and not c.taken and c.page >= len(self.pages) - CALL_PAGES]
        found = [c for c in here if not c.taken] or back[-1:]
        self._take(index, found)
        return bool(found)

    def _join_far(self, notes: Sequence[int]) -> None:
        """Find where notes at the end of a chapter are called: in their order, each once."""
        after = -1
        for index in notes:
            mark = self.styles[index].note
            found = next((c for c in self.calls if c.mark == mark and not c.taken and c.span.start > after), None)
            if found:
                self._take(index, [found])
                after = found.span.start

    def _take(self, index: int, calls: Sequence[Call]) -> None:
        for call in calls:
            if not call.taken:
                call.taken = True
                style = self.styles[call.line]
                self.styles[call.line] = replace(style, marks=(*style.marks, Mark("footnote mark", call.span)))
        if calls:
            self.styles[index] = replace(self.styles[index], called_at=calls[0].span)


def _kind(texts: Sequence[Text], i: int) -> LineKind:
    text = texts[i]
    if text.in_note:
        return "footnote"
    if _LEADERS.search(text.line.text):
        return "contents"
    if text.line.table:
        return "table row"
    if not text.line.bold or not any(char.isalnum() for char in text.line.text):
        return "paragraph"
    low, high = i, i + 1
    while low and not texts[low].begins:
        low -= 1
    while high < len(texts) and not texts[high].begins:
        high += 1
    block = texts[low:high]
    short = sum(len(t.line.text) for t in block) <= HEADING_CHARS
    return "heading" if short and all(t.line.bold for t in block) else "paragraph"


def _unframed(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without frames, and the raised stretches in it."""
    plain: list[str] = []
    raised: list[tuple[int, int]] = []
    length = start = 0
    for part in re.split(f"([{RAISED_FROM}{RAISED_TO}])", text):
        if part == RAISED_FROM:
            start = length
        elif part == RAISED_TO:
            raised.append((start, length))
        else:
            plain.append(part)
            length += len(part)
    return "".join(plain), raised


def _cells(text: str) -> list[tuple[int, int]]:
    cells: list[tuple[int, int]] = []
    at = 0
    for cell in text.split("\t"):
        cells.append((at, at + len(cell)))
        at += len(cell) + 1
    return cells
