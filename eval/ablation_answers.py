"""The constants of the answering, measured on the development questions: `python eval/ablation_answers.py`.

Prints a Markdown table: one constant changed at a time, the shipped values first. Every question is embedded
once, and every passage read once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from remembering import RememberingEncoder, RememberingReader

from taqa import build
from taqa.answering import compose, evidence
from taqa.assistant import Assistant
from taqa.evaluation import answers, questions, run
from taqa.evaluation.questions import Case
from taqa.evaluation.score import Score, score
from taqa.retrieval import search
from taqa.settings import load
from taqa.wire import from_answer

MEASURES = ("citation precision", "citation recall", "fact recall", "fully right", "citations", "words")
WEIGHTS = ("COSINE_WEIGHT", "COVERAGE_WEIGHT", "UNIT_WEIGHT", "EXPECTED_WEIGHT", "READ_WEIGHT")


@contextmanager
def changed(module: ModuleType, values: dict[str, float]) -> Iterator[None]:
    """A module's constants changed for a while."""
    before = {name: getattr(module, name) for name in values}
    for name, value in values.items():
        setattr(module, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(module, name, value)


def measure(assistant: Assistant, cases: Sequence[Case]) -> str:
    corpus = run.by_file(assistant.documents)
    scores: list[Score] = []
    for case in cases:
        answer = from_answer(assistant.ask(case.asked())).model_dump(mode="json")
        scores.append(score(case, answers.parse(answer, case.id), corpus))
    given = [each for each in scores if each.answered]
    values = (
        sum(each.right for each in given) / max(1, sum(each.citations for each in given)),
        sum(each.gold_hit / each.gold for each in scores) / len(scores),
        1 - sum(len(each.facts_missed) for each in scores) / sum(each.facts for each in scores),
        sum(each.fully_right for each in scores) / len(scores),
        sum(each.citations for each in given) / max(1, len(given)),
        sum(each.words for each in given) / max(1, len(given)),
    )
    return " | ".join(f"{value:.3f}" for value in values)


def main() -> None:
    shipped = build.ready_assistant(load())
    held = shipped.searcher
    reader = RememberingReader(held.reader) if held.reader else None
    once = replace(held, encoder=RememberingEncoder(build.encoder(load())), reader=reader)
    assistant = replace(shipped, searcher=once)
    cases = [case for case in questions.load(Path("eval/questions"), "dev") if case.answerable]
    print(f"| constant | {' | '.join(MEASURES)} |\n|---|{'---|' * len(MEASURES)}")
    print(f"| shipped | {measure(assistant, cases)} |")
    weights = [(0.3, 0.3, 0.4, 0.1, 0.0), (0.3, 0.3, 0.4, 0.1, 0.1), (0.3, 0.3, 0.4, 0.1, 0.4)]
    weights += [(0.2, 0.2, 0.4, 0.1, 0.2), (0.2, 0.2, 0.6, 0.1, 0.2), (0.1, 0.2, 0.6, 0.1, 0.3)]
    weights += [
        (0.3, 0.0, 0.4, 0.1, 0.2),
        (0.0, 0.3, 0.4, 0.1, 0.2),
        (0.3, 0.3, 0.4, 0.0, 0.2),
        (0.3, 0.3, 0.4, 0.2, 0.2),
    ]
    variants: list[tuple[str, ModuleType, dict[str, float]]] = [
        (f"sentence weights {each}", evidence, dict(zip(WEIGHTS, each, strict=True))) for each in weights
    ]
    variants += [(f"units read {n}", evidence, {"UNITS_READ": n}) for n in (3, 5, 20)]
    variants += [(f"depth {n}", search, {"DENSE_ROWS": n, "LEXICAL_ROWS": n // 2}) for n in (50, 100, 800)]
    variants += [("no second sentence", compose, {"NEW_COVERAGE": 9.0})]
    variants += [(f"second sentence: ratio {r}", compose, {"SECOND_RATIO": r}) for r in (0.85, 0.9, 0.93)]
    variants += [(f"second sentence: new coverage {c}", compose, {"NEW_COVERAGE": c}) for c in (0.05, 0.2, 0.3)]
    variants += [(f"own words {x}", evidence, {"OWN_SHARE": x}) for x in (0.0, 0.15, 0.5)]
    variants += [(f"own words of a follow-up {x}", evidence, {"ASKED_SHARE": x}) for x in (0.0, 0.3, 0.7)]
    variants += [(f"definition words {n}", compose, {"DEFINITION_WORDS": n}) for n in (0, 200)]
    for name, module, values in variants:
        with changed(module, values):
            print(f"| {name} | {measure(assistant, cases)} |", flush=True)


if __name__ == "__main__":
    main()
