"""Which units say something by themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from taqa.domain import Kind
from taqa.retrieval.rows import rows_of
from taqa.retrieval.speaking import speaks

from ..documents import corpus, made


def alone(text: str) -> bool:
    """Whether an unnumbered paragraph of that text speaks."""
    paragraph = made("I. Hives\n\nBees are kept in hives by the Parties.\n").units[-1]
    assert paragraph.kind is Kind.UNNUMBERED
    return speaks(replace(paragraph, text=text))


@pytest.mark.parametrize(
    "text",
    [
        "UNEP(DTIE)/Hg/INC.1/9",
        "UNEP/CHW.13/INF/35, UNEP/FAO/RC/COP.8/INF/25 and UNEP/POPS/COP.8/INF/23.",
        "See https://example.org/a/b and www.example.org.",
        "28 February 2013",
        "600 500 400 kW",
        "Decision 1/CP.16, paragraphs 15 and 16.",
        "The Conference of the Parties,",
        "Practice tips:",
    ],
)
def test_symbols_links_numbers_and_dates_do_not(text: str) -> None:
    assert not alone(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bees sleep.",
        "The fund pays for all.",
        "h = height of the hive;",
        "1. Leases should be in writing.",
        "20 Scale factor of second size",
        "The Parties pay 30 per cent of UNEP/1/2 each year.",
        "9th plenary meeting, 7 December 2012",
        "蜜蜂住在蜂巢里。",
    ],
)
def test_sentences_do_and_so_does_what_has_words_of_its_own(text: str) -> None:
    assert alone(text)


def test_items_speak_however_short_unless_they_are_links() -> None:
    document = made(
        """
        1. The Parties provide:

        (a) Training;

        (b) UNEP/1/2;

        (c) https://example.org/training
        """
    )
    assert [speaks(each) for each in document.units] == [True, True, True, False]
    assert [row.unit_id for row in rows_of(document)] == [f"{document.id}:{tail}" for tail in ("1", "1.a", "1.b")]


def test_preambular_paragraphs_speak() -> None:
    document = made(
        """
        Decision 5/BEE.2

        Hives

        The Conference of the Parties,

        Recalling decision 1/BEE.1,

        1. Decides that hives stay warm all year.
        """
    )
    recalled = next(each for each in document.units if each.text.startswith("Recalling"))
    assert (recalled.kind, speaks(recalled)) == (Kind.UNNUMBERED, True)


def test_what_does_not_speak_in_the_corpus_is_still_there() -> None:
    silent = [each for document in corpus() for each in document.units if not speaks(each)]
    told = [each.text for each in silent if each.kind is not Kind.HEADING]
    assert "Distr.: General 8 March 2017" in told
    assert "* UNEP/CHW.13/1." in told
    assert all(each.kind in (Kind.UNNUMBERED, Kind.FOOTNOTE, Kind.HEADING) for each in silent)
