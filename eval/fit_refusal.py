"""Fits the confidence on the development questions: `python eval/fit_refusal.py` prints BIAS, WEIGHTS and THRESHOLD.

Target: the question is answerable. The unanswerable ones are those of the development set and the off-topic ones of
`questions/off_topic.txt`. Logistic regression over standardised features with an L2 penalty, by Newton's method. The
threshold is the highest at which, left out of the fit in turn, no more than LOST of the answerable questions are
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
from taqa.domain import Question
from taqa.evaluation import questions
from taqa.settings import load

PENALTY = 3.0
LOST = 0.03
"""Share of the answerable questions that a refusal may cost."""
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


def gather(assistant: Assistant) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Features, whether the question is answerable, and whether it is off topic, for each question."""
    cases = questions.load(Path("eval/questions"), "dev")
    asked = [(case.asked(), case.answerable, False) for case in cases]
    lines = Path("eval/questions/off_topic.txt").read_text("utf-8").splitlines()
    asked += [(Question(line), False, True) for line in lines]
    rows, answerable, off_topic = [], [], []
    for question, right, off in asked:
        reading = read_question(assistant.check(question), assistant.searcher.names)
        if reading.asks in (Asks.MENTIONS, Asks.PROVISION):
            continue
        evidence = weigh(reading, assistant.searcher.find(reading.text), assistant.searcher)
        rows.append(refuse.features(evidence, assistant.searcher).vector())
        answerable.append(float(right))
        off_topic.append(off)
    order = np.random.default_rng(SEED).permutation(len(rows))
    return np.array(rows)[order], np.array(answerable)[order], np.array(off_topic)[order]


def main() -> None:
    x, y, off = gather(build.ready_assistant(load()))
    out = np.zeros(len(y))
    for k in range(FOLDS):
        held = np.arange(len(y)) % FOLDS == k
        out[held] = probability(x[held], fit(x[~held], y[~held]))
    answerable, near = y > 0, (y == 0) & ~off
    print("left out of the fit: threshold, refused of the answerable, of the near misses, of the off-topic")
    chosen = 0.0
    for threshold in np.arange(0.05, 0.95, 0.05):
        refused = out < threshold
        shares = [f"{(refused & kind).sum()}/{kind.sum()}" for kind in (answerable, near, off)]
        print(f"{threshold:.2f}  {'  '.join(shares)}")
        if (refused & answerable).sum() <= LOST * answerable.sum():
            chosen = float(threshold)
    w = fit(x, y)
    print(f"BIAS = {w[0]:.3f}\nWEIGHTS = ({', '.join(f'{value:.3f}' for value in w[1:])})\nTHRESHOLD = {chosen:.2f}")


if __name__ == "__main__":
    main()
