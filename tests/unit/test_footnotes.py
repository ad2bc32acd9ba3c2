"""Footnotes told from paragraphs and taken out of the text."""

from __future__ import annotations

import pytest

from taqa.domain import Kind

from ..documents import furniture, made, tails, text, unit


def notes(document) -> list[tuple[str, str]]:
    return [(note.label, note.text) for note in document.units if note.kind is Kind.FOOTNOTE]


CALLS = [
    *("Treaty1", "Treaty.1", "Treaty,1", "“Treaty”1", "(Treaty)1"),
    *("Treaty<sup>1</sup>", "Treaty of 2005.1", "(https://a.example/b).1"),
]


@pytest.mark.parametrize("call", CALLS)
def test_marks_that_call(call: str) -> None:
    paper = made(f"1. It follows the {call} of old\n\n1 A treaty on bees.\n")
    assert notes(paper) == [("para. 1, footnote 1", "1 A treaty on bees.")]
    assert "1 of" not in text(paper, "1")
    assert furniture(paper, "footnote mark") == ["1"]


@pytest.mark.parametrize("line", ["It has 1", "It has XYZ/BEE.1", "See article 1", "It cost 4.1"])
def test_numbers_that_call_nothing(line: str) -> None:
    paper = made(f"1. {line} and more words here.\n\n1 is a number.\n")
    assert notes(paper) == []
    assert furniture(paper, "footnote mark") == []


def test_a_mark_inside_an_address_is_none() -> None:
    paper = made("1. See https://hive.example/a1 and Bees1 too.\n\n1 An order of insects.\n")
    assert "https://hive.example/a1 and Bees too." in text(paper, "1")


def test_notes_come_in_order() -> None:
    paper = made("1. Bees2 and wasps.1\n\n2 Stray words.\n\n1 Insects too.\n")
    assert notes(paper) == [("para. 1, footnote 1", "1 Insects too.")]


def test_superscript_notes() -> None:
    paper = made("1. Bees<sup>1</sup> are of use.\n\n---\n\n<sup>1</sup> Insects.\n\n2. So is wax.\n")
    assert text(paper, "1") == "1. Bees are of use."
    assert text(paper, "1.footnote1") == "1 Insects."
    assert unit(paper, "1").notes == ("made:1.footnote1",)
    assert tails(paper) == ["1", "1.footnote1", "2"]


def test_asterisks_with_and_without_their_anchor() -> None:
    paper = made("1. Item 4 of the agenda\\* and item 5.\n\n\\* XYZ/BEE.1/1.\n\n\\*\\* XYZ/BEE.1/2.\n")
    assert notes(paper) == [("para. 1, footnote *", "* XYZ/BEE.1/1."), ("footnote **", "** XYZ/BEE.1/2.")]
    assert text(paper, "1") == "1. Item 4 of the agenda and item 5."


def test_the_first_of_two_equal_asterisks_is_called_first() -> None:
    paper = made("1. Wax* is soft.\n\n* Of bees.\n\n2. Honey* is sweet.\n\n* Of bees, too.\n")
    assert notes(paper) == [("para. 1, footnote *", "* Of bees."), ("para. 2, footnote *", "* Of bees, too.")]


def test_a_list_with_asterisks_is_no_footnotes() -> None:
    paper = made(
        "1. The wastes are:\n\n" + "\n\n".join(f"* {metal} scrap" for metal in ["Tin", "Zinc", "Lead", "Iron", "Gold"])
    )
    assert notes(paper) == []


def test_a_note_ends_where_the_text_goes_on() -> None:
    paper = made(
        """
        1. The hives are kept by
        the Bees1 of

        1 Insects of summer.
        the northern towns.
        """
    )
    assert text(paper, "1.footnote1") == "1 Insects of summer."
    assert text(paper, "1") == "1. The hives are kept by the Bees of the northern towns."


def test_a_paragraph_number_is_no_note() -> None:
    paper = made("1. Bees of 20121\n\n2. Wax.\n\n3. Honey.\n")
    assert tails(paper) == ["1", "2", "3"]
