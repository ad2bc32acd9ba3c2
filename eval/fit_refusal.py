"""Fits the confidence on the development questions: `python eval/fit_refusal.py` prints BIAS, WEIGHTS and THRESHOLD.

Target: the answer is right, by at least half of its citations. What is asked of the unanswerable questions of the
development set and of the off-topic ones of `questions/off_topic.txt` is never right. Logistic regression over
standardised features with an L2 penalty, by Newton's method. The threshold is the highest at which, left out of the fit
in turn, no more than LOST of the right answers are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from remembering import RememberingReader

from taqa import build
from taqa.answering import refuse
from taqa.answering.evidence import weigh
from taqa.answering.question import Asks, read_question
from taqa.assistant import Assistant
from taqa.domain import Answer, Document, Question
from taqa.evaluation import answers, questions
from taqa.evaluation.questions import Case
from taqa.evaluation.run import by_file
from taqa.evaluation.score import score
from taqa.settings import load
from taqa.wire import from_answer

PENALTY = 3.0
LOST = 0.05
"""Share of the right answers that refusals may cost."""
KINDS = ("right", "wrong", "near", "off")
FOLDS = 13
SEED = 2026
Floats = NDArray[np.float64]


def fit(x: Floats, y: Floats) -> Floats:
    """Weights (bias first) of a logistic regression, for the features as given; PENALTY is on all but the bias."""
    mean, deviation = x.mean(axis=0), x.std(axis=0) + 1e-9
    design = np.hstack([np.ones((len(x), 1)), (x - mean) / deviation])
    penalty = PENALTY * np.eye(design.shape[1])
    penalty[0, 0] = 0.0
    w = np.zeros(design.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ w))
        gradient = design.T @ (p - y) + penalty @ w
        hessian = design.T @ (design * (p * (1 - p))[:, None]) + penalty
        w = w - np.linalg.solve(hessian, gradient)
    raw = w[1:] / deviation
    return np.concatenate([[w[0] - raw @ mean], raw])


def probability(x: Floats, w: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-(w[0] + x @ w[1:]))))


def gather(assistant: Assistant) -> tuple[Floats, NDArray[np.str_]]:
    """Features, and what became of the question with nothing refused: right, wrong, near (miss) or off (topic)."""
    corpus = by_file(assistant.documents)
    asked: list[tuple[Question, Case | None]] = [
        (case.asked(), case) for case in questions.load(Path("eval/questions"), "dev")
    ]
    asked += [(Question(line), None) for line in Path("eval/questions/off_topic.txt").read_text("utf-8").splitlines()]
    rows, kinds = [], []
    for question, case in asked:
        reading = read_question(assistant.check(question), assistant.searcher.names)
        if reading.asks in (Asks.MENTIONS, Asks.PROVISION, Asks.NOTHING):
            continue
        answer = assistant.ask(question)
        if answer.status != "answered":
            continue
        evidence = weigh(reading, assistant.searcher.find(reading.text), assistant.searcher)
        rows.append(refuse.features(evidence, assistant.searcher).vector())
        kinds.append(_became(answer, case, corpus) if case else "off")
    order = np.random.default_rng(SEED).permutation(len(rows))
    return np.array(rows)[order], np.array(kinds)[order]


def _became(answer: Answer, case: Case, corpus: Mapping[str, Document]) -> str:
    if not case.answerable:
        return "near"
    scored = score(case, answers.parse(from_answer(answer).model_dump(mode="json"), case.id), corpus)
    return "right" if scored.right and scored.right * 2 >= scored.citations else "wrong"


def main() -> None:
    ready = build.ready_assistant(load())
    remembering = RememberingReader(ready.searcher.reader) if ready.searcher.reader else None
    x, kinds = gather(replace(ready, threshold=0.0, searcher=replace(ready.searcher, reader=remembering)))
    y = (kinds == "right").astype(np.float64)
    out = np.zeros(len(y))
    for k in range(FOLDS):
        held = np.arange(len(y)) % FOLDS == k
        out[held] = probability(x[held], fit(x[~held], y[~held]))
    print("AUROC left out of the fit, right answers against")
    for kind in ("wrong", "near", "off"):
        print(f"  {kind}: {auroc(out[kinds == 'right'], out[kinds == kind]):.3f}")
    print("threshold | refused of the right, of the wrong, of the near misses, of the off-topic | right of those kept")
    chosen = 0.0
    for threshold in np.arange(0.05, 0.95, 0.05):
        refused = out < threshold
        shares = [f"{(refused & (kinds == kind)).sum()}/{(kinds == kind).sum()}" for kind in KINDS]
        kept = ~refused & (kinds != "off")
        print(f"{threshold:.2f} | {' | '.join(shares)} | {y[kept].mean():.3f}")
        if (refused & (kinds == "right")).sum() <= LOST * y.sum():
            chosen = float(threshold)
    w = fit(x, y)
    print(f"BIAS = {w[0]:.3f}\nWEIGHTS = ({', '.join(f'{value:.3f}' for value in w[1:])})\nTHRESHOLD = {chosen:.2f}")


def auroc(higher: Floats, lower: Floats) -> float:
    """Share of pairs in the right order, ties half."""
    above = (higher[:, None] > lower[None, :]).mean()
    return float(above + (higher[:, None] == lower[None, :]).mean() / 2)


if __name__ == "__main__":
    main()
