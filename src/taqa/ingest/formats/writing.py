"""Writing a source: lines of pieces in, one text with the styles of its lines out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from taqa.domain import Span
from taqa.ingest.formats.source import LineStyle, Mark, MarkKind, Source

_BREAKS = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_UNUSABLE = re.compile("[\x00-\x08\x0e-\x1b\x1f\ud800-\udfff\ufffe\uffff]")
CELL = "\t"
"""What stands between two cells of a row."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a line in one dress. `call` names the footnote that the piece calls."""

    text: str
    mark: MarkKind | None = None
    bold: bool = False
    call: str = ""


@dataclass(slots=True)
class Writer:
    """The text so far, the style of each of its lines, and where each footnote is called."""

    calls: dict[str, Span] = field(default_factory=dict)
    _parts: list[str] = field(default_factory=list)
    _styles: list[LineStyle] = field(default_factory=list)
    _at: int = 0

    def line(self, pieces: Iterable[Piece], style: LineStyle) -> LineStyle | None:
        """Write a line; its offsets, marks and boldness are filled in. A line without visible text is not written."""
        return self.row([list(pieces)], style)

    def row(self, cells: Sequence[Sequence[Piece]], style: LineStyle) -> LineStyle | None:
        """Write a line of cells; the offsets of the cells are filled in, too."""
        laid = [trimmed(cell) for cell in cells]
        if not any(laid):
            return None
        start, marks, spans = self._at, [], []
        letters = [piece for cell in laid for piece in cell if piece.text.strip() and piece.mark is None]
        for n, cell in enumerate(laid):
            if n:
                self._put(CELL)
            low = self._at
            for piece in cell:
                span = self._put(piece.text)
                if piece.mark:
                    marks.append(Mark(piece.mark, span))
                if piece.call:
                    self.calls.setdefault(piece.call, span)
            spans.append(Span(low, self._at))
        row = replace(style.row, cells=tuple(spans)) if style.row else None
        bold = bool(letters) and all(piece.bold for piece in letters)
        written = replace(style, start=start, end=self._at, bold=bold, row=row, marks=tuple(marks))
        self._styles.append(written)
        self._put("\n\n")
        return written

    @property
    def begun(self) -> bool:
        """Whether a line of text has been written: headers of pages are none."""
        return any(style.kind not in ("header", "footer") for style in self._styles)

    def source(self) -> Source:
        return Source("".join(self._parts).rstrip("\n") + "\n" if self._parts else "", (), tuple(self._styles))

    def _put(self, text: str) -> Span:
        self._parts.append(text)
        self._at += len(text)
        return Span(self._at - len(text), self._at)


def trimmed(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with line breaks made spaces and no white space at either end."""
    kept = [replace(piece, text=clean(piece.text)) for piece in pieces]
    kept = [piece for piece in kept if piece.text]
    while kept and not kept[0].text.lstrip():
        kept.pop(0)
    while kept and not kept[-1].text.rstrip():
        kept.pop()
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return kept


def collapsed(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with every stretch of white space made one space, as a browser shows it."""
    kept: list[Piece] = []
    spaced = True
    for piece in pieces:
        text = " ".join(piece.text.split()) or " "
        text = f"{' ' if piece.text[:1].isspace() and text != ' ' else ''}{text}"
        text = f"{text}{' ' if piece.text[-1:].isspace() and text != ' ' else ''}"
        text = text.lstrip() if spaced else text
        if piece.text and text:
            kept.append(replace(piece, text=text))
            spaced = text.endswith(" ")
    return kept


def clean(text: str) -> str:
    """Text without line breaks and without what no text can hold."""
    return _UNUSABLE.sub("\ufffd", _BREAKS.sub(" ", text))
