"""The judge: a draft becomes a statement only when every quotation replays from its source."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from taqa.answering.compose import Draft
from taqa.domain import Citation, Quotation, Span, Statement

_Place = tuple[str, str, int, int]
"""Of a quotation: document, unit, and where it begins and ends there."""
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


def ground(
    drafts: Sequence[Draft], everywhere: Callable[[Draft], Sequence[Draft]] = lambda draft: (draft,)
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """Statements and their numbered citations. A draft with a quotation that does not replay is left out whole.

    `everywhere` gives a draft with those of the same words elsewhere, in the order in which they are cited; the words
    are those of the first. What is cited with an earlier statement is no statement again.
    """
    statements: list[Statement] = []
    citations: list[Citation] = []
    marks: dict[_Place, int] = {}
    again: set[tuple[_Place, ...]] = set()
    for draft in drafts:
        if not _stands(draft) or _places(draft) in again:
            continue
        places = [place for place in everywhere(draft) if _stands(place)]
        again.update(map(_places, places))
        cited: list[int] = []
        for place in places:
            for at, quotation in enumerate(place.quotations):
                key = _place(quotation)
                if key not in marks:
                    marks[key] = len(citations) + 1
                    citations.append(Citation(marks[key], quotation, lead=() if at else place.lead))
                cited.append(marks[key])
        said = " … ".join(piece.text for piece in (*places[0].lead, *places[0].quotations))
        statements.append(Statement(said, tuple(dict.fromkeys(cited))))
    return tuple(statements), tuple(citations)


def _places(draft: Draft) -> tuple[_Place, ...]:
    return tuple(map(_place, draft.quotations))


def _place(quotation: Quotation) -> _Place:
    return quotation.document.id, quotation.unit.id, quotation.start, quotation.end


def _stands(draft: Draft) -> bool:
    return bool(draft.quotations) and all(map(replays, (*draft.lead, *draft.quotations)))


def _black(text: str, span: Span) -> Span:
    """The span without the white space at its ends: that belongs to no unit where a page or note interrupts one."""
    piece = text[span.start : span.end]
    return Span(span.start + len(piece) - len(piece.lstrip()), span.start + len(piece.rstrip()))


def _bare(text: str) -> str:
    """Without white space and without the hyphens that healing may remove."""
    return "".join(text.translate(_HEALED).split())
