"""Source text to logical lines: markup set aside, offsets kept.

A logical line is a physical line, or a part of one where two bold headings were glued together
("**A. One****1. Two**"). Markup (#, **, *, list dashes, backslashes, <sup> tags, what links lead to) is noted as
furniture.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from taqa.domain import Furniture, Span
from taqa.ingest.formats import LineStyle
from taqa.ingest.formats.source import Row
from taqa.ingest.front_matter import front_matter
from taqa.ingest.invisible import INVISIBLE
from taqa.ingest.labels import find_label
from taqa.ingest.markdown import emphasis, links
from taqa.ingest.pipes import PipeRow, pipe_rows

_HASHES = re.compile(r"^[ \t]*(#{1,6}(?=[ \t])|#{2,6}(?=\w))[ \t]*")
_BULLET = re.compile(r"^[ \t]*([-•·▪–][ \t]+)(?=\S)(?!\d+[ \t]*[-–][ \t]*$)")
_RULE = re.compile(r"^[ \t]*(?:[-_*=][ \t]*){3,}$")
_SUP = re.compile(r"</?sup>")
_BOLD = re.compile(r"(?<!\\)\*\*")
_GLUE = re.compile(r"(?<=[^\s*\\])\*{4}(?=[^\s*])")
_ESCAPE = re.compile(r"\\(?=[*_#\[\]()<>.`~|-])")
_PAGE_START = re.compile(r" {1,2}(?=\S)|  (?! )")
_BLANKS = " \t\r\f\v\u00a0\ufeff"
_SEPARATOR = re.compile(r"^[ \t]{20,}$")
_WORDED = re.compile(r"^(?:article|annex|appendix)\s", re.IGNORECASE)
_DOTTED = re.compile(r"^\d{1,3}(?:\.\d{1,3}){1,5}[A-Z]?\.?\t\s*")
_INNER = frozenset({"(letter)", "(roman)", "(arabic)"})
SET_ASIDE = frozenset({"deleted text", "hidden text"})
"""Marks of text that a document's author has taken out, or does not show."""
PAGE_START_SHARE = 0.15
"""A single leading space marks the first line of a page only in texts where few lines are indented."""


@dataclass(frozen=True, slots=True)
class Line:
    """A logical line. `start`..`end` frame its visible characters; `text` is those characters without markup."""

    start: int
    end: int
    text: str
    heading: int = 0
    bold: bool = False
    bullet: bool = False
    sup: bool = False
    blank_before: bool = False
    separator_before: bool = False
    page_start: bool = False
    style: LineStyle | None = None
    """What the format knows of the line, where a line of the text is a whole paragraph."""
    piped: Row | None = None
    """Its place in a table that is written with pipes."""

    @property
    def row(self) -> Row | None:
        """Its place in a table."""
        return self.piped or (self.style.row if self.style else None)

    @property
    def begins(self) -> bool:
        """Whether the line is the beginning of what its style is of: a label may be cut off it."""
        return self.style is not None and self.start == self.style.start


@dataclass(frozen=True, slots=True)
class Lines:
    """All logical lines of a text, the markup found on the way, and a flag for each character set aside."""

    lines: tuple[Line, ...]
    furniture: tuple[Furniture, ...]
    hidden: bytearray


def split_lines(text: str, markup: bool = True, paragraphs: Sequence[LineStyle] = ()) -> Lines:
    """Logical lines of a source text, blank ones dropped and noted on their successor.

    `markup` says whether the text is written with marks (#, **, <sup>, links), as Markdown is. `paragraphs` are
    the styles of a text whose lines are whole paragraphs: what they say is deleted or hidden is set aside.
    """
    hidden = bytearray(len(text))
    furniture: list[Furniture] = []
    by_start = {style.start: style for style in paragraphs}

    def hide(kind: str, start: int, end: int) -> None:
        seen = re.finditer(b"\x00+", hidden[start:end])
        furniture.extend(Furniture(kind, Span(start + stretch.start(), start + stretch.end())) for stretch in seen)
        hidden[start:end] = b"\x01" * (end - start)

    lined = text.replace("\r\n", " \n").replace("\r", "\n")
    rows = pipe_rows(lined) if markup else {}
    bold_at = _bold_flags(lined, hide) if markup else bytearray(len(lined))
    for mark in (mark for style in paragraphs for mark in style.marks if mark.kind in SET_ASIDE):
        hide(mark.kind, mark.span.start, mark.span.end)
    for found in chain(_inside_lines(text, markup), _inside_rows(rows)):
        hide(*found)
    lines: list[Line] = []
    blank = separator = False
    offset = 0
    for raw in lined.split("\n"):
        start, offset = offset, offset + len(raw) + 1
        body = raw.strip(_BLANKS)
        if not body:
            blank = True
            separator = separator or bool(_SEPARATOR.match(raw))
            continue
        if _RULE.match(raw) and len(set(body.replace(" ", ""))) == 1:
            hide("rule", start + raw.index(body[0]), start + len(raw.rstrip()))
            blank = True
            continue
        hashes = _HASHES.match(raw) if markup else None
        if hashes:
            hide("markup", start + hashes.start(1), start + hashes.end(1))
        style = by_start.get(start)
        bullet = None if hashes or (style and not _bulleted(style)) else _BULLET.match(raw)
        if bullet:
            hide("list mark", start + bullet.start(1), start + len(raw[: bullet.end(1)].rstrip()))
        cuts = _label_cuts(raw, style) if style else _cuts(raw, start, markup and start not in rows)
        for part, (low, high) in enumerate(pairwise(cuts)):
            line = _line(text, low, high, hidden, bold_at)
            if line is None:
                continue
            first = part == 0
            lines.append(
                replace(
                    line,
                    heading=len(hashes.group(1)) if hashes else 0,
                    bullet=bool(bullet) and first,
                    blank_before=blank or not first or start in rows,
                    separator_before=separator,
                    page_start=first and not bullet and bool(_PAGE_START.match(raw)),
                    style=style,
                    piped=rows[start].row if start in rows else None,
                )
            )
            blank = separator = False
    return Lines(_without_frequent_page_starts(lines), tuple(furniture), hidden)


def _inside_lines(text: str, markup: bool) -> Iterator[tuple[str, int, int]]:
    """What is not displayed inside lines, by kind."""
    if markup:
        yield from (("front matter", *at) for at in front_matter(text))
        yield from (("link", *at) for at in links(text))
        yield from (("markup", *at) for at in emphasis(text))
    marks = (("markup", _SUP), ("markup", _ESCAPE)) if markup else ()
    for kind, pattern in (*marks, ("invisible character", INVISIBLE)):
        yield from ((kind, *match.span()) for match in pattern.finditer(text))


def _inside_rows(rows: Mapping[int, PipeRow]) -> Iterator[tuple[str, int, int]]:
    """What of rows is not displayed."""
    return (("markup", piece.start, piece.end) for row in rows.values() for piece in row.markup)


def _cuts(raw: str, start: int, markup: bool) -> list[int]:
    """Ends of the logical lines in one physical line: it is cut where two bold headings are glued together."""
    glues = _GLUE.finditer(raw) if markup else ()
    return [start, *(start + glue.start() + 2 for glue in glues), start + len(raw)]


def _bulleted(style: LineStyle) -> bool:
    """Whether a paragraph may open with a bullet: it has one, or its format gives it no number at all."""
    return style.row is None and (style.number is None or style.number.style == "bullet")


def _label_cuts(raw: str, style: LineStyle) -> list[int]:
    """Ends of the logical lines in a paragraph: it is cut after a number that the first item of a list follows.

    "5. (a) Hives" is paragraph 5 and its item (a); "Article 5 Hives" is the number of an article and its title.
    """
    cuts = [style.start]
    if style.number is not None and style.number.style != "bullet":
        length = len(style.number.label)
        if _WORDED.match(style.number.label) and raw[length:].strip():
            return [style.start, style.start + length, style.end]
    else:
        label, dotted = find_label(raw), _DOTTED.match(raw)
        length = label.length if label else dotted.end() if dotted else 0
        length = length if style.number is None and style.row is None else 0
    while length:
        rest = raw[length:]
        at = length + len(rest) - len(rest.lstrip())
        label = find_label(raw[at:])
        if label is None or not any(r.value == 1 and r.style in _INNER for r in label.readings):
            break
        cuts.append(style.start + at)
        length = at + label.length
    return [*cuts, style.end]


def _without_frequent_page_starts(lines: list[Line]) -> tuple[Line, ...]:
    if sum(line.page_start for line in lines) > PAGE_START_SHARE * len(lines):
        return tuple(replace(line, page_start=False) for line in lines)
    return tuple(lines)


def _line(text: str, start: int, end: int, hidden: bytearray, bold_at: bytearray) -> Line | None:
    seen = [i for i in range(start, end) if not hidden[i] and not text[i].isspace()]
    if not seen:
        return None
    low, high = seen[0], seen[-1] + 1
    shown = "".join(text[i] for i in range(low, high) if not hidden[i])
    sup = text[max(start, low - 5) : low].endswith("<sup>")
    return Line(low, high, shown, bold=all(bold_at[i] for i in seen), sup=sup)


def _bold_flags(text: str, hide: Callable[[str, int, int], None]) -> bytearray:
    """1 for every character inside **bold**; a mark without a partner in its paragraph is not markup."""
    flags = bytearray(len(text))
    offset = 0
    for paragraph in re.split(r"(\n[ \t]*\n)", text):
        marks = [match.start() + offset for match in _BOLD.finditer(paragraph)]
        for opening, closing in zip(marks[::2], marks[1::2], strict=False):
            hide("markup", opening, opening + 2)
            hide("markup", closing, closing + 2)
            flags[opening:closing] = b"\x01" * (closing - opening)
        offset += len(paragraph)
    return flags
