"""Displayed text and the way back to the source."""

from __future__ import annotations

import pytest

from taqa.domain import Run, Span
from taqa.ingest.shown import display


def shown(text: str, *spans: tuple[int, int], hidden: tuple[int, ...] = ()) -> tuple[str, tuple[Run, ...]]:
    flags = bytearray(len(text))
    for at in hidden:
        flags[at] = 1
    return display(text, [Span(*span) for span in spans or [(0, len(text))]], flags)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("one\ntwo", "one two"),
        ("one  \n \u00a0 two\t", "one two"),
        ("  one", "one"),
        ("semi-\nannually", "semi-annually"),
        ("multi-\n stakeholder", "multi-stakeholder"),
        ("technol-\nogy and technology", "technology and technology"),
        ("co-\noperate, cooperate, co-operate", "co-operate, cooperate, co-operate"),
        ("mid-\nand long-term", "mid- and long-term"),
        ("pre- \nor post-war", "pre- or post-war"),
        ("2010-\n2011", "2010-2011"),
        ("South-\nEast", "South-East"),
        ("awareness\u2011\nraising", "awareness\u2011raising"),
        ("a - \nb", "a - b"),
        ("semi- annually", "semi- annually"),
        ("Techno-\nlogy TECHNOLOGY", "Technology TECHNOLOGY"),
    ],
)
def test_breaks_are_healed(source: str, wanted: str) -> None:
    assert shown(source)[0] == wanted


def test_runs_lead_back() -> None:
    text, runs = shown("one\n\n two")
    assert text == "one two"
    assert runs == (Run(0, 0, 4), Run(4, 6, 3))


def test_a_dropped_hyphen_has_no_run() -> None:
    text, runs = shown("technol-\nogy. Technology")
    assert text == "technology. Technology"
    assert runs[:2] == (Run(0, 0, 7), Run(7, 9, 15))


def test_hidden_characters_and_gaps_between_pieces() -> None:
    source = "Convention1 asks\n\nXYZ/1\n\n for more"
    text, runs = shown(source, (0, 16), (26, 34), hidden=(10,))
    assert text == "Convention asks for more"
    assert runs[0] == Run(0, 0, 10)
    assert all(text[run.shown] == source[run.source] or text[run.shown] == " " for run in runs)


def test_pieces_that_touch_are_not_parted_by_a_space() -> None:
    assert shown("**C**onvention", (2, 3), (5, 14), hidden=(0, 1, 3, 4))[0] == "Convention"
