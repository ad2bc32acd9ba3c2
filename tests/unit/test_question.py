"""How a question is read: kind, names, what it expects, what it takes from the conversation."""

from __future__ import annotations

import pytest

from taqa.answering.question import Asks, Expects, complete, is_follow_up, names_in, read_question, restrict
from taqa.domain import Question, Turn

NAMES = frozenset(("basel convention", "basel", "stockholm convention", "multilateral fund", "saicm"))


def asked(text: str, *earlier: str) -> Question:
    turns = [turn for said in earlier for turn in (Turn("user", said), Turn("assistant", f"An answer to {said}"))]
    return Question(text, tuple(turns))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Which paragraphs mention decision SC-1/15?", Asks.MENTIONS),
        ("Where is UNEP(DTIE)/Hg/INC.1/9 cited?", Asks.MENTIONS),
        ("Where is INC.1/9 mentioned?", Asks.MENTIONS),
        ("What does article 12, paragraph 3, of the Stockholm Convention say?", Asks.PROVISION),
        ("UNEP(DTIE)/Hg/INC.1/9, para. 29 (c) (viii)", Asks.PROVISION),
        ("How do the Basel Convention and the Stockholm Convention differ?", Asks.COMPARISON),
        ("What are the core functions of the centres?", Asks.LIST),
        ("What does “capacity-building” mean?", Asks.DEFINITION),
        ("Who pays for the training?", Asks.FACT),
    ],
)
def test_kind(text: str, kind: Asks) -> None:
    assert read_question(asked(text), NAMES).asks is kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How many centres are there?", {Expects.NUMBER}),
        ("When did the Fund start?", {Expects.DATE}),
        ("In what year and at what cost did it start?", {Expects.DATE, Expects.NUMBER}),
        ("What does capacity mean?", {Expects.DEFINITION}),
        ("Who pays?", set()),
    ],
)
def test_what_the_answer_must_hold(text: str, expected: set[Expects]) -> None:
    assert read_question(asked(text), NAMES).expects == expected


def test_names_in_order_of_appearance_and_the_longest_only() -> None:
    text = "Do SAICM and the Basel Convention share the Multilateral Fund?"
    assert names_in(text, NAMES) == ("saicm", "basel convention", "multilateral fund")
    assert names_in("The Baseline of SAICMs", NAMES) == ()


def test_a_swapped_name_replaces_the_last_one_in_the_spelling_of_the_user() -> None:
    reading = read_question(
        asked("And the Stockholm Convention?", "What does the Basel Convention say on fees?"), NAMES
    )
    assert reading.text == "What does the Stockholm Convention say on fees?"
    assert reading.names == ("stockholm convention",)
    assert reading.asked == "And the Stockholm Convention?"


def test_a_pronoun_takes_the_topic_of_the_last_question() -> None:
    reading = read_question(asked("Who pays for it?", "What is the Multilateral Fund?"), NAMES)
    assert reading.text == "Who pays for it? (Multilateral Fund)"
    assert reading.names == ("multilateral fund",)


def test_a_follow_up_of_a_follow_up_leans_on_both() -> None:
    question = asked("Since when?", "What is the Multilateral Fund?", "Who pays for it?")
    assert read_question(question, NAMES).text == "Since when? (Multilateral Fund pays)"


def test_without_a_conversation_nothing_is_taken_over() -> None:
    reading = read_question(asked("Who pays for it?"), NAMES)
    assert (reading.text, reading.asked) == ("Who pays for it?", "")


def test_a_conversation_of_the_assistant_alone_is_none() -> None:
    assert not is_follow_up(Question("Who pays for it?", (Turn("assistant", "Welcome."),)), ())


def test_a_whole_question_stands_alone_after_any_conversation() -> None:
    text = "Which outputs does the Rotterdam plan promise for pesticide management training?"
    reading = read_question(asked(text, "What is the Multilateral Fund?"), NAMES)
    assert (reading.text, reading.asked) == (text, "")


def test_a_name_that_is_already_there_is_not_swapped_with_itself() -> None:
    question = asked("And the Multilateral Fund?", "Who pays the Multilateral Fund?")
    assert complete(question, ("multilateral fund",), NAMES) == "And the Multilateral Fund? (pays Multilateral Fund)"


def test_one_side_of_a_comparison() -> None:
    reading = read_question(asked("How do SAICM and the Multilateral Fund differ?"), NAMES)
    side = restrict(reading, "saicm")
    assert side.names == ("saicm",)
    assert side.text == "How do SAICM and the differ?"


@pytest.mark.parametrize(
    "text", ["", "   ", "?" * 50, "什么是技术援助？", "ما هي المساعدة التقنية؟", "\u0000\u202e", "(" * 500]
)
def test_any_text_has_a_reading(text: str) -> None:
    assert read_question(Question(text, (Turn("user", text),)), NAMES).asks is Asks.FACT
