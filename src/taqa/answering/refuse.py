"""Whether the documents answer at all: a confidence from what was found, and the words of a refusal.

The confidence is a logistic regression over a few features, fitted on the development questions by
`eval/fit_refusal.py`, which prints the constants below.
"""

from __future__ import annotations

import math
import re
from dataclasses import astuple, dataclass

from taqa.answering.evidence import Weighed
from taqa.answering.question import Asks
from taqa.references import fold
from taqa.retrieval.search import Searcher
from taqa.retrieval.terms import terms

BIAS = -1.639
WEIGHTS = (3.835, 0.726, -3.690, -0.729, -0.828, 6.304, 0.201, -0.024, -1.027)
THRESHOLD = 0.25
"""eval/README.md, "refusal"."""

_NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")


@dataclass(frozen=True, slots=True)
class Features:
    """What the confidence is made from, each about 0..1."""

    score: float
    cosine: float
    covered: float
    said: float
    unseen: float
    margin: float
    agreed: float
    names_missing: float
    numbers_missing: float

    def vector(self) -> tuple[float, ...]:
        return astuple(self)


def features(evidence: Weighed, searcher: Searcher) -> Features:
    """Features of the best sentence for a question.

    `covered` is the share of the question that the sentence covers in its context, `said` by its own words;
    `margin` how far the best unit stands before the next; `agreed` whether sentence and unit ranking agree.
    """
    if not evidence.sentences:
        return Features(0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0)
    best = evidence.sentences[0]
    held = searcher.index.units[best.unit]
    around = fold(" ".join((*held.unit.heading_path, held.unit.text, held.document.name)))
    known, _ = searcher.idf
    reading = evidence.reading
    missing = [name for name in reading.names if name not in around and not _known_as(name, around, searcher)]
    numbers = set(_NUMBER.findall(fold(reading.text)))
    others = [sentence.score for sentence in evidence.sentences if sentence.unit != best.unit]
    own = set(terms(held.unit.text[best.start : best.end]))
    unseen = [term for term in evidence.wanted if term not in known]
    return Features(
        score=best.score,
        cosine=max(sentence.cosine for sentence in evidence.sentences[:5]),
        covered=searcher.coverage(evidence.wanted, best.covered),
        said=searcher.coverage(evidence.wanted, own),
        unseen=len(unseen) / len(evidence.wanted) if evidence.wanted else 1.0,
        margin=best.score - max(others, default=0.0),
        agreed=float(bool(evidence.findings.units) and evidence.findings.units[0].unit == best.unit),
        names_missing=len(missing) / len(reading.names) if reading.names else 0.0,
        numbers_missing=float(any(number not in around for number in numbers)),
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
    """Whether the confidence is too low to answer, or no word of the question is one of the documents.

    Exact look-ups are not refused: they were found or not.
    """
    return asks not in (Asks.MENTIONS, Asks.PROVISION) and (found.unseen >= 1.0 or confidence(found) < THRESHOLD)


def refusal_text(documents: int, units: int, related: bool) -> str:
    """The plain word that the documents do not say, and what was searched."""
    searched = f"{documents} document{'s' if documents != 1 else ''} ({units} paragraphs and other units)"
    nearest = " The nearest provisions are listed as related; they do not answer it." if related else ""
    return f"The documents do not say. Searched: {searched}.{nearest}"
