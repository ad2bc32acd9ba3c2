"""A follow-up is read as a question that a person could have typed; a change of subject takes nothing over."""

from __future__ import annotations

import time

import pytest

from taqa.answering.conversation import leans, whole
from taqa.domain import Question, Turn

NAMES = frozenset(
    (
        "basel convention",
        "basel",
        "stockholm convention",
        "stockholm",
        "rotterdam convention",
        "rotterdam",
        "multilateral fund",
        "saicm",
    )
)
CITING = "Some words (UNEP(DTIE)/Hg/INC.1/9, para. 29)."


def read(*said: str, answer: str = CITING) -> str:
    """The last question as it is read after the others."""
    turns = [turn for text in said[:-1] for turn in (Turn("user", text), Turn("assistant", answer))]
    return whole(Question(said[-1], tuple(turns)), NAMES).text


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (("What does the Basel Convention say on fees?", "And the Stockholm Convention?"),
         "What does the Stockholm Convention say on fees?"),
        (("Who pays for it under the Stockholm Convention?", "What about Rotterdam?"),
         "Who pays for it under the Rotterdam Convention?"),
        (("Which article of the Basel Convention is on centres?", "and in the Stockholm one?"),
         "Which article of the Stockholm Convention is on centres?"),
        (("How many Basel centres are there?", "and under Stockholm?"), "How many Stockholm centres are there?"),
        (("What does the Fund of the Basel Convention pay to SAICM?", "and Rotterdam?"),
         "What does the Fund of the Rotterdam Convention pay to SAICM?"),
        (("Who pays under the Basel Convention?", "and the Ramsar Convention?"),
         "Who pays under the Ramsar Convention?"),
        (("Who pays for the regional centres?", "What about Rotterdam?"),
         "Who pays for the regional centres? (Rotterdam)"),
        (("Who pays the Multilateral Fund?", "and SAICM?"), "Who pays SAICM?"),
        (("What is SAICM?", "ok, and the Multilateral Fund?"), "What is the Multilateral Fund?"),
        (("Where is decision SC-1/15 mentioned?", "and SC-3/12?"), "Where is decision SC-3/12 mentioned?"),
        (("Where is UNEP/CHW.13/17 cited?", "what about UNEP/POPS/COP.1/27?"), "Where is UNEP/POPS/COP.1/27 cited?"),
        (("What does article 12, paragraph 2, of the Basel Convention say?", "What about para. 4 of that article?"),
         "What does article 12, paragraph 4, of the Basel Convention say?"),
        (("What does article 12 of the Basel Convention say?", "and article 14?"),
         "What does article 14 of the Basel Convention say?"),
        (("What does item (b) of the guidance cover?", "and under (d)?"), "What does item (d) of the guidance cover?"),
        (("What does paragraph 29 of UNEP(DTIE)/Hg/INC.1/9 say?", "And paragraph 30?", "and 31?"),
         "What does paragraph 31 of UNEP(DTIE)/Hg/INC.1/9 say?"),
        (("What was decided at COP-1?", "and at COP-2?"), "What was decided at COP-2?"),
        (("How much did the Fund pay in 2009?", "and in 2010?"), "How much did the Fund pay in 2010?"),
    ],
)  # fmt: skip
def test_one_thing_put_in_the_place_of_its_like(said: tuple[str, ...], wanted: str) -> None:
    assert read(*said) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (("What is the Multilateral Fund?", "and who pays for it?"), "Who pays for the Multilateral Fund?"),
        (("What is the Multilateral Fund?", "what is its budget?"), "What is the Multilateral Fund's budget?"),
        (("Where are the regional centres?", "What are their tasks?"), "What are the regional centres' tasks?"),
        (("What is training?", "Who pays for it under the Basel Convention?"),
         "Who pays for training under the Basel Convention?"),
        (("Where is decision SC-1/15 mentioned?", "What does that decision say?"), "What does decision SC-1/15 say?"),
        (("What does article 12 of the Basel Convention say?", "Who must obey that article?"),
         "Who must obey article 12 of the Basel Convention?"),
        (("Who pays for training?", "Who wrote that document?"), "Who wrote UNEP(DTIE)/Hg/INC.1/9?"),
    ],
)  # fmt: skip
def test_a_pronoun_becomes_what_it_stands_for(said: tuple[str, ...], wanted: str) -> None:
    assert read(*said) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (("How long does a centre keep its status?", "Can that be extended?"),
         "Can that be extended? (How long does a centre keep its status?)"),
        (("Who pays for the centres?", "in which year?"), "In which year? (Who pays for the centres?)"),
        (("Who pays for the centres?", "in which year?", "why?"), "Why? (Who pays for the centres?)"),
        (("Who coordinates the Basel centres?", "And who pays under Rotterdam?"),
         "Who pays under Rotterdam? (Who coordinates the Rotterdam centres?)"),
        (("What is the Multilateral Fund?", "and who pays?"), "Who pays? (the Multilateral Fund)"),
        (("What is SAICM?", "And the role of the Multilateral Fund?"), "The role of the Multilateral Fund? (SAICM)"),
        (("Who set up the centres?", "When was it approved?", "Who signed it?"),
         "Who signed it? (Who set up the centres?)"),
        (("How long is a term?", "Can that be extended?", "by whom?"),
         "By whom? (Can that be extended? How long is a term?)"),
        (("Thanks! What is a national unit?", "How many exist?"), "How many exist? (a national unit)"),
        (("Who pays for training?", "What does paragraph 30 say?"),
         "What does paragraph 30 say? (UNEP(DTIE)/Hg/INC.1/9)"),
    ],
)  # fmt: skip
def test_else_the_earlier_question_stands_in_brackets(said: tuple[str, ...], wanted: str) -> None:
    assert read(*said) == wanted


def test_a_long_conversation_is_followed_step_by_step() -> None:
    said = ["Where are the Basel Convention regional centres?", "ok, and who pays for them?", "thanks"]
    said += ["what about Rotterdam?", "and Stockholm?", "since when?"]
    assert read(*said[:5]) == "Who pays for the Stockholm Convention regional centres?"
    assert read(*said) == "Since when? (the Stockholm Convention regional centres)"


@pytest.mark.parametrize(
    "text",
    [
        "What is SAICM?",
        "And what is SAICM?",
        "What does the Rotterdam Convention say on its centres?",
        "What is capacity-building and who pays for it?",
        "How many centres are there?",
        "Which centres that train officials are in Africa?",
        "Does the plan say that the centres train officials?",
        "Where is decision SC-3/12 cited?",
        "Which outputs does the Rotterdam plan promise for pesticide management training?",
        "thanks",
    ],
)
def test_a_change_of_subject_takes_nothing_over(text: str) -> None:
    assert read("Who pays for the Multilateral Fund?", text) == text


def test_the_two_things_asked_about_last_are_compared() -> None:
    said = ("What is technical assistance?", "What is capacity-building?", "What is the difference?")
    assert read(*said) == "How do technical assistance and capacity-building differ?"
    assert read(said[0], "What is the difference?") == "What is the difference?"


def test_the_first_question_stands_alone_whatever_it_looks_like() -> None:
    assert read("Who pays for it?") == "Who pays for it?"
    assert read("thanks", "What about Rotterdam?") == "What about Rotterdam?"
    spoken = Question("Who pays for it?", (Turn("assistant", "Welcome."),))
    assert whole(spoken, NAMES).text == "Who pays for it?"


def test_a_name_that_is_already_there_is_not_swapped_with_itself() -> None:
    assert read("Who pays the Multilateral Fund?", "And the Multilateral Fund?") == (
        "The Multilateral Fund? (Who pays the Multilateral Fund?)"
    )


@pytest.mark.parametrize("text", ["How big can a project be and how long does it run?", "which ones?", "and why?"])
def test_leans(text: str) -> None:
    assert leans(text, NAMES)


def test_hostile_conversations_cost_no_more_than_their_length() -> None:
    started = time.perf_counter()
    for text in ("(" * 2000, "and " * 500, "it that " * 250, "a " * 1000 + "?", "What is " + "the " * 500 + "?"):
        read(*[text] * 12)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("question", "answer", "follow_up", "wanted"),
    [
        (
            "which body reviews notifications?",
            "The Chemical Review Committee reviews them.",
            "and how is it composed",
            "How is the Chemical Review Committee composed",
        ),
        (
            "who grants access",
            "Competent national authorities are responsible for that.",
            "and where do we send their details",
            "Where do we send competent national authorities' details",
        ),
        (
            "Which fund pays?",
            "“The Multilateral Fund shall pay.” (Basel Convention, art. 2)",
            "Who manages it?",
            "Who manages the Multilateral Fund?",
        ),
        (
            "Which funds pay?",
            "The Multilateral Fund and SAICM pay.",
            "Who manages them?",
            "Who manages them? (Which funds pay?)",
        ),
        ("Does anybody pay?", "The Multilateral Fund pays.", "Who manages it?", "Who manages it? (Does anybody pay?)"),
    ],
)
def test_it_is_who_the_answer_begins_with_where_that_was_asked_for(
    question: str, answer: str, follow_up: str, wanted: str
) -> None:
    assert read(question, follow_up, answer=answer) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (
            ("what does the plan say on fees", "what about technology transfer?"),
            "what does the plan say on technology transfer?",
        ),
        (
            ("What did the Fund decide about training?", "And gender?"),
            "Gender? (What did the Fund decide about training?)",
        ),
        (("what does it say on fees", "what about article 7?"), "What about article 7? (what does it say on fees)"),
        (("what does it say on fees", "what about in practice?"), "What about in practice? (what does it say on fees)"),
        (
            ("what does it say on fees, and who decided on it", "what about waste?"),
            "What about waste? (what does it say on fees, and who decided on it)",
        ),
        (("What does the plan say on fees?", "and who pays?"), "Who pays? (What does the plan say on fees?)"),
        (
            ("Who pays the fees?", "what about technology transfer?"),
            "What about technology transfer? (Who pays the fees?)",
        ),
    ],
)
def test_another_subject_is_asked_about_in_the_same_words(said: tuple[str, ...], wanted: str) -> None:
    assert read(*said) == wanted


def test_the_treaty_of_two_questions_ago_is_still_spoken_of() -> None:
    said = ("what must a permit under Rotterdam show", "who may issue one at all", "and within how many days")
    assert read(*said) == "Within how many days (who may issue one at all, Rotterdam)"


@pytest.mark.parametrize(
    ("question", "words", "follow_up"),
    [
        (
            "Which body reviews notifications?",
            "The Committee of Experts shall review them.",
            "What does it say on fees?",
        ),
        ("Who keeps the register?", "The Secretariat shall maintain it.", "How often does it appear?"),
        ("Who appoints the experts?", "The Parties shall appoint them.", "And how long do they serve?"),
        ("Which article deals with exports?", "Exports shall be notified.", "What does it say about notification?"),
        ("What deadline applies?", "The response shall come within nine months.", "Can it be extended?"),
        ("Which annex lists pesticides?", "Pesticides are listed in it.", "How is it amended?"),
        ("Who may propose amendments?", "Any Party may propose amendments.", "How many of them must agree?"),
        ("Which country hosted the meeting?", "The meeting was held in Rome.", "Did it pay for it?"),
    ],
)
def test_what_stands_in_the_reference_or_may_not_be_meant_is_not_it(question: str, words: str, follow_up: str) -> None:
    read_as = read(question, follow_up, answer=f"“{words}” (Rotterdam Convention, art. 5)")
    assert "Rotterdam" not in read_as
    if question != "Which body reviews notifications?":
        assert read_as.endswith(f"({question})")


def test_long_turns_are_read_at_once() -> None:
    for turn in ("says " * 800 + " on" * 800 + " (x", "which body " + "committee " * 800, "a " * 4000):
        started = time.perf_counter()
        read(turn, "what about fees?", answer="The " * 2000)
        read(turn, "and how is it made", answer="A Aa " * 1500)
        assert time.perf_counter() - started < 2
