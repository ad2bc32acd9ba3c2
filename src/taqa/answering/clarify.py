"""What is asked back where no search can help: questions that fit several places, or that point at nothing.

Every choice is a question that names one place of the documents, and is offered only where it is seen to lead there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from taqa.answering.authority import authority
from taqa.answering.conversation import points_outside
from taqa.answering.kinds import Asks
from taqa.answering.question import Reading
from taqa.domain import Choice, Document, Kind, Question, Unit
from taqa.references import Catalogue, resolve, under
from taqa.references.candidates import UNNAMED, Candidate, candidates, treaties
from taqa.references.catalogue import treaty_names
from taqa.retrieval.pinpoints import PLAIN, references_in
from taqa.retrieval.search import Findings, Searcher
from taqa.retrieval.speaking import speaks
from taqa.retrieval.terms import terms

LEAST, MOST = 2, 4
"""Choices that are offered."""
FEW = 2
"""Stems that, beside a pronoun, say too little to search with."""
SHOWN = 90
"""Characters of a place that are shown with its reference."""
_TREATY = frozenset(terms("convention protocol agreement treaty covenant charter"))
_VAGUE = frozenset(terms("others ones same"))
_LABEL = re.compile(r"^(?:article|art\.|section|chapter|part|annex|decision|resolution)\s+\S+[\s.:–-]*", re.IGNORECASE)
_ACT = re.compile(r"(?:decision|resolution)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a question cannot be answered as it stands, in a sentence, and the questions to choose from."""

    sentence: str
    choices: tuple[Choice, ...]


def doubt(question: Question, reading: Reading, findings: Findings, searcher: Searcher) -> Doubt | None:
    """What is doubtful about a question so that it is asked back; None where it can be searched for."""
    held = searcher.asked_of(reading.text, question.documents)
    if reading.asks not in (Asks.MENTIONS, Asks.COMPARISON):
        found = _several_places(reading.text, held) or _several_treaties(reading.text, held)
        if found:
            return found
    stems = frozenset(terms(question.text)) - _VAGUE
    if points_outside(question, searcher.names) and (not stems or (len(stems) <= FEW and len(held.documents) > 1)):
        return _pointing(findings if stems else None, held, searcher)
    return None


def openings(documents: Sequence[Document], held: Catalogue) -> tuple[Choice, ...]:
    """Questions to begin with: for the first place of each document, best authority first."""
    places = (place for each in sorted(documents, key=authority) if (place := _first_place(each)))
    return _enough(_what_says(place, held) for place in places)


# -- what is doubtful -----------------------------------------------------------------------------------


def _several_places(text: str, held: Catalogue) -> Doubt | None:
    """A reference, and nothing asked besides, that fits several places: "what does article 5 say?"."""
    asked = frozenset(terms(text)) - PLAIN - _TREATY
    for reference in references_in(text):
        if asked - frozenset(terms(reference)):
            continue
        found = candidates(reference, held)
        if len(found.places) > 1:
            made = (_of_place(text, reference, found.asked, place, held) for place in _ordered(found.places))
            return _among(f"“{found.asked}” stands in {len(found.places)} places", len(found.places), _enough(made))
        if found.places:
            return None
    return None


def _several_treaties(text: str, held: Catalogue) -> Doubt | None:
    """A treaty without its name, and nothing asked besides, where several are held: "what does the Convention say?"."""
    unnamed = UNNAMED.search(text)
    if unnamed is None or frozenset(terms(text)) - PLAIN - _TREATY:
        return None
    meant = treaties(unnamed["noun"], held)
    said = f"“The {unnamed['noun']}” may be any of {len(meant)} that are held"
    return _among(said, len(meant), openings(meant, held))


def _pointing(findings: Findings | None, held: Catalogue, searcher: Searcher) -> Doubt:
    """A first question that points to something before it: the nearest place of each document, for what it says."""
    nearest: dict[str, Candidate] = {}
    for found in findings.units if findings else ():
        near = searcher.index.units[found.unit]
        if near.unit.kind is not Kind.FOOTNOTE:
            nearest.setdefault(near.document.id, Candidate(near.document, near.unit))
    choices = _enough(_what_says(place, held) for place in nearest.values()) or openings(held.documents, held)
    said = "The question points to something, and nothing was asked before it. Say what it is about"
    return Doubt(f"{said}, or ask one of these:" if choices else f"{said}.", choices)


def _among(fits: str, count: int, choices: tuple[Choice, ...]) -> Doubt | None:
    if not choices:
        return None
    some = "Which one is meant?" if count == len(choices) else f"Name one; {len(choices)} of them:"
    return Doubt(f"{fits}. {some}", choices)


# -- what can be asked instead --------------------------------------------------------------------------


def _enough(made: Iterable[Choice | None]) -> tuple[Choice, ...]:
    """The first choices that differ; none where there are fewer than two."""
    told: dict[str, Choice] = {}
    for choice in made:
        if choice and len(told) < MOST:
            told.setdefault(choice.question, choice)
        if len(told) == MOST:
            break
    return tuple(told.values()) if len(told) >= LEAST else ()


def _ordered(places: Sequence[Candidate]) -> Iterator[Candidate]:
    """One place of each document, best authority first, then a second one of each, and so on."""
    groups: dict[str, list[Candidate]] = {}
    for place in sorted(places, key=lambda place: authority(place.document, place.unit)):
        groups.setdefault(place.document.id, []).append(place)
    return (place for row in zip_longest(*groups.values()) for place in row if place is not None)


def _of_place(text: str, reference: str, asked: str, place: Candidate, held: Catalogue) -> Choice | None:
    """The question with its reference made to name one place; None where no wording is seen to lead there."""
    before, found, after = text.partition(reference)
    for phrase in _phrases(asked, place):
        question = f"{before}{phrase}{after}" if found else f"What does {phrase} say?"
        if _leads(question, place, held):
            return _choice(question, place)
    return None


def _what_says(place: Candidate, held: Catalogue) -> Choice | None:
    """The question what a place says; None where it does not lead there."""
    phrases = _phrases(f"article {place.unit.label[5:]}" if place.unit.label.startswith("art. ") else "", place)
    questions = (f"What does {phrase} say?" for phrase in phrases)
    question = next((question for question in questions if _leads(question, place, held)), "")
    return _choice(question, place) if question else None


def _phrases(asked: str, place: Candidate) -> Iterator[str]:
    """Ways to name a place, those that people use first: "article 5 of the Rotterdam Convention"."""
    document, unit = place.document, place.unit
    if _ACT.match(asked):
        yield unit.label
    elif asked:
        if place.treaty:
            yield f"{asked} of the {place.treaty}"
        if _ACT.match(unit.address[0]) and len(unit.address) > 1:
            yield f"{asked} of {unit.label.partition(', ')[0]}"
        names = list(treaty_names(document))
        shortest = min((name for name in names if " " in name), key=len, default="")
        yield from (f"{asked} of the {name}" for name in filter(None, (shortest,)))
        yield f"{asked} of {_with_article(document)}"
    yield f"{document.name}, {unit.label}"


def _with_article(document: Document) -> str:
    """A document's name as it stands in a sentence: a symbol or a file name has no article."""
    name = document.name
    return name if "/" in name or " " not in name or name == document.file else f"the {name}"


def _leads(question: str, place: Candidate, held: Catalogue) -> bool:
    """Whether a question, read as any other, leads to a place."""
    resolved = (resolve(reference, held).found for reference in references_in(question))
    found = next(filter(None, resolved), ())
    return any(each.unit is place.unit for each in found)


def _choice(question: str, place: Candidate) -> Choice:
    return Choice(question, f"{place.document.name}, {place.unit.label}", _about(place.document, place.unit))


def _about(document: Document, unit: Unit) -> str:
    """The first words of a place without its printed label, cut at a word; of a bare heading those below it."""
    text = " ".join(unit.text[unit.body :].split())
    if unit.kind is Kind.HEADING:
        text = _LABEL.sub("", text)
        text = text or next((_about(document, below) for below in under(document, unit)), "")
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rpartition(' ')[0]} …"


def _first_place(document: Document) -> Candidate | None:
    """The first article of a treaty; of another paper its first paragraph that says something."""
    articles = (unit for unit in document.units if unit.address[0].startswith("art. ") and unit.kind is Kind.HEADING)
    said = (unit for unit in document.units if unit.kind is Kind.PARAGRAPH and speaks(unit))
    loose = (unit for unit in document.units if unit.kind is Kind.UNNUMBERED and speaks(unit))
    first = next(islice(chain(articles if any(treaty_names(document)) else (), said, loose), 1), None)
    return Candidate(document, first) if first else None
