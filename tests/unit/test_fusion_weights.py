"""The script that tries fusion weights measures as the product ranks and as trec_eval counts."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import ir_measures
import numpy as np
import pytest
from ir_measures import AP, R

from taqa.retrieval.fusion import weighted
from taqa.retrieval.ranking import best

SCRIPT = Path(__file__).parents[2] / "eval" / "fusion_weights.py"


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("fusion_weights", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fusion_weights"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["fusion_weights"]


@pytest.mark.parametrize("seed", range(20))
def test_it_measures_what_the_product_would_rank(script: ModuleType, seed: int) -> None:
    rng = np.random.default_rng(seed)
    rankings = []
    for _ in range(4):
        units = rng.permutation(40)[:25].astype(np.int64)
        rankings.append(best(units, rng.random(25).astype(np.float32), 25))
    gold = {3, 7, 11, 99}
    held = {unit for unit in gold if any(unit in ranking.rows for ranking in rankings)}
    tried = np.array([*script.shares(0.25), (0.3, 0.3, 0.4, 0.2)])
    found = script.measured(rankings, held, len(gold), tried)
    qrels = {"q": {str(unit): 1 for unit in gold}}
    for column, weights in enumerate(tried):
        fused = weighted(rankings, tuple(weights), 100)
        run = {"q": {str(unit): -float(place) for place, unit in enumerate(fused.rows.tolist())}}
        wanted = ir_measures.calc_aggregate([AP @ 10, R @ 10], qrels, run)
        assert found[0, column] == pytest.approx(wanted[AP @ 10], abs=1e-9)
        assert found[1, column] == pytest.approx(wanted[R @ 10], abs=1e-9)


def test_nothing_found_is_nothing(script: ModuleType) -> None:
    ranking = best(np.array([1, 2]), np.array([0.5, 0.4], np.float32), 2)
    assert script.measured([ranking] * 4, set(), 3, np.ones((1, 4))).tolist() == [[0.0], [0.0]]


def test_shares_sum_to_one(script: ModuleType) -> None:
    found = list(script.shares(0.1))
    assert len(found) == 84
    assert all(sum(each) == pytest.approx(1.0) and min(each) >= 0.1 for each in found)
