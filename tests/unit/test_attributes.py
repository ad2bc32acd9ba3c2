"""What a question asks for by kind or name, and words that lack it."""

from __future__ import annotations

import pytest

from taqa.answering.attributes import Attributes, asked_for, lacks
from taqa.answering.question import read_question
from taqa.domain import Question, Turn

NAMES = frozenset(("rome convention", "rome", "oslo protocol", "oslo", "fund"))


def asked(text: str, *before: str) -> Attributes:
    history = tuple(Turn("user", each) for each in before)
    return asked_for(read_question(Question(text, history), NAMES), NAMES)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("How many centres are there?", Attributes(number=True)),
        ("what share of the costs do donors pay", Attributes(number=True)),
        ("How long is the term?", Attributes()),
        ("What is the overall budget of the plan?", Attributes(money=True)),
        ("salary of the secretary", Attributes(money=True)),
        ("how much did donors pay", Attributes(number=True, money=True, done=True)),
        ("Who adopts the budget?", Attributes()),
        ("budget - what majority adopts it", Attributes()),
        ("Is there a fee?", Attributes()),
        ("Who chaired the meeting?", Attributes(office="chair")),
        ("who is the Executive Director of the Fund", Attributes(office="director")),
        ("What does the chair do?", Attributes()),
        ("Who elects the President?", Attributes()),
        ("Who was elected as President?", Attributes(office="president", done=True)),
        ("What is the purpose of the operating budget?", Attributes()),
        ("What is the budget period?", Attributes()),
        ("total cost in USD of the plan", Attributes(money=True)),
        ("Which body decides the number of members?", Attributes()),
        ("number of members of the bureau", Attributes(number=True)),
        ("How much mercury does gold mining contribute to emissions?", Attributes(number=True)),
        ("What happened since 2010?", Attributes(done=True)),
        ("What was the budget for 2019?", Attributes(money=True, years=("2019",))),
        ("outputs for 2019", Attributes(years=("2019",))),
        ("What did the meetings in 2019 decide?", Attributes(years=("2019",), done=True)),
        ("When did the Oslo Protocol enter into force?", Attributes(done=True, treaties=("oslo",))),
        ("Does the Fund pay?", Attributes()),
        ("How do the budgets of Rome and Oslo differ?", Attributes()),
    ],
)
def test_what_is_asked_for(text: str, wanted: Attributes) -> None:
    assert asked(text) == wanted
    assert bool(wanted) == (wanted != Attributes())


def test_a_follow_up_asks_for_what_its_own_words_say_in_the_year_of_the_conversation() -> None:
    found = asked("and how many of them passed?", "Which centres were tested in 2008?")
    assert (found.number, found.money, found.years) == (True, False, ("2008",))


@pytest.mark.parametrize(
    ("wanted", "words", "missing"),
    [
        (Attributes(number=True), "There are twelve centres.", False),
        (Attributes(number=True), "There are 12 centres.", False),
        (Attributes(number=True), "There are centres in Rome.", True),
        (Attributes(number=True), "Centres were opened in 2009.", True),
        (Attributes(money=True), "The budget is USD 4.5 million.", False),
        (Attributes(money=True), "The rate is 4 per cent.", False),
        (Attributes(money=True), "The budget is adopted every two years.", True),
        (Attributes(office="chair"), "Ms. A was elected Chair.", False),
        (Attributes(office="chair"), "The meeting was held in Rome.", True),
        (Attributes(years=("2009",)), "In 2009 it began.", False),
        (Attributes(years=("2009",)), "It began.", True),
        (Attributes(treaties=("oslo",)), "It entered into force.", True),
        (Attributes(treaties=("oslo", "rome")), "The Rome Convention entered into force.", False),
        (Attributes(), "Anything.", False),
        (Attributes(number=True), "The Bureau shall consist of fifteen members.", False),
        (Attributes(number=True), "after the deposit of the fiftieth instrument", False),
        (Attributes(number=True), "Some 2000 participants attended.", False),
        (Attributes(number=True), "The second session of the Conference was held in 2009.", True),
        (Attributes(number=True), "A simple majority of the votes decides.", False),
        (Attributes(money=True), "Attendance is free of charge.", False),
        (Attributes(money=True), "The total is 2,350,000.", False),
        (Attributes(years=("2019",)), "the biennium 2018-2019", False),
        (Attributes(years=("2019", "2020")), "the period 2018–21", False),
        (Attributes(treaties=("basel",)), "A baseline survey was made.", True),
    ],
)
def test_words_that_lack_it(wanted: Attributes, words: str, missing: bool) -> None:
    assert lacks(wanted, words, words, "") is missing


def test_a_year_or_a_treaty_may_stand_in_the_context_a_number_may_not() -> None:
    context = "Oslo Protocol. Work in 2009: 12 centres. It began."
    assert not lacks(Attributes(years=("2009",), treaties=("oslo",)), "It began.", context, "")
    assert not lacks(Attributes(years=("2010",)), "It began.", context, "2010-05-01")
    assert lacks(Attributes(number=True), "It began.", context, "")


def test_a_document_cannot_tell_what_was_done_after_its_date() -> None:
    words = "The meetings in 2019 will adjust the plan."
    decided = Attributes(years=("2019",), done=True)
    assert lacks(decided, words, words, "8 March 2017")
    assert not lacks(decided, words, words, "2019-11-02")
    assert not lacks(decided, words, words, "")
    assert not lacks(Attributes(years=("2019",)), words, words, "8 March 2017")
