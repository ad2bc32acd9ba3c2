"""What every ranker gives: rows with scores, best first, ties in row order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]
Vectors = NDArray[np.float32]

Query = TypeVar("Query", contravariant=True)


class Ranking(NamedTuple):
    """`rows[i]` has `scores[i]`; best first, equal scores by ascending row, no row twice."""

    rows: Rows
    scores: Scores


class Ranker(Protocol[Query]):
    """Ranks its rows for a query: a vector for the dense index, folded text for the lexical one."""

    def search(self, query: Query, limit: int, rows: Sequence[int] | None = None) -> Ranking:
        """At most `limit` rows; when `rows` is given only out of these. A row without a match is left out."""
        ...


def best(rows: Rows, scores: Scores, limit: int) -> Ranking:
    """The ranking of `limit` scored rows."""
    order = np.lexsort((rows, -scores))[:limit]
    return Ranking(rows[order], scores[order])
