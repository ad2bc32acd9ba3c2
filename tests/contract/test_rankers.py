"""What every ranker must give, value by value, with brute force as the oracle."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from taqa.retrieval.dense import DenseIndex
from taqa.retrieval.lexical import LexicalIndex
from taqa.retrieval.ranking import Ranker, Ranking, Vectors

COUNT = 120
WORDS = [f"w{number}" for number in range(25)]  # digits keep the stemmer away


@dataclass(frozen=True)
class Case:
    """A ranker over `COUNT` rows, some queries, and the true scores of all rows that match a query."""

    ranker: Ranker[object]
    queries: Sequence[object]
    truth: Callable[[object], dict[int, float]]


def dense_case(tmp_path: Path, *, saved: bool) -> Case:
    rng = np.random.default_rng(7)
    vectors = rng.normal(size=(COUNT, 384)).astype(np.float32)
    vectors[40:60] = vectors[3]  # many equal rows: ties
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    rows = [2 * number + 1 for number in range(COUNT)]
    index = DenseIndex.build(vectors, rows)
    if saved:
        index.save(tmp_path / "dense.faiss")
        index = DenseIndex.load(tmp_path / "dense.faiss")
    queries = [vectors[3], vectors[100], vectors[0:1], -vectors[3]]

    def truth(query: Vectors) -> dict[int, float]:
        exact = vectors.astype(np.float64) @ query.reshape(-1).astype(np.float64)
        return dict(zip(rows, exact.tolist(), strict=True))

    return Case(index, queries, truth)


def lexical_case(tmp_path: Path, *, saved: bool) -> Case:
    source = random.Random(7)
    texts = [" ".join(source.choices(WORDS, k=source.randint(0, 39))) for _ in range(COUNT)]
    texts[50:60] = [texts[3]] * 10
    texts[70] = texts[71] = ""
    index = LexicalIndex.build(texts, tmp_path / "lexical")
    if saved:
        index = LexicalIndex.load(tmp_path / "lexical")
    queries = ["w1", "w1 w2 w3", "w3 w3 w3 w4", texts[3], "w1 unheard", "unheard", "", 'w1 AND (w2 OR text:w3)*~"']
    return Case(index, queries, lambda query: bm25(texts, query))


def bm25(texts: Sequence[str], query: str) -> dict[int, float]:
    """BM25, k1 1.2 and b 0.75, idf with the 1 that keeps it positive; empty texts are not there at all."""
    counts = [Counter(text.split()) for text in texts]
    there = sum(1 for count in counts if count)
    average = sum(count.total() for count in counts) / there
    words = set("".join(c if c.isalnum() else " " for c in query.casefold()).split())
    scores: dict[int, float] = {}
    for word in words:
        holders = [row for row, count in enumerate(counts) if count[word]]
        idf = math.log(1 + (there - len(holders) + 0.5) / (len(holders) + 0.5))
        for row in holders:
            times, length = counts[row][word], counts[row].total()
            part = idf * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * length / average))
            scores[row] = scores.get(row, 0.0) + part
    return scores


CASES: dict[str, Callable[[Path], Case]] = {
    "dense": lambda path: dense_case(path, saved=False),
    "dense, saved": lambda path: dense_case(path, saved=True),
    "lexical": lambda path: lexical_case(path, saved=False),
    "lexical, saved": lambda path: lexical_case(path, saved=True),
}


@pytest.fixture(params=list(CASES))
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    return CASES[request.param](tmp_path)


def check(found: Ranking, truth: dict[int, float], limit: int) -> None:
    """`found` is the best `limit` of `truth`: right scores, right order, and at each place as good as can be."""
    rows, scores = found.rows.tolist(), found.scores.tolist()
    assert len(rows) == min(limit, len(truth))
    assert len(set(rows)) == len(rows)
    assert scores == pytest.approx([truth[row] for row in rows], rel=1e-5, abs=1e-5)
    assert scores == pytest.approx(sorted(truth.values(), reverse=True)[: len(rows)], rel=1e-5, abs=1e-5)
    keys = [(-score, row) for row, score in zip(rows, scores, strict=True)]
    assert keys == sorted(keys)


@pytest.mark.parametrize("limit", [0, 1, 5, 15, COUNT, 10 * COUNT])
def test_best_rows_with_their_true_scores(case: Case, limit: int) -> None:
    for query in case.queries:
        check(case.ranker.search(query, limit), case.truth(query), limit)


@pytest.mark.parametrize("limit", [1, 7, 500])
def test_restricted_to_some_rows(case: Case, limit: int) -> None:
    chosen = [1, 7, 9, 41, 43, 55, 57, 81, 83, 85, 99, 101, 119, 10_000]
    for query in case.queries:
        truth = {row: score for row, score in case.truth(query).items() if row in chosen}
        check(case.ranker.search(query, limit, chosen), truth, limit)


def test_restricted_to_no_rows_finds_none(case: Case) -> None:
    for query in case.queries:
        assert case.ranker.search(query, 5, []).rows.tolist() == []


def test_restriction_repeated_or_in_another_order_changes_nothing(case: Case) -> None:
    for query in case.queries:
        plain = case.ranker.search(query, 9, [1, 41, 55, 99])
        other = case.ranker.search(query, 9, [99, 1, 55, 41, 1, 1])
        assert plain.rows.tolist() == other.rows.tolist()
        assert plain.scores.tolist() == other.scores.tolist()


def test_equal_rows_have_equal_scores_and_stand_in_row_order(case: Case) -> None:
    """Also where the limit cuts through them: always the first ones by row."""
    for query in case.queries:
        everything = case.ranker.search(query, COUNT)
        for limit in range(1, 30):
            some = case.ranker.search(query, limit)
            assert some.rows.tolist() == everything.rows.tolist()[:limit]


def test_same_question_same_bits(case: Case) -> None:
    for query in case.queries:
        first, second = case.ranker.search(query, 20), case.ranker.search(query, 20)
        assert first.rows.tobytes() == second.rows.tobytes()
        assert first.scores.tobytes() == second.scores.tobytes()


def test_types(case: Case) -> None:
    for query in case.queries:
        found = case.ranker.search(query, 3)
        assert (found.rows.dtype, found.scores.dtype) == (np.dtype(np.int64), np.dtype(np.float32))


def test_the_oracle_itself() -> None:
    """One row of two words among two rows; by hand: idf ln 2, length 2, average 1.5."""
    scores = bm25(["lead waste", "waste"], "lead")
    assert scores == {0: pytest.approx(math.log(2) * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 2 / 1.5)))}
