from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from taqa.retrieval.dense import DenseIndex


def unit(*rows: list[float]) -> np.ndarray:
    vectors = np.array(rows, dtype=np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def test_scores_are_cosines_and_not_distances() -> None:
    index = DenseIndex.build(unit([1, 0], [1, 1], [0, 1], [-1, 0]))
    found = index.search(unit([1, 0])[0], 4)
    assert found.rows.tolist() == [0, 1, 2, 3]
    assert found.scores.tolist() == pytest.approx([1, 0.5**0.5, 0, -1])


def test_vectors_come_back_bit_for_bit(tmp_path: Path) -> None:
    vectors = unit(*np.random.default_rng(1).normal(size=(17, 384)).tolist())
    rows = list(range(5, 22))
    DenseIndex.build(vectors, rows).save(tmp_path / "x")
    index = DenseIndex.load(tmp_path / "x")
    assert (len(index), index.dimension, index.rows().tolist()) == (17, 384, rows)
    assert index.vectors().tobytes() == vectors.tobytes()


def test_same_vectors_same_file(tmp_path: Path) -> None:
    for name in "ab":
        DenseIndex.build(unit([1, 2], [3, 4])).save(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_empty_index(tmp_path: Path) -> None:
    DenseIndex.build(np.zeros((0, 384), dtype=np.float32)).save(tmp_path / "x")
    index = DenseIndex.load(tmp_path / "x")
    assert len(index) == 0
    assert index.vectors().shape == (0, 384)
    assert index.search(np.eye(384, dtype=np.float32)[0], 5).rows.tolist() == []


@pytest.mark.parametrize(
    ("vectors", "rows", "message"),
    [
        (np.ones((2, 4), dtype=np.float32), None, "not normalised"),
        (np.zeros((1, 4), dtype=np.float32), None, "not normalised"),
        (np.full((1, 4), np.nan, dtype=np.float32), None, "not normalised"),
        (np.eye(4, dtype=np.float32), [0, 1, 2], "rows for vectors"),
        (np.eye(4, dtype=np.float32), [0, 2, 1, 3], "do not ascend"),
        (np.eye(4, dtype=np.float32), [0, 1, 1, 3], "do not ascend"),
        (np.eye(4, dtype=np.float32), [-1, 1, 2, 3], "do not ascend"),
    ],
)
def test_what_is_not_a_set_of_unit_rows_is_refused(vectors: np.ndarray, rows: list[int] | None, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        DenseIndex.build(vectors, rows)


def test_query_of_another_shape_or_length_is_refused() -> None:
    index = DenseIndex.build(np.eye(4, dtype=np.float32))
    with pytest.raises(ValueError, match="4 dimensions"):
        index.search(np.eye(3, dtype=np.float32)[0], 1)
    with pytest.raises(ValueError, match="4 dimensions"):
        index.search(np.eye(4, dtype=np.float32)[:2], 1)
    with pytest.raises(ValueError, match="not normalised"):
        index.search(np.ones(4, dtype=np.float32), 1)


def test_another_kind_of_index_is_refused(tmp_path: Path) -> None:
    import faiss

    plain = faiss.IndexFlatIP(4)
    squared = faiss.IndexIDMap(faiss.IndexFlatL2(4))
    for number, other in enumerate((plain, squared)):
        path = tmp_path / str(number)
        path.write_bytes(faiss.serialize_index(other).tobytes())
        with pytest.raises(ValueError, match="not a flat index"):
            DenseIndex.load(path)


def test_chosen_rows_have_the_scores_of_a_scan_bit_for_bit() -> None:
    vectors = unit(*np.random.default_rng(2).normal(size=(300, 384)).tolist())
    index = DenseIndex.build(vectors, list(range(10, 610, 2)))
    whole = index.search(vectors[7], 300)
    scores = dict(zip(whole.rows.tolist(), whole.scores.tolist(), strict=True))
    chosen = [608, 10, 24, 24, 11, 300, 9999]
    found = index.search(vectors[7], 10, chosen)
    assert sorted(found.rows.tolist()) == [10, 24, 300, 608]
    assert found.scores.tolist() == [scores[row] for row in found.rows.tolist()]


def test_many_chosen_rows_are_scored_where_they_stand() -> None:
    angles = np.arange(60_000) / 60_000
    index = DenseIndex.build(np.column_stack([np.cos(angles), np.sin(angles)]).astype(np.float32))
    found = index.search(np.array([1, 0], np.float32), 3, range(20_000, 60_000))
    assert found.rows.tolist() == [20_000, 20_001, 20_002]
    assert found.scores[0] == pytest.approx(np.cos(1 / 3), abs=1e-6)
