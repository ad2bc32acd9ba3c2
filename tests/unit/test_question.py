"""How a question is read: kind, names, what it expects, what it takes from the conversation."""

from __future__ import annotations

import pytest

from taqa.answering.question import Asks, Expects, about, read_question
from taqa.answering.sides import sides
from taqa.domain import Question, Turn

NAMES = frozenset(("basel convention", "basel", "stockholm convention", "multilateral fund", "saicm"))


def asked(text: str, *earlier: str) -> Question:
    turns = [turn for said in earlier for turn in (Turn("user", said), Turn("assistant", f"An answer to {said}"))]
    return Question(text, tuple(turns))


def test_the_kind_of_a_swapped_question_is_that_of_the_earlier_one() -> None:
    reading = read_question(asked("and SAICM?", "What are the functions of the Multilateral Fund?"), NAMES)
    assert (reading.text, reading.asks) == ("What are the functions of SAICM?", Asks.LIST)
    assert reading.names == ("saicm",)
    assert reading.asked == "and SAICM?"


def test_the_kind_of_a_question_of_its_own_is_its_own() -> None:
    reading = read_question(asked("and who pays for them?", "What are the core functions of the centres?"), NAMES)
    assert (reading.text, reading.asks) == ("Who pays for the core functions of the centres?", Asks.FACT)
    reading = read_question(asked("In which year?", "What does the Basel Convention say on fees?"), NAMES)
    assert reading.text == "In which year? (What does the Basel Convention say on fees?)"
    assert reading.expects == {Expects.DATE}


def test_words_alone_take_the_kind_too() -> None:
    reading = read_question(asked("And the disadvantages?", "What are the advantages of the Fund?"), NAMES)
    assert (reading.text, reading.asks) == ("The disadvantages? (the advantages of the Fund)", Asks.LIST)


def test_a_whole_question_has_no_words_of_its_own_beside_its_text() -> None:
    reading = read_question(asked("Who pays for it?"), NAMES)
    assert (reading.text, reading.asked) == ("Who pays for it?", "")


def test_courtesy_asks_for_nothing_whatever_went_before() -> None:
    reading = read_question(asked("thanks", "What is the Multilateral Fund?"), NAMES)
    assert (reading.text, reading.asks) == ("thanks", Asks.NOTHING)


def test_one_side_of_a_comparison() -> None:
    reading = read_question(asked("How do SAICM and the Multilateral Fund differ?"), NAMES)
    side = about(reading, sides(reading.text, reading.names)[0], NAMES)
    assert side.names == ("saicm",)
    assert side.text == "How do SAICM differ?"


@pytest.mark.parametrize(
    "text", ["", "   ", "?" * 50, "什么是技术援助？", "ما هي المساعدة التقنية؟", "\u0000\u202e", "(" * 500]
)
def test_any_text_has_a_reading(text: str) -> None:
    assert read_question(Question(text, (Turn("user", text),)), NAMES).asks is Asks.FACT


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Who services the coordinating group?", Asks.FACT),
        ("Advisory services of the centres", Asks.LIST),
        ("3 key papers on training, titles", Asks.LIST),
        ("the two aims of the guidance", Asks.LIST),
        ("what might agreed terms contain?", Asks.LIST),
        ("What happened in 2 years?", Asks.FACT),
        ("how long do the three last", Asks.FACT),
        ("who pays 20 per cent of costs", Asks.FACT),
        ("which of the two is older?", Asks.FACT),
        ("who chairs the two sessions?", Asks.FACT),
        ("What is the 2 degrees goal?", Asks.FACT),
        ("When do the three secretariats meet?", Asks.FACT),
        ("What was the reason not to include mercury?", Asks.FACT),
        ("What does the word waste cover?", Asks.FACT),
        ("services offered by the centres", Asks.LIST),
        ("What services do the centres offer?", Asks.LIST),
    ],
)
def test_a_verb_that_looks_like_a_plural_asks_for_no_list(text: str, asks: Asks) -> None:
    assert read_question(Question(text), NAMES).asks is asks


def test_documents_named_side_by_side_are_compared() -> None:
    borne = {"ramsar": "r", "rotterdam": "p"}
    text = "interval between meetings: Ramsar and Rotterdam?"
    reading = read_question(Question(text), NAMES, borne)
    assert reading.asks is Asks.COMPARISON
    assert read_question(Question(text), NAMES).asks is Asks.FACT
    one, other = sides(reading.text, reading.names, borne)
    assert (one.name, one.document, one.text) == ("Ramsar", "r", "interval between meetings: ?")
    assert (other.name, other.document) == ("Rotterdam", "p")


def test_a_side_that_names_a_document_is_asked_of_that_without_its_name() -> None:
    one, other = sides("who keeps the list: Ramsar vs the Fund", ("fund",), {"ramsar": "r"})
    assert (one.text, one.document) == ("who keeps the list", "r")
    assert (other.text, other.document) == ("who keeps the list: the Fund", "")
