"""Whether the documents answer at all: a confidence from what was found, and the words of a refusal.

The confidence is a logistic regression over a few features, fitted on the development questions by
`eval/fit_refusal.py`, which prints the constants below.
"""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass

from taqa.answering.evidence import Weighed
from taqa.answering.question import Asks
from taqa.retrieval.search import Searcher

BIAS = -2.808
WEIGHTS = (7.171, -0.514)
THRESHOLD = 0.35
"""eval/README.md, "refusal"."""


@dataclass(frozen=True, slots=True)
class Features:
    """What the confidence is made from, each about 0..1.

    `cosine` of the nearest sentence; `unseen`: share of the question, each stem weighed by its rarity, that no document
    has. How far the best stands before the next does not count: the documents repeat each other.
    """

    cosine: float
    unseen: float

    def vector(self) -> tuple[float, ...]:
        return astuple(self)


def features(evidence: Weighed, searcher: Searcher) -> Features:
    """Features of the best sentence for a question."""
    if not evidence.sentences:
        return Features(0.0, 1.0)
    known, _ = searcher.idf
    return Features(
        cosine=max(sentence.cosine for sentence in evidence.sentences[:5]),
        unseen=1.0 - searcher.coverage(evidence.wanted, known) if evidence.wanted else 1.0,
    )


def confidence(found: Features) -> float:
    """Probability that the question is answered by what was found."""
    z = BIAS + sum(w * x for w, x in zip(WEIGHTS, found.vector(), strict=True))
    return 1 / (1 + math.exp(-z))


def refuses(found: Features, asks: Asks) -> bool:
    """Whether the confidence is too low to answer, or no word of the question is one of the documents.

    Exact look-ups are not refused: they were found or not.
    """
    return asks not in (Asks.MENTIONS, Asks.PROVISION) and (found.unseen >= 1.0 or confidence(found) < THRESHOLD)


def refusal_text(documents: int, units: int, related: bool) -> str:
    """The plain word that the documents do not say, and what was searched."""
    searched = f"{documents} document{'s' if documents != 1 else ''} ({units} paragraphs and other units)"
    nearest = " The nearest provisions are listed as related; they do not answer it." if related else ""
    return f"The documents do not say. Searched: {searched}.{nearest}"
