"""Vectors and their exact scan: the only module that imports FAISS.

Rows are L2-normalised, so that inner product is cosine. The scan is flat: on up to some 100,000 rows nothing is faster
enough to give up exactness and plain deletion.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from taqa.retrieval.ranking import Ranking, Rows, Vectors, best

if TYPE_CHECKING:
    import faiss

_NORM_TOLERANCE = 1e-3


class DenseIndex:
    """Rows with a vector each, searched by cosine. Not every row number needs to be there."""

    def __init__(self, index: faiss.IndexIDMap) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors, rows: Sequence[int] | None = None) -> DenseIndex:
        """Index of unit vectors (n, d) under ascending row numbers; without `rows` these are 0..n-1."""
        import faiss  # about 0.1 s

        numbers = np.arange(len(vectors), dtype=np.int64) if rows is None else np.asarray(rows, dtype=np.int64)
        if vectors.ndim != 2 or numbers.shape != (len(vectors),):
            raise ValueError(f"{numbers.shape} rows for vectors of shape {vectors.shape}")
        if len(numbers) and (numbers[0] < 0 or np.any(np.diff(numbers) <= 0)):
            raise ValueError("row numbers do not ascend")
        _require_unit(vectors)
        index = faiss.IndexIDMap(faiss.IndexFlatIP(vectors.shape[1]))
        index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), numbers)
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """The index that `save` wrote. FAISS trusts what it reads: verify the hash of the file first."""
        import faiss

        index = faiss.deserialize_index(np.fromfile(path, dtype=np.uint8))
        if not isinstance(index, faiss.IndexIDMap) or not isinstance(
            faiss.downcast_index(index.index), faiss.IndexFlatIP
        ):
            raise ValueError(f"{path.name} holds a {type(index).__name__}, not a flat index with row numbers")
        return cls(index)

    def save(self, path: Path) -> None:
        """Writes it; a full disk is an OSError."""
        import faiss

        path.write_bytes(faiss.serialize_index(self._index).tobytes())

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def rows(self) -> Rows:
        """Row numbers, ascending; `vectors()[i]` belongs to `rows()[i]`."""
        import faiss

        return faiss.vector_to_array(self._index.id_map).astype(np.int64)

    def vectors(self) -> Vectors:
        """All vectors (n, d), a copy."""
        import faiss

        flat = faiss.downcast_index(self._index.index)
        return np.asarray(flat.reconstruct_n(0, len(self)), dtype=np.float32).reshape(len(self), self.dimension)

    def search(self, query: Vectors, limit: int, rows: Sequence[int] | None = None) -> Ranking:
        """Rows nearest to one unit vector, shaped (d,) or (1, d). Every row matches: it gives `limit` where it can."""
        query = query.reshape(-1)
        if query.shape != (self.dimension,):
            raise ValueError(f"a query of shape {query.shape} for {self.dimension} dimensions")
        _require_unit(query[None, :])
        if rows is not None:
            return best(*self._among(query, rows), limit) if limit > 0 else _nothing()
        wanted = min(limit, len(self))
        if wanted <= 0:
            return _nothing()
        fetch = min(wanted + 1, len(self))
        while True:
            found, scores = self._scan(query, fetch)
            cut_in_a_tie = len(scores) == fetch and fetch > wanted and scores[-1] == scores[wanted - 1]
            if not cut_in_a_tie or fetch == len(self):
                return best(found, scores, wanted)
            fetch = min(2 * fetch, len(self))

    def _among(self, query: Vectors, rows: Sequence[int]) -> Ranking:
        """Chosen rows with their scores: those of a scan, without a scan."""
        import faiss

        wanted = np.unique(np.asarray(rows, dtype=np.int64))
        places = np.searchsorted(self._numbers, wanted)
        there = places < len(self._numbers)
        there[there] = self._numbers[places[there]] == wanted[there]
        found = wanted[there]
        if not len(found):
            return _nothing()
        scores = np.empty(len(found), np.float32)
        # swig_ptr keeps no array alive: each needs a name until the call is over
        held = np.ascontiguousarray(query, dtype=np.float32), np.ascontiguousarray(places[there], dtype=np.int64)
        faiss.downcast_index(self._index.index).compute_distance_subset(  # type: ignore[attr-defined]
            1,
            faiss.swig_ptr(held[0]),
            len(found),
            faiss.swig_ptr(scores),
            faiss.swig_ptr(held[1]),
        )
        return Ranking(found, scores)

    @cached_property
    def _numbers(self) -> Rows:
        return self.rows()

    def _scan(self, query: Vectors, fetch: int) -> Ranking:
        import faiss

        faiss.omp_set_num_threads(1)  # for the calling thread; one query gains nothing from more and may wait for them
        scores, found = self._index.search(np.ascontiguousarray(query[None, :], dtype=np.float32), fetch)
        there = found[0] >= 0
        return Ranking(found[0][there], scores[0][there])


def _nothing() -> Ranking:
    return Ranking(np.empty(0, np.int64), np.empty(0, np.float32))


def _require_unit(vectors: Vectors) -> None:
    norms = np.linalg.norm(vectors, axis=1)
    if not np.all(np.abs(norms - 1) < _NORM_TOLERANCE):
        raise ValueError("vectors are not normalised")
