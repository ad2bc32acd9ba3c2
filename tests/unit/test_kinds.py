"""What kind of answer words ask for."""

from __future__ import annotations

import time

import pytest

from taqa.answering.kinds import Asks, Expects, expected, is_small_talk, kind_of
from taqa.references import find

SYMBOL = "UNEP(DTIE)/Hg/INC.1/9"


def kind(text: str, *names: str) -> Asks:
    return kind_of(text, find(text), names)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Which paragraphs mention decision SC-1/15?", Asks.MENTIONS),
        (f"Where is {SYMBOL} cited?", Asks.MENTIONS),
        (f"Which paper carries the symbol {SYMBOL}?", Asks.MENTIONS),
        ("decision SC-5/21", Asks.MENTIONS),
        (SYMBOL, Asks.MENTIONS),
        (f"Is training mentioned in {SYMBOL}?", Asks.FACT),
        (f"Where in {SYMBOL} is decision SC-1/15 cited?", Asks.MENTIONS),
        ("What did decision SC-1/15 change for small countries?", Asks.FACT),
        ("What does article 12, paragraph 3, of the Stockholm Convention say?", Asks.PROVISION),
        ("art. 14 Basel text", Asks.PROVISION),
        (f"{SYMBOL}, para. 29 (c) (viii)", Asks.PROVISION),
        ("The note cites para. 33 of a report. For which session was that report written?", Asks.FACT),
        ("How do the Basel Convention and the Stockholm Convention differ?", Asks.COMPARISON),
        ("30 or 35 offices?", Asks.COMPARISON),
        ("Why do the two papers contradict each other?", Asks.COMPARISON),
        ("The two figures don't seem to agree, why?", Asks.COMPARISON),
        ("What are the core functions of the centres?", Asks.LIST),
        ("Please list the tasks of the group", Asks.LIST),
        ("For what is money given? Please give the complete list.", Asks.LIST),
        ("services offered by the centres", Asks.LIST),
        ("Which papers does the secretariat consider central?", Asks.LIST),
        ("What was on the 2010 agenda of the expert group?", Asks.LIST),
        ("Which meeting asked that the centres be independent?", Asks.FACT),
        ("When did the group draw up its list of papers?", Asks.FACT),
        ("What does “capacity-building” mean?", Asks.DEFINITION),
        ("What exactly counts as training?", Asks.DEFINITION),
        ("What is technology transfer?", Asks.DEFINITION),
        ("what's a national focal point", Asks.DEFINITION),
        ("What is the deadline for comments?", Asks.FACT),
        ("What are the aims of the plan for 2010?", Asks.LIST),
        ("What is the programme meant to achieve?", Asks.FACT),
        ("Which means of payment exist?", Asks.LIST),
        ("By what means is the fee paid?", Asks.LIST),
        ("Who pays for the training?", Asks.FACT),
        ("Did all of the Parties agree to the fee?", Asks.FACT),
        ("Is it true that the Fund was closed in 2005?", Asks.FACT),
        ("Are the functions of the centres limited to training?", Asks.FACT),
        ("Can you list the functions of the centres?", Asks.LIST),
        ("how will the hives be made safer, outputs", Asks.LIST),
        ("hives of the plan - what should be there at the end, all expected outputs", Asks.LIST),
        ("who measures the outputs of the plan", Asks.FACT),
    ],
)
def test_kind(text: str, wanted: Asks) -> None:
    assert kind(text) is wanted


def test_words_of_comparison_about_one_named_thing_ask_for_no_comparison() -> None:
    assert kind("How do the Basel centres differ?", "basel") is Asks.FACT
    assert kind("How do the Basel and Oslo centres differ?", "basel", "oslo") is Asks.COMPARISON


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("How many centres are there?", {Expects.NUMBER}),
        ("How long is a term?", {Expects.NUMBER}),
        ("maximum length of a term", {Expects.NUMBER}),
        ("What quantity was destroyed?", {Expects.NUMBER}),
        ("When did the Fund start?", {Expects.DATE}),
        ("In which city and month was it signed?", {Expects.DATE}),
        ("How many meetings each year?", {Expects.NUMBER}),
        ("In what year and at what cost did it start?", {Expects.DATE, Expects.NUMBER}),
        ("What does capacity mean?", {Expects.DEFINITION}),
        ("define incremental costs", {Expects.DEFINITION}),
        ("What is the plan meant to achieve?", set()),
        ("Who pays?", set()),
    ],
)
def test_what_the_answer_must_hold(text: str, wanted: set[Expects]) -> None:
    assert expected(text, kind(text)) == wanted


@pytest.mark.parametrize(
    "text", ["hello", "Hi there!", "ok", "OK, thanks!", "Thank you very much.", "Good morning", "Who are you?", "bye"]
)
def test_courtesy_asks_for_nothing(text: str) -> None:
    assert is_small_talk(text)
    assert kind(text) is Asks.NOTHING


@pytest.mark.parametrize(
    "text",
    [
        "Thanks, and who pays?",
        "Who?",
        "why",
        "mercury",
        "Hello, what is the Fund?",
        "What can be done?",
        "",
        "?!",
        "你好",
    ],
)
def test_what_might_be_a_question_is_none(text: str) -> None:
    assert not is_small_talk(text)


def test_long_courtesy_takes_no_time() -> None:
    started = time.perf_counter()
    is_small_talk("good thanks a " * 2000 + "x")
    kind("list which " * 2000)
    assert time.perf_counter() - started < 2
