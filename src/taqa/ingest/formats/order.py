"""Rows of a page to lines in reading order: two sides of a masthead, columns one after the other, tables row by row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from taqa.ingest.formats.layout import Piece, Row
from taqa.ingest.formats.pdfium import Rule

MIDDLE = (0.25, 0.75)
"""Where on a page's width a gutter between columns may lie."""
FULL = 0.55
"""Share of its column that a line of running text fills."""
FULL_LINES = 4
"""Lines of running text on each side that make two columns."""
MASTHEAD_ROWS = 14
RIGHT_SIDE = 0.7
"""Share of the place of "Distr." at which the right side of a masthead begins at the earliest (a long symbol)."""
MISALIGNED_ROWS = 15
MISALIGNED = 0.5
"""Columns side by side share few baselines; cells of a table share most."""
DEEPEST = 2
"""Columns within columns."""
TABLE_REACH = 3
"""Rows with one cell only that may stand between two rows of a table."""
NEAR = 2.6
"""Distance in type sizes below which the next row may belong to the same table."""
LOOSER = 1.25
_DISTR = re.compile(r"^Distr(?:\.|ibution)", re.IGNORECASE)
_ORIGINAL = re.compile(r"^Original\b|^(?:English|French|Spanish)(?: only)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Printed:
    """A line in reading order. `block` changes where a column or region ends; tabs part the cells of a table row."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    block: int
    table: bool = False


def in_order(rows: Sequence[Row], rules: Sequence[Rule] = ()) -> list[Printed]:
    """Lines of one page as one reads them."""
    rules = [rule for rule in rules if not any(_underlines(rule, piece) for row in rows for piece in row.pieces)]
    lines: list[Printed] = []
    for block, part in enumerate(_blocks(list(rows), rules)):
        lines += _lines(part, rules, block)
    return lines


def _underlines(rule: Rule, piece: Piece) -> bool:
    return -0.35 * piece.size < rule.y - piece.y < 0 and piece.x0 - 2 < rule.x0 and rule.x1 < piece.x1 + 2


# -- regions ----------------------------------------------------------------------------------------------


def _blocks(rows: list[Row], rules: Sequence[Rule]) -> Iterator[list[Row]]:
    masthead = _masthead(rows)
    if masthead is None:
        yield from _columns(rows, rules, 0)
        return
    stop, gutter = masthead
    left, right = _parted(rows[:stop], gutter)
    for side in (left, right):
        yield from ([row] for row in side)
    yield from _columns(rows[stop:], rules, 0)


def _masthead(rows: Sequence[Row]) -> tuple[int, float] | None:
    """Rows of a masthead with something on both sides, and where its right side begins."""
    for i, row in enumerate(rows[:MASTHEAD_ROWS]):
        for piece in row.pieces:
            if _DISTR.match(piece.text):
                right = [p.x0 for r in rows[: i + 1] for p in r.pieces[1:] if p.x0 > RIGHT_SIDE * piece.x0]
                gutter = min(piece.x0, *right, piece.x0) - 1
                return _masthead_end(rows, i, gutter), gutter
    return None


def _masthead_end(rows: Sequence[Row], start: int, gutter: float) -> int:
    stop = start + 1
    for i in range(start, min(len(rows), start + MASTHEAD_ROWS)):
        if _crosses(rows[i], gutter):
            break
        right = [piece for piece in rows[i].pieces if piece.x0 >= gutter]
        if right:
            stop = i + 1
        if any(_ORIGINAL.match(piece.text) for piece in right):
            break
    return stop


def _columns(rows: list[Row], rules: Sequence[Rule], depth: int) -> Iterator[list[Row]]:
    band = _band(rows, rules) if depth < DEEPEST else None
    if band is None:
        if rows:
            yield rows
        return
    start, stop, gutter = band
    left, right = _parted(rows[start:stop], gutter)
    yield from _columns(rows[:start], rules, depth)
    yield from _columns(left, rules, depth + 1)
    yield from _columns(right, rules, depth + 1)
    yield from _columns(rows[stop:], rules, depth)


def _band(rows: Sequence[Row], rules: Sequence[Rule]) -> tuple[int, int, float] | None:
    """The longest stretch of rows that reads in two columns, and where the right one begins."""
    if not rows:
        return None
    low, high = min(row.x0 for row in rows), max(row.x1 for row in rows)
    middle = (low + MIDDLE[0] * (high - low), low + MIDDLE[1] * (high - low))
    starts = Counter(round(p.x0 / 3) * 3 for row in rows for p in row.pieces if middle[0] < p.x0 < middle[1])
    best: tuple[int, int, float] | None = None
    for start, count in starts.most_common(4):
        if count < FULL_LINES:
            break
        gutter = start - 3.0
        for first, last in _uncrossed(rows, gutter):
            longer = best is None or last - first > best[1] - best[0]
            if longer and _two_columns(rows[first:last], gutter, (low, high), rules):
                best = (first, last, gutter)
    return best


def _uncrossed(rows: Sequence[Row], gutter: float) -> Iterator[tuple[int, int]]:
    first = 0
    for i, row in enumerate(rows):
        if _crosses(row, gutter):
            if i > first:
                yield first, i
            first = i + 1
    if len(rows) > first:
        yield first, len(rows)


def _crosses(row: Row, gutter: float) -> bool:
    return any(piece.x0 < gutter < piece.x1 for piece in row.pieces)


def _two_columns(rows: Sequence[Row], gutter: float, edges: tuple[float, float], rules: Sequence[Rule]) -> bool:
    left, right = _parted(rows, gutter)
    ruled = {round(r.y / 2) for r in rules if rows[-1].y <= r.y <= rows[0].y and r.x0 < gutter}
    ruled &= {round(r.y / 2) for r in rules if r.x1 > gutter}
    fewer = min(len(left), len(right))
    shared = len(left) + len(right) - len(rows)
    if fewer >= MISALIGNED_ROWS and shared <= MISALIGNED * fewer:
        return True
    if len(ruled) > 2:
        return False
    return _running(left, gutter - edges[0]) and _running(right, edges[1] - gutter)


def _running(rows: Sequence[Row], width: float) -> bool:
    full = sum(len(row.pieces) == 1 and row.x1 - row.x0 >= FULL * width for row in rows)
    return full >= FULL_LINES and 3 * full >= len(rows)


def _parted(rows: Sequence[Row], gutter: float) -> tuple[list[Row], list[Row]]:
    sides: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        for side, pieces in zip(
            sides, ([p for p in row.pieces if p.x0 < gutter], [p for p in row.pieces if p.x0 >= gutter]), strict=True
        ):
            if pieces:
                side.append(Row(tuple(pieces)))
    return sides


# -- lines and tables -------------------------------------------------------------------------------------


def _lines(rows: Sequence[Row], rules: Sequence[Rule], block: int) -> Iterator[Printed]:
    i = 0
    while i < len(rows):
        stop = _table_end(rows, i)
        if stop > i + 1:
            yield from _table(rows[i:stop], rules, block)
        else:
            stop = i + 1
            yield _printed(rows[i].pieces, "\t".join(piece.text for piece in rows[i].pieces), block)
        i = stop


def _printed(pieces: Sequence[Piece], text: str, block: int, table: bool = False) -> Printed:
    main = max(pieces, key=lambda piece: len(piece.text))
    low, high = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    bold = all(piece.bold for piece in pieces)
    return Printed(text, low, high, max(piece.y for piece in pieces), main.size, bold, block, table)


def _table_end(rows: Sequence[Row], start: int) -> int:
    """Index after the table that begins with this row; `start` itself where none does."""
    if len(rows[start].pieces) < 2:
        return start
    stop, many = start + 1, 1
    for i in range(start + 1, len(rows)):
        if rows[i - 1].y - rows[i].y > NEAR * max(rows[i].size, rows[i - 1].size):
            break
        if len(rows[i].pieces) > 1:
            stop, many = i + 1, many + 1
        elif i - stop >= TABLE_REACH:
            break
    return stop if many > 1 else start


def _table(rows: Sequence[Row], rules: Sequence[Rule], block: int) -> Iterator[Printed]:
    columns = _cells(rows)
    for group in _logical(rows, rules, columns):
        pieces = [piece for row in group for piece in row.pieces]
        cells: list[list[str]] = [[] for _ in columns]
        for piece in pieces:
            cells[_column(piece, columns)].append(piece.text)
        yield _printed(pieces, "\t".join(" ".join(cell) for cell in cells).rstrip("\t"), block, table=True)


def _cells(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Columns of a table: narrow pieces first, those that overlap make one column; wide ones join none."""
    columns: list[tuple[float, float]] = []
    pieces = sorted((p for row in rows if len(row.pieces) > 1 for p in row.pieces), key=lambda p: p.x1 - p.x0)
    for piece in pieces:
        met = [c for c in columns if piece.x0 < c[1] and c[0] < piece.x1]
        if len(met) == 1:
            columns[columns.index(met[0])] = (min(met[0][0], piece.x0), max(met[0][1], piece.x1))
        elif not met:
            columns.append((piece.x0, piece.x1))
    return sorted(columns)


def _column(piece: Piece, columns: Sequence[tuple[float, float]]) -> int:
    """The column that a piece begins in."""
    for i, (_, high) in enumerate(columns):
        if piece.x0 < high:
            return i
    return len(columns) - 1


def _logical(
    rows: Sequence[Row], rules: Sequence[Rule], columns: Sequence[tuple[float, float]]
) -> Iterator[Sequence[Row]]:
    """Rows of the table, each of one or several rows of print."""
    breaks = _breaks(rows, rules, columns)
    start = 0
    for i in range(1, len(rows)):
        if i in breaks:
            yield rows[start:i]
            start = i
    yield rows[start:]


def _breaks(rows: Sequence[Row], rules: Sequence[Rule], columns: Sequence[tuple[float, float]]) -> set[int]:
    """Where a new row of the table begins: at rules, else at wider gaps, else where the first column has something."""
    ruled = {
        i for i in range(1, len(rows)) if any(rows[i].y + 0.5 * rows[i].size < r.y < rows[i - 1].y + 1 for r in rules)
    }
    if 3 * len(ruled) >= len(rows) - 1:
        return ruled
    gaps = [above.y - below.y for above, below in pairwise(rows)]
    usual = min(gap for gap in gaps)
    aligned = [gap for gap in gaps if gap > 0.75 * rows[0].size]
    usual = min(aligned, default=usual)
    wide = {i + 1 for i, gap in enumerate(gaps) if gap > LOOSER * usual}
    if wide and 2 * len(wide) >= sum(len(row.pieces) > 1 for row in rows) - 1:
        return wide | ruled
    first = {i for i in range(1, len(rows)) if _column(rows[i].pieces[0], columns) == 0}
    return first | ruled
