"""What a format knows of its lines, laid over the logical lines of the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from taqa.ingest.drafts import is_terminal
from taqa.ingest.formats import LineStyle
from taqa.ingest.lines import Line

PAGE_END = "\f"
TITLE_CHARS = 200
"""A longer paragraph is none, whatever its template says."""


def styles_of(lines: Sequence[Line], styles: Sequence[LineStyle]) -> tuple[LineStyle | None, ...]:
    """The style of each line, None where the format knows nothing of it."""
    starts = [style.start for style in styles]
    found = (bisect_right(starts, line.start) - 1 for line in lines)
    return tuple(
        styles[n] if n >= 0 and line.start < styles[n].end else None for n, line in zip(found, lines, strict=True)
    )


def with_headings(lines: Sequence[Line], styles: Sequence[LineStyle]) -> tuple[Line, ...]:
    """Lines that the format shows as headings, marked so."""
    kinds = styles_of(lines, styles)
    return tuple(
        _titled(line, style) if line.style else replace(line, bold=True) if style and style.kind == "heading" else line
        for line, style in zip(lines, kinds, strict=True)
    )


def _titled(line: Line, style: LineStyle | None) -> Line:
    """A whole paragraph, marked as a heading where its template or type and its form say so: text has levels, too."""
    if style is None or style.row is not None or style.kind in ("caption", "footnote") or line.bullet:
        return line
    label = style.number.label if style.number and line.begins else ""
    title = line.text[len(label) :].strip()
    titled = bool(title) and len(line.text) <= TITLE_CHARS and not title[:1].islower()
    bold = style.bold and bool(title)
    asks = line.text.endswith("?") and (bold or style.kind == "heading")
    titled = titled and (asks or not is_terminal(line.text))
    item = label.startswith("(") or (style.number is not None and style.number.style in ("letter", "roman"))
    if not titled or (item and not bold):
        return line
    return replace(line, heading=style.level if style.kind == "heading" else 0, bold=bold)


def over_pages(lines: Sequence[Line], text: str) -> tuple[Line, ...]:
    """Lines where a sentence that the end of a page cuts off goes on: they begin nothing."""
    kept: list[Line] = []
    for line in lines:
        before = kept[-1] if kept else None
        if before and PAGE_END in text[before.end : line.start] and not (line.bold or before.bold):
            cut_off = not is_terminal(before.text)
            line = replace(line, blank_before=False, page_start=True) if cut_off else line
        kept.append(line)
    return tuple(kept)
