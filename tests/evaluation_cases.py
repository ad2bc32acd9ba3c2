"""A made-up corpus of two documents, questions about it, and answers to score."""

from __future__ import annotations

from typing import Any

from taqa.domain import (
    Answer,
    Citation,
    Document,
    DocumentMeta,
    Furniture,
    Hit,
    Kind,
    Question,
    Quotation,
    Run,
    Searched,
    Span,
    Statement,
    Unit,
)
from taqa.evaluation.questions import Case, parse

FIRST = (
    "1. The centre trains forty inspectors a year.\n"
    "2. The fund pays for travel past \n UNEP/9 \nyears of service.\n"
    "3. Reports are due semi-\nannually from all Parties.\n"
)
SECOND = "Parties meet in Geneva.\nThe host country pays.\nNothing else is said.\n"


def _document(name: str, text: str, pieces: list[list[str]], furniture: tuple[str, ...] = ()) -> Document:
    units = []
    for number, parts in enumerate(pieces, start=1):
        spans = tuple(Span(text.index(part), text.index(part) + len(part)) for part in parts)
        shown, runs = "", []
        for span in spans:
            shown += " " if shown else ""
            runs.append(Run(len(shown), span.start, span.end - span.start))
            shown += text[span.start : span.end]
        units.append(
            Unit(
                f"{name}:{number}",
                Kind.PARAGRAPH,
                (str(number),),
                f"para. {number}",
                None,
                (),
                spans,
                shown,
                tuple(runs),
            )
        )
    things = tuple(
        Furniture("running header", Span(text.index(part), text.index(part) + len(part))) for part in furniture
    )
    return Document(name, f"{name}.txt", f"sha-{name}", text, DocumentMeta(symbol=name), tuple(units), things)


ONE = _document(
    "100",
    FIRST,
    [
        ["1. The centre trains forty inspectors a year."],
        ["2. The fund pays for travel past", "years of service."],
        ["3. Reports are due semi-\nannually from all Parties."],
    ],
    ("UNEP/9",),
)
TWO = _document("200", SECOND, [["Parties meet in Geneva."], ["The host country pays."], ["Nothing else is said."]])
DOCUMENTS = {document.file: document for document in (ONE, TWO)}


def gold(doc: str, quote: str) -> dict[str, str]:
    return {"doc": doc, "quote": quote, "para": "", "sub": ""}


def case(name: str, **fields: Any) -> Case:
    """A question of the contract with these fields."""
    record = {
        "id": name,
        "type": "factoid",
        "question": f"What about {name}?",
        "history": [],
        "answerable": True,
        "gold": [],
        "alt_gold": [],
        "facts": [],
        "note": "",
    }
    return parse(record | fields, name)


def unanswerable(name: str) -> Case:
    return case(name, type="unanswerable", answerable=False, note="off topic")


def cite(document: Document, number: int, start: int = 0, end: int | None = None) -> Quotation:
    """Displayed characters of a unit of a document, counted from 1."""
    unit = document.units[number - 1]
    return Quotation(document, unit, start, len(unit.text) if end is None else end)


def answer(question: Question, *quotations: Quotation, text: str = "", ms: float = 1.0) -> Answer:
    """An answer that quotes these; without any, a refusal."""
    citations = tuple(Citation(n, quotation) for n, quotation in enumerate(quotations, start=1))
    return Answer(
        question=question,
        interpreted_question=question.text,
        status="answered" if quotations else "not_found",
        text=text or " ".join(citation.quotation.text for citation in citations),
        confidence=0.5,
        statements=tuple(Statement(citation.quotation.text, (citation.n,)) for citation in citations),
        citations=citations,
        related=(),
        searched=Searched(2, 6),
        index="index-1",
        ms=ms,
    )


class Scripted:
    """An assistant that gives fixed quotations and fixed hits, and remembers what was searched for."""

    def __init__(self, quotations: dict[str, list[Quotation]], hits: dict[str, list[tuple[Document, int]]]) -> None:
        self.quotations = quotations
        self.hits = hits
        self.searched: list[str] = []

    def ask(self, question: Question) -> Answer:
        given = answer(question, *self.quotations.get(question.id, []))
        if not question.history:
            return given
        fields = {name: getattr(given, name) for name in given.__slots__}
        return Answer(**fields | {"interpreted_question": f"{question.history[0].content} {question.text}"})

    def search(self, text: str, limit: int, documents: tuple[str, ...]) -> list[Hit]:
        self.searched.append(text)
        found = self.hits.get(text, [])[:limit]
        return [Hit(document, document.units[n - 1], 1.0 / rank) for rank, (document, n) in enumerate(found, start=1)]
