"""From words to units: dense and lexical rankings of rows, fused into one ranking of units."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from taqa.domain import Kind
from taqa.library.index import Index
from taqa.references import fold
from taqa.retrieval.acronyms import expand, mine
from taqa.retrieval.exact import Place, mention_index
from taqa.retrieval.fusion import min_max_sum
from taqa.retrieval.names import known_names
from taqa.retrieval.terms import inverse_document_frequency

DENSE_ROWS = 200
LEXICAL_ROWS = 200
"""Rows that each ranking brings to the fusion; eval/README.md, "depth"."""
DENSE_WEIGHT = 0.6
"""Share of the dense ranking in the fused score; eval/README.md, "fusion weight"."""

Vector = npt.NDArray[np.float32]


class QueryEncoder(Protocol):
    """Texts of questions to unit vectors, shape (n, d), float32."""

    def encode_queries(self, texts: Sequence[str]) -> Vector: ...


class VectorRanker(Protocol):
    """Rows by inner product with each query, best first, ties by row."""

    def search(
        self, queries: Vector, k: int, rows: Sequence[int] | None = None
    ) -> tuple[npt.NDArray[np.int64], Vector]: ...


class WordRanker(Protocol):
    """Rows by BM25, best first, ties by row."""

    def search(self, query: str, k: int, rows: Sequence[int] | None = None) -> tuple[npt.NDArray[np.int64], Vector]: ...


@dataclass(frozen=True, slots=True)
class Found:
    """A unit found: its number in the index, its fused score (0..1), its best cosine."""

    unit: int
    score: float
    cosine: float


@dataclass(frozen=True, slots=True)
class Findings:
    """What a search brought: units best first, and the vector of the query to score their sentences with."""

    query: str
    units: tuple[Found, ...]
    vector: Vector


@dataclass(frozen=True)
class Searcher:
    """The engines over one index."""

    index: Index
    encoder: QueryEncoder
    dense: VectorRanker
    lexical: WordRanker
    dense_weight: float = DENSE_WEIGHT

    @cached_property
    def acronyms(self) -> Mapping[str, str]:
        return mine(held.unit.text for held in self.index.units)

    @cached_property
    def names(self) -> frozenset[str]:
        return known_names((held.unit.text for held in self.index.units), self.acronyms)

    @cached_property
    def mentions(self) -> Mapping[str, tuple[Place, ...]]:
        return mention_index(self.index.units)

    @cached_property
    def idf(self) -> tuple[Mapping[str, float], float]:
        return inverse_document_frequency(held.unit.text for held in self.index.units)

    @cached_property
    def row_numbers(self) -> Mapping[int, tuple[int, ...]]:
        """Rows of each unit."""
        rows: dict[int, list[int]] = {}
        for number, row in enumerate(self.index.rows):
            rows.setdefault(row.unit, []).append(number)
        return {unit: tuple(numbers) for unit, numbers in rows.items()}

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {held.unit.id: number for number, held in enumerate(self.index.units)}

    def number(self, unit_id: str) -> int:
        """Number of a unit in the index. Raises KeyError for one that is not held."""
        return self._numbers[unit_id]

    @cached_property
    def enumerations(self) -> Mapping[tuple[str, tuple[str, ...]], tuple[int | None, tuple[int, ...]]]:
        """(document id, address of the whole) -> number of what announces the list, numbers of all its items."""
        items: dict[tuple[str, tuple[str, ...]], list[int]] = {}
        heads: dict[tuple[str, tuple[str, ...]], int] = {}
        for number, held in enumerate(self.index.units):
            heads.setdefault((held.document.id, held.unit.address), number)
            if held.unit.kind in (Kind.SUBPARAGRAPH, Kind.CHAPEAU):
                for depth in range(1, len(held.unit.address)):
                    items.setdefault((held.document.id, held.unit.address[:depth]), []).append(number)
        return {key: (heads.get(key), tuple(members)) for key, members in items.items() if len(members) > 1}

    def find(self, text: str, documents: Collection[str] = (), vector: Vector | None = None) -> Findings:
        """Units for a text, best first. `documents` restricts to those ids."""
        rows = self.index.rows_in(documents) if documents else None
        if not self.index.rows or rows == []:
            return Findings(text, (), np.zeros((1, 0), np.float32))
        expanded = expand(text, self.acronyms)
        query = self.encoder.encode_queries([expanded]) if vector is None else vector
        dense_rows, dense_scores = self.dense.search(query, DENSE_ROWS, rows)
        words = fold(expanded)
        lexical_rows, lexical_scores = self.lexical.search(words, LEXICAL_ROWS, rows)
        dense = self._by_unit(dense_rows.ravel(), dense_scores.ravel())
        lexical = self._by_unit(lexical_rows.ravel(), lexical_scores.ravel())
        fused = min_max_sum([dense, lexical], [self.dense_weight, 1 - self.dense_weight])
        units = tuple(Found(unit, score, dense.get(unit, 0.0)) for unit, score in fused)
        return Findings(text, units, query)

    def cosines(self, vector: Vector, units: Sequence[int]) -> Mapping[int, float]:
        """Cosine of the query with every row of some units, by row."""
        rows = [row for unit in units for row in self.row_numbers.get(unit, ())]
        if not rows:
            return {}
        numbers, scores = self.dense.search(vector, len(rows), rows)
        return {int(n): float(s) for n, s in zip(numbers.ravel(), scores.ravel(), strict=True) if n >= 0}

    def weight(self, term: str) -> float:
        """Inverse document frequency of a stem over the units."""
        known, unseen = self.idf
        return known.get(term, unseen)

    def _by_unit(self, rows: npt.NDArray[np.int64], scores: Vector) -> dict[int, float]:
        best: dict[int, float] = {}
        for row, score in zip(rows.tolist(), scores.tolist(), strict=True):
            if row < 0:
                continue
            unit = self.index.rows[row].unit
            if score > best.get(unit, float("-inf")):
                best[unit] = score
        return best
