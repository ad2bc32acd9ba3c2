"""A comparison: what the documents say of each of its sides, and of which of them they say nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from taqa.answering.compose import Draft, compose_side
from taqa.answering.evidence import Weighed, weigh
from taqa.answering.question import Reading, about
from taqa.answering.refuse import confidence, features
from taqa.answering.sides import Side, is_named, sides
from taqa.domain import Citation
from taqa.retrieval.acronyms import expand
from taqa.retrieval.search import Searcher
from taqa.retrieval.terms import terms

SIDE_THRESHOLD = 0.3
"""Confidence below which a side of a comparison is not answered; eval/README.md, "documents side by side"."""


class Compared(NamedTuple):
    """A side of a comparison and what was found for it."""

    side: Side
    evidence: Weighed


def compared_in(
    reading: Reading, documents: Collection[str], borne: Mapping[str, str], searcher: Searcher
) -> list[Compared]:
    """The sides of a comparison, each with what `documents` (all, where none are chosen) say of it: of one that names
    a document, that one. `borne` are the stems that name one document (`retrieval.bearers`)."""
    told: list[Compared] = []
    for side in sides(reading.text, reading.names, borne):
        alone = about(reading, side, searcher.names)
        findings = searcher.find(alone.text, (side.document,) if side.document else documents)
        told.append(Compared(side, weigh(alone, findings, searcher)))
    return told


def compose_comparison(compared: Sequence[Compared], searcher: Searcher, threshold: float) -> list[Draft]:
    """What is said of each side that the documents speak of, in the order of the question: with a confidence of
    `SIDE_THRESHOLD`, or of `threshold` where that is lower."""
    drafts: list[Draft] = []
    for side, evidence in compared:
        if confidence(features(evidence, searcher)) >= min(SIDE_THRESHOLD, threshold):
            drafts += compose_side(evidence, searcher, () if side.document else side.own)
    return drafts


def unspoken(
    reading: Reading, citations: Sequence[Citation], compared: Sequence[Compared], searcher: Searcher
) -> tuple[str, ...]:
    """Sides of a comparison of which no cited unit, read in its context, holds a word; none without citations.

    Only those with a name or a number: of other words the documents may speak in words of their own. And no number that
    a unit found for it has: the answer leaves it out, but the documents state it.
    """
    if not citations:
        return ()
    said: set[str] = set()
    for citation in citations:
        said |= searcher.stems(searcher.number(citation.quotation.unit.id))
        said.update(terms(expand(citation.quotation.text, searcher.acronyms)))
    named = [each for each in compared if is_named(each.side, reading.text, reading.names)]
    silent = [each for each in named if each.side.own and not each.side.own & said]
    return tuple(each.side.name for each in silent if not _states_number(each, searcher))


def _states_number(compared: Compared, searcher: Searcher) -> bool:
    """Whether a side is a number, and one of the units found for it has it."""
    side, evidence = compared
    if not any(map(str.isdigit, side.name)):
        return False
    return any(side.own <= searcher.stems(sentence.unit) for sentence in evidence.sentences)
