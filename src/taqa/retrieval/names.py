"""Proper names that the corpus knows: acronyms, full names, and what stands before "Convention" or "Protocol"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from taqa.references import fold
from taqa.retrieval.terms import STOP

_INSTRUMENT = re.compile(
    r"\b((?:[A-Z][\w-]+\s+){1,5})(?:Conventions?|Protocol|Fund|Initiative|Partnership|Programme|Plan|Agreement|Facility)\b"
)
_LISTED = re.compile(r"\b((?:[A-Z][a-z]+, )*[A-Z][a-z]+ and [A-Z][a-z]+) [Cc]onventions\b")
_FUNCTION = frozenset(
    (
        "the",
        "this",
        "that",
        "these",
        "each",
        "under",
        "in",
        "of",
        "for",
        "its",
        "their",
        "current",
        "new",
        "global",
        "national",
        "regional",
    )
)


def known_names(texts: Iterable[str], acronyms: Mapping[str, str]) -> frozenset[str]:
    """Folded names by which a question may mean a mechanism, body or instrument."""
    names = {fold(acronym) for acronym in acronyms} | {fold(name) for name in acronyms.values()}
    for text in texts:
        for match in _INSTRUMENT.finditer(text):
            words = [w for w in match.group(1).split() if w.casefold() not in _FUNCTION]
            if words:
                names.add(fold(" ".join([*words, match.group().split()[-1]])))
                if len(words) == 1 and match.group().split()[-1].startswith(("Convention", "Protocol")):
                    names.add(fold(words[0]))
        for match in _LISTED.finditer(text):
            names.update(fold(name) for name in re.split(r", | and ", match.group(1)))
    return frozenset(name for name in names if len(name) > 2 and name not in STOP)
