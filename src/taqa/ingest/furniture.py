"""What stands on a page but belongs to no paragraph: running headers, page numbers, lists of links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from taqa.domain import Furniture, Span
from taqa.ingest.formats import LineStyle
from taqa.ingest.lines import Line
from taqa.ingest.styled import styles_of
from taqa.references import is_symbol

_URL_ONLY = re.compile(r"^(?:https?|ftp)://\S+$|^www\.\S+$", re.IGNORECASE)
_JOB = re.compile(
    r"^(?:GE\.\s?\d\d-(?:\d{4,6})?|\d\d-\d{5}|[KMV]\.?\d{2}-?\d{4,6})\*?(?:\s*\([A-Z]\))?[\s\d*]*$|^\*\s?[\dA-Z]{6,}\s?\*$"
)
"""Numbers that a printing office gives: they name no document."""
_FOLIO = re.compile(
    r"^(?:page\s+)?[-–]?\s*(?:\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?|[ivxl]{1,6})\s*[-–]?$|^(?:\d{1,3}\s+){7,}\d{1,3}$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"^(?:page\s+)?[-–]?\s*(\d{1,4})\s*[-–]?$", re.IGNORECASE)
HEADER_LENGTH = 90
"""A longer line is text even where it repeats."""


def set_aside(
    lines: tuple[Line, ...], styles: Sequence[LineStyle] = ()
) -> tuple[tuple[Line, ...], tuple[Furniture, ...]]:
    """Lines of running text, and the furniture between them. A line after furniture is no new one."""
    kinds = [_in_margin(line, style) for line, style in zip(lines, styles_of(lines, styles), strict=True)]
    if not any(kinds):
        kinds = _kinds(lines)
    kept: list[Line] = []
    furniture: list[Furniture] = []
    for line, kind in zip(lines, kinds, strict=True):
        if kind:
            furniture.append(Furniture(kind, Span(line.start, line.end)))
        else:
            kept.append(line)
    return tuple(kept), tuple(furniture)


def _in_margin(line: Line, style: LineStyle | None) -> str:
    """What a line is that the format shows in the margin of its page, empty for any other."""
    if style is not None and style.kind == "contents":
        return "table of contents"
    if style is None or style.kind not in ("header", "footer"):
        return ""
    if _JOB.match(line.text):
        return "job number"
    if _FOLIO.match(line.text):
        return "page number"
    return f"running {style.kind}"


def _kinds(lines: tuple[Line, ...]) -> list[str]:
    kinds = [""] * len(lines)
    repeated = Counter(line.text for line in lines if len(line.text) <= HEADER_LENGTH)
    for i, line in enumerate(lines):
        if line.piped is not None:
            continue
        if _URL_ONLY.match(line.text) and (line.blank_before or kinds[i - 1] == "link list" or line.page_start):
            kinds[i] = "link list"
        elif line.blank_before and repeated[line.text] > 1 and _alone(lines, i) and is_symbol(line.text):
            kinds[i] = "running header"
    plain = [(i, line) for i, line in enumerate(lines) if not line.sup and line.piped is None]
    numbers = [i for i, line in plain if _DIGITS.match(line.text) and _alone(lines, i)]
    ascending = _ascending(lines, numbers)
    for i in numbers:
        beside_header = "running header" in kinds[max(0, i - 1) : i + 2]
        if beside_header or ascending:
            kinds[i] = "page number"
    return kinds


def _alone(lines: tuple[Line, ...], i: int) -> bool:
    after = lines[i + 1].blank_before or lines[i + 1].page_start if i + 1 < len(lines) else True
    return lines[i].blank_before and after


def _ascending(lines: tuple[Line, ...], numbers: list[int]) -> bool:
    values = [int(match.group(1)) for i in numbers if (match := _DIGITS.match(lines[i].text))]
    return len(values) > 2 and all(low < high <= low + 3 for low, high in pairwise(values))
