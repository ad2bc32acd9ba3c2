"""What a format hands over: the text of a file, whole, and what the format knows of each of its lines.

Plain text, Markdown and PDF know nothing of their lines: they hand over no styles, and structure is told from the
text alone. Word, HTML, ODT and XML files know much, and none of it is written into the text as markup. Their text has
one paragraph a line and a blank line between two; numbers that a word processor prints by itself stand where it
prints them. Rows of a table are a line each, cells separated by tabs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from taqa.domain import Page, Span

LineKind = Literal[
    "paragraph", "heading", "list item", "table row", "footnote", "header", "footer", "contents", "caption"
]
NumberStyle = Literal["arabic", "dotted", "letter", "LETTER", "roman", "ROMAN", "bullet", "other"]
MarkKind = Literal["inserted", "deleted text", "hidden text", "footnote mark", "list mark"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number that the format gives to a line, not one typed into it: "(c)", value 3, a letter.

    `level` counts from 1 inside `series`; lines of one `series` are numbered together. `label` is as printed, and the
    line's text opens with it. "dotted" is a number that holds those above it ("2.1.3"); its value is the last of them.
    """

    label: str
    value: int
    style: NumberStyle
    level: int = 1
    series: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Place of a line in a table; both count from 1. `cells` are the texts of its cells, empty ones too."""

    table: int
    row: int
    header: bool
    cells: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters of a line that are not plain text, and what they are."""

    kind: MarkKind
    span: Span


@dataclass(frozen=True, slots=True)
class LineStyle:
    """What a format knows of one line, `start`..`end` without its line break.

    `level` is that of a heading in the outline or of an item in its list, from 1, and 0 where there is none. A
    paragraph of long text may have an outline level, too: it is what the author's template says, not proof of a title.
    `note` is the printed mark of a footnote and `called_at` where the text calls it. Text that a tracked change
    deletes is part of the line, marked as deleted; no reader may take it for text of the document.
    """

    start: int
    end: int
    kind: LineKind = "paragraph"
    level: int = 0
    bold: bool = False
    number: Number | None = None
    row: Row | None = None
    note: str = ""
    called_at: Span | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file, whole, with its pages and styles where the format has them.

    `styles` are in order of the text and empty where the format knows nothing of its lines; where it does, every line
    that is not blank has one.
    """

    text: str
    pages: tuple[Page, ...] = ()
    styles: tuple[LineStyle, ...] = ()
