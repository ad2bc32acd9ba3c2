"""Glyphs of one page to rows of pieces: what stands on one baseline, parted where a wide gap stands between.

A piece is a stretch of a line without a wide gap: a whole line of running text, or one cell of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from taqa.ingest.formats.pdfium import Glyph

SAME_LINE = 0.15
"""Share of the type size by which baselines of one line may differ."""
SAME_SIZE = 0.87
WORD_GAP = 0.2
CELL_GAP = 1.6
"""Gaps in type sizes: a blank, the gutter between two cells."""
LABEL_GAP = 6.0
RAISED = (0.12, 0.75)
LOWERED = (-0.4, -0.04)
SMALLER = 0.86
BESIDE = 0.6
BEFORE = 3.0
"""Type sizes between a raised mark and the letter before it; between the mark that opens a note and its text."""
DOUBLE = 1.5
"""Points between two strikes of a letter that is printed twice to look bold."""

RAISED_FROM, RAISED_TO = "\ue000", "\ue001"
"""Frame raised characters in the text of a piece until its place in the document is known."""
_LABEL = re.compile(
    r"^(?:\(?[ivxlcdmIVXLCDM]{1,7}[.)]|\(?[A-Za-z]{1,2}[.)]|\(?\d{1,4}[.)]|\d{1,3}(?:\.\d{1,3})+\.?|[•·▪●○–—*-]"
    r"|\ue000\S{1,5}\ue001|(?:Article|Rule|Annex|Section)\s\S{1,6}\.?)$"
)
_MARK = re.compile(r"^(?:\d{1,3}|[a-z]{1,2}|[*∗†‡§¶]{1,4})(?:[,\s]+(?:\d{1,3}|[a-z]))*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text on one baseline from `x0` to `x1`, raised marks framed; `size` is that of most of its letters."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces on one baseline, from left to right."""

    pieces: tuple[Piece, ...]

    @property
    def y(self) -> float:
        return self.pieces[0].y

    @property
    def size(self) -> float:
        return max(piece.size for piece in self.pieces)

    @property
    def x0(self) -> float:
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        return max(piece.x1 for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class _Atom:
    """Glyphs drawn one after the other on one baseline, in one size."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    space: bool
    raised: bool = False

    def joined(self, other: _Atom) -> str:
        """What stands between this atom and the next one on the line."""
        return " " if other.space or other.x0 - self.x1 > WORD_GAP * max(self.size, other.size) else ""


def rows(glyphs: Sequence[Glyph]) -> list[Row]:
    """Rows of a page, from top to bottom."""
    atoms = _aligned(list(_atoms(glyphs)))
    atoms.sort(key=lambda atom: -atom.y)
    lines: list[list[_Atom]] = []
    for atom in atoms:
        if lines and abs(lines[-1][0].y - atom.y) <= max(0.8, SAME_LINE * min(lines[-1][0].size, atom.size)):
            lines[-1].append(atom)
        else:
            lines.append([atom])
    return [Row(tuple(_pieces(sorted(line, key=lambda atom: (atom.x0, -atom.x1))))) for line in lines]


def _atoms(glyphs: Sequence[Glyph]) -> Iterable[_Atom]:
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not _goes_on(run[-1], glyph):
            yield _atom(run)
            run = []
        run.append(glyph)
    if run:
        yield _atom(run)


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    size = max(last.size, glyph.size)
    if abs(last.y - glyph.y) > 0.04 * size or min(last.size, glyph.size) < SAME_SIZE * size:
        return False
    return -0.5 * size < glyph.x0 - last.x1 < CELL_GAP * size


def _atom(run: Sequence[Glyph]) -> _Atom:
    text = run[0].char + "".join((" " if glyph.space else "") + glyph.char for glyph in run[1:])
    bold = 2 * sum(glyph.bold for glyph in run) > len(run)
    return _Atom(text, run[0].x0, max(g.x1 for g in run), run[0].y, run[0].size, bold, run[0].space)


def _aligned(atoms: list[_Atom]) -> list[_Atom]:
    """Small raised or lowered atoms put on the line that they belong to."""
    hosts = sorted((atom for atom in atoms), key=lambda atom: atom.y)
    return [_on_its_line(atom, hosts) if len(atom.text) <= 8 else atom for atom in atoms]


def _on_its_line(atom: _Atom, hosts: Sequence[_Atom]) -> _Atom:
    best: _Atom | None = None
    for host in hosts:
        if host.y > atom.y + host.size or host.size * SMALLER < atom.size or len(host.text) < 2:
            continue
        rise = (atom.y - host.y) / host.size
        if not (RAISED[0] <= rise <= RAISED[1] or LOWERED[0] <= rise <= LOWERED[1]):
            continue
        reach = BESIDE * host.size
        beside = abs(atom.x0 - host.x1) <= reach or -reach <= host.x0 - atom.x1 <= BEFORE * host.size
        if (beside or host.x0 < atom.x0 < host.x1) and (best is None or abs(rise) < abs(atom.y - best.y) / best.size):
            best = host
    if best is None:
        return atom
    return replace(atom, y=best.y, raised=atom.y > best.y and bool(_MARK.match(atom.text)))


def _pieces(line: Sequence[_Atom]) -> Iterable[Piece]:
    group: list[_Atom] = []
    text = ""
    for atom in line:
        shown = f"{RAISED_FROM}{atom.text}{RAISED_TO}" if atom.raised else atom.text
        if group:
            last = group[-1]
            if atom.text == last.text and abs(atom.x0 - last.x0) < DOUBLE:
                continue
            size = max(min(last.size, atom.size), 1.0)
            gap = (atom.x0 - max(a.x1 for a in group)) / size
            if gap <= CELL_GAP or (gap <= LABEL_GAP and _LABEL.match(text)):
                text += last.joined(atom) + shown
                group.append(atom)
                continue
            yield _piece(text, group)
        group, text = [atom], shown
    if group:
        yield _piece(text, group)


def _piece(text: str, group: Sequence[_Atom]) -> Piece:
    main = max(group, key=lambda atom: len(atom.text) * (not atom.raised))
    bold = sum(len(a.text) for a in group if a.bold) > 0.8 * sum(len(a.text) for a in group if not a.raised)
    return Piece(" ".join(text.split()), group[0].x0, max(a.x1 for a in group), main.y, main.size, bold)
