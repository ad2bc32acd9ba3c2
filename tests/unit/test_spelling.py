"""Words read as the corpus spells them: what is mended, and what is left alone."""

from __future__ import annotations

import pytest

from taqa.retrieval.encoder import words_of_language
from taqa.retrieval.spelling import Spelling, printed_words
from taqa.retrieval.terms import MODAL

from ..documents import corpus

UNITS = (
    "The Rotterdam Convention covers hazardous pesticides; Parties shall report each year.",
    "The Rotterdam Secretariat supports centres and the programme of the UNEP office.",
    "A hazardous pesticide is listed. The programme of work is reviewed by the centre.",
    "Registers of pollutants are kept, with centres that train. The Basel centre reviews them.",
)
ENGLISH = (
    "which",
    "about",
    "right",
    "money",
    "ramsay",
    "report",
    "pollution",
    "center",
    "program",
    "word",
    "litigation",
)


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return Spelling(printed_words(UNITS), ENGLISH)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("hazrdous pesticides", "hazardous pesticides"),
        ("hazzardous pesticides", "hazardous pesticides"),
        ("hazadrous pesticides", "hazardous pesticides"),
        ("hazardoys pesticides", "hazardous pesticides"),
        ("Roterdam Convention", "Rotterdam Convention"),
        ("Rotterdam convetion", "Rotterdam convention"),
        ("aBsel centres", "Basel centres"),
        ("how much mnoey", "how much money"),
        ("what is reviewwed", "what is reviewed"),
        ("is the secretraiat's office big?", "is the secretariat's office big?"),
        ("a pesticide-progarmme", "a pesticide-programme"),
    ],
)
def test_one_letter_typed_wrong_is_read_as_meant(spelling: Spelling, typed: str, read: str) -> None:
    assert spelling.mended(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "wording",  # "word" with an ending, though "working" may be near
        "Ramsar wetlands",  # near a word of the language only by another letter
        "mitigation",  # near "litigation" by its first letter
        "shoud Parties report",  # near a modal verb
        "shall should could would might must may cannot",
        "pesticidal",
        "UNEPS RPTRs NCPCs",  # capitals
        "INC.1/9 hazrdous/9 2010-11 CP23x centre2s",  # digits and slashes
        "yeer eacg wrks",  # four letters
        "pesticides reviewing reporting",  # stems that the corpus has, with other endings
        "",
    ],
)
def test_what_may_be_meant_as_typed_stays(spelling: Spelling, typed: str) -> None:
    assert spelling.mended(typed) == typed


def test_of_two_near_words_neither_is_taken_unless_one_is_clearly_commoner() -> None:
    even = Spelling(printed_words(["the panel", "the panes", "panel and panes"]), ("the",))
    assert even.mended("panec") == "panec"
    clear = Spelling(printed_words(["the panel", *["the panes"] * 8]), ("the",))
    assert clear.mended("panec") == "panes"


def test_without_words_of_the_language_nothing_is_taken_for_mistyped() -> None:
    assert Spelling(printed_words(UNITS), ()).mended("hazrdous program") == "hazrdous programme"


def test_american_and_british_words_are_read_as_the_corpus_has_them(spelling: Spelling) -> None:
    assert spelling.mended("programs of the Center") == "programs of the Centre"
    assert spelling.in_one_spelling("program of the centers") == "programme of the centres"
    both = Spelling(printed_words(["organise", "organize it", "they organize"]), ("it",))
    assert both.mended("organise") == "organise"
    assert both.in_one_spelling("organise or organize") == "organize or organize"
    assert both.in_one_spelling("four sizes of power") == "four sizes of power"


def test_small_letters_become_the_capitals_that_the_corpus_always_prints(spelling: Spelling) -> None:
    assert spelling.in_capitals("unep and the basel convention") == "UNEP and the Basel Convention"
    assert spelling.in_capitals("registers that parties report") == "registers that Parties report"
    assert spelling.in_capitals("Unep, the centre, the programme") == "Unep, the centre, the programme"


def test_no_word_of_the_corpus_is_ever_taken_for_another_and_no_modal_verb_comes_or_goes() -> None:
    texts = [unit.text for document in corpus() for unit in document.units]
    real = Spelling(printed_words(texts), words_of_language())
    changed = [word for word in real.printed if real.mended(word) != word]
    assert changed == []
    for verb in MODAL:
        for at in range(len(verb)):
            mistyped = f"{verb[:at]}{verb[at]}{verb[at:]}"
            assert real.mended(mistyped) not in MODAL


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("stockhom centres", "stockholm centres"),
        ("mercury partneship", "mercury partnership"),
        ("multilatral fund", "multilateral fund"),
        ("What is the wording?", "What is the wording?"),
        ("montreal protocl", "montreal protocol"),
    ],
)
def test_words_of_the_real_documents(typed: str, read: str) -> None:
    texts = [unit.text for document in corpus() for unit in document.units]
    assert Spelling(printed_words(texts), words_of_language()).mended(typed) == read
