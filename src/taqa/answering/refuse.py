"""Whether the documents answer at all: a confidence from what was found, and the words of a refusal.

The confidence is the probability that the first words quoted are right, of a comparison those of its surest side: a
logistic regression over a few features, fitted on the development questions of both sets by `eval/fit_refusal.py`,
which prints the constants below.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from taqa.answering.evidence import Sentence, Weighed, says_again
from taqa.answering.question import Asks
from taqa.retrieval.search import Searcher

BIAS = -8.460
WEIGHTS = (3.491, 9.708, 3.571, -1.177)
THRESHOLD = 0.4
"""eval/README.md, "refusal"."""
LEAD = 0.3
"""The lead of a sentence that nothing else comes near: the greatest that the development questions have."""


@dataclass(frozen=True, slots=True)
class Features:
    """What the confidence is made from, each about 0..1.

    `cosine` of the nearest sentence; `unit`: score of the first unit; `lead`: how far the best sentence stands before
    the next one of another paragraph that says something else; `unmet`: whether the best sentence lacks what is asked
    for by kind or name. `unseen`: share of the question, each stem weighed by its rarity, that no document has; that is
    no part of the confidence: it refuses by itself where it is all.
    """

    cosine: float
    unit: float
    lead: float
    unseen: float
    unmet: bool = False

    def vector(self) -> tuple[float, ...]:
        return (self.cosine, self.unit, self.lead, float(self.unmet))


def features(evidence: Weighed, searcher: Searcher) -> Features:
    """Features of the best sentence for a question."""
    if not evidence.sentences:
        return Features(0.0, 0.0, 0.0, 1.0)
    known = searcher.held_stems.weights
    return Features(
        cosine=max(sentence.cosine for sentence in evidence.sentences[:5]),
        unit=evidence.findings.units[0].score if evidence.findings.units else 0.0,
        lead=_lead(evidence, searcher),
        unseen=1.0 - searcher.coverage(evidence.wanted, known) if evidence.wanted else 1.0,
        unmet=evidence.sentences[0].lacks,
    )


def _lead(evidence: Weighed, searcher: Searcher) -> float:
    best, *others = evidence.sentences
    place = _paragraph(best, searcher)
    for other in others:
        if _paragraph(other, searcher) != place and not says_again(other, [best], searcher):
            return min(LEAD, best.score - other.score)
    return LEAD


def _paragraph(sentence: Sentence, searcher: Searcher) -> tuple[str, str]:
    """What a sentence is cited under: the unit, or what announces it where it is an item."""
    held = searcher.index.units[sentence.unit]
    return held.document.id, held.unit.parent or held.unit.id


def confidence(found: Features) -> float:
    """Probability that what was found first is right."""
    z = BIAS + sum(w * x for w, x in zip(WEIGHTS, found.vector(), strict=True))
    return 1 / (1 + math.exp(-z))


def refuses(found: Features, asks: Asks, threshold: float = THRESHOLD, sides: Sequence[Features] = ()) -> bool:
    """Whether the confidence is too low to answer, or no word of the question is one of the documents.

    Exact look-ups are not refused: they were found or not. A comparison is answered where one of its `sides` is.
    """
    if asks in (Asks.MENTIONS, Asks.PROVISION):
        return False
    return found.unseen >= 1.0 or surest(found, *sides) < threshold


def surest(*found: Features) -> float:
    """The greatest confidence: of a question, and of the sides of it that were looked up."""
    return max(map(confidence, found))


def refusal_text(documents: int, units: int, related: bool) -> str:
    """The plain word that the documents do not say, and what was searched."""
    searched = f"{documents} document{'s' if documents != 1 else ''} ({units} paragraphs and other units)"
    nearest = " The nearest provisions are listed as related; they do not answer it." if related else ""
    return f"The documents do not say. Searched: {searched}.{nearest}"
