"""What is embedded and what is indexed by words."""

from __future__ import annotations

from taqa.domain import Kind
from taqa.references import fold
from taqa.retrieval.rows import CHAPEAU_CHARS, context_of, rows_of
from taqa.retrieval.speaking import speaks

from ..documents import corpus, made, real, unit

PAPER = made(
    """
    I. Fees

    1. The Fund pays. The Parties shall:

    (a) Report;

    (b) Meet.
    """
)


def test_a_unit_and_then_its_sentences() -> None:
    rows = [(row.unit_id.partition(":")[2], row.dense_text) for row in rows_of(PAPER)]
    assert rows == [
        ("1", "Fees: The Fund pays. The Parties shall:"),
        ("1", "The Fund pays."),
        ("1", "The Parties shall:"),
        ("1.a", "Fees. The Fund pays. The Parties shall:: Report;"),
        ("1.b", "Fees. The Fund pays. The Parties shall:: Meet."),
    ]


def test_rows_of_the_corpus_are_slices_of_their_units_and_cover_all_that_say_something() -> None:
    for document in corpus():
        rows = rows_of(document)
        assert {row.unit_id for row in rows} == {
            u.id for u in document.units if u.kind is not Kind.HEADING and speaks(u)
        }
        seen: set[str] = set()
        for row in rows:
            held = document.unit(row.unit_id)
            assert held is not None
            if row.unit_id not in seen:
                seen.add(row.unit_id)
                assert (row.start, row.end) == (0, len(held.text))
                assert row.lexical_text == fold(row.dense_text)
            else:
                assert held.body <= row.start < row.end <= len(held.text)
                assert (row.dense_text, row.lexical_text) == (held.text[row.start : row.end], "")


def test_context_is_the_headings_without_numbers_and_the_end_of_the_chapeau() -> None:
    document = real("002")
    context = context_of(unit(document, "6.a"), document)
    assert context.endswith("The centres carry out these core functions by::")
    assert "Basel Convention. " in context
    assert len(context) < 2 * CHAPEAU_CHARS + 200


def test_no_context_where_there_is_none() -> None:
    document = made("Just one line.\n")
    assert context_of(document.units[0], document) == ""
