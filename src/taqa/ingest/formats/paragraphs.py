"""Lines of a page in reading order: where a paragraph begins, which lines are notes at the foot of the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from taqa.ingest.formats.layout import RAISED_FROM, RAISED_TO
from taqa.ingest.formats.order import Printed
from taqa.ingest.formats.pdfium import Rule

SPACED = 1.22
"""Share of the usual distance between lines above which a paragraph begins."""
TITLE_LEADING = 2.0
"""Type sizes between the lines of one heading at most."""
INDENT = 0.8
"""Indentation in type sizes that begins a paragraph."""
SHORT = 3.0
"""Type sizes by which the last line of a paragraph falls short."""
SMALLER = 0.6
"""Points by which notes are smaller than the text."""
CENTRED = 6.0
RULE_SHARE = 0.45
"""Share of the page width that the rule above notes does not exceed."""
_TERMINAL = re.compile(r"[.:;?!…][”\"’')\]\ue000-\ue001\d*]*$|(?:;|,) (?:and|or)$")
_LABEL = re.compile(r"^(?:\(?[ivxlcdm]{1,7}[.)]|\(?[A-Za-z][.)]|\(?\d{1,4}[.)]|[•·▪●○–—*-]\s)(?=\s|$)?")
_RAISED_MARK = re.compile(rf"^{RAISED_FROM}\s*(\d{{1,3}}|[a-z]{{1,2}}|[*∗†‡§¶]{{1,4}})\s*{RAISED_TO}\s*(?=\S)")
_PLAIN_MARK = re.compile(r"^(\d{1,3}|[*∗†‡§¶]{1,4})\s+(?=\S)")
_UNDERSCORES = re.compile(r"^_{6,}$")


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a document: size of most of its letters, usual distance between two lines."""

    size: float
    leading: float


@dataclass(frozen=True, slots=True)
class Text:
    """A line of the body: whether it begins a paragraph; `note`: in a note, and the mark when it opens one."""

    line: Printed
    begins: bool
    in_note: bool = False
    note: str = ""


def type_of(pages: Sequence[Sequence[Printed]]) -> Type:
    """Size and leading of the running text of a document."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            if not line.table:
                sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    gaps: Counter[float] = Counter()
    for lines in pages:
        for above, below in pairwise(lines):
            alike = abs(above.size - size) < SMALLER and abs(below.size - size) < SMALLER
            if alike and above.block == below.block and 0.9 * size < above.y - below.y < 2.2 * size:
                gaps[round(2 * (above.y - below.y)) / 2] += 1
    return Type(size, gaps.most_common(1)[0][0] if gaps else 1.2 * size)


def paragraphs(lines: Sequence[Printed], rules: Sequence[Rule], kind: Type, width: float) -> list[Text]:
    """Lines of one page with where paragraphs begin and which belong to notes."""
    notes = _notes(lines, rules, kind, width)
    texts: list[Text] = []
    for i, line in enumerate(lines):
        mark = notes.get(i)
        begins = i == 0 or bool(mark) or (mark is None) != (i - 1 not in notes)
        if not begins and mark is None:
            begins = _begins(lines, i, kind)
        texts.append(Text(line, begins, mark is not None, mark or ""))
    return texts


# -- paragraphs -------------------------------------------------------------------------------------------


def _begins(lines: Sequence[Printed], i: int, kind: Type) -> bool:
    above, line = lines[i - 1], lines[i]
    if line.table or above.table:
        return line.table != above.table
    if abs(line.size - above.size) > SMALLER or line.bold != above.bold:
        return not _runs_in(above, line)
    if line.block != above.block:
        return bool(_TERMINAL.search(above.text)) and not line.text[:1].islower()
    gap = above.y - line.y
    if line.bold and gap < TITLE_LEADING * line.size and line.text[:1].islower() and not _LABEL.match(line.text):
        return False
    if gap > SPACED * kind.leading * max(1.0, line.size / kind.size):
        return True
    if abs((above.x0 + above.x1) - (line.x0 + line.x1)) < CENTRED and abs(above.x0 - line.x0) > CENTRED / 2:
        return False
    return _indented(lines, i)


def _runs_in(above: Printed, line: Printed) -> bool:
    """Whether bold words at the end of a line go on in plain type on the next, or the other way round."""
    same_size = abs(line.size - above.size) <= SMALLER
    return same_size and line.block == above.block and line.text[:1].islower() and above.y - line.y < 1.4 * line.size


def _indented(lines: Sequence[Printed], i: int) -> bool:
    above, line = lines[i - 1], lines[i]
    step = line.x0 - above.x0
    labelled = bool(_LABEL.match(line.text))
    if labelled and abs(step) > INDENT * line.size:
        return True
    ended = bool(_TERMINAL.search(above.text))
    right = max(other.x1 for other in lines[max(0, i - 12) : i + 12] if other.block == line.block)
    short = above.x1 < right - SHORT * above.size
    if step > INDENT * line.size and not _LABEL.match(above.text):
        goes_back = i + 1 < len(lines) and lines[i + 1].block == line.block and lines[i + 1].x0 < line.x0 - 2
        return ended or short or goes_back
    return ended and short and (line.text[:1].isupper() or labelled)


# -- notes ------------------------------------------------------------------------------------------------


def _notes(lines: Sequence[Printed], rules: Sequence[Rule], kind: Type, width: float) -> dict[int, str]:
    """Index of each line in a note -> its mark where it opens one, else ""."""
    notes: dict[int, str] = {}
    inside = False
    last = 0
    for i, line in enumerate(lines):
        small = line.size < kind.size - SMALLER
        apart = _under_rule(lines, i, rules, width)
        mark = _RAISED_MARK.match(line.text)
        plain = _PLAIN_MARK.match(line.text) if (inside or apart) and small else None
        if plain and plain.group(1).isdigit() and inside and int(plain.group(1)) != last + 1:
            plain = None
        found = mark or plain
        if line.table or (not small and not mark):
            inside = False
        elif found:
            inside = True
            notes[i] = found.group(1)
            last = int(found.group(1)) if found.group(1).isdigit() else last
        elif inside or (apart and small and not (i and lines[i - 1].table) and _to_the_end(lines, i, kind)):
            if inside and lines[i - 1].y - line.y > 2 * line.size and lines[i - 1].block == line.block:
                inside = False
                continue
            inside = True
            notes[i] = ""
    return notes


def _under_rule(lines: Sequence[Printed], i: int, rules: Sequence[Rule], width: float) -> bool:
    """Whether a short rule stands just above a line."""
    line = lines[i]
    if i and _UNDERSCORES.match(lines[i - 1].text):
        return True
    top = lines[i - 1].y if i and lines[i - 1].block == line.block else line.y + 4 * line.size
    return any(
        line.y + 0.5 * line.size < rule.y < top + 1
        and rule.x1 - rule.x0 < RULE_SHARE * width
        and rule.x0 < line.x0 + 20
        for rule in rules
    )


def _to_the_end(lines: Sequence[Printed], i: int, kind: Type) -> bool:
    rest = [line for line in lines[i:] if line.block == lines[i].block]
    return all(line.size < kind.size - SMALLER and not line.table for line in rest)
