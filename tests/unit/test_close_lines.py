"""Numbers on lines that stand close, where the line before ends in a footnote call, a bracket or a quotation mark."""

from __future__ import annotations

import pytest

from taqa.ingest.drafts import is_terminal

from ..documents import made, parsed, series, tails, text

ENDINGS = (
    *("bees.[^1]", "bees.[^note]", "bees.1", "bees.²", "“bees.”3", "bees”.3", "(bees).12", "bees.*", "bees.†"),
    *("(at noon)", "“bees”", "[at noon]", "«bees»", "bees*", "paragraph 3 (b)"),
)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("head", ["", "UNEP/EX/1\n\n", "# Note on bees\n\n"])
def test_the_number_that_is_due_begins_a_paragraph(head: str, ending: str) -> None:
    paper = parsed(f"{head}1. The Chair spoke of {ending}\n2. The representative\nof hives replied.\n3. It ended.\n")
    assert series(paper)["paragraphs"] == ("1", "2", "3")
    assert text(paper, "2") == "2. The representative of hives replied."


@pytest.mark.parametrize(
    "breaking",
    [
        *("paragraphs", "article", "paragraph 1 and", "paras.", "article 6,", "document UNEP/EX/CP.1 and", "annex I,"),
        *("version 2.1 of", "No.", "(article", "the Parties of “Annex", "UNEP/EX/"),
    ],
)
def test_a_reference_that_breaks_off_keeps_its_number(breaking: str) -> None:
    paper = parsed(f"Note\n\n1. The Chair spoke of {breaking}\n2. The hives.\n\n2. Bees rest.\n\n3. It ended.\n")
    assert series(paper)["paragraphs"] == ("1", "2", "3")
    assert text(paper, "2") == "2. Bees rest."


@pytest.mark.parametrize("ending", ["CP.21", "Add.1", "para.12", "1.5", "UNEP/EX/INF.1", "art.4"])
def test_numbers_in_symbols_and_decimals_end_no_sentence(ending: str) -> None:
    assert not is_terminal(f"The Chair spoke of {ending}")


@pytest.mark.parametrize("ending", ENDINGS[:9])
def test_marks_of_footnotes_stand_after_the_end(ending: str) -> None:
    assert is_terminal(f"The Chair spoke of {ending}")


def test_a_number_in_lower_case_or_out_of_turn_is_text() -> None:
    paper = parsed("Note\n\n1. It is so (at noon)\n2. of the rules says (at night)\n4. Yes it is.\n\n2. Bees rest.\n")
    assert series(paper)["paragraphs"] == ("1", "2")


def test_a_number_that_comes_again_where_a_paragraph_stands_is_text() -> None:
    paper = parsed("Note\n\n1. Two are named (in part)\n2. Hives are many.\n\n2. Bees rest.\n\n3. It ended.\n")
    assert text(paper, "2") == "2. Bees rest."
    listed = parsed("Note\n\n1. Bees rest (in part)\n2. They are:\n1. Small;\n2. Large.\n3. It ended.\n")
    assert series(listed)["paragraphs"][:2] == ("1", "2")
    assert text(listed, "1") == "1. Bees rest (in part)"


def test_the_next_item_of_an_open_list_begins_one() -> None:
    paper = made(
        """
        Note

        1. Each State shall:

        (a) Plant flowers (of all kinds)
        (b) Spare hives, as in paragraph 3 (b)
        (c) and (d) of the rules;
        (c) Call them “hives”
        (d) Report.

        2. Bees rest.
        """
    )
    assert tails(paper) == ["title", "1", "1.a", "1.b", "1.c", "1.d", "2"]
    assert text(paper, "1.b") == "(b) Spare hives, as in paragraph 3 (b) (c) and (d) of the rules;"


def test_numbered_items_outside_paragraphs_go_on_too() -> None:
    prose = "Bees fly from flower to flower, and all of it is told here at some length, without any number. " * 4
    paper = parsed(f"# Bees\n\n{prose}\n\n## Ways\n\n1. By air (at noon)\n2. On foot\n\n## Ends\n\n{prose}\n")
    assert tails(paper)[3:5] == ["ways.item1", "ways.item2"]


AGENDA = "1. Opening of the session\n2. Adoption of the agenda\n3. Rules of 2020\n4. Closure\n"


@pytest.mark.parametrize("head", ["# Provisional agenda\n\n", "UNEP/EX/1\n\nProvisional agenda\n\n"])
def test_an_agenda_without_stops_is_read_item_by_item(head: str) -> None:
    paper = parsed(head + AGENDA)
    assert series(paper) == {"paragraphs": ("1", "2", "3", "4")}
    assert [text(paper, str(n)) for n in range(1, 5)] == AGENDA.splitlines()


@pytest.mark.parametrize(
    "inner",
    [
        "1. Bees\n2. Hives\n3. Wasps",
        "1. Small bees\nof the valley\n2. Hives\n3. Wasps",
        "of chapter\n3. Hives of chapter\n4. Wasps of chapter\n5. Bees.",
    ],
)
def test_a_list_inside_a_paragraph_does_not_go_on_with_the_paragraphs(inner: str) -> None:
    paper = parsed(f"Note\n\n1. Bees rest.\n\n2. They are named in the list\n{inner}\n\n3. It ended.\n\n4. Good.\n")
    assert series(paper)["paragraphs"] == ("1", "2", "3", "4")
    assert text(paper, "3") == "3. It ended."


def test_two_numbers_that_follow_each_other_are_no_column() -> None:
    paper = parsed(
        "Note\n\n1. The Chair spoke of rule\n2. The hives of rule\nthree.\n\n2. Bees rest.\n\n3. It ended.\n"
    )
    assert text(paper, "2") == "2. Bees rest."


def test_a_number_that_comes_again_after_a_sentence_is_text() -> None:
    paper = parsed("Note\n\n1. Two are named (in part)\n2. Hives are many.\n2. Bees rest.\n3. It ended.\n")
    assert text(paper, "2") == "2. Bees rest."
