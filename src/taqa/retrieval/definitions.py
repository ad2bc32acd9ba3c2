"""Terms that documents introduce or define, each with its place: acronyms, "hereinafter …", "“Party” means …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from taqa import sentences
from taqa.domain import Document, Unit
from taqa.references import fold
from taqa.references.instruments import names
from taqa.retrieval.acronyms import introduced

TermKind = Literal["acronym", "short name", "definition"]
_OPEN, _CLOSE = "[“\"‘'`«]+", "[”\"’'`»]+"
_TERM = rf"{_OPEN}(?P<term>[^“”\"«»]{{1,80}}?){_CLOSE}"
_MEANS = re.compile(
    rf"{_TERM}(?:,? (?:and|or) {_OPEN}[^“”\"«»]{{1,80}}?{_CLOSE})*,?\s+"
    r"(?:shall mean|means?|refers? to|(?:is|are) (?:defined|understood) as|(?:is|are) taken to mean)\b[\s,:]*"
)
_HEREINAFTER = re.compile(
    r"[,(]?\s*\(?(?:hereinafter|hereafter)(?:\s+(?:referred to as|called|known as|as))?\s*(?:the\s+)?"
    rf"{_OPEN}(?:the )?(?P<term>[^“”\"«»]{{1,60}}?){_CLOSE}"
)
_ANNOUNCED = re.compile(rf"\bdefinition of (?:the )?(?:term |word )?{_TERM}")
_FOLLOWS = re.compile(
    rf"\bdefinition\b[^.:]{{0,60}}\b(?:is|reads) as follows:\s*{_OPEN}"
    r"(?P<text>.+?)(?:[”»\"](?=\s*$|\s+[A-Z])|$)",
    re.S,
)
_SMALL = frozenset("of the and on for in to de la".split())
_REACH = 200
"""Characters before "hereinafter" in which what is shortened is looked for."""
_LONGEST_NAME = 20
"""Words before "hereinafter" that may be the name that is shortened."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what a document says that it stands for, in displayed characters `start`..`end` of a unit."""

    term: str
    text: str
    kind: TermKind
    document: Document
    unit: Unit
    start: int
    end: int

    @property
    def label(self) -> str:
        return f"{self.document.name}, {self.unit.label}"


def definitions(documents: Sequence[Document]) -> tuple[Definition, ...]:
    """All of them, by term, those of one term in the order of the documents; a term and text printed twice, once."""
    found: dict[tuple[str, str], Definition] = {}
    for document in documents:
        for unit in document.units:
            for item in _of_unit(document, unit):
                found.setdefault((item.term, fold(item.text)), item)
    return tuple(sorted(found.values(), key=lambda item: fold(item.term)))


def _of_unit(document: Document, unit: Unit) -> Iterator[Definition]:
    for brackets in introduced(unit.text):
        yield Definition(brackets.acronym, brackets.name, "acronym", document, unit, brackets.start, brackets.end)
    for term, text, kind, start, end in (*_meanings(unit.text), *_shortened(unit.text), *_following(unit.text)):
        if text:
            yield Definition(term, text, kind, document, unit, start, end)


_Found = tuple[str, str, TermKind, int, int]


def _meanings(text: str) -> Iterator[_Found]:
    """ "“Party” means …": to the end of the sentence."""
    for match in _MEANS.finditer(text):
        stop = next((end for start, end in sentences.split(text) if start <= match.end() < end), len(text))
        meaning = text[match.end() : stop].strip()
        yield _clean(match["term"]), meaning.rstrip(" ;,."), "definition", match.start(), stop


def _shortened(text: str) -> Iterator[_Found]:
    """ "…, hereinafter referred to as “the Committee”": the name that stands before."""
    for match in _HEREINAFTER.finditer(text):
        start = _name_start(text, match.start(), match["term"])
        yield _clean(match["term"]), text[start : match.start()].strip(" ,("), "short name", start, match.end()


def _name_start(text: str, stop: int, term: str) -> int:
    """Where the name that ends at a place begins: a treaty, what has the term in it, capitals, else the clause."""
    treaty = next((name.start for name in names(text) if name.end <= stop <= name.end + 2), None)
    if treaty is not None:
        return treaty
    held = text.rfind(term.split()[-1], max(0, stop - _REACH), stop)
    if held > 0:
        return _capitalised(text, held + 1)
    return _capitalised(text, stop)


def _capitalised(text: str, stop: int) -> int:
    words = list(re.finditer(r"\S+", text[:stop]))[-_LONGEST_NAME:]
    start = len(words)
    while start and (words[start - 1].group().lower() in _SMALL or words[start - 1].group()[0].isupper()):
        if words[start - 1].group()[-1] in ".;:":
            break
        start -= 1
    while start < len(words) and words[start].group().casefold() in _SMALL:
        start += 1
    if start < len(words):
        return words[start].start()
    clause = max(text.rfind(mark, 0, stop) for mark in ",;.:(")
    return max(clause + 1, words[0].start() if words else 0)


def _following(text: str) -> Iterator[_Found]:
    """ "The definition of the term “x” in … is as follows: “…”", in one paragraph."""
    for match in _FOLLOWS.finditer(text):
        before = list(_ANNOUNCED.finditer(text, 0, match.end("text")))
        if before and before[-1].start() < match.start("text"):
            yield _clean(before[-1]["term"]), match["text"].strip(), "definition", before[-1].start(), match.end()


def _clean(term: str) -> str:
    return " ".join(term.split()).strip(" ,.;:")
