"""Whether the documents answer at all: a confidence from what was found, and the words of a refusal.

The confidence is a logistic regression over a few features, fitted on the development questions by
`eval/fit_refusal.py`, which prints the constants below.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from taqa.answering.evidence import Weighed
from taqa.answering.question import Asks
from taqa.references import fold
from taqa.retrieval.search import Searcher

WEIGHTS = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
BIAS = 0.0
THRESHOLD = 0.5
"""eval/README.md, "refusal"."""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Features:
    """What the confidence is made from, each about 0..1."""

    score: float
    cosine: float
    covered: float
    unseen: float
    names_missing: float
    year_missing: float

    def vector(self) -> tuple[float, ...]:
        return (self.score, self.cosine, self.covered, self.unseen, self.names_missing, self.year_missing)


def features(evidence: Weighed, searcher: Searcher) -> Features:
    """Features of the best sentence for a question."""
    if not evidence.sentences:
        return Features(0.0, 0.0, 0.0, 1.0, 1.0, 0.0)
    best = evidence.sentences[0]
    held = searcher.index.units[best.unit]
    around = fold(" ".join((*held.unit.heading_path, held.unit.text, held.document.name)))
    known, _ = searcher.idf
    unseen = [term for term in evidence.wanted if term not in known]
    missing = [name for name in evidence.reading.names if name not in around and not _known_as(name, around, searcher)]
    years = set(_YEAR.findall(evidence.reading.text))
    return Features(
        score=best.score,
        cosine=max(sentence.cosine for sentence in evidence.sentences[:5]),
        covered=searcher.coverage(evidence.wanted, best.covered),
        unseen=len(unseen) / len(evidence.wanted) if evidence.wanted else 0.0,
        names_missing=len(missing) / len(evidence.reading.names) if evidence.reading.names else 0.0,
        year_missing=float(bool(years) and not any(year in around for year in years)),
    )


def _known_as(name: str, text: str, searcher: Searcher) -> bool:
    """Whether the other form of an acronym or full name stands in the text."""
    for acronym, full in searcher.acronyms.items():
        if fold(acronym) == name:
            return fold(full) in text
        if fold(full) == name:
            return fold(acronym) in text
    return False


def confidence(found: Features) -> float:
    """Probability that the question is answered by what was found."""
    z = BIAS + sum(w * x for w, x in zip(WEIGHTS, found.vector(), strict=True))
    return 1 / (1 + math.exp(-z))


def refuses(found: Features, asks: Asks) -> bool:
    """Whether the confidence is too low to answer. Exact look-ups are not refused: they were found or not."""
    return asks not in (Asks.MENTIONS, Asks.PROVISION) and confidence(found) < THRESHOLD


def refusal_text(documents: int, units: int, related: bool) -> str:
    """The plain word that the documents do not say, and what was searched."""
    searched = f"{documents} document{'s' if documents != 1 else ''} ({units} paragraphs and other units)"
    nearest = " The nearest provisions are listed as related; they do not answer it." if related else ""
    return f"The documents do not say. Searched: {searched}.{nearest}"
