"""Exact look-up: a reference is found wherever it stands, and nowhere else."""

from __future__ import annotations

import re

import pytest

from taqa.assistant import Assistant
from taqa.library.index import hold
from taqa.references import find, fold
from taqa.retrieval.exact import (
    Article,
    Articles,
    articles_named,
    initials,
    mention_index,
    mentioned_articles,
    named_documents,
    names_place,
    paragraphs_named,
    places_of,
    prints_article,
    quoted_provisions,
    same_instrument,
)

from ..documents import corpus, made, real


def labels(assistant: Assistant, numbers: list[int]) -> list[str]:
    held = [assistant.index.units[number] for number in numbers]
    return [f"{item.document.id[:3]} {item.unit.label}" for item in held]


@pytest.mark.parametrize("typed", ["SC-1/15", "SC‑1/15", "decision sc-1/15".upper()])
def test_every_place_of_a_decision_equals_a_full_scan(real_assistant: Assistant, typed: str) -> None:
    places = places_of(find(typed)[0], real_assistant.searcher.mentions)
    scanned = [
        number
        for number, held in enumerate(real_assistant.index.units)
        if re.search(r"(?<![\w-])sc-1/15(?!\d)", fold(held.unit.text))
    ]
    assert sorted({place.unit for place in places}) == scanned
    assert labels(real_assistant, scanned) == [
        "002 para. 29",
        "002 para. 31",
        "002 para. 32",
        "002 para. 33",
        "003 para. 23",
    ]
    for place in places:
        assert fold(real_assistant.index.units[place.unit].unit.text[place.start : place.end]) == "sc-1/15"


def test_every_symbol_of_the_corpus_is_found_where_it_stands(real_assistant: Assistant) -> None:
    for key, places in real_assistant.searcher.mentions.places.items():
        for place in places:
            text = real_assistant.index.units[place.unit].unit.text[place.start : place.end]
            assert any(mention.key == key for mention in find(text)), (key, text)


def test_a_symbol_without_its_organ_is_the_whole_one_and_never_a_longer_one() -> None:
    units = hold((made("1. See A/B/INC.1/1 and A/B/INC.1/10.\n\n2. See A/B/INC.1/1/Add.1.\n\n3. See A/C/INC.1/1.\n"),))
    index = mention_index(units)

    def units_of(text: str) -> list[int]:
        return [place.unit for place in places_of(find(text)[0], index)]

    assert units_of("INC.1/1") == [0, 2]
    assert units_of("A/B/INC.1/1") == [0]
    assert units_of("INC.1/10") == [0]
    assert units_of("INC.1/1/Add.1") == [1]
    assert units_of("INC.1/100") == []
    assert units_of("C.1/1/Add.1") == [] if find("C.1/1/Add.1") else True


def test_documents_named() -> None:
    documents = corpus()

    def files(text: str) -> list[str]:
        return [document.id[:3] for document in named_documents(text, documents)]

    assert files("What does UNEP(DTIE)/Hg/INC.1/9 say?") == ["002"]
    assert files("what does unep (dtie)/hg/inc.1/10 say") == ["003"]
    assert files("What does UNEP(DTIE)/Hg/INC.1/1 say?") == []
    assert files("What does the technical assistance plan 2018–2021 say?") == ["004"]
    assert files("What do they say?") == []


def test_paragraphs_named() -> None:
    document = real("002")

    def found(text: str) -> list[str]:
        return [unit.label for unit in paragraphs_named(text, document)]

    assert found("paragraph 29 (c) (viii) and para. 6 (a)") == ["para. 29 (c) (viii)", "para. 6 (a)"]
    assert found("Paragraph 6, and once more para 6") == ["para. 6"]
    assert found("para. 999") == []
    assert names_place("para. 999")
    assert names_place("section IV")
    assert not names_place("the parameters of 5 parties")


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("article 12, para. 3", [Article("12", "3")]),
        ("paragraph 3 of article 12", [Article("12", "3")]),
        ("art. 12 (3)", [Article("12", "3")]),
        ("Art. 12.3", [Article("12", "3")]),
        ("article 10 and article 12", [Article("10", ""), Article("12", "")]),
        ("articles 10 and 12", [Article("10", ""), Article("12", "")]),
        ("Articles 10, 11 and 12 of the Lead Treaty", [Article("10", ""), Article("11", ""), Article("12", "")]),
        ("arts. 10–12", [Article("10", ""), Article("11", ""), Article("12", "")]),
        ("article 10 and 12 months", [Article("10", "")]),
        ("paragraphs 2–4 of article 12", [Article("12", "2"), Article("12", "3"), Article("12", "4")]),
        ("article 12, paras. 2 and 4", [Article("12", "2"), Article("12", "4")]),
        ("article 10, paragraph 3, and article 12", [Article("10", "3"), Article("12", "")]),
        ("article 12 and article 12", [Article("12", "")]),
        ("part 12 of the party", []),
        ("", []),
    ],
)
def test_articles_named(text: str, articles: list[Article]) -> None:
    assert list(articles_named(text)) == articles


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (
            "article 12, paragraph 3, of the Stockholm Convention",
            ["002 para. 28 (quoting Stockholm Convention, art. 12, para. 3)"],
        ),
        (
            "article 12 of the Stockholm Convention",
            [f"002 para. 28 (quoting Stockholm Convention, art. 12, para. {number})" for number in (2, 3, 4)],
        ),
        (
            "paragraphs 3-4 of article 12 of the Convention on Persistent Organic Pollutants",
            [f"002 para. 28 (quoting Stockholm Convention, art. 12, para. {number})" for number in (3, 4)],
        ),
        (
            "article 12, paragraph 3, of the POPs Convention",
            ["002 para. 28 (quoting Stockholm Convention, art. 12, para. 3)"],
        ),
        ("article 14 of the Basel Convention", ["002 para. 4 (quoting Basel Convention, art. 14, para. 1)"]),
        ("article 14", ["002 para. 4 (quoting Basel Convention, art. 14, para. 1)"]),
        ("article 14 of the Stockholm Convention", []),
        ("article 12 of the Basel Convention and article 14 of the Stockholm Convention", []),
        ("article 12 of the Basel Convention", []),
        ("article 1 of the Stockholm Convention", []),
        ("the Stockholm Convention", []),
    ],
)
def test_quoted_provisions(real_assistant: Assistant, question: str, found: list[str]) -> None:
    quoting = labels(real_assistant, quoted_provisions(question, real_assistant.searcher.articles))
    assert [label for label in quoting if label.startswith("002")] == found


TWO_TREATIES = """
    # A. Lead Treaty

    1. Article 4 of the Lead Treaty reads:

    Lead is banned.

    # B. Tin Treaty

    2. Unlike the Lead Treaty, article 4 of the Tin Treaty reads:

    Tin is allowed.

    # C. Zinc

    3. Article 4 provides:

    Zinc is free.
    """


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What does article 4 of the Lead Treaty say?", ["Lead is banned."]),
        ("What does article 4 of the Tin Treaty say?", ["Tin is allowed."]),
        ("What does article 4 of the Tin Treaty say, and article 5 of the Lead Treaty?", ["Tin is allowed."]),
        ("Under the Lead Treaty, what does article 4 say?", ["Lead is banned."]),
        ("What does article 4 of the Lead Treaty say that the Tin Treaty does not?", ["Lead is banned."]),
        ("What does article 4 say?", ["Lead is banned.", "Tin is allowed."]),
        ("What does article 9 of the Tin Treaty say?", []),
    ],
)
def test_a_provision_is_of_the_treaty_asked_for(question: str, found: list[str]) -> None:
    units = hold((made(TWO_TREATIES),))
    assert [units[number].unit.text for number in quoted_provisions(question, Articles(units))] == found


def test_a_provision_of_a_treaty_that_nothing_names_is_found_where_no_other_is() -> None:
    units = hold((made("1. Article 4 provides:\n\nZinc is free.\n\n2. So it is.\n"),))
    assert [units[number].unit.label for number in quoted_provisions("article 4", Articles(units))] == [
        "para. 1 (quoting art. 4)"
    ]


def test_units_that_mention_an_article(real_assistant: Assistant) -> None:
    units = real_assistant.searcher.articles
    found = labels(real_assistant, mentioned_articles("article 10 of the Montreal Protocol", units))
    assert "003 para. 15" in found
    assert mentioned_articles("article 99 of the Montreal Protocol", units) == []
    assert prints_article(Article("12", ""), units)
    assert not prints_article(Article("99", ""), units)


def test_the_instrument_named_must_be_the_same() -> None:
    full = "the Stockholm Convention on Persistent Organic Pollutants"
    assert same_instrument("the Stockholm Convention", full)
    assert same_instrument("the POPs Convention", full)
    assert not same_instrument("the Basel Convention", full)
    assert same_instrument("article 12", full)
    assert {"pop", "pops", "sc"} <= initials(full)
