"""Fits the confidence on the development questions: `python eval/fit_refusal.py` prints BIAS, WEIGHTS and THRESHOLD.

Target: the answer that would be given is right (at least half of its citations), so an unanswerable question and a
wrong answer both count against. Logistic regression over standardised features with an L2 penalty, by Newton's method.
The threshold is the highest at which, left out of the fit in turn, no more than LOST of the answerable questions are
refused.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from taqa import build
from taqa.answering import refuse
from taqa.answering.evidence import weigh
from taqa.answering.question import Asks, read_question
from taqa.assistant import Assistant
from taqa.evaluation import answers, questions, run
from taqa.evaluation.score import score
from taqa.settings import load
from taqa.wire import from_answer

PENALTY = 3.0
LOST = 0.04
"""Share of the answerable questions that a refusal may cost."""
FOLDS = 13
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


def gather(assistant: Assistant) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Features, whether the answer is right, and whether the question is answerable, for each development question."""
    corpus = run.by_file(assistant.documents)
    rows, right, answerable = [], [], []
    refuse.THRESHOLD = 0.0
    for case in questions.load(Path("eval/questions"), "dev"):
        question = assistant.check(case.asked())
        reading = read_question(question, assistant.searcher.names)
        if reading.asks in (Asks.MENTIONS, Asks.PROVISION):
            continue
        evidence = weigh(reading, assistant.searcher.find(reading.text), assistant.searcher)
        given = answers.parse(from_answer(assistant.ask(question)).model_dump(mode="json"), case.id)
        result = score(case, given, corpus)
        rows.append(refuse.features(evidence, assistant.searcher).vector())
        right.append(float(case.answerable and 2 * result.right >= max(1, result.citations)))
        answerable.append(case.answerable)
    return np.array(rows), np.array(right), np.array(answerable)


def main() -> None:
    x, y, answerable = gather(build.ready_assistant(load()))
    out = np.zeros(len(y))
    for k in range(FOLDS):
        held = np.arange(len(y)) % FOLDS == k
        out[held] = probability(x[held], fit(x[~held], y[~held]))
    print("left-out: threshold, share answered, right of answered, answerable refused, unanswerable refused")
    chosen = 0.0
    for threshold in np.arange(0.05, 0.95, 0.05):
        given = out >= threshold
        precision = y[given].mean() if given.any() else 1.0
        print(
            f"{threshold:.2f}  {given.mean():.2f}  {precision:.2f}  {(~given & answerable).sum()}/{answerable.sum()}"
            f"  {(~given & ~answerable).sum()}/{(~answerable).sum()}"
        )
        if (~given & answerable).sum() <= LOST * answerable.sum():
            chosen = float(threshold)
    w = fit(x, y)
    print(f"BIAS = {w[0]:.3f}\nWEIGHTS = ({', '.join(f'{value:.3f}' for value in w[1:])})\nTHRESHOLD = {chosen:.2f}")


if __name__ == "__main__":
    main()
