"""Footnotes told from paragraphs and taken out of the text."""

from __future__ import annotations

import re

import pytest

from taqa.domain import Kind, Page, Span
from taqa.ingest.document import parse
from taqa.ingest.formats import LineStyle, Source
from taqa.references import resolve

from ..documents import furniture, made, series, tails, text, unit


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


def test_numbers_that_begin_anew_in_an_annex_keep_their_scope() -> None:
    paper = made(
        """
        1. Bees1 fly to flowers.

        2. Wasps do not.2

        1 Insects of summer.

        2 They eat flies.

        ## Annex

        1. Clover1 is a flower.

        2. So is lime.

        1 Red clover and white.
        """
    )
    assert notes(paper) == [
        ("para. 1, footnote 1", "1 Insects of summer."),
        ("para. 2, footnote 2", "2 They eat flies."),
        ("annex, para. 1, footnote 1", "1 Red clover and white."),
    ]
    assert text(paper, "annex.1") == "1. Clover is a flower."
    assert unit(paper, "annex.1").notes == ("made:annex.1.footnote1",)
    assert series(paper)["footnotes"] == ("1", "2")
    assert series(paper)["annex, footnotes"] == ("1",)


def test_numbers_that_begin_anew_inside_one_paragraph_are_told_apart() -> None:
    paper = made("1. Bees1 fly over\n\n1 Insects.\n\nfields1 and hedges.\n\n1 Of clover.\n\n2. Wasps do not.\n")
    assert notes(paper) == [
        ("para. 1, footnote 1", "1 Insects."),
        ("para. 1, series 2, footnote 1", "1 Of clover."),
    ]
    assert [unit.counted for unit in paper.units if unit.kind is Kind.FOOTNOTE] == [False, True]
    assert (series(paper)["footnotes"], series(paper)["footnotes, series 2"]) == (("1",), ("1",))
    for note in paper.units:
        assert resolve(f"made.txt, {note.label}", [paper]).unit == note


@pytest.mark.parametrize("line", ["1 hive stands apart.", "1 Wax of many hives"])
def test_a_one_that_nothing_calls_begins_no_footnotes_anew(line: str) -> None:
    paper = made(f"1. Bees1 fly.\n\n1 Insects.\n\n2. They bring wax.\n\n{line}\n\n3. They rest.\n")
    assert notes(paper) == [("para. 1, footnote 1", "1 Insects.")]


def test_a_line_of_a_footnote_that_begins_with_a_one_stays_in_it() -> None:
    paper = made(
        "1. Bees1 fly.2\n\n1 Insects.\n\n2 See annex\n1 of the Treaty, which is on Bees1 too.\n\n2. They rest.\n"
    )
    assert notes(paper)[1:] == [("para. 1, footnote 2", "2 See annex 1 of the Treaty, which is on Bees1 too.")]


def test_a_footnote_that_nothing_calls_stands_under_its_decision() -> None:
    first = "Decision 1/BEE.2\n\n1. Decides to act.\n\n2. Requests more.\n\n* As agreed in May.\n\n"
    paper = made(first + "Decision 2/BEE.2\n\n1. Ends.\n")
    assert notes(paper) == [("decision 1/BEE.2, footnote *", "* As agreed in May.")]
    assert unit(paper, "decision1bee2.footnote*").heading_path == ("Decision 1/BEE.2",)


def test_footnotes_of_one_paragraph_and_of_two_pages_are_told_apart_by_the_page() -> None:
    whole = "1. Bees fly over\n1 Insects.\n\f\nfields and hedges.\n1 Of clover.\n\f\n"
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n\f]+", whole)]
    styles = tuple(
        LineStyle(low, high, "footnote", note="1", called_at=Span(call, call + 1)) if call else LineStyle(low, high)
        for (low, high), call in zip(lines, (0, 7, 0, 35), strict=True)
    )
    cut = whole.index("\f") + 2
    pages = (Page(1, "text", 0, cut), Page(2, "text", cut, len(whole)))
    paper = parse("made.pdf", "0" * 64, Source(whole, pages, styles))
    assert [label for label, _ in notes(paper)] == ["para. 1, page 1, footnote 1", "para. 1, page 2, footnote 1"]
    assert len({note.id for note in paper.units}) == len(paper.units)
