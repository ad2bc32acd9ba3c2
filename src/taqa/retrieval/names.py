"""Proper names that the corpus knows: acronyms, full names, and what stands before "Convention" or "Protocol";
where a text holds them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from taqa.references import fold
from taqa.retrieval.acronyms import MAX_WORDS
from taqa.retrieval.terms import STOP

_INSTRUMENT = re.compile(
    r"\b((?:[A-Z][\w-]+\s+(?:and\s+(?=[A-Z]))?){1,5})"
    r"(?P<kind>Conventions?|Protocol|Fund|Initiative|Partnership|Programme|Plan|Agreement|Facility)\b"
)
_LISTED = re.compile(r"\b((?:[A-Z][a-z]+, )*[A-Z][a-z]+ and [A-Z][a-z]+) [Cc]onventions\b")
_WORD = re.compile(r"[\w-]+")
_LONGEST = MAX_WORDS + 2
"""Words that a name may have: those of an acronym, or of five words and their links before "Convention"."""
_FUNCTION = frozenset(
    ("the", "this", "that", "these", "each", "under", "in", "of", "for", "its", "their", "current", "new")
)
_GENERAL = frozenset(
    ("global", "national", "regional", "international", "joint", "work", "action", "framework", "strategic")
)
"""Words that make no name of an instrument by themselves: "Regional Programme"."""


def known_names(texts: Iterable[str], acronyms: Mapping[str, str]) -> frozenset[str]:
    """Names by which a question may mean a mechanism, body or instrument: folded, or in capitals where the folded form
    is an everyday word ("WHO")."""
    names = {acronym if fold(acronym) in STOP else fold(acronym) for acronym in acronyms}
    names |= {fold(name) for name in acronyms.values()}
    for text in texts:
        for match in _INSTRUMENT.finditer(text):
            names.update(_of_instrument(match.group(1).split(), match.group("kind")))
        for match in _LISTED.finditer(text):
            names.update(fold(name) for name in re.split(r", | and ", match.group(1)))
    return frozenset(name for name in names if len(name) > 2 and name not in STOP)


def _of_instrument(words: list[str], kind: str) -> set[str]:
    """Names that "Basel Convention" or "Environment and Security Initiative" give; of joined treaties each."""
    treaty = kind.startswith(("Convention", "Protocol"))
    while words and words[0].casefold() in _FUNCTION | {"and"}:
        words = words[1:]
    if treaty and "and" in words:
        words = words[len(words) - words[::-1].index("and") :]
    if not words or (len(words) == 1 and words[0].casefold() in _GENERAL):
        return set()
    names = {fold(" ".join([*words, kind]))}
    if len(words) == 1 and treaty:
        names.add(fold(words[0]))
    return names


def names_in(text: str, names: Collection[str]) -> tuple[str, ...]:
    """Names of the corpus in a text, in order of appearance; a name inside a longer one does not count.

    A name that is known in capitals ("WHO") counts only where it is typed so.
    """
    known = names if isinstance(names, frozenset) else frozenset(names)
    places: dict[str, tuple[int, int]] = {}
    for start, end, name in _runs(spaced(fold(text))):
        if name in known and not name.isupper():
            places.setdefault(name, (start - 1, end + 1))
    for start, end, name in _runs(spaced(text)):
        if name.isupper() and name in known:
            places.setdefault(name, (start - 1, end + 1))
    kept = [
        (start, end, name)
        for name, (start, end) in places.items()
        if not any(low <= start and end <= high and other != name for other, (low, high) in places.items())
    ]
    return tuple(name for _, _, name in sorted(kept))


def _runs(text: str) -> Iterator[tuple[int, int, str]]:
    """Every run of words of a spaced text that may be a name, with its place."""
    words = [match.span() for match in _WORD.finditer(text)]
    for at, (start, _) in enumerate(words):
        for _, end in words[at : at + _LONGEST]:
            yield start, end, text[start:end]


def spaced(text: str) -> str:
    """The words of a text between spaces, so that " basel " finds a whole word."""
    return " " + re.sub(r"[^\w-]+", " ", text) + " "
