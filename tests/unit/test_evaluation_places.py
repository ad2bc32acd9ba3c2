"""Locating quotations and facts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taqa.domain import Span
from taqa.evaluation.facts import fold, states
from taqa.evaluation.places import locate, occurrences, same_place, spans_match

TEXT = "One two\nthree, four.\n\nOne\u00a0\u202f two  three. co\u2011operate semi-\n annually (a)\nitem"


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("One two three,", "One two\nthree,"),
        ("  two\tthree.\n", "two  three."),
        ("One two three.", "One\u00a0\u202f two  three."),
        ("(a) item", "(a)\nitem"),
        ("co\u2011operate", "co\u2011operate"),
    ],
)
def test_white_space_does_not_matter(quote: str, found: str) -> None:
    place = locate(quote, TEXT)
    assert place is not None
    assert TEXT[place.start : place.end] == found


@pytest.mark.parametrize("quote", ["one two", "One  twothree", "co-operate", "semi-annually", "item.", "", " \n"])
def test_anything_else_does(quote: str) -> None:
    assert locate(quote, TEXT) is None


@pytest.mark.parametrize(
    ("quote", "found"), [("co-operate", "co\u2011operate"), ("semi\u2013annually", "semi-\n annually")]
)
def test_soft_folds_hyphens_and_line_ends(quote: str, found: str) -> None:
    place = locate(quote, TEXT, soft=True)
    assert place is not None
    assert TEXT[place.start : place.end] == found
    assert locate("One two four", TEXT, soft=True) is None


def test_pattern_characters_are_plain() -> None:
    assert locate("a.c (1) [x]", "abc (1) [x] a.c (1)  [x]") == Span(12, 24)


def test_all_places_in_order() -> None:
    assert list(occurrences("One two", TEXT)) == [Span(0, 7), Span(22, 31)]


WORD = st.text(st.characters(exclude_categories=("Z", "C")), min_size=1)


@given(st.text(), st.lists(WORD, min_size=1), st.text())
def test_words_joined_by_one_space_are_found_where_they_first_stand(before: str, words: list[str], after: str) -> None:
    quote = " ".join(words)
    place = locate(quote, before + "\n\u00a0".join(words) + after)
    assert place is not None
    assert place.start <= len(before)


@pytest.mark.parametrize(
    ("overlap", "one", "other", "same"),
    [(5, 10, 100, True), (4, 10, 100, False), (5, 100, 10, True), (3, 5, 5, True), (2, 5, 5, False), (0, 0, 9, False)],
)
def test_half_of_the_shorter(overlap: int, one: int, other: int, same: bool) -> None:
    assert same_place(overlap, one, other) is same


def test_spans_match() -> None:
    assert spans_match(Span(0, 100), Span(95, 105))
    assert not spans_match(Span(0, 100), Span(96, 106))
    assert not spans_match(Span(0, 10), Span(10, 20))


def test_fold() -> None:
    assert fold("  “Co\u2011operation”\n\u00a0of  PARTIES\u2019 ") == '"co-operation" of parties\''


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("with 0.30 of a staff member.", "0.30"),
        ("the HOST\u00a0 countries", "host countries"),
        ("capacity\u2011building", "Capacity-building"),
        ("UNEP(DTIE)/Hg/INC.1/9,", "UNEP(DTIE)/Hg/INC.1/9"),
        ("70\u2019000 USD", "70'000"),
        ("in 147.", "147"),
        ("2018\u20132021", "2018-2021"),
        ("the Convention1", "convention"),
    ],
)
def test_states(text: str, fact: str) -> None:
    assert states(text, fact)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("1300 or 301", "30"),
        ("0.305", "0.30"),
        ("10.30", "0.30"),
        ("1,147 parties", "147"),
        ("147.5", "147"),
        ("host  and countries", "host countries"),
        ("anything", " "),
    ],
)
def test_does_not_state(text: str, fact: str) -> None:
    assert not states(text, fact)
