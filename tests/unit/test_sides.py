"""The sides of a comparison and the questions that one question asks."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taqa.answering.parts import parts
from taqa.answering.sides import SIDES, is_named, sides


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "staff of the office: Rome centre vs Paris branch vs Oslo",
            ("staff of the office: Rome centre", "staff of the office: Paris branch", "staff of the office: Oslo"),
        ),
        (
            "How long is the term of a judge compared with that of a clerk?",
            ("How long is the term of a judge?", "How long is the term of a clerk?"),
        ),
        ("20 or 25 ships?", ("20 ships?", "25 ships?")),
        ("the 20 and the 25 ships", ("the 20 ships", "the 25 ships")),
        (
            "What is the difference between loans and grants?",
            ("What is the difference between loans?", "What is the difference between grants?"),
        ),
        ("How do loans and grants differ?", ("How do loans differ?", "How do grants differ?")),
        ("rome or oslo - whose office is older?", ("rome - whose office is older?", "oslo - whose office is older?")),
        ("air office and sea office: head of each", ("air office: head of each", "sea office: head of each")),
    ],
)
def test_each_side_has_the_question_about_it_alone(text: str, wanted: tuple[str, ...]) -> None:
    assert tuple(side.text for side in sides(text)) == wanted


def test_names_of_the_corpus_are_sides_where_the_words_show_none() -> None:
    found = sides("Does the Fund pay more than SAICM does?", ("fund", "saicm"))
    assert [side.name for side in found] == ["fund", "saicm"]
    assert found[0].text == "Does the Fund pay more than does?"


def test_what_is_a_sides_own_is_what_the_others_lack() -> None:
    one, other = sides("Rome centre vs Oslo centre")
    assert (one.own, other.own) == (frozenset({"rome"}), frozenset({"oslo"}))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Rotterdam or Oslo: whose office is older?", [False, True]),
        ("rotterdam or oslo: whose office is older?", [False, False]),
        ("fund vs SAICM", [True, True]),
        ("20 or 25 ships", [True, True]),
        ("Loans vs grants", [False, False]),
    ],
)
def test_a_side_is_named_by_a_name_a_number_or_a_capital_of_its_own(text: str, wanted: list[bool]) -> None:
    assert [is_named(side, text, ["fund"]) for side in sides(text)] == wanted


@pytest.mark.parametrize("text", ["Who pays?", "The two papers contradict each other, why?", "ships vs", "vs ships"])
def test_a_question_that_shows_no_sides_has_none(text: str) -> None:
    assert sides(text) == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Which decision lists the areas, and do registers figure in it?",
            ("Which decision lists the areas", "do registers figure in it?"),
        ),
        (
            "what output on loans says so and which indicator goes with it?",
            ("what output on loans says so", "which indicator goes with it?"),
        ),
        (
            "may a keeper refuse the hives? and within what time must others obey",
            ("may a keeper refuse the hives", "within what time must others obey"),
        ),
        (
            "hive request comes in: who compiles the list, who ranks requests",
            ("hive request comes in: who compiles the list", "who ranks requests"),
        ),
        ("average size of hives - for whom is straw paid", ("average size of hives", "for whom is straw paid")),
        ("Who pays for training and travel?", ("Who pays for training and travel?",)),
        ("Who pays, and why?", ("Who pays, and why?",)),
    ],
)
def test_what_is_asked_besides(text: str, wanted: tuple[str, ...]) -> None:
    assert parts(text) == wanted


@given(
    st.text(alphabet="ab ,:;?-()123")
    | st.lists(st.sampled_from("a vs and or 3 between difference :".split())).map(" ".join)
)
def test_any_text_has_sides_or_none(text: str) -> None:
    found = sides(text)
    assert len(found) != 1
    assert len(found) <= SIDES
    assert parts(text)


@pytest.mark.parametrize(
    "words", ["a vs ", "a and b ", "difference between a ", "compare a and ", "and what ", "1 or "]
)
def test_long_questions_take_no_time(words: str) -> None:
    started = time.perf_counter()
    sides(words * 300)
    parts(words * 300)
    assert time.perf_counter() - started < 2
