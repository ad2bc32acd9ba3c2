from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from taqa.retrieval.fusion import reciprocal, weighted
from taqa.retrieval.ranking import Ranking, best


def ranking(scores: dict[int, float]) -> Ranking:
    return best(np.array(list(scores), dtype=np.int64), np.array(list(scores.values()), dtype=np.float32), len(scores))


RANKINGS = st.dictionaries(st.integers(0, 30), st.floats(-5, 5, width=32), max_size=20).map(ranking)


def pairs(found: Ranking) -> list[tuple[int, float]]:
    return [(row, round(score, 5)) for row, score in zip(found.rows.tolist(), found.scores.tolist(), strict=True)]


def test_weighted_by_hand() -> None:
    fused = weighted([ranking({1: 0.9, 2: 0.5, 3: 0.1}), ranking({3: 12.0, 4: 2.0})], [0.75, 0.25], 10)
    assert pairs(fused) == [(1, 0.75), (2, 0.375), (3, 0.25), (4, 0.0)]


def test_weights_count_by_their_share() -> None:
    parts = [ranking({1: 3, 2: 2, 5: 1}), ranking({2: 1, 5: 0})]
    assert pairs(weighted(parts, [3, 1], 9)) == pairs(weighted(parts, [0.75, 0.25], 9))


def test_equal_scores_give_one_each_and_ties_go_by_row() -> None:
    assert pairs(weighted([ranking({9: 2.5, 4: 2.5})], [1], 5)) == [(4, 1.0), (9, 1.0)]


def test_reciprocal_by_hand() -> None:
    fused = reciprocal([ranking({1: 9, 2: 8}), ranking({2: 5, 3: 4})], 10, constant=60)
    assert pairs(fused) == [(2, round(1 / 62 + 1 / 61, 5)), (1, round(1 / 61, 5)), (3, round(1 / 62, 5))]


@pytest.mark.parametrize("weights", [[1.0], [1.0, -0.1], [0.0, 0.0]])
def test_weights_that_make_no_sense(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="weights"):
        weighted([ranking({1: 1}), ranking({2: 1})], weights, 5)


def test_nothing_fuses_to_nothing() -> None:
    assert pairs(weighted([ranking({}), ranking({})], [1, 1], 5)) == []
    assert pairs(reciprocal([], 5)) == []


@given(st.lists(RANKINGS, min_size=1, max_size=4), st.integers(0, 40))
def test_properties_of_both(rankings: list[Ranking], limit: int) -> None:
    named = {row for part in rankings for row in part.rows.tolist()}
    for fused in (weighted(rankings, [1.0] * len(rankings), limit), reciprocal(rankings, limit)):
        found = pairs(fused)
        assert len(found) == min(limit, len(named))
        assert {row for row, _ in found} <= named
        assert all(0 <= score <= 1.00001 for _, score in found)
        order = [(-score, row) for row, score in zip(fused.rows.tolist(), fused.scores.tolist(), strict=True)]
        assert order == sorted(order)


@given(RANKINGS)
def test_one_ranking_keeps_its_order(one: Ranking) -> None:
    assert reciprocal([one], len(one.rows)).rows.tolist() == one.rows.tolist()
