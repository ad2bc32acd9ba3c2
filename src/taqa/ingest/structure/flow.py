"""Sentences that run over lines: what goes on, and where something new may begin.

A number on a line that continues a sentence is never an anchor, nor is one after words that break off in a reference
("as set out in paragraph").
"""

from __future__ import annotations

import re

from taqa.domain import Kind
from taqa.ingest.drafts import refers
from taqa.ingest.labels import Label, Reading
from taqa.ingest.lines import Line
from taqa.ingest.structure.acts import OPENING_WORDS, ends_preamble, is_preambular, opens_act, operative_verb
from taqa.ingest.structure.due import comes_next
from taqa.ingest.structure.position import Beginning, Position
from taqa.ingest.structure.titles import HEADING_LINES

_GOES_ON = re.compile(r"(?:[,;]|\b(?:and|et|y))\]*$")
_BARE = re.compile(r"(\d{1,3})\s+(?=[A-Z])")
_OPENS = "“\"'(["


def beginning(at: Position, i: int) -> Beginning:
    """What may begin with line `i`."""
    line = at.paper.lines[i]
    if not _is_fresh(at, i, line):
        return Beginning(i, line, fresh=False)
    hear_body(at)
    label = at.paper.labels[i] or _without_stop(at, line)
    return Beginning(i, line, True, label, at.paper.told(i, at.acting) if not at.sections.in_article else "")


def _without_stop(at: Position, line: Line) -> Label | None:
    """The number of a paragraph that acts, printed without its stop: it is due, and an operative verb follows."""
    match = _BARE.match(line.text) if at.acting and line.row is None else None
    if match is None or int(match.group(1)) != at.paragraphs.due or at.paragraphs.last == 0:
        return None
    if not operative_verb(line.text[match.end() :]):
        return None
    return Label(match.group(1), match.end(), (Reading("arabic", int(match.group(1))),))


def _is_fresh(at: Position, i: int, line: Line) -> bool:
    """Whether something new may begin on a line: something ended before it, and no reference breaks off there."""
    current = at.current
    if current is not None and current.kind is not Kind.HEADING and refers(current.ending):
        return False
    if line.blank_before or line.bullet or line.heading or line.bold or current is None:
        return True
    return current.kind is Kind.HEADING or current.terminal or _acts_on(at, i, line) or comes_next(at, i)


def _acts_on(at: Position, i: int, line: Line) -> bool:
    """Whether a page begins with the number that is due and an operative verb: the page before ended in a comma."""
    label = at.paper.labels[i]
    if not (at.acting and line.page_start and label and label.value("arabic") == at.paragraphs.due):
        return False
    return bool(operative_verb(line.text[label.length :]))


def goes_on(at: Position, line: Line) -> bool:
    """Whether a line without a label goes on with the unit being written."""
    current = at.current
    if current is None:
        return False
    after_row = current.lines[-1].piped is not None
    if line.style is not None or current.kind is Kind.HEADING or current.closing or after_row:
        return current.empty
    if current.empty or not (line.text[0].isupper() or line.text[0].isdigit() or line.text[0] in _OPENS):
        return True
    if _speaks_on(at, line):
        return False
    if line.blank_before or line.page_start:
        return not current.terminal and not line.bullet
    return True


def _speaks_on(at: Position, line: Line) -> bool:
    """Whether a line begins the next paragraph of a preamble, or the text that follows one, after a comma."""
    current = at.current
    if current is None or current.kind is not Kind.UNNUMBERED or not _GOES_ON.search(current.ending):
        return False
    hear_body(at)
    if not at.preamble:
        return False
    apart = line.blank_before and line.text.lstrip("[ ")[:1].isupper()
    return apart or is_preambular(line.text) or ends_preamble(line.text)


def hear_body(at: Position) -> None:
    """Note that a decision begins, where the unit being written is the body that speaks: "The Committee,"."""
    current = at.current
    if at.preamble or current is None or current.kind is not Kind.UNNUMBERED or not _GOES_ON.search(current.ending):
        return
    begins = current.lines[0].text.partition(" ")[0] in OPENING_WORDS
    if begins and len(current.lines) <= HEADING_LINES:
        at.preamble = at.acting = opens_act(current.text)
