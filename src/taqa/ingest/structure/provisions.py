"""Provisions of treaties that a paragraph quotes: their numbers are the treaty's, and none of this document."""

from __future__ import annotations

from taqa.domain import Kind
from taqa.ingest.lines import Line
from taqa.ingest.structure.position import Beginning, Position


def read_provision(at: Position, begun: Beginning) -> bool:
    """Open the provision that a number inside an announced quotation begins, if it is one."""
    number = begun.label.value("arabic") if begun.label else None
    inside = at.current is not None and at.current.kind is Kind.QUOTED
    if begun.label is None or number is None or begun.told or at.base is None or at.quotation is None:
        return False
    if not (at.quoting or inside) or not at.quotation.announced.covers(number):
        return False
    if number == at.paragraphs.due and not at.paragraphs.comes_later(begun.i, number):
        return False  # a number that is due is a paragraph, unless the paragraph itself comes later
    quoter = at.quotation.by
    at.quotation.due = False
    draft = at.write(
        Kind.QUOTED, (*quoter.address, f"quoted {number}"), begun.line, parent=quoter, label=begun.label.text
    )
    draft.quoting = at.quotation.announced.provision(number)
    return True


def quote(at: Position, line: Line) -> None:
    """Open the text without a number that an announced quotation begins with."""
    assert at.quotation is not None
    quoter = at.quotation.by
    at.quotation.due = False
    draft = at.write(Kind.QUOTED, (*quoter.address, "quoted provision"), line, parent=quoter)
    draft.quoting = at.quotation.announced.provision()
