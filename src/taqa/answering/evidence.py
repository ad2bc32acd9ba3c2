"""Scored sentences of the units found: what an answer can be made of."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from taqa.answering.attributes import asked_for, lacks
from taqa.answering.question import Expects, Reading
from taqa.domain import Quotation
from taqa.library.index import HeldUnit
from taqa.retrieval.acronyms import expand
from taqa.retrieval.pinpoints import Pinpoint
from taqa.retrieval.rows import context_of, name_of
from taqa.retrieval.search import Findings, Searcher
from taqa.retrieval.terms import terms

UNITS_READ = 10
"""Units whose sentences are scored; eval/README.md, "units read"."""
COSINE_WEIGHT, COVERAGE_WEIGHT, UNIT_WEIGHT, EXPECTED_WEIGHT, READ_WEIGHT = 0.2, 0.2, 0.4, 0.1, 0.3
"""Weights of a sentence's score; eval/README.md, "sentence weights"."""
LACKING_WEIGHT = 0.05
"""What a sentence loses that lacks what the question asks for by kind or name; eval/README.md, "refusal"."""
OWN_SHARE, ASKED_SHARE = 0.3, 0.5
"""Share of the sentence's own words in its coverage, the second in a follow-up; same measurement."""
SAME_WORDS = 0.8
"""Share of a sentence's stems that another holds where both say the same."""
_NUMBER = re.compile(
    r"(?<![\w/.-])(?!(?:19|20)\d\d\b)\d[\d,.]*(?![\w/-])|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|"
    r"twelve|half|third|quarter|dozens?|hundreds?)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:1[89]|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_DEFINITION = re.compile(
    r"\b(?:understood (?:as|to)|means?|definition|defined as|refers? to|encompass\w*|consists? of|is an? \w+)\b"
    r"|\([A-Z]{2,}\)",
)
_HOLDS = {Expects.NUMBER: _NUMBER, Expects.DATE: _DATE, Expects.DEFINITION: _DEFINITION}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a found unit: where it stands, how well it fits (0..1), the question's stems that it covers, and
    whether it lacks what the question asks for by kind or name."""

    unit: int
    start: int
    end: int
    score: float
    cosine: float
    covered: frozenset[str]
    lacks: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """Everything that composing may draw on."""

    reading: Reading
    findings: Findings
    sentences: tuple[Sentence, ...]
    wanted: tuple[str, ...]


def weigh(reading: Reading, findings: Findings, searcher: Searcher, extra: Collection[int] = ()) -> Weighed:
    """Score the sentences of the best units and of the `extra` ones."""
    wanted = tuple(dict.fromkeys(terms(findings.query)))
    units = list(dict.fromkeys([*extra, *(found.unit for found in findings.units[:UNITS_READ])]))
    scores = {found.unit: found.score for found in findings.units}
    cosines = searcher.cosines(findings.vector, units)
    unread = [unit for unit in units if not any(row in findings.read for row in searcher.sentence_rows(unit))]
    read = {**findings.read, **searcher.read(findings.query, unread)}
    asked = asked_for(reading, searcher.names)
    sentences: list[Sentence] = []
    for unit in units:
        held = searcher.index.units[unit]
        context = set(terms(f"{context_of(held.unit, held.document)} {name_of(held.document)}"))
        around = f"{held.document.name} {held.document.file} {context_of(held.unit, held.document)} {held.unit.text}"
        for row in searcher.sentence_rows(unit):
            place = searcher.index.rows[row]
            words = held.unit.text[place.start : place.end]
            own = set(terms(expand(words, searcher.acronyms)))
            without = bool(asked) and lacks(asked, words, around, held.document.meta.date)
            score = (
                COSINE_WEIGHT * cosines.get(row, 0.0)
                + COVERAGE_WEIGHT * _covered(reading, wanted, own, own | context, searcher)
                + UNIT_WEIGHT * scores.get(unit, 0.0)
                + EXPECTED_WEIGHT * _holds_expected(reading, words)
                + READ_WEIGHT * read.get(row, 0.0)
                - LACKING_WEIGHT * without
            )
            start = held.unit.body if place.start < held.unit.body else place.start
            covered = frozenset(term for term in wanted if term in own | context)
            sentences.append(Sentence(unit, start, place.end, score, cosines.get(row, 0.0), covered, without))
    sentences.sort(key=lambda s: (-s.score, s.unit, s.start))
    return Weighed(reading, findings, tuple(sentences), wanted)


def within(place: Pinpoint, evidence: Weighed, searcher: Searcher) -> Weighed:
    """The evidence of a place alone: the sentences of units there with a word of what is asked about it."""
    saying = (s for s in evidence.sentences if s.unit in place.units and place.besides & searcher.stems(s.unit))
    return replace(evidence, sentences=tuple(saying))


def _covered(
    reading: Reading, wanted: Collection[str], own: Collection[str], held: Collection[str], searcher: Searcher
) -> float:
    """Coverage of the question by a sentence in its context and, for a share of it, by the sentence itself: of a
    follow-up's own words where it is one."""
    whole_share = searcher.coverage(wanted, held)
    said = tuple(dict.fromkeys(terms(searcher.in_one_form(reading.asked)))) if reading.asked else wanted
    share = ASKED_SHARE if reading.asked else OWN_SHARE
    return (1 - share) * whole_share + share * searcher.coverage(said, own)


def _holds_expected(reading: Reading, words: str) -> float:
    if not reading.expects:
        return 0.0
    fits = [bool(_HOLDS[kind].search(words)) for kind in reading.expects]
    return sum(fits) / len(fits)


def says_again(sentence: Sentence, others: Collection[Sentence], searcher: Searcher) -> bool:
    """Whether the words of another sentence are offered again, as from another document that repeats it."""

    def words(s: Sentence) -> set[str]:
        return set(terms(searcher.index.units[s.unit].unit.text[s.start : s.end]))

    own = words(sentence)
    return any(len(own & words(other)) > SAME_WORDS * max(1, len(own)) for other in others)


def quotation(held: HeldUnit, start: int, end: int) -> Quotation:
    """Displayed characters of a unit, white space at the ends left out."""
    text = held.unit.text[start:end]
    lead = len(text) - len(text.lstrip())
    return Quotation(held.document, held.unit, start + lead, start + len(text.rstrip()))


def whole(held: HeldUnit) -> Quotation:
    """A unit, label included."""
    return quotation(held, 0, len(held.unit.text))
