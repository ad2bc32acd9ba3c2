"""Evidence to drafts: which words answer, in which order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from taqa.answering.compose import (
    MAX_MENTIONS,
    Draft,
    announced_items,
    compose_besides,
    compose_fact,
    compose_list,
    compose_mentions,
    compose_units,
    compose_whole,
    direct_items,
    rank_groups,
    sentence_at,
    stitch,
)
from taqa.answering.evidence import Sentence, Weighed, weigh
from taqa.answering.question import read_question
from taqa.assistant import Assistant
from taqa.domain import Kind, Question
from taqa.retrieval.exact import Place
from taqa.retrieval.search import Searcher

INC9 = "002_1e631d3bd8709de2"


@pytest.fixture
def searcher(real_assistant: Assistant) -> Searcher:
    return real_assistant.searcher


def weighed(searcher: Searcher, text: str, documents: tuple[str, ...] = ()) -> Weighed:
    reading = read_question(Question(text), searcher.names)
    return weigh(reading, searcher.find(reading.text, documents), searcher)


def sentence(searcher: Searcher, tail: str, words: str) -> Sentence:
    """The sentence of a unit that begins so."""
    number = searcher.number(f"{INC9}:{tail}")
    rows = [searcher.index.rows[row] for row in searcher.row_numbers[number]]
    text = searcher.index.units[number].unit.text
    row = next(row for row in rows[::-1] if text[row.start : row.end].strip().startswith(words))
    return Sentence(number, row.start, row.end, 1.0, 1.0, frozenset())


def labels(draft: Draft) -> list[str]:
    return [quotation.unit.label for quotation in draft.quotations]


def test_no_evidence_no_draft(searcher: Searcher) -> None:
    empty = weighed(searcher, "Who pays?", ("none",))
    assert (compose_fact(empty, searcher), compose_list(empty, searcher)) == ([], [])
    assert rank_groups(empty, searcher) == []


@pytest.mark.parametrize(("second", "quoted"), [(0.95, ["para. 9"]), (0.5, [])])
def test_a_second_thing_gets_the_next_sentence_that_is_nearly_as_good(
    searcher: Searcher, second: float, quoted: list[str]
) -> None:
    said = sentence(searcher, "32", "The terms of reference")
    other = replace(sentence(searcher, "9", "Basel Convention regional centres"), score=second)
    evidence = replace(weighed(searcher, "What must centres demonstrate?"), sentences=(said, other))
    drafts = [stitch(said, searcher)]
    assert [label for draft in compose_besides(evidence, searcher, drafts) for label in labels(draft)] == quoted
    assert compose_besides(evidence, searcher) == drafts


def test_a_list_that_another_treaty_announces_is_no_answer(searcher: Searcher) -> None:
    asked = "What are the core functions of {} Convention regional centres?"
    chapeau = searcher.number(f"{INC9}:6")
    assert rank_groups(weighed(searcher, asked.format("Basel")), searcher)[0].head == chapeau
    assert chapeau not in {group.head for group in rank_groups(weighed(searcher, asked.format("Stockholm")), searcher)}


def test_an_item_comes_whole_after_what_announces_it(searcher: Searcher) -> None:
    draft = stitch(sentence(searcher, "29.c.viii", "(viii)"), searcher)
    assert labels(draft) == ["para. 29 (c) (viii)"]
    assert [piece.unit.label for piece in draft.lead] == ["para. 29", "para. 29 (c)"]
    first, second, third = (*draft.lead, *draft.quotations)
    assert first.text.startswith("According to this guidance")
    assert second.text.startswith("(c) Training for decision makers")
    assert third.text == third.unit.text


def test_a_sentence_that_leans_on_the_one_before_brings_it(searcher: Searcher) -> None:
    units = searcher.index.units
    leaning = [
        (unit, row)
        for unit, rows in searcher.row_numbers.items()
        for row in rows[2:]
        if units[unit].unit.kind is Kind.PARAGRAPH
        and units[unit].unit.text[searcher.index.rows[row].start :].startswith(("It ", "They ", "These "))
    ]
    assert leaning
    for unit, row in leaning:
        place = searcher.index.rows[row]
        draft = stitch(Sentence(unit, place.start, place.end, 1.0, 1.0, frozenset()), searcher)
        (quotation,) = draft.quotations
        assert quotation.start < place.start
        assert quotation.end == place.end


def test_a_quoted_provision_is_never_cut(searcher: Searcher) -> None:
    label = "para. 28 (quoting Stockholm Convention, art. 12, para. 3)"
    number = next(number for number, held in enumerate(searcher.index.units) if held.unit.label == label)
    rows = [searcher.index.rows[row] for row in searcher.row_numbers[number]]
    draft = stitch(Sentence(number, rows[-1].start, rows[-1].end, 1.0, 1.0, frozenset()), searcher)
    assert draft.quotations[0].text == searcher.index.units[number].unit.text


def test_a_definition_is_read_to_the_end_of_its_paragraph(searcher: Searcher) -> None:
    first = sentence(searcher, "6", "The core functions")
    text = searcher.index.units[first.unit].unit.text
    number = searcher.number(f"{INC9}:8")
    unit = searcher.index.units[number].unit
    beginning = Sentence(number, unit.body, unit.text.index(".", unit.body) + 1, 1.0, 1.0, frozenset())
    assert stitch(beginning, searcher).quotations[0].end == beginning.end < len(unit.text)
    assert stitch(beginning, searcher, to_the_end=True).quotations[0].end == len(unit.text)
    assert stitch(first, searcher).quotations[0].text == text[first.start : first.end].strip()


def test_the_list_asked_for_whole_and_in_order(searcher: Searcher) -> None:
    drafts = compose_list(weighed(searcher, "What are the core functions of the Basel regional centres?"), searcher)
    assert [labels(draft) for draft in drafts] == [["para. 6"], *([f"para. 6 ({letter})"] for letter in "abcdefghi")]


def test_direct_items_are_those_of_the_list_itself(searcher: Searcher) -> None:
    _, everything = searcher.enumerations[INC9, ("29",)]
    direct = direct_items((INC9, ("29",)), searcher)
    assert {len(searcher.index.units[item].unit.address) for item in direct} == {2}
    assert len(direct) < len(everything)
    assert direct_items((INC9, ("999",)), searcher) == ()


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        ("What does the framework programme propose at the sub-regional level?", ["Subregional"] * 2),
        ("Which national activities are proposed?", ["National"] * 6),
        ("What is proposed?", ["Regional"] * 2 + ["Subregional"] * 2 + ["National"] * 6),
    ],
)
def test_items_under_headings_of_a_list_are_those_that_are_meant(
    searcher: Searcher, asked: str, parts: list[str]
) -> None:
    items = announced_items(("001_2b15d0ced970bee2", ("8",)), asked, searcher)
    assert [searcher.index.units[item].unit.address[1].split()[0] for item in items] == parts


def test_a_unit_asked_for_by_number_comes_with_its_list(searcher: Searcher) -> None:
    drafts = compose_whole([searcher.number(f"{INC9}:6")], searcher)
    assert [labels(draft) for draft in drafts] == [["para. 6"], *([f"para. 6 ({letter})"] for letter in "abcdefghi")]
    assert drafts[0].quotations[0].text.startswith("6. The core functions")


def test_units_as_they_are(searcher: Searcher) -> None:
    numbers = [searcher.number(f"{INC9}:{tail}") for tail in ("8", "7")]
    assert [labels(draft) for draft in compose_units(numbers, searcher)] == [["para. 8"], ["para. 7"]]


def test_mentions_each_sentence_once_and_not_without_end(searcher: Searcher) -> None:
    number = searcher.number(f"{INC9}:6")
    text = searcher.index.units[number].unit.text
    first, second = text.index("training"), text.index("awareness")
    later = text.index("carry out")
    drafts = compose_mentions([Place(number, first, first + 1), Place(number, second, second + 1)], searcher)
    assert [draft.quotations[0].text for draft in drafts] == [text[3 : text.index(" The centres")]]
    assert sentence_at(Place(number, later, later + 1), searcher) == (text.index("The centres"), len(text))
    every = [Place(n, 0, 1) for n in range(len(searcher.index.units)) if n in searcher.row_numbers]
    assert len(compose_mentions(every, searcher)) == MAX_MENTIONS
