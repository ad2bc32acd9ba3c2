"""Scores one answer against one case, as the evaluation contract lays it down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from taqa.domain import Document, Span
from taqa.errors import InputError
from taqa.evaluation.answers import Cited, Given
from taqa.evaluation.facts import states
from taqa.evaluation.fidelity import fault
from taqa.evaluation.places import locate, spans_match
from taqa.evaluation.questions import Case, Gold, source_of


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a corpus file."""

    file: str
    span: Span


@dataclass(frozen=True, slots=True)
class Score:
    """Counts for one question; every measure is a ratio of sums of these.

    `kind` is that of an unanswerable question. `first_right`: the first citation is right; where the question was
    refused, the nearest provision, which would have been quoted.
    """

    id: str
    type: str
    docs: tuple[str, ...]
    answerable: bool
    status: str
    gold: int
    gold_hit: int
    citations: int
    right: int
    facts: int
    facts_missed: tuple[str, ...]
    quotes: int
    faults: tuple[str, ...]
    words: int
    ms: float
    kind: str = ""
    confidence: float = 0.0
    first_right: bool = False

    @property
    def answered(self) -> bool:
        return self.status == "answered"

    @property
    def fully_right(self) -> bool:
        """All gold places hit and all facts stated; for an unanswerable question: not answered."""
        if not self.answerable:
            return not self.answered
        return self.answered and self.gold_hit == self.gold and not self.facts_missed


def places(golds: Sequence[Gold], texts: Mapping[str, str]) -> tuple[Place, ...]:
    """Where the quotations of `golds` stand in `texts` (file name -> text)."""
    found = []
    for gold in golds:
        name = source_of(gold.doc, texts)
        span = locate(gold.quote, texts[name]) or locate(gold.quote, texts[name], soft=True)
        if span is None:
            raise InputError(f"The quotation {gold.quote[:60]!r} is not in {name}; check the question set.")
        found.append(Place(name, span))
    return tuple(found)


def score(case: Case, given: Given, documents: Mapping[str, Document]) -> Score:
    """Scores `given`; `documents` are the corpus by file name.

    Facts and places count only for an answer that was given: an unanswered question has hit nothing.
    """
    texts = {name: document.text for name, document in documents.items()}
    gold, alternatives = places(case.gold, texts), places(case.alt_gold, texts)
    answered = given.status == "answered"
    shown = "\n".join([given.text, *(cited.quote for cited in given.citations + given.leads)]) if answered else ""
    quotes = given.citations + given.leads + given.related
    faults = [f"{cited.file} {cited.span.start}: {why}" for cited in quotes if (why := fault(cited, documents))]
    return Score(
        id=case.id,
        type=case.type,
        docs=case.docs,
        answerable=case.answerable,
        status=given.status,
        gold=len(gold),
        gold_hit=_gold_hit(given.citations, gold, alternatives) if answered else 0,
        citations=len(given.citations),
        right=sum(_right(cited, gold + alternatives) for cited in given.citations),
        facts=len(case.facts),
        facts_missed=tuple(fact for fact in case.facts if not states(shown, fact)),
        quotes=len(quotes),
        faults=tuple(faults),
        words=len(given.text.split()),
        ms=given.ms,
        kind=case.kind,
        confidence=given.confidence,
        first_right=any(_right(cited, gold + alternatives) for cited in (given.citations or given.related)[:1]),
    )


def _gold_hit(citations: Sequence[Cited], gold: Sequence[Place], alternatives: Sequence[Place]) -> int:
    """Gold places that a citation hits; alternatives, however many are hit, stand in for at most one."""
    hit = sum(any(_right(cited, (place,)) for cited in citations) for place in gold)
    spare = any(_right(cited, alternatives) for cited in citations)
    return min(len(gold), hit + spare)


def _right(cited: Cited, targets: Sequence[Place]) -> bool:
    return any(cited.file == target.file and spans_match(cited.unit, target.span) for target in targets)
