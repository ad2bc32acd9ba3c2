"""The examples of the OpenAPI description, made by the same code as real answers from one made-up document."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from taqa import wire
from taqa.domain import (
    Answer,
    Citation,
    Document,
    DocumentMeta,
    Evidence,
    Hit,
    Kind,
    Page,
    Question,
    Quotation,
    Run,
    Searched,
    Span,
    Statement,
    Unit,
)
from taqa.ingest.files import MEBIBYTE
from taqa.ingest.verdicts import judged
from taqa.references import incoming
from taqa.service import views
from taqa.service.mention_views import from_mentions

_TEXT = "4. The secretariat shall keep a list of regional centres.\n"


def responses() -> dict[str, Any]:
    """An example body of status 200 for every route, by the name of its function."""
    document = _document()
    unit = document.units[0]
    hit = Hit(document, unit, 0.83)
    answer = _answer(document)
    view = views.unit_view(document, unit, (document,))
    examples: dict[str, BaseModel] = {
        "ask": wire.from_answer(answer),
        "search": wire.from_hits("list of regional centres", [hit], (document,)),
        "documents": views.listed((document,), (judged(document, document.file),)),
        "document": views.whole(document, with_text=False),
        "unit": view,
        "resolve": views.ResolutionOut(ref="EX/COP.1/2, para. 4", document=view.document, unit=view, units=(view,)),
        "mentions": from_mentions("SC-1/15", incoming((_mentioning(),)), limit=100),
        "health": views.HealthOut(
            version="0.1.0",
            generation="000001",
            fingerprint="3f5a9c",
            model="all-MiniLM-L6-v2",
            reader="taqa-reader",
            documents=1,
            units=1,
            max_question_chars=2000,
            uploads=False,
            max_file_bytes=100 * MEBIBYTE,
        ),
    }
    return {name: example.model_dump(mode="json") for name, example in examples.items()} | {
        "stream": _stream(document, Evidence(answer.interpreted_question, (hit,)), answer)
    }


def _mentioning() -> Document:
    return _document("5. The list was opened by decision SC-1/15.\n", "5")


def _document(text: str = _TEXT, number: str = "4") -> Document:
    end = len(text) - 1
    meta = DocumentMeta(title="A made-up document", symbol="EX/COP.1/2", known={"symbol": "printed in its masthead"})
    unit = Unit(
        id=f"example:{number}",
        kind=Kind.PARAGRAPH,
        address=(number,),
        label=f"para. {number}",
        parent=None,
        heading_path=("II. Regional centres",),
        spans=(Span(0, end),),
        text=text[:end],
        runs=(Run(0, 0, end),),
        page=1,
    )
    pages = (Page(1, "text", 0, len(text)),)
    return Document("example", "example.txt", "0" * 64, text, meta, (unit,), pages=pages)


def _answer(document: Document) -> Answer:
    quotation = Quotation(document, document.units[0], 3, len(_TEXT) - 1)
    question = Question("Who keeps the list of regional centres?", id="q1")
    return Answer(
        question=question,
        interpreted_question=question.text,
        status="answered",
        text=quotation.text,
        confidence=0.83,
        statements=(Statement(quotation.text, (1,)),),
        citations=(Citation(1, quotation),),
        related=(),
        searched=Searched(1, 1),
        index="3f5a9c",
        ms=21.0,
    )


def _stream(document: Document, evidence: Evidence, answer: Answer) -> str:
    events = (
        ("evidence", wire.from_evidence(evidence, (document,))),
        ("statement", wire.from_statement(answer.statements[0])),
        ("answer", wire.from_answer(answer)),
    )
    return "".join(f"event: {name}\ndata: {json.dumps(data.model_dump(mode='json'))}\n\n" for name, data in events)
