"""The judge: nothing that does not stand in its source, in its unit, becomes a statement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taqa.answering.compose import Draft
from taqa.answering.ground import ground, replays
from taqa.domain import Document, Quotation, Run, Span, Unit

from ..documents import corpus, made, real, unit

PAPER = made("1. Mercury is a metal and lead is a metal.\n\n2. Waste is waste.\n\n3. Waste is waste.\n")
LONG = made("".join(f"{number}. Waste is waste.\n\n" for number in range(1, 12)))
OTHER = made("1. Copper is a metal, and so on and on.\n\n2. Waste is waste, they say.\n")


def quoted(document: Document, tail: str, words: str | None = None) -> Quotation:
    found = unit(document, tail)
    start = found.text.index(words) if words else 0
    return Quotation(document, found, start, start + len(words) if words else len(found.text))


def with_unit(quotation: Quotation, **changes: object) -> Quotation:
    forged: Unit = replace(quotation.unit, **changes)  # type: ignore[arg-type]
    return replace(quotation, unit=forged)


def with_forged(quotation: Quotation, **changes: object) -> Quotation:
    """The document itself holds the forged unit, so that only its offsets can betray it."""
    forged: Unit = replace(quotation.unit, **changes)  # type: ignore[arg-type]
    units = tuple(forged if held.id == forged.id else held for held in quotation.document.units)
    return replace(quotation, unit=forged, document=replace(quotation.document, units=units))


HONEST = quoted(PAPER, "1")
FORGED: dict[str, Callable[[], Quotation]] = {
    "a letter changed": lambda: with_forged(HONEST, text=HONEST.unit.text.replace("lead", "leap")),
    "words of the same length put in": lambda: with_forged(HONEST, text=HONEST.unit.text.replace("metal", "gases")),
    "one character late": lambda: with_forged(
        HONEST, runs=tuple(replace(run, source=run.source + 1) for run in HONEST.unit.runs)
    ),
    "one character early": lambda: with_forged(
        HONEST, runs=tuple(replace(run, source=run.source - 1) if run.source else run for run in HONEST.unit.runs[1:])
    ),
    "beyond the document": lambda: with_forged(HONEST, runs=(Run(0, len(PAPER.text) - 2, len(HONEST.unit.text)),)),
    "no offsets": lambda: with_forged(HONEST, runs=()),
    "outside its unit": lambda: with_forged(HONEST, spans=(Span(0, 5),)),
    "words of a neighbour": lambda: with_forged(quoted(PAPER, "2"), runs=unit(PAPER, "3").runs),
    "a unit of another document": lambda: Quotation(PAPER, unit(OTHER, "1"), 0, 10),
    "a unit that the document does not hold": lambda: with_unit(HONEST, id=f"{PAPER.id}:9"),
    "an id that begins like another": lambda: with_unit(quoted(LONG, "11"), id=unit(LONG, "1").id),
    "another document's text": lambda: replace(HONEST, document=replace(PAPER, text=OTHER.text)),
    "an empty document": lambda: replace(HONEST, document=replace(PAPER, text="")),
    "words in another order": lambda: with_forged(
        HONEST, text=HONEST.unit.text.replace("Mercury", "XX").replace("lead", "Mercury").replace("XX", "lead")
    ),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_quotation_is_left_out(name: str) -> None:
    forged = FORGED[name]()
    assert not replays(forged)
    assert ground([Draft((forged,))]) == ((), ())
    statements, citations = ground([Draft((HONEST, forged)), Draft((quoted(PAPER, "2"),))])
    assert [statement.text for statement in statements] == ["2. Waste is waste."]
    assert [citation.n for citation in citations] == [1]


def test_a_quotation_outside_its_unit_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="not inside unit"):
        Quotation(PAPER, HONEST.unit, 0, len(HONEST.unit.text) + 1)
    with pytest.raises(ValueError, match="not inside unit"):
        Quotation(PAPER, HONEST.unit, 3, 3)


def test_a_draft_without_quotations_says_nothing() -> None:
    assert ground([]) == ((), ())
    assert ground([Draft(())]) == ((), ())


def test_one_quotation_has_one_mark() -> None:
    first, second = quoted(PAPER, "1"), quoted(PAPER, "2")
    statements, citations = ground([Draft((first, second)), Draft((second,)), Draft((first,))])
    assert [statement.citations for statement in statements] == [(1, 2), (2,), (1,)]
    assert [(citation.n, citation.quotation) for citation in citations] == [(1, first), (2, second)]


def test_a_lead_is_shown_and_checked_but_has_no_mark() -> None:
    first, second = quoted(PAPER, "1"), quoted(PAPER, "2")
    statements, citations = ground([Draft((second,), (first,))])
    assert [(s.text, s.citations) for s in statements] == [(f"{first.text} … {second.text}", (1,))]
    assert [(c.quotation, c.lead) for c in citations] == [(second, (first,))]
    forged = with_forged(HONEST, text=HONEST.unit.text.replace("lead", "leap"))
    assert ground([Draft((second,), (forged,))]) == ((), ())


def test_two_pieces_of_one_unit_have_two_marks() -> None:
    pieces = (quoted(PAPER, "1", "Mercury is a metal"), quoted(PAPER, "1", "lead is a metal"))
    statements, citations = ground([Draft(pieces)])
    assert [statement.text for statement in statements] == ["Mercury is a metal … lead is a metal"]
    assert [citation.n for citation in citations] == [1, 2]


def test_a_part_of_a_word_replays_as_it_stands() -> None:
    assert replays(quoted(PAPER, "1", "ercur"))


def test_every_unit_of_the_corpus_replays() -> None:
    for document in corpus():
        for held in document.units:
            assert replays(Quotation(document, held, 0, len(held.text))), held.id


@given(data=st.data())
def test_every_slice_with_a_black_character_replays(data: st.DataObject) -> None:
    document = real("002")
    held = data.draw(st.sampled_from(document.units))
    start = data.draw(st.integers(0, len(held.text) - 1))
    end = data.draw(st.integers(start + 1, len(held.text)))
    if held.text[start:end].strip():
        assert replays(Quotation(document, held, start, end))
