"""Words as they are compared."""

from __future__ import annotations

import math

from taqa.retrieval.terms import content_words, inverse_document_frequency, terms


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


def test_rarity_by_the_formula() -> None:
    known, unseen = inverse_document_frequency(["mercury waste", "mercury mercury", "the"])
    assert known == {"mercuri": math.log(1 + 1.5 / 2.5), "wast": math.log(1 + 2.5 / 1.5)}
    assert unseen == math.log(1 + 3.5 / 0.5)
    assert inverse_document_frequency([]) == ({}, math.log(2))
