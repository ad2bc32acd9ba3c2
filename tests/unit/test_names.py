"""Proper names that the corpus knows."""

from __future__ import annotations

from taqa.assistant import Assistant
from taqa.retrieval.names import known_names


def test_instruments_funds_and_acronyms() -> None:
    text = "The Multilateral Fund and the Basel Convention pay. In this Convention the Parties agree."
    assert known_names([text], {"SAICM": "Strategic Approach"}) == {
        "multilateral fund",
        "basel convention",
        "basel",
        "saicm",
        "strategic approach",
    }


def test_conventions_that_are_listed_together() -> None:
    assert known_names(["the Basel, Rotterdam and Stockholm conventions"], {}) == {"basel", "rotterdam", "stockholm"}


def test_short_forms_and_stop_words_are_no_names() -> None:
    assert known_names(["a fund"], {"UN": "or"}) == frozenset()
    assert known_names([], {}) == frozenset()


def test_of_the_corpus(real_assistant: Assistant) -> None:
    names = real_assistant.searcher.names
    assert {"basel convention", "stockholm", "multilateral fund", "quick start programme", "saicm", "unitar"} <= names
    assert not names & {"convention", "protocol", "the convention", "parties"}
