"""Scores of single answers, against values worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from taqa.domain import Quotation
from taqa.errors import InputError
from taqa.evaluation import answers
from taqa.evaluation.answers import Given
from taqa.evaluation.fidelity import fault
from taqa.evaluation.questions import Case, source_of
from taqa.evaluation.score import Score, score
from taqa.wire import from_answer
from tests.evaluation_cases import DOCUMENTS, ONE, TWO, answer, case, cite, gold, unanswerable

TRAIN = gold("100", "trains forty inspectors")
FUND = gold("100", "The fund pays for travel")
HOST = gold("200", "The host country pays.")
GENEVA = gold("200", "meet in Geneva")


def given(asked: Case, *quotations: Quotation, **changes: Any) -> Given:
    record = from_answer(answer(asked.asked(), *quotations)).model_dump(mode="json")
    return answers.parse(record | changes, asked.id)


def scored(asked: Case, *quotations: Quotation, **changes: Any) -> Score:
    return score(asked, given(asked, *quotations, **changes), DOCUMENTS)


def test_a_right_answer() -> None:
    result = scored(case("q", gold=[TRAIN], facts=["forty"]), cite(ONE, 1))
    assert (result.gold, result.gold_hit, result.citations, result.right) == (1, 1, 1, 1)
    assert result.facts_missed == ()
    assert result.fully_right
    assert result.words == 8


def test_each_gold_place_counts_once() -> None:
    asked = case("q", gold=[TRAIN, HOST])
    assert scored(asked, cite(ONE, 1), cite(ONE, 1)).gold_hit == 1
    both = scored(asked, cite(ONE, 1), cite(TWO, 2), cite(TWO, 3))
    assert (both.gold_hit, both.right, both.citations, both.fully_right) == (2, 2, 3, True)


def test_alternatives_stand_in_for_one_place() -> None:
    asked = case("q", gold=[TRAIN, HOST], alt_gold=[FUND, GENEVA])
    assert scored(asked, cite(ONE, 2)).gold_hit == 1
    assert scored(asked, cite(ONE, 2), cite(TWO, 1)).gold_hit == 1
    assert scored(asked, cite(ONE, 1), cite(ONE, 2)).gold_hit == 2
    all_four = scored(asked, cite(ONE, 1), cite(TWO, 2), cite(ONE, 2), cite(TWO, 1))
    assert (all_four.gold_hit, all_four.right) == (2, 4)


def test_the_unit_decides_and_not_the_quotation() -> None:
    """A quotation of other words of the right unit is right; the unit is what the citation leads to."""
    assert scored(case("q", gold=[TRAIN]), cite(ONE, 1, 0, 13)).right == 1


def test_a_place_across_two_units_belongs_to_those_that_hold_half_of_the_shorter() -> None:
    asked = case("q", gold=[gold("200", "country pays. Nothing else is said.")])
    assert scored(asked, cite(TWO, 3)).right == 1  # wholly inside the place
    assert scored(asked, cite(TWO, 2)).right == 1  # 13 of its 22 characters are
    assert scored(case("q", gold=[gold("200", "pays. Nothing else is said.")]), cite(TWO, 2)).right == 0  # 5 of 22


def test_another_document_at_the_same_offsets_is_wrong() -> None:
    assert scored(case("q", gold=[TRAIN]), cite(TWO, 1)).right == 0


def test_a_refusal_hits_nothing_and_states_nothing() -> None:
    result = scored(case("q", gold=[TRAIN], facts=["forty"]), answer="Not found: forty inspectors.")
    assert (result.status, result.gold_hit, result.facts_missed, result.fully_right) == (
        "not_found",
        0,
        ("forty",),
        False,
    )


def test_what_is_quoted_first_may_be_right() -> None:
    asked, right, wrong = case("q", gold=[TRAIN]), cite(ONE, 1), cite(ONE, 2)
    assert scored(asked, right, wrong).first_right
    assert not scored(asked, wrong, right).first_right
    assert not scored(asked).first_right
    related = from_answer(answer(asked.asked(), right)).model_dump(mode="json")["citations"]
    nearest = scored(asked, related=related)
    assert (nearest.answered, nearest.first_right, nearest.gold_hit, nearest.confidence) == (False, True, 0, 0.5)


def test_facts_are_found_in_answer_or_quotations() -> None:
    asked = case("q", gold=[TRAIN], facts=["FORTY", "host country", "sixty"])
    result = scored(asked, cite(ONE, 1), answer="The host\u00a0country pays.")
    assert result.facts_missed == ("sixty",)


def test_an_unanswerable_question_is_right_when_refused() -> None:
    assert scored(unanswerable("u")).fully_right
    answered = scored(unanswerable("u"), cite(ONE, 1))
    assert (answered.fully_right, answered.right, answered.citations) == (False, 0, 1)


def test_a_quotation_that_the_document_lacks_stops_the_scoring() -> None:
    with pytest.raises(InputError, match="not in 100"):
        scored(case("q", gold=[gold("100", "trains fifty inspectors")]))


def test_a_prefix_must_fit_one_document() -> None:
    with pytest.raises(InputError, match="exactly one"):
        scored(case("q", gold=[gold("300", "x")]))
    with pytest.raises(InputError, match=r"fits: 100\.txt, 1000\.txt"):
        source_of("100", ["100.txt", "1000.txt", "200.txt"])


def test_faithful_quotations() -> None:
    for quotation in (cite(ONE, 1), cite(ONE, 2), cite(ONE, 3), cite(TWO, 2, 4, 8)):
        assert fault(given(case("q"), quotation).citations[0], DOCUMENTS) == ""


def changed(quotation: Quotation, **fields: Any) -> str:
    record = from_answer(answer(case("q").asked(), quotation)).model_dump(mode="json")
    record["citations"][0] |= fields
    return fault(answers.parse(record, "q").citations[0], DOCUMENTS)


def test_healed_hyphens_may_be_shown_or_not() -> None:
    whole = cite(ONE, 3)
    assert changed(whole, quote="3. Reports are due semi-annually from all Parties.") == ""
    assert changed(whole, quote="3. Reports are due semiannually from all Parties.") == ""
    assert changed(whole, quote="3. Reports are due annually from all Parties.") != ""


def test_unfaithful_quotations() -> None:
    first = cite(ONE, 1)
    start, end = ONE.units[0].start, ONE.units[0].end
    assert "other words" in changed(first, quote="1. The centre trains fifty inspectors a year.")
    assert "other words" in changed(first, quote="1. The centre trains forty inspectors a year")
    assert "other words" in changed(first, start=start + 1, spans=[[start + 1, end]])
    assert "another version" in changed(first, sha256="sha-200")
    assert "no such file" in changed(first, file="300.txt")
    assert "outside its unit" in changed(first, unit_end=end - 1)
    assert "empty" in changed(first, quote=" ")


def test_words_may_not_be_left_out_between_pieces() -> None:
    text, unit = ONE.text, ONE.units[0]
    hole = text.index("forty ")
    left_out = [[unit.start, hole], [hole + 6, unit.end]]
    quote = "1. The centre trains inspectors a year."
    assert "left out" in changed(cite(ONE, 1), quote=quote, spans=left_out)
    assert "out of order" in changed(cite(ONE, 1), spans=left_out[::-1])
    assert "out of order" in changed(cite(ONE, 1), spans=left_out[:1])


def test_furniture_may_be_left_out_and_not_shown() -> None:
    unit = ONE.units[1]
    quotation = cite(ONE, 2)
    assert [list(pair) for pair in from_answer(answer(case("q").asked(), quotation)).citations[0].spans] == [
        [span.start, span.end] for span in unit.spans
    ]
    assert changed(quotation) == ""
    assert "other words" in changed(quotation, spans=[[unit.start, unit.end]])
    assert "other words" in changed(quotation, quote="2. The fund pays for travel past UNEP/9 years of service.")


def test_every_quotation_is_checked_also_related_ones() -> None:
    asked = case("q", gold=[TRAIN])
    record = from_answer(answer(asked.asked(), cite(ONE, 1))).model_dump(mode="json")
    record["related"] = [record["citations"][0] | {"quote": "made up"}]
    result = score(asked, answers.parse(record, "q"), DOCUMENTS)
    assert (result.quotes, len(result.faults)) == (2, 1)


def test_an_answer_that_is_none() -> None:
    record = from_answer(answer(case("q").asked(), cite(ONE, 1))).model_dump(mode="json")
    del record["citations"][0]["unit_end"]
    with pytest.raises(InputError, match=r"q is not an answer of the contract.*unit_end"):
        answers.parse(record, "q")
    with pytest.raises(InputError, match="unknown"):
        answers.parse(record | {"status": "perhaps"}, "q")
