"""Displayed text and the way back to the source."""

from __future__ import annotations

import pytest

from taqa.domain import Run, Span
from taqa.ingest.invisible import written_out
from taqa.ingest.proofs import conservation
from taqa.ingest.shown import display

from ..documents import furniture, parsed


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


HIDDEN_WORDS = (
    "\u202e1.\u200b Par\u00adties sh\u2066all not\u2069 dis\u200dcharge mer\u00ad\ncury\U000e0041.\x1b\ufe0f\n\n2. Two."
)


def test_what_is_invisible_is_never_displayed_and_is_accounted_for() -> None:
    document = parsed(HIDDEN_WORDS)
    assert [unit.text for unit in document.units] == ["1. Parties shall not discharge mercury.", "2. Two."]
    assert [unit.label for unit in document.units] == ["para. 1", "para. 2"]
    hidden = "".join(furniture(document, "invisible character"))
    assert hidden == "\u202e\u200b\u00ad\u2066\u2069\u200d\u00ad\U000e0041\x1b\ufe0f"
    assert conservation(document).share == 1.0
    first = document.units[0]
    for run in first.runs:
        for at in range(run.length):
            source, char = document.text[run.source + at], first.text[run.shown + at]
            assert source == char or (source.isspace() and char == " ")


def test_what_is_hidden_in_furniture_is_accounted_for_once() -> None:
    document = parsed("1. One.\n\nhttps://a.b/c<sup>1</sup>\u200b2\n\n2. Two.")
    assert furniture(document, "link list") == ["https://a.b/c", "1", "2"]
    assert furniture(document, "invisible character") == ["\u200b"]
    assert (conservation(document).share, conservation(document).doubled) == (1.0, ())


def test_what_is_invisible_is_written_out_for_a_terminal() -> None:
    assert written_out("a\x1b[31m\u202eb\tc\n") == "a<U+001B>[31m<U+202E>b\tc\n"


def test_joiners_stay_where_a_script_needs_them() -> None:
    document = parsed("1. می\u200cخواهم and क\u094d\u200dष but no\u200cne.")
    assert document.units[0].text == "1. می\u200cخواهم and क\u094d\u200dष but none."


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
