"""The numbers of a document's own paragraphs: which number at the start of a line is one.

A number that tells its place by itself (a word processor gives it, or it is in several parts, "2.1.3") is taken as it
is. Any other must be the one that is due, come a little after it, or begin the numbers anew; what is none of these is
text, or the number of an item.
"""

from __future__ import annotations

from taqa.domain import Address, Kind
from taqa.ingest.labels import Reading
from taqa.ingest.structure.automatic import given
from taqa.ingest.structure.lists import follows
from taqa.ingest.structure.parts import doubt
from taqa.ingest.structure.position import Beginning, Position


def read_paragraph(at: Position, begun: Beginning) -> bool:
    """Open the paragraph that a label numbers, if it does."""
    address = _address(at, begun)
    if not address or begun.label is None:
        return False
    at.leave_paragraph()
    counted = (at.paragraphs.counted or at.sections.in_doubt) and begun.told != "in parts"
    draft = at.write(Kind.PARAGRAPH, address, begun.line, label=begun.label.text, counted=counted)
    if begun.told:
        at.paragraph, at.aside = draft, ()
    return True


def _address(at: Position, begun: Beginning) -> Address:
    """Address of the paragraph that a label numbers, noted as the last one; () for any other label."""
    label, paragraphs = begun.label, at.paragraphs
    if label is None or begun.told == "item":
        return ()
    if begun.told == "in parts":
        at.sections.close_to(label.text, given(begun.line))
        return (*at.sections.part, at.note_in_parts(label.text))
    if label.inserted:
        due = paragraphs.last and Reading("arabic", paragraphs.last) in label.readings
        own = due and follows(label.inserted, paragraphs.inserted)
        return paragraphs.address(paragraphs.insert(label.inserted)) if own else ()
    number = _told_number(at, begun) if begun.told else _printed_number(at, begun)
    if number is None:
        return ()
    paragraphs.note(number)
    return paragraphs.address(str(number))


def _told_number(at: Position, begun: Beginning) -> int | None:
    """The number that the list of the paragraphs gives; a lower one than the last begins the numbers anew."""
    number = given(begun.line)
    if number is not None and number.value <= at.paragraphs.last:
        _begin_series(at)
    return number.value if number else None


def _printed_number(at: Position, begun: Beginning) -> int | None:
    """The number of a label that stands where a paragraph's may; None for any other."""
    number = begun.label.value("arabic") if begun.label else None
    if number is None or not _are_numbered(at):
        return None
    if begun.after[:1].islower() and not begun.line.blank_before:
        return None  # "see rule\n8. of the manual"
    apart = begun.line.blank_before and (at.current is None or at.current.terminal)
    if at.paragraphs.takes(begun.i, number, apart):
        return number
    if number <= min(2, at.paragraphs.last) and _begins_anew(at, begun, number):
        _begin_series(at)
        return number
    at.paragraphs.holds_list = True
    return None


def _are_numbered(at: Position) -> bool:
    """Whether numbers here may be those of paragraphs: those of articles are in any document."""
    return at.paragraphs.numbered or at.sections.in_article


def _begins_anew(at: Position, begun: Beginning, first: int) -> bool:
    """Whether a 1 (or 2) that nothing announces begins the numbers of the document or part anew.

    It does where the next one follows, unless the series then goes on where it was left: that is a list inside a
    paragraph.
    """
    current = at.current
    if not begun.line.blank_before or at.quoting or current is None or current.kind is Kind.QUOTED:
        return False
    if current.kind is not Kind.HEADING and current.announces:
        return False
    if first > 1 and (at.paragraphs.holds_list or at.paragraphs.last <= first):
        return False
    return at.paper.goes_on_from(begun.i, first, at.paragraphs.due)


def _begin_series(at: Position) -> None:
    """Number anew inside the part, under the headings that are open; where articles lack headings, in doubt."""
    if at.skips:
        doubt(at)
        return
    at.paragraphs.begin_series(at.sections.address()[len(at.sections.part) :])
