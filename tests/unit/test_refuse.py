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

GOOD = Features(cosine=1.0, unseen=0.0)


def weighed(assistant: Assistant, text: str, documents: tuple[str, ...] = ()) -> Weighed:
    reading = read_question(Question(text), assistant.searcher.names)
    return weigh(reading, assistant.searcher.find(reading.text, documents), assistant.searcher)


def test_confidence_is_a_probability_of_as_many_weights_as_features() -> None:
    assert len(refuse.WEIGHTS) == len(GOOD.vector())
    assert 0.0 < confidence(Features(0.0, 1.0)) < confidence(GOOD) < 1.0


def test_nearer_is_surer_and_unknown_words_are_not() -> None:
    assert confidence(replace(GOOD, cosine=0.5)) < confidence(GOOD)
    assert confidence(replace(GOOD, unseen=0.5)) < confidence(GOOD)


def test_the_threshold_parts_answers_from_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    at = confidence(GOOD)
    monkeypatch.setattr(refuse, "THRESHOLD", at)
    assert not refuses(GOOD, Asks.FACT)
    monkeypatch.setattr(refuse, "THRESHOLD", at + 1e-9)
    assert refuses(GOOD, Asks.FACT)


@pytest.mark.parametrize("asks", [Asks.MENTIONS, Asks.PROVISION])
def test_exact_look_ups_are_found_or_not(monkeypatch: pytest.MonkeyPatch, asks: Asks) -> None:
    monkeypatch.setattr(refuse, "THRESHOLD", 1.1)
    assert not refuses(GOOD, asks)


def test_a_question_of_unknown_words_is_refused_whatever_the_threshold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refuse, "THRESHOLD", 0.0)
    assert refuses(replace(GOOD, unseen=1.0), Asks.FACT)
    assert not refuses(replace(GOOD, unseen=0.9), Asks.FACT)


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
    assert found == Features(cosine=0.0, unseen=1.0)
    assert refuses(found, Asks.FACT)


def test_the_words_of_a_refusal() -> None:
    assert refusal_text(1, 7, related=False) == (
        "The documents do not say. Searched: 1 document (7 paragraphs and other units)."
    )
    assert refusal_text(2, 7, related=True) == (
        "The documents do not say. Searched: 2 documents (7 paragraphs and other units). "
        "The nearest provisions are listed as related; they do not answer it."
    )
