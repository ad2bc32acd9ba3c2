"""What the look of a page hides: items that a page ends between, bold paragraphs, contents, captions, misprints."""

from __future__ import annotations

from pathlib import Path

import pytest

from taqa.domain import Document, Kind
from taqa.ingest.document import parse
from taqa.ingest.formats.pdf import read_pdf

from ..documents import made, series, tails, text, unit
from .test_pdf import Word, column, document, drawn

CHAPEAU = ("1. Each Party shall report on:",)


def items(made: Document) -> list[tuple[str, str]]:
    return [(unit.label, unit.text) for unit in made.units if unit.kind in (Kind.SUBPARAGRAPH, Kind.CHAPEAU)][1:]


def test_an_item_that_is_a_phrase_ends_with_its_page() -> None:
    paper = document(
        column(72, 700, *CHAPEAU, "(a) The bees of the valley", "(b) The hives of the hill", leading=24),
        column(72, 700, "(c) The wasps of the wood", "(d) The ants.", leading=24),
    )
    assert items(paper) == [
        ("para. 1 (a)", "(a) The bees of the valley"),
        ("para. 1 (b)", "(b) The hives of the hill"),
        ("para. 1 (c)", "(c) The wasps of the wood"),
        ("para. 1 (d)", "(d) The ants."),
    ]


def test_the_letter_after_h_over_a_page_is_no_roman_one() -> None:
    letters = [f"({letter}) The bees of hive {letter.upper()}" for letter in "abcdefghij"]
    paper = document(column(72, 700, *CHAPEAU, *letters[:8], leading=24), column(72, 700, *letters[8:], leading=24))
    assert [label for label, _ in items(paper)] == [f"para. 1 ({letter})" for letter in "abcdefghij"]


@pytest.mark.parametrize("ending", ["paragraphs (a), (b) and", "items (a),", "paragraph 2 (b)", "the provisions of"])
def test_an_item_that_a_sentence_names_over_a_page_is_none(ending: str) -> None:
    paper = document(
        column(72, 700, *CHAPEAU, "(a) The bees of the valley;", f"(b) The hives, as told in {ending}", leading=24),
        column(72, 700, "(c) Of the rules of the hill;", "(c) The wasps.", leading=24),
    )
    assert [label for label, _ in items(paper)] == ["para. 1 (a)", "para. 1 (b)", "para. 1 (c)"]
    assert items(paper)[2][1] == "(c) The wasps."


def typed(bold: str, *pages: list[Word]) -> Document:
    return parse("made.pdf", "0", read_pdf(Path("made.pdf"), drawn(*pages, bold=bold)))


def test_a_paragraph_that_begins_in_bold_type_is_no_heading() -> None:
    bold = "4. More honey was found in the northern valley than in"
    paper = typed(
        bold,
        [
            *column(72, 700, *(f"{n}. The bees rest in their hives all winter." for n in (1, 2, 3)), leading=24),
            (72, 628, 10, bold),
            (72, 616, 10, bold.replace("4. ", "")),
            (72, 604, 10, "the year before."),
            *column(72, 580, "5. It ended."),
        ],
    )
    assert series(paper) == {"paragraphs": ("1", "2", "3", "4", "5")}
    assert text(paper, "4").startswith("4. More honey was found")
    assert text(paper, "5") == "5. It ended."


def test_a_bold_number_that_is_due_for_a_heading_is_that_of_a_heading() -> None:
    paper = made(
        """
        **1. Scope**

        1. Bees rest.

        2. Hives stand.

        **2. Wasps**

        3. Wasps fly.

        **3. Ants**

        4. Ants walk.

        **4. Ends**

        5. It ended.
        """
    )
    assert series(paper)["paragraphs"] == ("1", "2", "3", "4", "5")
    assert series(paper)["headings"] == ("1", "2", "3", "4")


def test_lines_of_a_table_of_contents_are_no_paragraphs_and_no_headings() -> None:
    listed = ("I. Bees", "1. Bees of the valley", "2. Hives of the hill")
    paper = document(
        [
            *column(72, 700, *(f"{line} {'. ' * 30}" for line in listed), leading=20),
            *((480.0, 700 - 20 * i, 10.0, str(i + 3)) for i in range(len(listed))),
        ],
        column(72, 700, "1. Bees rest.", "2. Hives stand.", "3. It ended.", leading=24),
    )
    assert tails(paper) == ["1", "2", "3"]
    assert sum(piece.kind == "table of contents" for piece in paper.furniture) == len(listed)


def test_the_second_line_of_a_wide_set_heading_belongs_to_it() -> None:
    first, second = "I. Counts of the bees that live in the", "northern valley"
    words = [(72.0, 700.0, 14.0, first), (72.0, 679.0, 14.0, second), *column(72, 640, "1. Bees rest.", "2. Done.")]
    content = drawn(words, bold=first).replace(b"/F1 14.0", b"/F2 14.0")
    paper = parse("made.pdf", "0", read_pdf(Path("made.pdf"), content))
    assert text(paper, "secti") == f"{first} {second}"


CAPTIONS = """
# Note on bees

The bees of the valley were counted.

**Terms used**

Hives and bees.

**I. Counts**

**A. Bees**

1. Bees rest.

**Figure 1**

**Bees by valley**

2. Bees fly.

**Figure 2**

**B. Hives**

3. Hives stand.

**Table 2. Hives by hill**

**II. Ends**

4. It ended.
"""


def test_a_caption_closes_no_section() -> None:
    paper = made(CAPTIONS)
    under = {unit.address[-1]: unit.heading_path for unit in paper.units if unit.kind is Kind.PARAGRAPH}
    assert under["2"] == ("Terms used", "I. Counts", "A. Bees", "Bees by valley")
    assert [item.gaps for item in paper.series if item.path.startswith("headings")] == [()] * 2
    assert under["3"] == ("Terms used", "I. Counts", "B. Hives")
    assert under["4"] == ("Terms used", "II. Ends")


def test_a_part_closes_sections_that_run_on_over_parts() -> None:
    paper = made(CAPTIONS.replace("Terms used", "Part 1 Terms").replace("Table 2. Hives by hill", "Part 2 Ends"))
    under = {unit.address[-1]: unit.heading_path for unit in paper.units if unit.kind is Kind.PARAGRAPH}
    assert under["4"] == ("Part 2 Ends", "II. Ends")


def test_a_number_that_lacks_its_stop_is_that_of_the_paragraph_that_acts() -> None:
    paper = made(
        """
        Decision 1/CP.9

        The Conference of the Parties,

        1. Welcomes the honey;

        2 Requests the secretariat to share it;

        3. Decides to meet again.
        """
    )
    assert series(paper)["decision 1/CP.9, paragraphs"] == ("1", "2", "3")
    assert unit(paper, "decision1cp9.2").verb == "Requests"


@pytest.mark.parametrize("line", ["2 bees were seen;", "3 Requests came in;", "2 Bees rest;"])
def test_a_number_without_a_stop_that_is_not_due_or_acts_not_is_text(line: str) -> None:
    head = "Decision 1/CP.9\n\nThe Conference of the Parties,\n\n1. Welcomes the honey;\n\n"
    paper = made(f"{head}{line}\n\n2. Decides to meet again.\n")
    assert series(paper)["decision 1/CP.9, paragraphs"] == ("1", "2")
    assert text(paper, "decision1cp9.2") == "2. Decides to meet again."


def test_an_item_glued_to_half_a_bracket_goes_on_with_a_list_and_begins_none() -> None:
    paper = made("1. Each Party shall:\n\na) Plant flowers;\n\nb)Spare hives;\n\nc) Report.\n\n2. Bees rest.\n")
    assert tails(paper) == ["1", "1.a", "1.b", "1.c", "2"]
    assert "1.a" not in tails(made("1. Bees rest.\n\na)Wasps fly.\n\n2. It ended.\n"))
