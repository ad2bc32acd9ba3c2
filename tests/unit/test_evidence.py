"""Scored sentences: what an answer can be made of."""

from __future__ import annotations

from taqa.answering.evidence import Weighed, quotation, weigh, whole
from taqa.answering.question import read_question
from taqa.assistant import Assistant
from taqa.domain import Question
from taqa.library.index import HeldUnit

from ..documents import made


def weighed(assistant: Assistant, text: str) -> Weighed:
    reading = read_question(Question(text), assistant.searcher.names)
    return weigh(reading, assistant.searcher.find(reading.text), assistant.searcher)


def test_sentences_are_slices_of_found_units_best_first(real_assistant: Assistant) -> None:
    evidence = weighed(real_assistant, "What are the core functions of the Basel Convention regional centres?")
    found = [item.unit for item in evidence.findings.units[:10]]
    assert {sentence.unit for sentence in evidence.sentences} == set(found)
    scores = [sentence.score for sentence in evidence.sentences]
    assert scores == sorted(scores, reverse=True)
    for sentence in evidence.sentences:
        held = real_assistant.index.units[sentence.unit]
        assert held.unit.body <= sentence.start < sentence.end <= len(held.unit.text)
        assert sentence.covered <= set(evidence.wanted)
    best = evidence.sentences[0]
    text = real_assistant.index.units[best.unit].unit.text[best.start : best.end]
    assert text.startswith("The core functions of the Basel Convention regional centres are training")


def test_an_extra_unit_is_read_too(real_assistant: Assistant) -> None:
    searcher = real_assistant.searcher
    reading = read_question(Question("Who pays?"), searcher.names)
    extra = searcher.number("000_c3c6b8da213b4da9:sect3.unnumberedpara3")
    evidence = weigh(reading, searcher.find(reading.text, ("002_1e631d3bd8709de2",)), searcher, [extra])
    assert extra in {sentence.unit for sentence in evidence.sentences}


def test_a_quotation_has_no_white_space_at_its_ends() -> None:
    document = made("1. One thing. Another thing.\n")
    held = HeldUnit(document, document.units[0])
    assert quotation(held, 2, 14).text == "One thing."
    assert whole(held).text == "1. One thing. Another thing."
