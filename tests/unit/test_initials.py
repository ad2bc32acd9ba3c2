"""Acronyms that no document introduces are read by their initials, where that is plain."""

from __future__ import annotations

import time

import pytest

from taqa.retrieval.initials import Initials

TEXTS = (
    "The decision guidance document is sent to each Party. A decision guidance document lists its uses.",
    "Each Party reads the decision guidance documents. Draft goals are discussed.",
    "The least developed countries and the small island developing States come first.",
    "Funds for the least-developed countries; least developed countries ask for more.",
    "The Conference of the Parties meets. The conference of the Parties decides. The Conference of the Parties ends.",
    "Projects of the Clean Development Mechanism are considered desirable for meeting targets.",
    "Seed and soil. Seeds and soils. Sun and sea. Sea and sun. Seed. And sun.",
)
WORDS = {"cop": 1, "uses": 2}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("when is the DGD sent", "when is the decision guidance document sent"),
        ("who reads DGDs?", "who reads decision guidance document?"),
        ("funds for LDCs", "funds for least developed countries"),
        ("what does the COP do", "what does the conference of the parties do"),
        ("CDM projects", "clean development mechanism projects"),
        ("who reads the dgd", "who reads the decision guidance document"),
        ("decision 3/COP.2 and DGD/5", "decision 3/COP.2 and DGD/5"),
        ("COP 23", "COP 23"),
        ("what is an XYZ", "what is an XYZ"),
        ("which SAS", "which SAS"),
        ("no acronym", "no acronym"),
    ],
)
def test_an_acronym_is_the_phrase_that_stands_out(text: str, wanted: str) -> None:
    assert Initials(TEXTS, WORDS).spelt_out(text) == wanted


def test_one_that_documents_introduce_or_rather_use_stays() -> None:
    assert Initials(TEXTS, WORDS, known=("DGD",)).spelt_out("the DGD") == "the DGD"
    assert Initials(TEXTS, {"dgd": 9}).spelt_out("the DGD") == "the DGD"


def test_where_all_is_typed_in_capitals_a_word_of_the_language_is_no_acronym() -> None:
    held = Initials(("He asked where any two cows. Here are two cows, hear all tame cows. Hear all tame cows.",), {})
    assert held.spelt_out("the HATC") == "the hear all tame cows"
    words = ("the", "hatc")
    assert Initials(held.texts, {}, language=words).spelt_out("THE HATC") == "THE HATC"
    assert Initials(held.texts, {}, language=words).spelt_out("the HATC") == "the hear all tame cows"


def test_a_phrase_does_not_run_over_a_sentence_or_a_unit() -> None:
    assert Initials(("Dogs. Go down.", "Dogs, go down"), {}).phrase("DGD") == ""


def test_many_words_take_no_time_to_speak_of() -> None:
    started = time.perf_counter()
    Initials(("a " * 200_000, "aa " * 200_000), {}).phrase("AAAAAAA")
    assert time.perf_counter() - started < 20
