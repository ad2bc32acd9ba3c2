"""The fusion weights that rank a set of others best, for the setting TAQA_FUSION.

    python eval/fusion_weights.py NAME --data DIR [--split dev] [--cache DIR] [--limit N] [--step 0.1]

The four rankings of each answerable question are made once, without the reader; all weights that are multiples of the
step are then tried on them. Prints the best by MAP@10 with their recall@10, and the shipped weights beside them: of the
fusion alone, without what the product looks up or searches for in other words.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from taqa import build
from taqa.answering.question import read_question
from taqa.answering.typed import as_meant
from taqa.domain import Question
from taqa.evaluation import external, sets
from taqa.retrieval.fusion import stretched
from taqa.retrieval.ranking import Ranking
from taqa.retrieval.search import WEIGHTS, Searcher
from taqa.settings import load

CUT = 10
SHOWN = 8
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Keeping(Searcher):
    """A searcher that keeps the rankings which it fuses."""

    kept: list[Sequence[Ranking]] = field(default_factory=list)

    def _fuse(self, rankings: Sequence[Ranking], limit: int) -> Ranking:
        self.kept.append(rankings)
        return super()._fuse(rankings, limit)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--cache", type=Path, default=Path("indexes/external"))
    parser.add_argument("--limit", type=int)
    parser.add_argument("--step", type=float, default=0.1)
    given = parser.parse_args()
    if not 0 < given.step <= 0.25:
        parser.error("--step must be above 0 and at most 0.25, so that four weights have a share each")
    chosen = sets.load(given.data, given.name, given.split, given.limit)
    plain = external.searcher(chosen, build.Models(build.encoder(load()), None), given.cache)
    engines = Keeping(plain.index, plain.encoder, plain.dense, plain.lexical, None, plain.language)
    tried = np.array([WEIGHTS, *shares(given.step)])
    sums = np.zeros((2, len(tried)))
    asked = 0
    for query in chosen.queries:
        if not query.gold:
            continue
        engines.kept.clear()
        question = as_meant(Question(" ".join(query.text.split()), query.history), engines)
        engines.find(read_question(question, engines.names, engines.bearers).text, (query.doc,) if query.doc else ())
        if not engines.kept:
            raise SystemExit(f"The document {query.doc} of question {query.id} has nothing to search.")
        gold = {number for number in numbers_of(engines.kept[0]) if engines.index.units[number].unit.id in query.gold}
        sums += measured(engines.kept[0], gold, len(query.gold), tried)
        asked += 1
    if not asked:
        raise SystemExit(f"No question of {given.name}, {given.split}, has an answer: there is nothing to rank.")
    precision, recall = sums / asked
    print(f"{asked} questions of {given.name}, {given.split}\n| weights | MAP@{CUT} | recall@{CUT} |\n|---|---|---|")
    best = sorted(range(1, len(tried)), key=lambda number: -precision[number])[:SHOWN]
    for number in (0, *best):
        weights = ", ".join(f"{weight:.2f}" for weight in tried[number])
        print(f"| {weights}{' (shipped)' if number == 0 else ''} | {precision[number]:.4f} | {recall[number]:.4f} |")


def shares(step: float) -> Iterator[tuple[float, ...]]:
    """All weights that are multiples of a step above 0 and sum to 1."""
    steps = round(1 / step)
    for each in itertools.product(range(1, steps), repeat=len(WEIGHTS)):
        if sum(each) == steps:
            yield tuple(part / steps for part in each)


def numbers_of(rankings: Sequence[Ranking]) -> list[int]:
    """The units that any of some rankings names."""
    return sorted({unit for ranking in rankings for unit in ranking.rows.tolist()})


def measured(rankings: Sequence[Ranking], gold: Collection[int], whole: int, tried: Floats) -> Floats:
    """Average precision and recall among the first ten for each row of the weights tried, (m, 4): shape (2, m).

    `gold` are the right units that are ranked, `whole` is how many there are.
    """
    rows = {unit: row for row, unit in enumerate(numbers_of(rankings))}
    scores = np.zeros((len(rows), len(rankings)))
    for column, ranking in enumerate(rankings):
        scores[[rows[unit] for unit in ranking.rows.tolist()], column] = stretched(ranking)
    fused = scores @ tried.T
    if not gold:
        return np.zeros((2, len(tried)))
    places = np.sort([1 + (fused > fused[rows[unit]]).sum(axis=0) for unit in gold], axis=0)
    found = places <= CUT
    nth = np.arange(1, len(gold) + 1)[:, None]
    return np.stack([np.where(found, nth / places, 0.0).sum(axis=0), found.sum(axis=0)]) / whole


if __name__ == "__main__":
    main()
