"""What stands in the margins of pages: running headers and footers, page numbers, job numbers, line numbers.

Told by place: the outermost rows of a page, when they say the same on other pages, or are a number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from taqa.ingest.formats.layout import Piece, Row
from taqa.references import is_symbol

OUTER_ROWS = 4
"""Rows from the edge of a page in which headers and footers stand."""
OFTEN = 3
"""Pages on which the same must stand; two in a paper of few pages."""
FEW_PAGES = 5
STEP = 12
"""Points by which the place of a header may differ from page to page."""
LEAST_LINE_NUMBERS = 8
Key = tuple[str, str, int, int]
_OUTER_NUMBER = re.compile(r"^\d{1,4}(?=\s|$|/\d)|(?<=\s)\d{1,4}$")
_FOLIO = re.compile(r"^(?:page\s+)?[-–]?\s*(?:\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?|[ivxl]{1,6})\s*[-–]?$", re.IGNORECASE)
_JOB = re.compile(
    r"^(?:GE\.\s?\d\d-(?:\d{4,6})?|\d\d-\d{5}|[KMV]\.?\d{2}-?\d{4,6})\*?(?:\s*\([A-Z]\))?(?:\s+\d{5,6})*(?:\s*\*\d{6,}\*)?$"
    r"|^\*\s?[\dA-Z]{6,}\s?\*$"
)
_PART = re.compile(
    r"^(?:annexe?|appendix|anexo|appendice|apéndice|enclosure)(?:\s+(?:[IVXLC]+|\d{1,2}|[A-Z]))?$", re.IGNORECASE
)
"""The heading of an annex: at the top of several pages it is text, unless it stands on the page before as well."""


@dataclass(frozen=True, slots=True)
class Margins:
    """Rows of a page parted: header, footer, numbers of lines, and the body between them."""

    header: tuple[Row, ...]
    body: tuple[Row, ...]
    footer: tuple[Row, ...]
    line_numbers: tuple[Piece, ...] = ()


def part_margins(pages: Sequence[Sequence[Row]]) -> list[Margins]:
    """Margins of every page of a document."""
    often = OFTEN if len(pages) >= FEW_PAGES else 2
    seen: Counter[Key] = Counter()
    for n, rows in enumerate(pages):
        seen.update({key for row, side in _outer(rows) for piece in row.pieces for key in _keys(piece, side, n)})
    known = {key for key, count in seen.items() if count >= often}
    before = [{piece.text for row, _ in _outer(rows) for piece in row.pieces} for rows in ((), *pages)]
    return [_part(rows, known, n, before[n]) for n, rows in enumerate(pages)]


def is_page_number(text: str) -> bool:
    """Whether a line in the margin is the number of its page."""
    return bool(_FOLIO.match(text))


def _outer(rows: Sequence[Row]) -> list[tuple[Row, str]]:
    half = (len(rows) + 1) // 2
    reach = min(OUTER_ROWS, half)
    return [(row, "top") for row in rows[:reach]] + [(row, "bottom") for row in rows[len(rows) - reach :]]


def _keys(piece: Piece, side: str, n: int) -> list[Key]:
    """What a piece says and where; a number at its beginning or end counts as the distance to page `n`."""
    text = piece.text.casefold()
    number = _OUTER_NUMBER.search(text)
    distance = int(number.group()) - n if number else 0
    shape = text[: number.start()] + "#" + text[number.end() :] if number else text
    step = round(piece.y / STEP)
    return [(side, shape, distance, step), (side, shape, distance, step + 1)]


def _part(rows: Sequence[Row], known: set[Key], n: int, before: set[str]) -> Margins:
    def marginal(row: Row, side: str, edge: bool) -> bool:
        if len(row.pieces) == 1 and _PART.match(row.pieces[0].text) and row.pieces[0].text not in before:
            return False
        return all(_marginal(piece, side, known, n, edge) for piece in row.pieces)

    low, high = 0, len(rows)
    while low < min(OUTER_ROWS, high) and marginal(rows[low], "top", low == 0):
        low += 1
    while high > max(low, len(rows) - OUTER_ROWS) and marginal(rows[high - 1], "bottom", high == len(rows)):
        high -= 1
    body, numbers = _without_line_numbers(rows[low:high])
    return Margins(tuple(rows[:low]), body, tuple(rows[high:]), numbers)


def _marginal(piece: Piece, side: str, known: set[Key], n: int, edge: bool) -> bool:
    if any(key in known for key in _keys(piece, side, n)):
        return True
    if _JOB.match(piece.text):
        return side == "bottom"
    if side == "top" and n and is_symbol(piece.text):
        return True
    return (edge or n > 0) and is_page_number(piece.text) and not piece.text.isalpha()


def _without_line_numbers(rows: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[Piece, ...]]:
    """Rows without the numbers that count them in the margin."""
    numbered = [row for row in rows if row.pieces[0].text.isdecimal() and len(row.pieces) > 1]
    values = [int(row.pieces[0].text) for row in numbered]
    if len(numbered) < LEAST_LINE_NUMBERS or any(b - a not in (1, 5) for a, b in pairwise(values)):
        return tuple(rows), ()
    edge = max(row.pieces[0].x1 for row in numbered)
    if any(piece.x0 < edge for row in rows for piece in row.pieces[1:]):
        return tuple(rows), ()
    alone = [row for row in rows if len(row.pieces) == 1 and row.x1 <= edge + 1 and row.pieces[0].text.isdecimal()]
    kept = [Row(row.pieces[1:]) if row in numbered else row for row in rows if row not in alone]
    return tuple(kept), tuple(row.pieces[0] for row in rows if row in numbered or row in alone)
