"""What a reader must know of a quotation before relying on it, in the words that every door shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from taqa.domain import Citation, Document, Quotation, Statement
from taqa.ingest.formats.gaps import on_pages

_DAY = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(\d\d)")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    "December",
)
NAMED = 3
"""Documents that a sentence names before it counts the rest."""


class Caution(StrEnum):
    """What a caveat is about."""

    NOT_AGREED = "not agreed"
    SUPERSEDED = "superseded"
    OCR = "ocr"
    TRACKED = "tracked changes"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Caveat:
    """One thing to know of a quotation: what it is about, and words that go behind a reference in brackets."""

    about: Caution
    text: str


def caveats(citation: Citation) -> tuple[Caveat, ...]:
    """What there is to know of a citation; nothing of one that is printed, current and agreed."""
    quotation, pieces = citation.quotation, (*citation.lead, citation.quotation)
    found: list[Caveat] = []
    if any(piece.bracketed for piece in pieces):
        part = any(not piece.bracketed or _has_agreed_words(piece) for piece in pieces)
        said = "not agreed in part: what is in square brackets" if part else "not agreed: stands in square brackets"
        found.append(Caveat(Caution.NOT_AGREED, said))
    if quotation.document.successor:
        found.append(Caveat(Caution.SUPERSEDED, f"a former version, superseded by {_newer(citation)}"))
    if any(piece.page_state == "ocr" for piece in pieces):
        found.append(Caveat(Caution.OCR, "read from a picture by OCR: check letters and figures against the page"))
    if any(piece.is_tracked for piece in pieces):
        found.append(Caveat(Caution.TRACKED, "tracked changes: shown as if all were accepted"))
    if citation.dated:
        found.append(Caveat(Caution.DATE, _dated(quotation.document.meta.date)))
    return tuple(found)


def _has_agreed_words(quotation: Quotation) -> bool:
    """Whether words of it, other than the printed label of its unit, stand outside all brackets."""
    at = max(quotation.unit.body - quotation.start, 0)
    for piece in quotation.bracketed:
        if any(map(str.isalnum, quotation.text[at : piece.start])):
            return True
        at = max(at, piece.end)
    return any(map(str.isalnum, quotation.text[at:]))


def _newer(citation: Citation) -> str:
    """Name of what has taken the document's place; its file where both have the same name."""
    document, newer = citation.quotation.document, citation.newer
    if newer is None:
        return document.successor
    return newer.name if newer.name != document.name else newer.file


def of_different_dates(statements: Sequence[Statement], citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """The citations, their dates to be told where statements lean on documents of which not all have the same date.

    What a statement leans on is the first document that it cites. Whether the statements disagree is not looked into.
    """
    documents = {citation.n: citation.quotation.document for citation in citations}
    dates = {documents[statement.citations[0]].meta.date for statement in statements}
    return tuple(replace(citation, dated=True) for citation in citations) if len(dates) > 1 else tuple(citations)


def _dated(date: str) -> str:
    """ "dated 8 March 2017" for "2017-03-08"; another form as it is."""
    if not date:
        return "no date known"
    if not (match := _DAY.fullmatch(date)):
        return f"dated {date}"
    year, month, day = match.groups()
    return f"dated {int(day)} {_MONTHS[int(month) - 1]} {year}"


def newest(document: Document, documents: Sequence[Document]) -> Document | None:
    """The version that has taken a document's place, None for a current one."""
    superseded = document.successor
    return next((other for other in documents if other.id == superseded), None) if superseded else None


def label(citation: Citation) -> str:
    """The reference as it is printed, with its caveats in square brackets."""
    return " ".join((citation.label, *(f"[{caveat.text}]" for caveat in caveats(citation))))


def not_stated(sides: Sequence[str]) -> str:
    """One sentence on the sides of a comparison that the answer does not speak of; empty for none."""
    named = ", ".join(f"“{side}”" for side in sides)
    return f"Not stated in the documents searched: {named}." if named else ""


def read_in_part(documents: Sequence[Document]) -> str:
    """One sentence on documents that have pages without text; empty for none."""
    if not documents:
        return ""
    named = [f"{document.name} ({_pages(document)})" for document in documents[:NAMED]]
    rest = len(documents) - len(named)
    more = f" and {rest} more document{'s' if rest > 1 else ''}" if rest else ""
    return f"Read in part only: {', '.join(named)}{more}."


def _pages(document: Document) -> str:
    return f"no text on {on_pages(document.empty_pages)}"
