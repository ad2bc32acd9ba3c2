"""Asks an assistant the questions of a set and scores what it answers and what its search finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from taqa.domain import Answer, Document, Hit, Question
from taqa.errors import InputError
from taqa.evaluation import answers, retrieval
from taqa.evaluation.answers import Given
from taqa.evaluation.measures import Row
from taqa.evaluation.questions import Case
from taqa.evaluation.result import Made, Result, make
from taqa.evaluation.score import Score, score
from taqa.wire import from_answer


class Assistant(Protocol):
    """What evaluation needs of an assistant."""

    def ask(self, question: Question) -> Answer: ...

    def search(self, text: str, limit: int, documents: tuple[str, ...]) -> list[Hit]: ...


def by_file(documents: Iterable[Document]) -> dict[str, Document]:
    """The corpus by file name."""
    return {document.file: document for document in documents}


def run(
    assistant: Assistant,
    documents: Iterable[Document],
    cases: Sequence[Case],
    made: Made,
    progress: Callable[[int], None],
) -> Result:
    """Asks every question, measures answer and search, and calls `progress` after each with the number done.

    Answers are scored as the contract's JSON, the form in which users receive them. Where a question has a
    history, the search is given the question as the assistant interpreted it, and once more its stand-alone form.
    """
    corpus = by_file(documents)
    given: list[Given] = []
    ranked: dict[str, tuple[str, ...]] = {}
    alone: dict[str, tuple[str, ...]] = {}
    judged = {case.id: retrieval.judge(case, corpus) for case in cases if case.answerable}
    for done, case in enumerate(cases, start=1):
        answer = from_answer(assistant.ask(case.asked())).model_dump(mode="json")
        given.append(answers.parse(answer, f"The answer to {case.id}"))
        if case.id in judged:
            text = given[-1].interpreted_question if case.history else case.question
            ranked[case.id] = retrieval.ranking(assistant.search(text, retrieval.DEPTH, ()))
            if case.standalone:
                alone[case.id] = retrieval.ranking(assistant.search(case.standalone, retrieval.DEPTH, ()))
        progress(done)
    scores = _scores(cases, given, corpus)
    found, standalone = retrieval.measure(ranked, judged), retrieval.measure(alone, judged)
    return make(made, [Row(each, found.get(each.id, {}), standalone.get(each.id, {})) for each in scores])


def score_answers(given: Sequence[Given], documents: Iterable[Document], cases: Sequence[Case], made: Made) -> Result:
    """Scores answers that were given earlier; there is no search to measure."""
    return make(made, [Row(each, {}) for each in _scores(cases, given, by_file(documents))])


def index_of(given: Sequence[Given]) -> str:
    """The index that answered; all answers must be from one."""
    found = sorted({each.index for each in given})
    if len(found) != 1:
        raise InputError(f"The answers come from {len(found)} different indexes; ask all questions of one.")
    return found[0]


def _scores(cases: Sequence[Case], given: Sequence[Given], corpus: Mapping[str, Document]) -> list[Score]:
    return [score(case, each, corpus) for case, each in zip(cases, given, strict=True)]
