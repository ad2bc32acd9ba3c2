"""Which units hold which stems, and how rare these are."""

from __future__ import annotations

import math

import numpy as np

from taqa.assistant import Assistant
from taqa.library.index import hold
from taqa.retrieval.stems import stems_of

from ..documents import made


def test_rarity_by_the_formula() -> None:
    stems = stems_of(hold((made("1. Mercury waste.\n\n2. Mercury, mercury.\n\n3. The.\n"),)))
    assert {stem: stems.weight(stem) for stem in ("mercuri", "wast")} == {
        "mercuri": math.log(1 + 1.5 / 2.5),
        "wast": math.log(1 + 2.5 / 1.5),
    }
    assert stems.weight("bee") == math.log(1 + 3.5 / 0.5)
    assert stems_of(()).weight("bee") == math.log(2)


def test_the_coverage_of_many_units_is_that_of_each(real_assistant: Assistant) -> None:
    searcher = real_assistant.searcher
    numbers = np.arange(0, len(searcher.index.units), 3)
    for wanted in (("basel", "centr", "train"), ("bee",), (), ("mercuri", "bee", "wast", "parti", "financi")):
        each = [searcher.coverage(wanted, searcher.stems(number)) for number in numbers.tolist()]
        assert searcher.held_stems.coverage(wanted, numbers).tolist() == each
