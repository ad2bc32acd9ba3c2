"""The series of paragraph numbers: what is due, what may be missing, where it begins anew."""

from __future__ import annotations

import pytest

from taqa.domain import Series
from taqa.ingest.structure.paragraphs import Paragraphs

PLACES = {1: [0, 40], 2: [10], 3: [20], 4: [30], 9: [35]}
"""Paragraph numbers and the lines that open with them."""


def after(last: int, stop: int = 50) -> Paragraphs:
    series = Paragraphs(PLACES, stop, numbered=True)
    for number in range(1, last + 1):
        series.note(number)
    return series


@pytest.mark.parametrize(
    ("last", "line", "number", "may_skip", "taken"),
    [
        (0, 0, 1, False, True),
        (2, 20, 3, False, True),  # the number that is due
        (2, 5, 4, True, False),  # a gap, but the number that is due comes later
        (2, 25, 4, True, True),  # a gap, and it does not come
        (2, 25, 4, False, False),  # nor may anything be missing here
        (2, 25, 9, True, False),  # too wide a gap
        (3, 20, 2, True, False),  # nothing goes back
        (0, 20, 3, True, True),  # a document may begin with any number that the next one follows
        (0, 35, 9, True, False),
    ],
)
def test_which_numbers_are_taken(last: int, line: int, number: int, may_skip: bool, taken: bool) -> None:
    assert after(last).takes(line, number, may_skip) is taken


def test_what_stands_after_the_part_does_not_come_later() -> None:
    assert after(0).comes_later(20, 1)
    assert not after(0, stop=40).comes_later(20, 1)


def test_addresses_say_where_numbers_begin_anew() -> None:
    series = after(2)
    assert (series.address("2"), series.counted) == (("2",), False)
    series.begin_series(("“Ways”",))
    assert (series.address("1"), series.counted, series.due) == (("“Ways”", "1"), False, 1)
    series.begin_series(("“Ways”",))
    assert (series.address("1"), series.counted) == (("“Ways”", "series 2", "1"), True)
    series.begin_part(("annex II",), stop=50)
    assert (series.address("1"), series.counted) == (("annex II", "1"), False)


def test_every_number_is_recorded_with_those_missing() -> None:
    series = after(2)
    assert series.insert("bis") == "2 bis"
    series.note(5)
    series.begin_part(("annex II",), stop=50)
    series.note(3)
    assert series.ledger.series() == [
        Series("paragraphs", ("1", "2", "2 bis", "5"), ("3", "4")),
        Series("annex II, paragraphs", ("3",)),
    ]
