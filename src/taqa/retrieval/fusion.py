"""Several rankings made into one. Pure functions; what the numbers stand for (rows, units) is the caller's affair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from taqa.retrieval.ranking import Ranking, best


def weighted(rankings: Sequence[Ranking], weights: Sequence[float], limit: int) -> Ranking:
    """Weighted sum of scores, each ranking stretched to 0..1 first.

    What a ranking does not name gets 0 there. Where all its scores are equal each gets 1. Weights count by their share
    in the sum of all weights, so that a fused score lies in 0..1.
    """
    if len(rankings) != len(weights):
        raise ValueError(f"{len(weights)} weights for {len(rankings)} rankings")
    whole = sum(weights)
    if min(weights, default=0.0) < 0 or not whole > 0:
        raise ValueError("weights must not be negative, and not all 0")
    parts = zip(rankings, weights, strict=True)
    return _sum(
        ((ranking, [score * weight / whole for score in stretched(ranking)]) for ranking, weight in parts), limit
    )


def reciprocal(rankings: Sequence[Ranking], limit: int, constant: int = 60) -> Ranking:
    """Reciprocal rank fusion: each ranking gives 1 / (constant + place) to what it names, places from 1."""
    places = ((ranking, [1 / (constant + 1 + place) for place in range(len(ranking.rows))]) for ranking in rankings)
    return _sum(places, limit)


def stretched(ranking: Ranking) -> list[float]:
    scores: list[float] = ranking.scores.astype(np.float64).tolist()
    low, high = min(scores, default=0.0), max(scores, default=0.0)
    if high == low:
        return [1.0] * len(scores)
    return [(score - low) / (high - low) for score in scores]


def _sum(parts: Iterable[tuple[Ranking, list[float]]], limit: int) -> Ranking:
    totals: dict[int, float] = {}
    for ranking, scores in parts:
        for row, score in zip(ranking.rows.tolist(), scores, strict=True):
            totals[row] = totals.get(row, 0.0) + score
    return best(np.array(list(totals), dtype=np.int64), np.array(list(totals.values()), dtype=np.float32), limit)
