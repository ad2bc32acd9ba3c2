"""Proper names that the corpus knows."""

from __future__ import annotations

from taqa.assistant import Assistant
from taqa.retrieval.names import known_names, names_in


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


def test_a_name_may_hold_a_joining_word_unless_it_joins_treaties() -> None:
    assert known_names(["the River and Lake Initiative"], {}) == {"river and lake initiative"}
    assert known_names(["the Oslo and Paris Convention"], {}) == {"paris convention", "paris"}


def test_a_general_word_alone_makes_no_name_and_counts_inside_one() -> None:
    assert known_names(["the Global Programme and the Regional Plan"], {}) == frozenset()
    assert known_names(["a Global River Partnership"], {}) == {"global river partnership"}


def test_an_acronym_that_is_an_everyday_word_is_known_in_capitals_only() -> None:
    assert known_names([], {"WHO": "World Health Organization"}) == {"WHO", "world health organization"}


def test_short_forms_and_stop_words_are_no_names() -> None:
    assert known_names(["a fund"], {"UN": "or"}) == frozenset()  # too short, and a stop word
    assert known_names([], {}) == frozenset()


def test_names_in_order_of_appearance_and_the_longest_only() -> None:
    names = frozenset(("basel convention", "basel", "multilateral fund", "saicm"))
    text = "Do SAICM and the Basel Convention share the Multilateral Fund?"
    assert names_in(text, names) == ("saicm", "basel convention", "multilateral fund")
    assert names_in("The Baseline of SAICMs", names) == ()


def test_a_name_in_capitals_counts_only_so() -> None:
    names = frozenset(("WHO", "saicm"))
    assert names_in("Does WHO pay?", names) == ("WHO",)
    assert names_in("Who pays SAICM?", names) == ("saicm",)


def test_of_the_corpus(real_assistant: Assistant) -> None:
    names = real_assistant.searcher.names
    assert {
        "basel convention",
        "stockholm",
        "multilateral fund",
        "quick start programme",
        "saicm",
        "unitar",
        "WHO",
    } <= names
    assert {"environment and security initiative", "unep global mercury partnership"} <= names
    assert not names & {"convention", "protocol", "the convention", "parties", "environment facility", "work programme"}


def test_what_stands_before_and_after_a_name_and_how_often_it_comes_does_not_matter() -> None:
    names = frozenset({"basel", "basel convention", "WHO", "global environment facility", "u.n."})
    assert names_in("(Basel) and the 'Basel Convention'; Global  Environment-Facility", names) == (
        "basel",
        "basel convention",
    )
    assert names_in("Is it WHO, or the global environment\nfacility? WHO!", names) == (
        "WHO",
        "global environment facility",
    )
