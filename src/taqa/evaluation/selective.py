"""What a confidence is worth: does it tell what can be answered, and are the answers right that it lets through."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

KEPT = Fraction(9, 10)
"""Share of answerable questions that a threshold must keep."""
STEPS = 10


@dataclass(frozen=True, slots=True)
class Threshold:
    """The highest confidence asked for that keeps enough of the answerable, what it keeps, and what it refuses of the
    unanswerable."""

    confidence: float
    kept: float
    refused: float


@dataclass(frozen=True, slots=True)
class Point:
    """Of the surest `coverage` of all questions, the share `risk` answered wrongly; `confidence` of the least sure."""

    coverage: float
    risk: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Bin:
    """The `n` questions of a confidence in `low`..`high`: what it was on average, and the share `right` of them."""

    low: float
    high: float
    n: int
    confidence: float
    right: float


def auroc(answerable: Sequence[float], unanswerable: Sequence[float]) -> float:
    """Probability that an answerable question has the higher confidence of two, one of each; equal ones count half."""
    if not answerable or not unanswerable:
        raise ValueError("one of the two kinds is missing")
    above = 0.0
    merged = sorted([*((value, True) for value in answerable), *((value, False) for value in unanswerable)])
    below = position = 0  # unanswerable questions of a lower confidence
    while position < len(merged):
        value = merged[position][0]
        end = position
        while end < len(merged) and merged[end][0] == value:
            end += 1
        good = sum(is_answerable for _, is_answerable in merged[position:end])
        bad = end - position - good
        above += good * (below + bad / 2)
        below += bad
        position = end
    return above / (len(answerable) * len(unanswerable))


def refused_at_kept(answerable: Sequence[float], unanswerable: Sequence[float], kept: Fraction = KEPT) -> Threshold:
    """The most that can be refused of the unanswerable while at least `kept` of the answerable are answered."""
    if not answerable or not unanswerable:
        raise ValueError("one of the two kinds is missing")
    needed = math.ceil(kept * len(answerable))
    threshold = sorted(answerable, reverse=True)[needed - 1]
    return Threshold(
        threshold,
        sum(value >= threshold for value in answerable) / len(answerable),
        sum(value < threshold for value in unanswerable) / len(unanswerable),
    )


def risk_coverage(answers: Sequence[tuple[float, bool]], steps: int = STEPS) -> tuple[Point, ...]:
    """Risk at `steps` coverages up to 1 of (confidence, right); of equal confidences the wrong ones count first."""
    ordered = sorted(answers, key=lambda pair: (-pair[0], pair[1]))
    points: list[Point] = []
    for step in range(1, steps + 1):
        count = math.ceil(Fraction(step, steps) * len(ordered))
        if count:
            wrong = sum(not right for _, right in ordered[:count])
            points.append(Point(count / len(ordered), wrong / count, ordered[count - 1][0]))
    return tuple(points)


def calibration(answers: Sequence[tuple[float, bool]], bins: int = STEPS) -> tuple[Bin, ...]:
    """(confidence, right) in `bins` equal parts of 0..1, those without a question left out."""
    parts: dict[int, list[tuple[float, bool]]] = {}
    for value, right in answers:
        parts.setdefault(min(int(value * bins), bins - 1), []).append((value, right))
    return tuple(
        Bin(
            low=number / bins,
            high=(number + 1) / bins,
            n=len(part),
            confidence=sum(value for value, _ in part) / len(part),
            right=sum(right for _, right in part) / len(part),
        )
        for number, part in sorted(parts.items())
    )


def calibration_error(parts: Sequence[Bin]) -> float:
    """How far confidence and share of right answers are apart, on average over questions."""
    return sum(each.n * abs(each.confidence - each.right) for each in parts) / sum(each.n for each in parts)
