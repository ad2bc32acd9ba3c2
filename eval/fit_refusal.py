"""Fits the confidence on the development questions, and prints BIAS, WEIGHTS and what each threshold would refuse.

    python eval/fit_refusal.py [--second CORPUS INDEX]

Target: the answer is right, by at least half of its citations. What is asked of the unanswerable questions and of the
off-topic ones of `questions/off_topic.txt` is never right. Logistic regression over standardised features with an L2
penalty, by Newton's method; each question is left out of the fit in turn. `--second` adds the second set, asked of its
corpus (`second_corpus.py`) and the index of that, and says how the fit on one set does on the other.

"Net" counts the right answers given less the wrong ones given, "true" the right answers given and the unanswerable
questions refused. The sum of both is flat about its best: the middle of the thresholds is taken where it is nearly so,
of two the higher, since no citation is better than a weak one.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from statistics import median_high

import numpy as np
from numpy.typing import NDArray
from remembering import RememberingReader

from taqa import build
from taqa.answering import refuse
from taqa.answering.attributes import Attributes, asked_for, lacks
from taqa.answering.evidence import Weighed, weigh
from taqa.answering.question import Asks, read_question
from taqa.answering.typed import as_meant
from taqa.domain import Answer, Document, Question
from taqa.evaluation import answers, questions
from taqa.evaluation.questions import Case
from taqa.evaluation.run import by_file
from taqa.evaluation.score import score
from taqa.retrieval.rows import context_of
from taqa.retrieval.search import Searcher
from taqa.settings import Settings, load
from taqa.wire import from_answer

PENALTY = 3.0
NEAR_BEST = 0.98
EXACT = (Asks.MENTIONS, Asks.PROVISION, Asks.NOTHING, Asks.COMPARISON)
"""What is looked up, or refused, by other rules; of a comparison the confidence is that of its surest side."""
KINDS = ("right", "wrong", "near", "off")
FOLDS = 13
SEED = 2026
Floats = NDArray[np.float64]


def fit(x: Floats, y: NDArray[np.bool_]) -> Floats:
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


def gather(settings: Settings, folder: str, lacked: Counter[tuple[str, str]]) -> tuple[Floats, NDArray[np.str_]]:
    """Features, and what became of the question with nothing refused: right, wrong, near (miss) or off (topic).

    `lacked` counts what the best sentences lack of what is asked for, by what became of the question.
    """
    ready = build.ready_assistant(settings)
    remembering = RememberingReader(ready.searcher.reader) if ready.searcher.reader else None
    assistant = replace(ready, threshold=0.0, searcher=replace(ready.searcher, reader=remembering))
    corpus = by_file(assistant.documents)
    asked: list[tuple[Question, Case | None]] = [(case.asked(), case) for case in questions.load(Path(folder), "dev")]
    asked += [(Question(line), None) for line in Path("eval/questions/off_topic.txt").read_text("utf-8").splitlines()]
    rows, kinds = [], []
    for question, case in asked:
        searcher = assistant.searcher
        reading = read_question(as_meant(assistant.check(question), searcher), searcher.names, searcher.bearers)
        findings = searcher.find(reading.text)
        if findings.pinpoint or reading.asks in EXACT:
            continue
        answer = assistant.ask(question)
        if answer.status != "answered":
            continue
        evidence = weigh(reading, findings, searcher)
        rows.append(refuse.features(evidence, searcher).vector())
        kinds.append(_became(answer, case, corpus) if case else "off")
        lacked.update((each, kinds[-1]) for each in _lacked(evidence, searcher))
    order = np.random.default_rng(SEED).permutation(len(rows))
    return np.array(rows)[order], np.array(kinds)[order]


def _lacked(evidence: Weighed, searcher: Searcher) -> Iterator[str]:
    """Names of what the best sentence lacks of what the question asks for."""
    asked = asked_for(evidence.reading, searcher.names)
    best = evidence.sentences[0]
    held = searcher.index.units[best.unit]
    words = held.unit.text[best.start : best.end]
    context = f"{held.document.name} {held.document.file} {context_of(held.unit, held.document)} {held.unit.text}"
    alone = {"done": {"done": asked.done, "years": asked.years}}
    for name in (each.name for each in fields(asked)):
        if lacks(Attributes(**alone.get(name, {name: getattr(asked, name)})), words, context, held.document.meta.date):
            yield name


def _became(answer: Answer, case: Case, corpus: Mapping[str, Document]) -> str:
    if not case.answerable:
        return "near"
    scored = score(case, answers.parse(from_answer(answer).model_dump(mode="json"), case.id), corpus)
    return "right" if scored.right and scored.right * 2 >= scored.citations else "wrong"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--second", nargs=2, type=Path, metavar=("CORPUS", "INDEX"))
    given = parser.parse_args()
    lacked: Counter[tuple[str, str]] = Counter()
    sets = [gather(load(), "eval/questions", lacked)]
    if given.second:
        corpus, index = given.second
        sets.append(gather(load(corpus=corpus, index=index), "eval/questions/second", lacked))
        for (x, kinds), (other, told) in (sets, sets[::-1]):
            report(probability(other, fit(x, kinds == "right")), told, "of a set that the fit has not seen")
    x, kinds = np.concatenate([rows for rows, _ in sets]), np.concatenate([names for _, names in sets])
    out = np.zeros(len(kinds))
    for k in range(FOLDS):
        held = np.arange(len(kinds)) % FOLDS == k
        out[held] = probability(x[held], fit(x[~held], kinds[~held] == "right"))
    report(out, kinds, "of all, left out of the fit")
    print(f"lacking | {' | '.join(KINDS)}")
    for name in (each.name for each in fields(Attributes)):
        print(f"{name} | {' | '.join(str(lacked[name, kind]) for kind in KINDS)}")
    print("threshold | refused of the right | of the wrong | of the near misses | of the off-topic | net | true")
    worth: dict[float, int] = {}
    for threshold in (round(float(each), 2) for each in np.arange(0.2, 0.85, 0.05)):
        refused = out < threshold
        shares = [f"{(refused & (kinds == kind)).sum()}/{(kinds == kind).sum()}" for kind in KINDS]
        right = kinds == "right"
        net = int((right & ~refused).sum() - (~right & ~refused).sum())
        true = int((right & ~refused).sum() + (np.isin(kinds, ("near", "off")) & refused).sum())
        worth[threshold] = net + true
        print(f"{threshold:.2f} | {' | '.join(shares)} | {net} | {true}")
    w = fit(x, kinds == "right")
    print(f"BIAS = {w[0]:.3f}\nWEIGHTS = ({', '.join(f'{value:.3f}' for value in w[1:])})")
    print(f"THRESHOLD = {median_high(each for each, gain in worth.items() if gain >= NEAR_BEST * max(worth.values()))}")


def report(out: Floats, kinds: NDArray[np.str_], whose: str) -> None:
    """Print how well the right answers are told from the others."""
    told = (f"{kind} {auroc(out[kinds == 'right'], out[kinds == kind]):.3f}" for kind in KINDS[1:])
    print(f"AUROC {whose}, right answers against: {', '.join(told)}")


def auroc(higher: Floats, lower: Floats) -> float:
    """Share of pairs in the right order, ties half."""
    above = (higher[:, None] > lower[None, :]).mean()
    return float(above + (higher[:, None] == lower[None, :]).mean() / 2)


if __name__ == "__main__":
    main()
