"""Headings: told by their style, by a number that is due, or by their form; opened with their level."""

from __future__ import annotations

from dataclasses import replace

from taqa.domain import Address, Kind
from taqa.ingest.drafts import is_terminal
from taqa.ingest.labels import Label, Style
from taqa.ingest.lines import Line
from taqa.ingest.structure.acts import act_part
from taqa.ingest.structure.automatic import given, typed_in_parts
from taqa.ingest.structure.divisions import article_part, division_part, part_of, titled_below
from taqa.ingest.structure.parts import annex_alone, heads_act, open_part
from taqa.ingest.structure.position import Beginning, Position
from taqa.ingest.structure.sections import HEADING_STYLES, OUTER_STYLES
from taqa.ingest.structure.subheadings import between_items, open_aside, run_in
from taqa.ingest.structure.titles import (
    HEADING_LINES,
    alike,
    block,
    heads_part,
    is_caption,
    is_title,
    stands_alone,
)

RUNNING = 2
"""Paragraphs whose numbers run on: a bold number that is due after them is no first heading."""


def read_heading(at: Position, begun: Beginning) -> bool:
    """Open or continue a heading, if the line is one."""
    line = begun.line
    if _continues(at, begun):
        at.append(line)
        _retitle(at)
        return True
    if begun.label is None and between_items(at, begun):
        return True
    if _emphasized(at, begun):
        return False
    if _emphasis_goes_on(at, begun):
        at.append(line)
        return True
    if line.heading or line.bold:
        _open_titled(at, begun)
        return True
    if annex_alone(at, begun):
        open_part(at, begun, part_of(line.text))
        return True
    if not begun.fresh or line.bullet or (at.quoting and not begun.label):
        return False
    if begun.label:
        return not begun.told and _labelled(at, begun)
    if article_part(line.text) or (act_part(line.text) and heads_act(at, begun)):
        open_part(at, begun, part_of(line.text))
        return True
    if run_in(at, begun):
        return True
    if _may_stand(at, begun) and stands_alone(at.paper, begun.i):
        _open_titled(at, begun)
        return True
    return False


def _continues(at: Position, begun: Beginning) -> bool:
    """Whether a line is part of the heading before it: its second line, its title, or all of its text."""
    current, line = at.current, begun.line
    if current is None or current.kind is not Kind.HEADING:
        return False
    if current.empty:
        return True
    if current.address == at.sections.part and len(current.lines) == 1 and titled_below(current.lines[0].text):
        return _titles_part(at, begun)
    before = at.paper.lines[begun.i - 1]
    if line.blank_before or begun.label or line.bullet or is_terminal(before.text):
        return False
    short = len(current.lines) < HEADING_LINES
    return short and before.bold == line.bold and not line.heading and not before.heading


def _emphasized(at: Position, begun: Beginning) -> bool:
    """Whether a bold line is the beginning of the paragraph that is due, whose first words are bold, and no heading."""
    line, number = begun.line, begun.label.value("arabic") if begun.label else None
    if number is None or not line.bold or line.heading or begun.told or not at.paragraphs.numbered:
        return False
    return number == at.paragraphs.due > RUNNING and not at.sections.awaits(number)


def _emphasis_goes_on(at: Position, begun: Beginning) -> bool:
    """Whether a bold line goes on with a paragraph whose first line is bold, too."""
    line, current = begun.line, at.current
    if current is None or current.kind is not Kind.PARAGRAPH or begun.label or line.heading or line.style:
        return False
    return line.bold and not line.blank_before and all(before.bold for before in current.lines)


def _titles_part(at: Position, begun: Beginning) -> bool:
    """Whether the line after "Article 12" is its title."""
    line = begun.line
    if begun.label or line.bullet or part_of(line.text):
        return False
    styled = bool(line.heading or line.bold)
    return styled or (is_title(line.text) and stands_alone(at.paper, begun.i))


def _retitle(at: Position) -> None:
    """The heading has grown by a line: so has its title."""
    if at.current is not None and at.current.address == at.sections.address() != ():
        at.sections.retitle(at.current.text)
        at.current.address = at.sections.address()


def _may_stand(at: Position, begun: Beginning) -> bool:
    """Whether an unnumbered heading can stand here: set apart, and nothing unfinished before it."""
    line = begun.line
    if begun.i and not line.blank_before and not line.page_start:
        return False
    whole = line.style is not None
    return whole or at.current is None or at.current.kind is Kind.HEADING or at.current.terminal


def _labelled(at: Position, begun: Beginning) -> bool:
    """Open a heading in plain type: its number is the next of a series, and what follows has the form of a title."""
    assert begun.label is not None
    found = block(at.paper, begun.i)
    if not is_title(found.text[begun.label.length :].lstrip()):
        return False
    reading = at.sections.reading(begun.label, strict=True)
    if reading is None or reading[0] in ("(letter)", "arabic"):
        return False
    if reading[0] == "arabic paren" and not at.paper.apart_below(found.stop - 1):
        return False
    _open(at, begun, reading)
    return True


def _open_titled(at: Position, begun: Beginning) -> None:
    """Open what a line that is a heading by its style or its form is the heading of."""
    below = typed_in_parts(begun.line.text) if begun.label is None else None
    if below and at.sections.expects(below.text):
        begun = replace(begun, label=below, told="in parts")
    if begun.told == "in parts":
        _open_in_parts(at, begun)
        return
    reading = at.sections.reading(begun.label, strict=False) if begun.label else None
    if reading is None and (part := _part(at, begun)):
        open_part(at, begun, part)
    elif reading is None and at.paragraph is not None and not part_of(begun.after):
        open_aside(at, begun)
    else:
        _open(at, begun, reading)


def _part(at: Position, begun: Beginning) -> str:
    """Address part of the decision, annex, part of an annex or article that a heading begins, else empty."""
    if begun.label:
        return ""
    title = begun.line.text
    part = part_of(title)
    if part and act_part(title) and not at.paper.begins_anew(begun.i):
        part = ""
    return part or (division_part(title) if at.sections.in_annex else "")


def _open_in_parts(at: Position, begun: Beginning) -> None:
    """Open a heading whose number says all of its place: "2.1.3"."""
    assert begun.label is not None
    number = begun.label.text
    at.leave_paragraph()
    at.paragraph, at.aside = None, ()
    at.sections.open_numbered(number, begun.after, given(begun.line))
    draft = at.write(Kind.HEADING, at.sections.address(), begun.line, label=number)
    draft.headings = at.sections.titles()[:-1]
    at.note_in_parts(number)


def _open(at: Position, begun: Beginning, reading: tuple[Style, int] | None) -> None:
    """Open a section, or note one more line of the title of the document."""
    label = begun.label.text if begun.label else ""
    if reading:
        at.sections.open(*reading, label, begun.after)
    elif at.body_begun or at.sections.address():
        at.sections.open(None, 0, "", begun.after, _inside(at, begun))
    at.leave_paragraph()
    address = at.sections.address() if reading or at.sections.stack else _numbered_title(at)
    draft = at.write(Kind.HEADING, address, begun.line, label=label)
    draft.headings = at.sections.titles()[:-1]
    draft.counted = address[-1].startswith("heading ")


def _inside(at: Position, begun: Beginning) -> int:
    """How many open sections a heading without a number stands inside: as far as the one that goes on below it."""
    stack = at.sections.stack
    if not any(section.style for section in stack) or heads_part(begun.after):
        return 0
    before = at.current.text if at.current and at.current.kind is Kind.HEADING else ""
    caption = is_caption(begun.after) or is_caption(before)
    if not caption and any(alike(section.title, begun.after) for section in stack if section.style is None):
        return 0
    styles = HEADING_STYLES if caption else OUTER_STYLES
    for line, label in at.paper.below(begun.i, at.paper.next_part(begun.i)):
        if label is None or not (line.heading or line.bold or (line.blank_before and _numbers_title(line, label))):
            continue
        if depth := at.sections.carried_on(label, styles):
            return depth
        if any(reading.value == 1 and reading.style in styles for reading in label.readings):
            return 0
    return 0


def _numbers_title(line: Line, label: Label) -> bool:
    """Whether a label in plain type can be that of a heading."""
    numbered = label.value("ROMAN") is not None or label.value("LETTER") is not None
    return numbered and is_title(line.text[label.length :])


def _numbered_title(at: Position) -> Address:
    at.titles += 1
    return (f"heading {at.titles}",) if at.titles > 1 else ("title",)
