"""Headings inside a paragraph: they close no section, and what follows stands under the paragraph."""

from __future__ import annotations

from taqa.domain import Kind
from taqa.ingest.structure.position import Beginning, Position
from taqa.ingest.structure.sections import short_title
from taqa.ingest.structure.titles import is_short, opens_list


def run_in(at: Position, begun: Beginning) -> bool:
    """Open a short line of its own between a chapeau or list and a list that begins."""
    if at.base is None or at.current is None or not at.current.terminal or not opens_list(at.paper, begun.i):
        return False
    at.lists.close()
    at.write(Kind.HEADING, (*at.base.address, begun.line.text), begun.line, parent=at.base)
    return True


def between_items(at: Position, begun: Beginning) -> bool:
    """Open a short line of its own between two items of one list: what follows is the next one."""
    line = begun.line
    if at.base is None or at.current is None or not at.current.terminal or line.bullet:
        return False
    following, label = next(at.paper.below(begun.i), (None, None))
    if not (line.blank_before and following and following.blank_before and label):
        return False
    if not is_short(line.text) or not at.lists.carried_on(label):
        return False
    at.lists.interrupt()
    at.write(Kind.HEADING, (*at.base.address, line.text), line, parent=at.base)
    return True


def open_aside(at: Position, begun: Beginning) -> None:
    """Open a heading without a number below a paragraph whose number says all of its place."""
    assert at.paragraph is not None
    at.leave_paragraph()
    at.aside = (*at.paragraph.address, f"“{short_title(begun.line.text)}”")
    at.write(Kind.HEADING, at.aside, begun.line)
