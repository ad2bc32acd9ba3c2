"""Words of a text as they are compared: folded, stop words out, stemmed (Snowball, English)."""

from __future__ import annotations

import re
from functools import lru_cache

import snowballstemmer  # BSD, pure Python; the lexical engine stems by the same rules

from taqa.references import fold

_WORD = re.compile(r"[^\W_]+(?:[./][^\W_]+)*")
_STOP_WORDS = """
    a about above after again all also an and any are as at be because been before being below between both but by can
    could did do does doing down during each few for from further had has have having he her here hers him his how i if
    in into is it its itself just let me more most much my no nor not of off on once only or other our out over own
    please s same say says she should so some such t tell than that the their theirs them then there these they this
    those through to too under until up us very was we were what whats when where which while who whom whose why will
    with would you your shall may might must many give list
"""
STOP = frozenset(_STOP_WORDS.split())
MODAL = frozenset("can could may might must shall should will would cannot".split())
"""Verbs that say how binding a sentence is."""


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Stem of a folded word."""
    return str(snowballstemmer.stemmer("english").stemWord(word))


def content_words(text: str) -> list[str]:
    """Folded words of a text without stop words, in order, with repeats. A hyphenated word gives its parts."""
    return [word for word in _WORD.findall(fold(text)) if word not in STOP]


def terms(text: str) -> list[str]:
    """Stems of the content words of a text."""
    return [stem(word) for word in content_words(text)]
