"""The judge: a draft becomes a statement only when every quotation replays from its source."""

from __future__ import annotations

from collections.abc import Sequence

from taqa.answering.compose import Draft
from taqa.domain import Citation, Quotation, Span, Statement

_HEALED = dict.fromkeys(map(ord, "-\u00ad\u2010\u2011"))


def replays(quotation: Quotation) -> bool:
    """Whether the words of a quotation stand in its document at the offsets it gives, in its unit, in order."""
    document, unit = quotation.document, quotation.unit
    if document.unit(unit.id) is not unit and document.unit(unit.id) != unit:
        return False
    spans = quotation.spans
    if not spans or any(span.end > len(document.text) for span in spans):
        return False
    black = [_black(document.text, span) for span in spans if document.text[span.start : span.end].strip()]
    inside = all(any(own.start <= span.start and span.end <= own.end for own in unit.spans) for span in black)
    source = "".join(document.text[span.start : span.end] for span in spans)
    return inside and _bare(source) == _bare(quotation.text)


def ground(drafts: Sequence[Draft]) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """Statements and their numbered citations. A draft with a quotation that does not replay is left out whole."""
    statements: list[Statement] = []
    citations: list[Citation] = []
    marks: dict[tuple[str, str, int, int], int] = {}
    for draft in drafts:
        pieces = (*draft.lead, *draft.quotations)
        if not draft.quotations or not all(map(replays, pieces)):
            continue
        cited: list[int] = []
        for quotation in draft.quotations:
            key = (quotation.document.id, quotation.unit.id, quotation.start, quotation.end)
            if key not in marks:
                marks[key] = len(citations) + 1
                citations.append(Citation(marks[key], quotation, lead=() if cited else draft.lead))
            cited.append(marks[key])
        statements.append(Statement(" … ".join(piece.text for piece in pieces), tuple(cited)))
    return tuple(statements), tuple(citations)


def _black(text: str, span: Span) -> Span:
    """The span without the white space at its ends: that belongs to no unit where a page or note interrupts one."""
    piece = text[span.start : span.end]
    return Span(span.start + len(piece) - len(piece.lstrip()), span.start + len(piece.rstrip()))


def _bare(text: str) -> str:
    """Without white space and without the hyphens that healing may remove."""
    return "".join(text.translate(_HEALED).split())
