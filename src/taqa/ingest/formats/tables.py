"""Which tables are tables, and which of their rows head them: for every format that has rows and cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from taqa.ingest.formats.writing import Piece

MASTHEAD_ROWS = 8
"""Rows that a masthead laid out as a table has at most."""
HEADING_ROWS = 3
"""Rows that head a table which does not say how many do."""
_LABEL = re.compile(r"\(?(?:\d{1,3}|[a-z]{1,3}|[ivxl]{1,6}|[A-Z])(?: ?(?:bis|ter|quater))?[.)]|[—–•·▪-]|")
"""What the first of two cells holds where a table does nothing but indent: "(a)", "12.", a dash, or nothing."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A row: its cells; whether it is marked as a heading; how many rows and columns the widest of them take."""

    cells: Sequence[Sequence[Piece]]
    marked: bool = False
    rows: int = 1
    columns: int = 1

    @property
    def bold(self) -> bool:
        """Whether all its text is in bold type."""
        seen = [piece for cell in self.cells for piece in cell if piece.text.strip()]
        return bool(seen) and all(piece.bold for piece in seen)


def heading_rows(rows: Sequence[Laid]) -> int:
    """How many first rows head a table.

    Those that the format marks; else a first row all in bold, with the bold ones below it where a cell of it spans
    columns. A cell that reaches down from one of them takes the rows it reaches along.
    """
    marked = sum(1 for _ in takewhile(lambda row: row.marked, rows))
    heads = marked or int(bool(rows) and rows[0].bold)
    while heads and heads + 1 < len(rows):
        reached = max(n + row.rows for n, row in enumerate(rows[:heads]))
        grouped = not marked and rows[heads - 1].columns > 1 and rows[heads].bold
        if heads >= max(marked, HEADING_ROWS) or not (reached > heads or grouped):
            break
        heads += 1
    return heads if heads < len(rows) else 0


def is_masthead(rows: Sequence[Sequence[object]], marked: bool) -> bool:
    """Whether a table that comes before all text is a masthead."""
    return not marked and len(rows) <= MASTHEAD_ROWS


def only_indents(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table of two columns does nothing but set off the labels of items: it is no table to a reader."""
    labels = [row[0].strip() for row in rows if row]
    return (
        bool(labels)
        and all(len(row) == 2 for row in rows)
        and any(labels)
        and bool(labels[0])
        and all(_LABEL.fullmatch(label) for label in labels)
        and all(row[1].strip() for row in rows)
    )
