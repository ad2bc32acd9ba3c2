"""From words to units, over the real index."""

from __future__ import annotations

import numpy as np
import pytest

from taqa.assistant import Assistant
from taqa.domain import Kind
from taqa.retrieval.search import Searcher
from taqa.retrieval.speaking import speaks


@pytest.fixture
def searcher(real_assistant: Assistant) -> Searcher:
    return real_assistant.searcher


def test_found_units_are_ranked_each_once_and_never_a_heading(searcher: Searcher) -> None:
    found = searcher.find("core functions of the regional centres").units
    units = [item.unit for item in found]
    assert len(units) == len(set(units))
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)
    assert all(0 <= item.score <= 1 and -1 <= item.cosine <= 1.000001 for item in found)
    assert all(searcher.index.units[unit].unit.kind is not Kind.HEADING for unit in units)
    assert searcher.index.units[units[0]].unit.id == "002_1e631d3bd8709de2:6"


def test_the_same_words_find_the_same_units(searcher: Searcher) -> None:
    first, second = searcher.find("mercury storage"), searcher.find("mercury storage")
    assert first.units == second.units
    assert np.array_equal(first.vector, second.vector)


def test_a_quoted_provision_comes_first_with_the_full_score(searcher: Searcher) -> None:
    best = searcher.find("article 12, paragraph 3, of the Stockholm Convention").units[0]
    assert best.score == 1.0
    assert searcher.index.units[best.unit].unit.label == "para. 28 (quoting Stockholm Convention, art. 12, para. 3)"


def test_only_the_documents_asked_for(searcher: Searcher) -> None:
    ids = ("000_c3c6b8da213b4da9", "004_66823d6719f8ca54")
    found = searcher.find("article 12 of the Stockholm Convention", ids).units
    assert found
    assert {searcher.index.units[item.unit].document.id for item in found} <= set(ids)
    assert searcher.find("anything", ("none",)).units == ()


def test_coverage_weighs_words_by_their_rarity(searcher: Searcher) -> None:
    wanted = ("basel", "convent", "zyzzyva")
    total = sum(searcher.weight(term) for term in wanted)
    assert searcher.weight("zyzzyva") > searcher.weight("basel") > searcher.weight("convent")
    assert searcher.coverage(wanted, {"basel"}) == pytest.approx(searcher.weight("basel") / total)
    assert searcher.coverage(wanted, set(wanted)) == 1.0
    assert searcher.coverage((), set()) == 1.0


def test_cosines_are_those_of_the_rows(searcher: Searcher) -> None:
    unit = searcher.number("002_1e631d3bd8709de2:6")
    cosines = searcher.cosines(searcher.find("core functions").vector, [unit])
    assert set(cosines) == set(searcher.row_numbers[unit])
    assert searcher.cosines(np.zeros(384, np.float32), []) == {}


def test_every_unit_has_a_number_and_what_says_something_has_rows(searcher: Searcher) -> None:
    for number, held in enumerate(searcher.index.units):
        assert searcher.number(held.unit.id) == number
        told = held.unit.kind is not Kind.HEADING and speaks(held.unit)
        assert (number in searcher.row_numbers) == told


def test_what_is_only_a_symbol_is_found_by_it_and_not_by_meaning(searcher: Searcher) -> None:
    footnote = "004_66823d6719f8ca54:1.footnote2"

    def found(text: str) -> list[str]:
        return [searcher.index.units[each.unit].unit.id for each in searcher.find(text).units]

    for text in ("UNEP/CHW.13/INF/35", "where is UNEP/CHW.13/INF/35 cited?"):
        assert found(text)[0] == footnote
        assert not any(unit.partition(":")[2] == "masthead.block3" for unit in found(text))
    assert footnote not in found("What does UNEP/CHW.13/INF/35 say about training?")


def test_where_a_decision_is_mentioned_stands_first(searcher: Searcher) -> None:
    places = list(dict.fromkeys(place.unit for place in searcher.mentions.places["sc-1/15"]))
    assert [each.unit for each in searcher.find("Where is SC-1/15 mentioned?").units][: len(places)] == places


def test_enumerations_hold_their_items_in_order(searcher: Searcher) -> None:
    head, items = searcher.enumerations["002_1e631d3bd8709de2", ("6",)]
    assert head is not None
    assert searcher.index.units[head].unit.label == "para. 6"
    assert [searcher.index.units[item].unit.address[-1] for item in items] == [f"({letter})" for letter in "abcdefghi"]
