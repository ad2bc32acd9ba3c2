"""Variants of questions, made by rule."""

from __future__ import annotations

import pytest

from taqa.evaluation.variants import RULES, Language, language, variant

UNITS = (
    "The Global Environment Facility (GEF) supports the country. The countries report on the centres.",
    "Each body is a centre; the bodies meet.",
)


@pytest.fixture(scope="module")
def corpus() -> Language:
    return language(UNITS, {"GEF": "Global Environment Facility"})


def made(kind: str, text: str, corpus: Language) -> str:
    return variant(kind, text, corpus, "1")


def test_each_kind_changes_what_it_is_named_for(corpus: Language) -> None:
    asked = "How do GEF centres treat SC-1/15 and UNEP(DTIE)/Hg/INC.1/9?"
    long = "How do Global Environment Facility centres treat SC-1/15 and UNEP(DTIE)/Hg/INC.1/9?"
    assert made("acronyms spelt out", asked, corpus) == long
    assert made("full names shortened", long, corpus) == asked
    assert made("one noun in its other number", asked, corpus) == asked.replace("centres", "centre")
    assert made("symbols in lower case", asked, corpus).endswith("treat sc-1/15 and unep(dtie)/hg/inc.1/9?")
    assert made("symbols with spaces", asked, corpus).endswith("SC\u20111 / 15 and UNEP(DTIE) / Hg / INC.1 / 9?")
    assert made("symbols without brackets and hyphens", asked, corpus).endswith("SC 1/15 and UNEP DTIE/Hg/INC.1/9?")
    assert made("asked kindly", asked, corpus).endswith(asked)
    assert made("thanked for", asked, corpus).startswith(asked)
    assert made("lower case, no question mark", asked, corpus) == (
        "how do gef centres treat SC-1/15 and UNEP(DTIE)/Hg/INC.1/9"
    )
    assert made("British or American spelling", asked, corpus) == asked.replace("centres", "centers")
    assert made("British or American spelling", "the Program of organisations", corpus) == (
        "the Programme of organizations"
    )


@pytest.mark.parametrize(
    ("kind", "longer"),
    [("a letter dropped", -1), ("a letter doubled", 1), ("two letters swapped", 0), ("a letter replaced", 0)],
)
def test_a_typing_error_is_in_one_long_word_only(corpus: Language, kind: str, longer: int) -> None:
    asked = "Which GEF facility should report on SC-1/15 by 2010?"
    for seed in "abcdefgh":
        typed = variant(kind, asked, corpus, seed)
        assert len(typed) == len(asked) + longer
        wrong = [(a, b) for a, b in zip(asked.split(), typed.split(), strict=True) if a != b]
        assert len(wrong) == 1
        assert wrong[0][0] in ("facility", "report")
        assert variant(kind, asked, corpus, seed) == typed


def test_a_question_with_nothing_to_change_stays(corpus: Language) -> None:
    for kind in RULES:
        if kind not in ("asked kindly", "thanked for", "lower case, no question mark"):
            assert made(kind, "Who is it?", corpus) == "Who is it?"
