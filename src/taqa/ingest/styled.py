"""What a format knows of its lines, laid over the logical lines of the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from taqa.ingest.drafts import is_terminal
from taqa.ingest.formats import LineStyle
from taqa.ingest.lines import Line

PAGE_END = "\f"


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
        replace(line, bold=True) if style and style.kind == "heading" else line
        for line, style in zip(lines, kinds, strict=True)
    )


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
