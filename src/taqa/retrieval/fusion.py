"""Several sets of scores made into one ranking. Pure functions; a score is of whatever the keys number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Scores = Mapping[int, float]
Fused = list[tuple[int, float]]


def min_max_sum(parts: Sequence[Scores], weights: Sequence[float]) -> Fused:
    """Weighted sum of scores, each set stretched to 0..1 first; best first, ties by number.

    What a set does not name gets 0 there. Where all scores of a set are equal each gets 1. Weights count by their
    share in the sum of all weights, so that a fused score lies in 0..1.
    """
    if len(parts) != len(weights):
        raise ValueError(f"{len(weights)} weights for {len(parts)} sets of scores")
    whole = sum(weights)
    if min(weights, default=0.0) < 0 or not whole > 0:
        raise ValueError("weights must not be negative, and not all 0")
    return _ranked(_scaled(_stretched(part), weight / whole) for part, weight in zip(parts, weights, strict=True))


def reciprocal_rank_sum(parts: Sequence[Scores], constant: int = 60) -> Fused:
    """Sum of 1 / (constant + place) over the sets, places from 1 by falling score and then by number."""
    return _ranked(
        {number: 1 / (constant + place) for place, (number, _) in enumerate(_ranked([part]), start=1)} for part in parts
    )


def _stretched(scores: Scores) -> Scores:
    if not scores:
        return scores
    low, high = min(scores.values()), max(scores.values())
    if high == low:
        return dict.fromkeys(scores, 1.0)
    return {number: (score - low) / (high - low) for number, score in scores.items()}


def _scaled(scores: Scores, factor: float) -> Scores:
    return {number: score * factor for number, score in scores.items()}


def _ranked(parts: Iterable[Scores]) -> Fused:
    totals: dict[int, float] = {}
    for part in parts:
        for number, score in part.items():
            totals[number] = totals.get(number, 0.0) + score
    return sorted(totals.items(), key=lambda item: (-item[1], item[0]))
