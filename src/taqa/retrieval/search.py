"""From words to units: dense and lexical rankings of rows, fused into one ranking of units."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from taqa.domain import Kind
from taqa.library.index import Index
from taqa.retrieval.acronyms import expand, mine
from taqa.retrieval.exact import Place, mention_index, quoted_provisions
from taqa.retrieval.fusion import weighted
from taqa.retrieval.names import known_names
from taqa.retrieval.ranking import Ranker, Ranking, Vectors, best
from taqa.retrieval.rows import context_of
from taqa.retrieval.terms import content_words, inverse_document_frequency, terms

DENSE_ROWS = 400
LEXICAL_ROWS = 200
"""Rows that each ranking brings to the fusion; eval/README.md, "depth"."""
WEIGHTS = (0.3, 0.3, 0.4)
"""Dense, lexical, coverage in the fused score; eval/README.md, "fusion weights"."""


class QueryEncoder(Protocol):
    """Texts of questions to unit vectors, shape (n, d), float32."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors: ...


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
    vector: Vectors


@dataclass(frozen=True)
class Searcher:
    """The engines over one index."""

    index: Index
    encoder: QueryEncoder
    dense: Ranker[Vectors]
    lexical: Ranker[str]
    weights: tuple[float, float, float] = WEIGHTS

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
            if held.unit.kind in (Kind.SUBPARAGRAPH, Kind.CHAPEAU, Kind.QUOTED):
                for depth in range(1, len(held.unit.address)):
                    items.setdefault((held.document.id, held.unit.address[:depth]), []).append(number)
        return {key: (heads.get(key), tuple(members)) for key, members in items.items() if len(members) > 1}

    def find(self, text: str, documents: Collection[str] = (), vector: Vectors | None = None) -> Findings:
        """Units for a text, best first. `documents` restricts to those ids."""
        rows = self.index.rows_in(documents) if documents else None
        if not self.index.rows or rows == []:
            return Findings(text, (), np.zeros(0, np.float32))
        expanded = expand(text, self.acronyms)
        query = self.encoder.encode_queries([expanded])[0] if vector is None else vector
        dense = self._by_unit(self.dense.search(query, DENSE_ROWS, rows))
        lexical = self._by_unit(self.lexical.search(" ".join(content_words(expanded)), LEXICAL_ROWS, rows))
        rankings = [dense, lexical, self._covering(text, {*dense.rows.tolist(), *lexical.rows.tolist()})]
        fused = self._fuse(rankings, DENSE_ROWS + LEXICAL_ROWS)
        cosines = dict(zip(dense.rows.tolist(), dense.scores.tolist(), strict=True))
        scores = dict(zip(fused.rows.tolist(), fused.scores.tolist(), strict=True))
        exact = [unit for unit in quoted_provisions(text, self.index.units) if self._inside(unit, documents)]
        order = [*exact, *(unit for unit in scores if unit not in exact)]
        found = [Found(unit, 1.0 if unit in exact else scores[unit], cosines.get(unit, 0.0)) for unit in order]
        return Findings(text, tuple(found), query)

    def coverage(self, wanted: Collection[str], held: Collection[str]) -> float:
        """Share of the wanted stems that are held, each weighed by its rarity; 1 where nothing is wanted."""
        total = sum(self.weight(term) for term in wanted)
        return sum(self.weight(term) for term in wanted if term in held) / total if total else 1.0

    def stems(self, unit: int) -> frozenset[str]:
        """Stems of a unit read in its context: its headings, its chapeau, the name of its document."""
        if unit not in self._stems:
            held = self.index.units[unit]
            context = context_of(held.unit, held.document)
            self._stems[unit] = frozenset(terms(f"{held.document.name} {context} {held.unit.text}"))
        return self._stems[unit]

    @cached_property
    def _stems(self) -> dict[int, frozenset[str]]:
        return {}

    def _fuse(self, rankings: Sequence[Ranking], limit: int) -> Ranking:
        return weighted(rankings, self.weights, limit)

    def _covering(self, text: str, units: Collection[int]) -> Ranking:
        wanted = tuple(dict.fromkeys(terms(text)))
        numbers = np.array(sorted(units), dtype=np.int64)
        shares = [self.coverage(wanted, self.stems(unit)) for unit in numbers.tolist()]
        return best(numbers, np.array(shares, dtype=np.float32), len(numbers))

    def _inside(self, unit: int, documents: Collection[str]) -> bool:
        return not documents or self.index.units[unit].document.id in documents

    def cosines(self, vector: Vectors, units: Sequence[int]) -> Mapping[int, float]:
        """Cosine of the query with every row of some units, by row."""
        rows = [row for unit in units for row in self.row_numbers.get(unit, ())]
        if not rows:
            return {}
        ranking = self.dense.search(vector, len(rows), rows)
        return dict(zip(ranking.rows.tolist(), ranking.scores.tolist(), strict=True))

    def weight(self, term: str) -> float:
        """Inverse document frequency of a stem over the units."""
        known, unseen = self.idf
        return known.get(term, unseen)

    def _by_unit(self, ranking: Ranking) -> Ranking:
        """The ranking of whole units: rows of single sentences left out."""
        pairs = zip(ranking.rows.tolist(), ranking.scores.tolist(), strict=True)
        scores = {self.index.rows[row].unit: score for row, score in pairs if self._is_whole(row)}
        units = np.array(list(scores), dtype=np.int64)
        return best(units, np.array(list(scores.values()), dtype=np.float32), len(scores))

    def _is_whole(self, row: int) -> bool:
        return self.row_numbers[self.index.rows[row].unit][0] == row
