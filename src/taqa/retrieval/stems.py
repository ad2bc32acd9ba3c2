"""Which units hold which stems, each unit read in its context: its headings, its chapeau, the name of its document."""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from taqa.library.index import HeldUnit
from taqa.retrieval.ranking import Rows
from taqa.retrieval.rows import context_of, name_of
from taqa.retrieval.terms import terms


@dataclass(frozen=True, eq=False)
class Stems:
    """Stem -> numbers of the units that hold it, ascending; and how rare a stem is in their own words."""

    units: Mapping[str, NDArray[np.int32]]
    weights: Mapping[str, float]
    unseen: float
    """Weight of a stem that no unit has in its own words."""

    def weight(self, stem: str) -> float:
        return self.weights.get(stem, self.unseen)

    def coverage(self, wanted: Sequence[str], numbers: Rows) -> NDArray[np.float64]:
        """For each of some units the share of the wanted stems that it holds, each stem weighed by its rarity."""
        covered = np.zeros(len(numbers))
        short = numbers.astype(np.int32)
        total = 0.0
        for stem in wanted:
            weight = self.weight(stem)
            total += weight
            holding = self.units.get(stem)
            if holding is not None:
                places = np.minimum(np.searchsorted(holding, short), len(holding) - 1)
                covered[holding[places] == short] += weight
        return covered / total if total else np.ones(len(numbers))


def stems_of(units: Sequence[HeldUnit]) -> Stems:
    """The stems of some units. Rarity is ln(1 + (N - n + 0.5) / (n + 0.5)), the form of BM25."""
    holding: dict[str, array[int]] = {}
    counts: dict[str, int] = {}
    contexts: dict[str, frozenset[str]] = {}
    for number, held in enumerate(units):
        own = set(terms(held.unit.text))
        for stem in own:
            counts[stem] = counts.get(stem, 0) + 1
        for around in (name_of(held.document), context_of(held.unit, held.document)):
            if around not in contexts:
                contexts[around] = frozenset(terms(around))
            own |= contexts[around]
        for stem in own:
            holding.setdefault(stem, array("i")).append(number)
    total = len(units)
    weights = {stem: math.log(1 + (total - n + 0.5) / (n + 0.5)) for stem, n in counts.items()}
    made = {stem: np.frombuffer(numbers, dtype=np.int32) for stem, numbers in holding.items()}
    return Stems(made, weights, math.log(1 + (total + 0.5) / 0.5))
