"""Tables as Markdown writes them, with pipes between cells: which lines are rows, and what of them is not displayed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from taqa.domain import Span
from taqa.ingest.formats.source import Row

_ROW = re.compile(r"^[ \t]*\|")
_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITER = re.compile(r"^[ \t]*\|[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_NOTHING = re.compile(r"-{3,}")
"""What stands in a cell that is empty."""
LEAST, CELLS = 2, 2
"""Rows, and cells of one of them, that make a table which no line of dashes shows to be one."""


@dataclass(frozen=True, slots=True)
class PipeRow:
    """A row, and the pieces of its line that are markup: pipes, and dashes in cells without text."""

    row: Row
    markup: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Physical:
    """A line of the text from `start`, without white space after it."""

    start: int
    text: str
    apart: bool
    """Whether a blank line stands before it."""

    @property
    def delimits(self) -> bool:
        """Whether it is the line of dashes under the row that heads a table."""
        return bool(_DELIMITER.match(self.text))

    @property
    def pipes(self) -> list[int]:
        return [match.start() for match in _PIPE.finditer(self.text)]


def pipe_rows(text: str) -> dict[int, PipeRow]:
    """The rows of all tables by the place at which their lines begin. Blank lines may stand between rows."""
    rows: dict[int, PipeRow] = {}
    tables = 0
    for lines in _runs(text):
        for table in _tables(lines):
            tables += 1
            rows.update(_rows(table, tables))
    return rows


def _runs(text: str) -> Iterator[list[_Physical]]:
    """Lines with a pipe at their head, as far as nothing else stands between them."""
    if "|" not in text:
        return
    lines: list[_Physical] = []
    offset, apart = 0, True
    for raw in text.split("\n"):
        if raw.strip():
            lines.append(_Physical(offset, raw.rstrip(), apart))
        offset, apart = offset + len(raw) + 1, not raw.strip()
    for piped, run in groupby(lines, key=lambda line: bool(_ROW.match(line.text))):
        if piped:
            yield list(run)


def _tables(lines: Sequence[_Physical]) -> Iterator[Sequence[_Physical]]:
    """Tables among such lines. A blank line ends one, unless blank lines stand between all its rows."""
    close = any(line.delimits and not line.apart for line in lines)
    cuts = [n for n, line in enumerate(lines) if line.apart] if close else [0]
    for low, high in pairwise(sorted({0, *cuts, len(lines)})):
        table = lines[low:high]
        closed = all(line.text.endswith("|") for line in table) and any(len(line.pipes) > CELLS for line in table)
        if len(table) >= LEAST and (table[1].delimits or closed):
            yield table


def _rows(lines: Sequence[_Physical], table: int) -> Iterator[tuple[int, PipeRow]]:
    headed = lines[1].delimits
    n = 0
    for at, line in enumerate(lines):
        if headed and at == 1:
            markup = Span(line.start + line.pipes[0], line.start + len(line.text))
            yield line.start, PipeRow(Row(table, 1, True, ()), (markup,))
            continue
        n += 1
        cells, markup_in = _cells(line)
        yield line.start, PipeRow(Row(table, n, headed and n == 1, cells), markup_in)


def _cells(line: _Physical) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The cells of a row without white space around them, and its markup.

    A pipe between words that no white space sets off is displayed: it parts them.
    """
    text, pipes = line.text, line.pipes
    ends = pipes if pipes[-1] == len(text) - 1 else [*pipes, len(text)]
    cells: list[Span] = []
    markup: list[Span] = []
    for low, high in pairwise(ends):
        cell = text[low + 1 : high]
        start = low + 1 + len(cell) - len(cell.lstrip())
        found = Span(line.start + start, line.start + start + len(cell.strip()))
        cells.append(found)
        if _NOTHING.fullmatch(cell.strip()):
            markup.append(found)
    for at in pipes:
        outer = at in (pipes[0], len(text) - 1)
        if outer or text[at - 1].isspace() or text[at + 1].isspace():
            markup.append(Span(line.start + at, line.start + at + 1))
    return tuple(cells), tuple(markup)
