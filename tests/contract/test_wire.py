"""The answer, question and inspection formats: their names, and that every offset leads to the quoted words."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import ValidationError

from taqa import wire
from taqa.domain import (
    Answer,
    Choice,
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
from taqa.ingest import read_document

ANSWER = {
    "version", "id", "question", "interpreted_question", "status", "answer", "confidence", "statements", "citations",
    "related", "searched", "index", "ms",
}  # fmt: skip
CITATION = {
    "n", "file", "document", "address", "label", "quote", "start", "end", "unit_start", "unit_end", "page", "sha256",
}  # fmt: skip
INSPECTION = {"version", "file", "sha256", "document", "pages", "units", "furniture", "series", "conserved"}
UNIT = {"id", "kind", "address", "label", "parent", "heading_path", "start", "end", "page", "text"}

SOURCE = "7. Centres train semi-\nannually and\nPAGE 3\nlend instruments.\n"


def document() -> Document:
    """A paragraph with a hyphen at a line's end and a page header in its middle, both healed."""
    shown = "7. Centres train semiannually and lend instruments."
    first, second = len("7. Centres train semi"), len("annually and")
    after = SOURCE.index("lend")
    runs = (
        Run(0, 0, first),
        Run(first, first + 2, second),
        Run(first + second + 1, after, len("lend instruments.")),
    )
    spans = (Span(0, first + 2 + second), Span(after, after + len("lend instruments.")))
    unit = Unit("made:7", Kind.PARAGRAPH, ("7",), "para. 7", None, ("II. Centres",), spans, shown, runs)
    meta = DocumentMeta(title="A made-up note", symbol="EX/1")
    return Document("made", "made.txt", "ab" * 32, SOURCE, meta, (unit,))


def answer(quote: str) -> Answer:
    held = document()
    start = held.units[0].text.index(quote)
    quotation = Quotation(held, held.units[0], start, start + len(quote))
    return Answer(
        Question("Who lends?", id="q1"), "Who lends?", "answered", quote, 0.5, (Statement(quote, (1,)),),
        (Citation(1, quotation),), (), Searched(1, 1), "f00d", 2.0,
    )  # fmt: skip


def sent(quote: str) -> dict:
    return json.loads(wire.from_answer(answer(quote)).model_dump_json())


def test_answer_has_the_names_of_the_contract() -> None:
    found = sent("lend instruments.")
    assert set(found) >= ANSWER
    assert found["version"] == wire.VERSION
    assert found["id"] == "q1"
    assert found["statements"] == [{"text": "lend instruments.", "citations": [1]}]
    assert found["searched"] == {"documents": 1, "units": 1, "partial": []}
    citation = found["citations"][0]
    assert set(citation) >= CITATION
    assert set(citation["document"]) >= {"id", "title", "symbol"}
    assert citation["label"] == "EX/1, para. 7"
    assert citation["address"] == ["7"]


def test_what_could_be_asked_instead_is_offered_only_with_clarify() -> None:
    choice = Choice("Does para. 7 lend?", "EX/1, para. 7", "Centres train semiannually")
    asked_back = replace(answer("lend"), status="clarify", statements=(), citations=(), choices=(choice,))
    found = json.loads(wire.from_answer(asked_back).model_dump_json())
    assert found["choices"] == [
        {"question": "Does para. 7 lend?", "label": "EX/1, para. 7", "about": "Centres train semiannually"}
    ]
    assert sent("lend")["choices"] == []
    with pytest.raises(ValueError, match="choices are offered only where the question is asked back"):
        replace(asked_back, status="not_found")


def test_offsets_lead_to_the_quoted_words() -> None:
    citation = sent("lend instruments.")["citations"][0]
    assert SOURCE[citation["start"] : citation["end"]] == "lend instruments."
    assert citation["spans"] == [[citation["start"], citation["end"]]]
    assert (citation["unit_start"], citation["unit_end"]) == (0, len(SOURCE) - 1)


def test_a_healed_hyphen_does_not_part_a_quotation() -> None:
    citation = sent("Centres train semiannually")["citations"][0]
    assert len(citation["spans"]) == 1
    assert SOURCE[citation["start"] : citation["end"]] == "Centres train semi-\nannually"


def test_furniture_parts_a_quotation_into_pieces() -> None:
    citation = sent("semiannually and lend")["citations"][0]
    assert [SOURCE[start:end] for start, end in citation["spans"]] == ["semi-\nannually and", "lend"]
    assert (citation["start"], citation["end"]) == (citation["spans"][0][0], citation["spans"][-1][1])


def test_shown_is_the_quotation_in_its_unit() -> None:
    citation = sent("semiannually and lend")["citations"][0]
    start, end = citation["shown"]
    assert document().units[0].text[start:end] == citation["quote"]


def test_what_to_know_of_a_quotation_is_said_beside_it() -> None:
    plain = sent("lend instruments.")["citations"][0]
    assert (plain["not_agreed"], plain["bracketed"], plain["page_state"], plain["caveats"]) == (False, [], None, [])
    held = document()
    words = held.units[0].text
    doubted = replace(held.units[0], bracketed=(Span(words.index("lend"), len(words)),))
    pages = (Page(1, "text", 0, 23), Page(2, "ocr", 23, len(SOURCE)), Page(3, "empty", len(SOURCE), len(SOURCE)))
    held = replace(held, units=(doubted,), pages=pages, successor="newer")
    start = words.index("and lend")
    told = replace(
        answer("lend"),
        citations=(Citation(1, Quotation(held, doubted, start, len(words))),),
        searched=Searched(1, 1, (held,)),
    )
    found = json.loads(wire.from_answer(told).model_dump_json())
    [citation] = found["citations"]
    assert citation["not_agreed"] is True
    assert [citation["quote"][low:high] for low, high in citation["bracketed"]] == ["lend instruments."]
    assert citation["page_state"] == "ocr"
    assert [caveat["about"] for caveat in citation["caveats"]] == ["not agreed", "superseded", "ocr"]
    assert citation["caveats"][1]["text"] == "a former version, superseded by newer"
    assert [(partial["document"]["id"], partial["pages"]) for partial in found["searched"]["partial"]] == [
        ("made", [3])
    ]


def test_a_hit_says_what_to_know_of_its_unit() -> None:
    held = document()
    draft = replace(held.units[0], bracketed=(Span(0, len(held.units[0].text)),))
    former = replace(held, units=(draft,), pages=(Page(1, "ocr", 0, len(SOURCE)),), successor="newer")
    newer = replace(held, id="newer", meta=replace(held.meta, symbol="EX/1/Rev.1"))
    hits = [Hit(former, draft, 0.5), Hit(newer, newer.units[0], 0.4)]
    found = json.loads(wire.from_hits("instruments", hits, (former, newer)).model_dump_json())
    first, second = (hit["caveats"] for hit in found["hits"])
    assert [caveat["about"] for caveat in first] == ["not agreed", "superseded", "ocr"]
    assert first[1]["text"] == "a former version, superseded by EX/1/Rev.1"
    assert second == []
    told = json.loads(wire.from_evidence(Evidence("instruments", tuple(hits)), (former, newer)).model_dump_json())
    assert [hit["caveats"] for hit in told["hits"]] == [first, second]


def test_answer_reads_back() -> None:
    once = wire.from_answer(answer("lend"))
    assert wire.AnswerOut.model_validate_json(once.model_dump_json()) == once


def test_inspection_has_the_names_of_the_contract(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("1. First paragraph of the note.\n\n2. Second paragraph of the note.\n", encoding="utf-8")
    found = json.loads(wire.from_document(read_document(path)).model_dump_json())
    assert set(found) >= INSPECTION
    assert set(found["units"][0]) >= UNIT
    assert found["conserved"] == 1.0
    assert {"id", "title", "symbol", "aliases", "type", "date", "body", "language"} <= set(found["document"])


def test_a_line_of_a_question_set_is_a_question() -> None:
    line = {
        "id": "q9", "type": "followup", "question": "And who pays?",
        "history": [{"role": "user", "content": "Who lends?"}],
        "answerable": True, "gold": [], "alt_gold": [], "facts": [], "note": "",
    }  # fmt: skip
    question = wire.QuestionIn.model_validate(line).to_domain()
    assert (question.id, question.text, question.history[0].content) == ("q9", "And who pays?", "Who lends?")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": 3},
        {"question": "x", "history": [{"role": "judge", "content": ""}]},
        {"question": None},
        {"question": "\ud800"},
    ],
)
def test_other_questions_are_refused(body: dict) -> None:
    with pytest.raises(ValidationError):
        wire.QuestionIn.model_validate(body)
