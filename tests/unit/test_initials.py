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


def test_words_in_capitals_for_emphasis_and_short_words_are_no_acronyms() -> None:
    held = Initials(("number of tonnes. number of tonnes. number of tonnes. national plan. " * 2,), {})
    assert held.spelt_out("may Parties NOT export nps?") == "may Parties NOT export nps?"


def test_a_name_that_goes_on_is_not_the_name() -> None:
    text = "Procedure for Certain Hazardous Chemicals and the Clean Development Mechanism are known."
    assert Initials((text,), {}).phrase("PFC") == ""
    assert Initials((text,), {}).phrase("CDM") == "clean development mechanism"


def test_a_question_of_acronyms_only_looks_for_a_few() -> None:
    held = Initials(("aaa bbb ccc " * 3,), {})
    assert held.spelt_out("XYA XYB XYC XYD ABC").endswith("ABC")
    assert held.spelt_out("XYA ABC") == "XYA aaa bbb ccc"


@pytest.mark.parametrize(
    "text", ["a " * 50_000, "aa " * 50_000, "and " * 50_000, "of the and " * 20_000, "of " * 50_000]
)
def test_many_words_take_no_time_to_speak_of(text: str) -> None:
    started = time.perf_counter()
    held = Initials((text,), {})
    for acronym in ("AAAAZ", "AAAAAAA", "AAAAAAZ", "OOOOOOZ"):
        held.phrase(acronym)
    assert time.perf_counter() - started < 5
