"""Words as they are compared."""

from __future__ import annotations

from taqa.retrieval.terms import content_words, terms


def test_content_words_keep_order_and_repeats_and_symbols_whole() -> None:
    assert content_words("What is the waste of INC.1/9, and the WASTE of 2.5 kg?") == [
        "waste",
        "inc.1/9",
        "waste",
        "2.5",
        "kg",
    ]
    assert content_words("“Capacity‑building”") == ["capacity", "building"]
    assert content_words("what is it and why") == []
    assert content_words("") == []


def test_stems_join_the_forms_of_a_word() -> None:
    assert terms("establishes established establishing") == ["establish"] * 3
    assert terms("Parties’ capacities") == ["parti", "capac"]


def test_words_of_other_scripts_are_words() -> None:
    assert terms("технической помощи") == ["технической", "помощи"]
    assert len(terms("什么是技术援助")) == 1
