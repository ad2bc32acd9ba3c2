"""Tables that Markdown writes with pipes: a unit for each row, under the row that heads them."""

from __future__ import annotations

import pytest

from taqa.domain import Kind
from taqa.ingest.proofs import conservation

from ..documents import furniture, parsed, series, tails, text, unit

ROWS = (
    "| Metal | Limit |",
    "|:---|---:|",
    "| Lead* and tin | 5 |",
    "| 2 hives | --- |",
    "| --- | --- |",
    "|a|b|",
    "| 7 | |",
)
SHOWN = {
    "1.table1.header": "Metal Limit",
    "1.table1.row2": "Lead and tin 5",
    "1.table1.row3": "2 hives",
    "1.table1.row5": "a|b",
    "1.table1.row6": "7",
}


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n", "  \r\n\r\n"])
def test_each_row_is_a_unit_under_its_header(between: str) -> None:
    table = between.join(ROWS)
    paper = parsed(f"# Note\n\n1. Limits follow.\n\n{table}\n\n\\* Of lead.\n\n2. Bees rest.\n\n3. It ended.\n")
    assert {tail: text(paper, tail) for tail in tails(paper) if "table" in tail and "footnote" not in tail} == SHOWN
    header = unit(paper, "1.table1.header")
    rows = [unit(paper, tail) for tail in list(SHOWN)[1:]]
    assert all((row.kind, row.parent, row.counted) == (Kind.SUBPARAGRAPH, header.id, True) for row in rows)
    assert rows[0].label == "para. 1, table 1, row 2"
    assert text(paper, "1") == "1. Limits follow."
    assert text(paper, "1.table1.row2.footnote*") == "* Of lead."
    assert series(paper)["paragraphs"] == ("1", "2", "3")
    proof = conservation(paper)
    assert (proof.lost, proof.doubled) == ((), ())


def test_rows_that_close_are_a_table_without_a_header() -> None:
    paper = parsed("# Note\n\nWaste streams.\n\n|\n\n| Y1 | Clinical wastes |\n\n| Y2 | Drugs |\n\nThe end is here.\n")
    assert [(tail, text(paper, tail)) for tail in tails(paper) if "table" in tail] == [
        ("unnumberedpara1.table1.row2", "Y1 Clinical wastes"),
        ("unnumberedpara1.table1.row3", "Y2 Drugs"),
    ]
    assert text(paper, tails(paper)[-1]) == "The end is here."


def test_what_follows_a_table_is_no_part_of_it() -> None:
    table = "| A | B |\n|---|---|\n| x | y |\n"
    paper = parsed(f"# Note\n\n1. Limits follow.\n\n{table}and so on.\n2. Bees rest.\n3. It ended.\n")
    assert text(paper, "1.table1.row2") == "x y"
    assert text(paper, "2") == "2. Bees rest."
    assert series(paper)["paragraphs"] == ("1", "2", "3")


def test_two_tables_that_a_blank_line_parts() -> None:
    table = "| A | B |\n|---|---|\n| x | y |\n"
    paper = parsed(f"# Note\n\n1. Limits follow.\n\n{table}\n{table}\n2. Bees rest.\n\n3. It ended.\n")
    assert [tail for tail in tails(paper) if "row" in tail] == ["1.table1.row2", "1.table2.row2"]


@pytest.mark.parametrize("said", ["|x| is the size of x.", "| a bar", "a | b", "| one | row |"])
def test_other_pipes_are_text(said: str) -> None:
    paper = parsed(f"# Note\n\n1. Bees fly.\n\n{said}\n\n2. Bees rest.\n")
    assert not any("table" in tail for tail in tails(paper))
    assert said in paper.units[1].text
    assert furniture(paper, "markup") == ["#"]


def test_an_escaped_pipe_is_text_of_its_cell() -> None:
    paper = parsed("# Note\n\n| A | B |\n|---|---|\n| x \\| y | z |\n")
    assert paper.units[-1].text == "x | y z"


def test_numbers_in_rows_are_neither_paragraphs_nor_pages_nor_notes() -> None:
    rows = "".join(f"| {n}. | Hive {n}.{n} |\n| {n} | |\n" for n in range(2, 6))
    paper = parsed(f"# Note\n\n1. Hives.2 follow.\n\n| N | Hive |\n|---|---|\n{rows}\n2. Bees rest.\n\n3. It ended.\n")
    assert series(paper)["paragraphs"] == ("1", "2", "3")
    assert sum(".row" in tail for tail in tails(paper)) == 8
    assert furniture(paper, "page number") == []
