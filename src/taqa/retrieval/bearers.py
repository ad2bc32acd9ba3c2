"""The document that a question names by a word that it alone bears, or by how its short title begins: "ramsar", "the
Presidency's paper", "the information paper"."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from taqa.domain import Document
from taqa.library.index import HeldUnit
from taqa.retrieval.rows import name_of
from taqa.retrieval.stems import Stems
from taqa.retrieval.terms import terms

ELSEWHERE = 0.03
"""Share of the units of others that may hold a word which names one document; eval/README.md, "named documents"."""
_KINDS = r"(?:conventions?|conv|protocols?|agreements?|treat(?:y|ies))\b\.?"
_KIND = rf"(?: {_KINDS})?"
_OF_BOTH = r"(?:and|or|&|/|,|vs\.?|versus)"
TOGETHER = 4
"""Documents named side by side that are asked; as many as a comparison has sides."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_JOINS = re.compile(rf" ?(?:{_KINDS})? ?,? ?(?:{_OF_BOTH}) ?(?:of )?(?:the )?", re.IGNORECASE)
_BEGINNING = re.compile(r"[^\W\d_]+(?: (?!(?:and|by|for|from|in|of|on|to|with)\b)[^\W\d_]+)+")
"""The first words of a short title, up to what it is about: "Information paper on a mechanism"."""
NONE: Mapping[str, str] = MappingProxyType({})
"""What documents bear where none is looked at."""


@dataclass(frozen=True, slots=True)
class Named:
    """A document that a question names, and the question without its name: what is asked of it."""

    document: str
    asked: str


def bearers(documents: Sequence[Document], units: Sequence[HeldUnit], stems: Stems) -> Mapping[str, str]:
    """Stem -> id of the one document whose name (title, symbol or file) has it, and how a short title begins -> id of
    the one document that is called so, where hardly any unit of another has it.

    Former versions bear no name: a question that does not name one by its file is put to the newest.
    """
    held = {document.id for document in documents}
    current = [document for document in documents if document.successor not in held]
    ids = {document.id for document in current}
    owner = [unit.document.id for unit in units]
    sizes = Counter(each for each in owner if each in ids)
    named: dict[tuple[str, ...], list[str]] = {}
    called: dict[tuple[str, ...], str] = {}
    for document in current:
        for stem in dict.fromkeys(terms(" ".join(_WORD.findall(name_of(document))))):
            named.setdefault((stem,), []).append(document.id)
        beginning = _BEGINNING.match(document.meta.cited_as)
        words = tuple(terms(beginning.group())) if beginning else ()
        if beginning and len(words) > 1:
            named.setdefault(words, []).append(document.id)
            called[words] = beginning.group().casefold()
    found: dict[str, str] = {}
    for words, [first, *others] in named.items():
        holding = Counter(owner[number] for number in _holding(words, stems) if owner[number] in ids)
        elsewhere = holding.total() - holding[first]
        if not others and elsewhere <= ELSEWHERE * (sizes.total() - sizes[first]):
            found[called.get(words, words[0])] = first
    return found


def _holding(words: Sequence[str], stems: Stems) -> set[int]:
    """Units that hold all of some stems."""
    return set.intersection(*(set(stems.units.get(each, ())) for each in words)) if words else set()


def named_in(text: str, borne: Mapping[str, str]) -> Named | None:
    """The one document that a text names by such words; None where it names none, several, or asks nothing besides."""
    words = _bearing(text, borne)
    if len({document for _, document in words}) != 1:
        return None
    asked = _without(text, words)
    return Named(words[0][1], asked) if terms(asked) else None


def named_together(text: str, borne: Mapping[str, str]) -> Mapping[str, Named]:
    """Documents that a text names side by side ("Ramsar and Rotterdam"), or, papers, by how their titles begin, by the
    words that name each, and what is asked of them all; empty where it names fewer than two so, or asks nothing
    besides."""
    words = _bearing(text, borne)
    asked = _without(text, words)
    joined: dict[str, str] = {}
    for (one, document), (other, another) in itertools.pairwise(words):
        if document != another and (_JOINS.fullmatch(text, one.end(), other.start()) or _are_papers(one, other)):
            joined = {document: one.group(), another: other.group()} | joined
    if not terms(asked):
        return {}
    each = {joined[document]: Named(document, asked) for _, document in words if document in joined}
    return dict(itertools.islice(each.items(), TOGETHER))


def _bearing(text: str, borne: Mapping[str, str]) -> list[tuple[re.Match[str], str]]:
    """The words of a text that name a document, each with its id, in order."""
    small = text.casefold()
    phrases = [each for each in borne if " " in each and each in small]
    called = [(match, borne[each]) for each in phrases for match in re.finditer(rf"\b{each}\b", text, re.IGNORECASE)]
    stemmed = ((match, terms(match.group())[:1]) for match in _WORD.finditer(text))
    words = [(match, borne[stem]) for match, found in stemmed for stem in found if stem in borne]
    alone = [each for each in words if not any(_inside(each[0], phrase) for phrase, _ in called)]
    return sorted([*called, *alone], key=lambda each: each[0].start())


def _are_papers(*names: re.Match[str]) -> bool:
    """Whether documents are named by how their titles begin, and none is a treaty: of that others speak, too."""
    return all(" " in name.group() and not re.search(rf" {_KINDS}$", name.group(), re.IGNORECASE) for name in names)


def _inside(word: re.Match[str], phrase: re.Match[str]) -> bool:
    return phrase.start() <= word.start() < phrase.end()


def _without(text: str, words: Sequence[tuple[re.Match[str], str]]) -> str:
    joint = rf"(?: *,? *(?<!\w){_OF_BOTH} *(?:\bof +)?(?:\bthe +)?)?"
    for word in dict.fromkeys(match.group() for match, _ in words):
        text = re.sub(rf"{joint}\b{re.escape(word)}\b{_KIND}", " ", text, flags=re.IGNORECASE)
    return " ".join(text.split()).strip(" ,:;-")
