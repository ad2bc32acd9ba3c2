"""Percentile bootstrap intervals over questions, the same at every run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SEED = 20180213
RESAMPLES = 2000
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value, its interval, and how many questions it rests on."""

    value: float
    low: float
    high: float
    n: int


def estimate(parts: Sequence[tuple[float, float]], resamples: int = RESAMPLES, seed: int = SEED) -> Estimate | None:
    """The ratio of the sums of `parts` (numerator, denominator) with its interval; None when nothing counts.

    Drawn with replacement are whole questions, of those that count (denominator above 0).
    """
    import numpy as np  # at the edge: the command line must start without it

    pairs = np.asarray([part for part in parts if part[1] > 0], dtype=float)
    if len(pairs) == 0:
        return None
    value = float(pairs[:, 0].sum() / pairs[:, 1].sum())
    drawn = np.random.default_rng(seed).integers(0, len(pairs), size=(resamples, len(pairs)))
    sums = pairs[drawn].sum(axis=1)
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(sums[:, 0] / sums[:, 1], [tail, 1 - tail])
    return Estimate(value, float(low), float(high), len(pairs))
