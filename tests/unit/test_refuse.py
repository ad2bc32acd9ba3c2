"""When the documents do not say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from taqa.answering import refuse
from taqa.answering.evidence import Weighed, weigh
from taqa.answering.question import Asks, read_question
from taqa.answering.refuse import Features, confidence, features, refusal_text, refuses
from taqa.assistant import Assistant
from taqa.domain import Question

GOOD = Features(cosine=1.0, unit=1.0, lead=0.3, unseen=0.0)


def weighed(assistant: Assistant, text: str, documents: tuple[str, ...] = ()) -> Weighed:
    reading = read_question(Question(text), assistant.searcher.names)
    return weigh(reading, assistant.searcher.find(reading.text, documents), assistant.searcher)


def test_confidence_is_a_probability_of_as_many_weights_as_features() -> None:
    assert len(refuse.WEIGHTS) == len(GOOD.vector())
    assert 0.0 < confidence(Features(0.0, 0.0, 0.0, 1.0)) < confidence(GOOD) < 1.0


@pytest.mark.parametrize("less", [{"cosine": 0.5}, {"unit": 0.5}, {"lead": 0.05}, {"unmet": True}])
def test_what_is_nearer_farther_ahead_and_has_what_is_asked_for_is_surer(less: dict[str, float]) -> None:
    assert confidence(replace(GOOD, **less)) < confidence(GOOD)


def test_the_threshold_parts_answers_from_refusals() -> None:
    at = confidence(GOOD)
    assert not refuses(GOOD, Asks.FACT, at)
    assert refuses(GOOD, Asks.FACT, at + 1e-9)


def test_a_comparison_is_answered_where_one_side_is() -> None:
    poor = replace(GOOD, cosine=0.0, unit=0.0)
    at = confidence(GOOD)
    assert refuses(poor, Asks.COMPARISON, at, [poor])
    assert not refuses(poor, Asks.COMPARISON, at, [poor, GOOD])
    assert refuse.surest(poor, GOOD) == at


@pytest.mark.parametrize("asks", [Asks.MENTIONS, Asks.PROVISION])
def test_exact_look_ups_are_found_or_not(asks: Asks) -> None:
    assert not refuses(GOOD, asks, 1.1)


def test_a_question_of_unknown_words_is_refused_whatever_the_threshold() -> None:
    assert refuses(replace(GOOD, unseen=1.0), Asks.FACT, 0.0)
    assert not refuses(replace(GOOD, unseen=0.9), Asks.FACT, 0.0)


def test_the_lead_is_over_another_paragraph_that_says_something_else(real_assistant: Assistant) -> None:
    searcher = real_assistant.searcher
    evidence = weighed(real_assistant, "What are the core functions of the Basel Convention regional centres?")
    first, *others = evidence.sentences
    same = replace(first, score=first.score - 0.01)
    alone = replace(evidence, sentences=(first, same))
    assert features(alone, searcher).lead == refuse.LEAD
    home = searcher.index.units[first.unit].unit
    elsewhere = next(s for s in others if searcher.index.units[s.unit].unit.address[:1] != home.address[:1])
    near = replace(elsewhere, score=first.score - 0.125)
    assert features(replace(evidence, sentences=(first, same, near)), searcher).lead == pytest.approx(0.125)


def test_a_question_in_the_words_of_the_document_is_answered(real_assistant: Assistant) -> None:
    text = "What are the core functions of the Basel Convention regional centres?"
    found = features(weighed(real_assistant, text), real_assistant.searcher)
    assert found.unseen == 0.0
    assert found.cosine > 0.8
    assert not refuses(found, Asks.LIST)


def test_unseen_is_the_share_of_words_weighed_by_their_rarity(real_assistant: Assistant) -> None:
    searcher = real_assistant.searcher
    assert features(weighed(real_assistant, "zyzzyva quux"), searcher).unseen == 1.0
    assert features(weighed(real_assistant, "what is it"), searcher).unseen == 1.0
    unknown, known = searcher.weight("zyzzyva"), searcher.weight("wast")
    share = features(weighed(real_assistant, "zyzzyva waste"), searcher).unseen
    assert share == pytest.approx(unknown / (unknown + known))
    assert features(weighed(real_assistant, "mercury waste"), searcher).unseen == 0.0


def test_nothing_found_is_the_least_of_everything(real_assistant: Assistant) -> None:
    empty = weighed(real_assistant, "Who pays?", ("none",))
    assert empty.sentences == ()
    found = features(empty, real_assistant.searcher)
    assert found == Features(cosine=0.0, unit=0.0, lead=0.0, unseen=1.0)
    assert refuses(found, Asks.FACT)


def test_the_words_of_a_refusal() -> None:
    assert refusal_text(1, 7, related=False) == (
        "The documents do not say. Searched: 1 document (7 paragraphs and other units)."
    )
    assert refusal_text(2, 7, related=True) == (
        "The documents do not say. Searched: 2 documents (7 paragraphs and other units). "
        "The nearest provisions are listed as related; they do not answer it."
    )
