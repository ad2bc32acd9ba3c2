"""The numbering state machine: lines to units.

Every open series (headings, paragraphs, each level of list) expects its next number. A number that nobody expects
is a quoted provision when the paragraph before announces one, a gap when it stands where a number may stand, and
plain text otherwise. What a line opens is asked in that order: a row of a table, a closing line, a heading, a quoted
provision, a paragraph, an item; else it goes on with what stands before it, or is text without a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from taqa.domain import Kind, Series
from taqa.ingest.drafts import Draft
from taqa.ingest.lines import Line
from taqa.ingest.masthead import masthead_drafts
from taqa.ingest.structure.acts import ends_preamble, is_preambular, operative_verb
from taqa.ingest.structure.anchors import read_paragraph
from taqa.ingest.structure.closings import read_closing
from taqa.ingest.structure.flow import beginning, goes_on
from taqa.ingest.structure.headings import read_heading
from taqa.ingest.structure.items import read_bullet, read_first_item, read_item, read_row
from taqa.ingest.structure.manuscript import manuscript
from taqa.ingest.structure.paragraphs import Paragraphs
from taqa.ingest.structure.parts import doubt
from taqa.ingest.structure.position import Position
from taqa.ingest.structure.provisions import quote, read_provision


@dataclass(frozen=True, slots=True)
class Structure:
    """The drafts in order of the text, and all numbering series."""

    drafts: tuple[Draft, ...]
    series: tuple[Series, ...]


def read_structure(lines: Sequence[Line], masthead: int = 0, title: tuple[int, int] = (0, 0)) -> Structure:
    """Units of a document's lines. The first `masthead` lines are masthead, lines `title` of them the title."""
    paper = manuscript(lines, masthead)
    at = Position(paper, Paragraphs(paper.places, len(lines), paper.numbered))
    at.drafts += masthead_drafts(lines[:masthead], title)
    at.titles = int(title[1] > title[0])
    for i in range(masthead, len(lines)):
        _read(at, i)
    return Structure(tuple(at.drafts), tuple(at.series()))


def _read(at: Position, i: int) -> None:
    """Read line `i`."""
    line = at.paper.lines[i]
    if line.row is not None:
        read_row(at, line, line.row)
        return
    begun = beginning(at, i)
    if read_closing(at, begun) or read_heading(at, begun) or read_provision(at, begun):
        return
    if read_paragraph(at, begun) or read_item(at, begun):
        read_first_item(at, begun)
    elif line.bullet and begun.fresh:
        read_bullet(at, line)
    elif goes_on(at, line):
        at.append(line)
    else:
        _read_unnumbered(at, line)


def _read_unnumbered(at: Position, line: Line) -> None:
    """Open text without a number: the quotation that is due, a paragraph of a preamble, or any other paragraph."""
    if at.quoting and at.base is not None:
        quote(at, line)
        return
    speaks = at.preamble and at.current is not None and at.current.kind is Kind.UNNUMBERED
    at.preamble = speaks and not ends_preamble(line.text)
    at.acting = at.acting and not (speaks and ends_preamble(line.text))
    if at.body_begun:
        doubt(at)
    within = (at.paragraphs.numbered or at.sections.in_article) and not speaks and not _beside(at)
    parent = at.base if within else None
    if parent is not None:
        at.lists.interrupt()
    else:
        at.leave_paragraph()
    outer = at.outer(parent)
    preambular = speaks and is_preambular(line.text) and not operative_verb(line.text)
    address = (*outer, at.count(outer, "preambular para." if preambular else "unnumbered para."))
    draft = at.write(Kind.UNNUMBERED, address, line, parent=parent, counted=True)
    at.base = parent or draft


def _beside(at: Position) -> bool:
    """Whether text without a number follows a paragraph that has none either and announces nothing."""
    if at.base is None or at.current is not at.base or at.base.kind is not Kind.UNNUMBERED:
        return False
    return not at.base.announces or ends_preamble(at.base.ending)
