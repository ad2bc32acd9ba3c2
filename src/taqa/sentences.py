"""Sentences of a displayed text, as offsets."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?]+[”\"’')\]]*(?=\s+(?:[A-Z0-9“\"‘(\[•]|$))")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|viz|paras?|arts?|sects?|chap|nos?|vol|p|pp|fig|figs|mr|mrs|ms|dr|prof|st|ibid|etc|"
    r"approx|al|rev|corr|add|inc|distr|eds?|u\.s|d\.c|[A-Z])|\b\d{1,3}|\([a-z]{1,5}\))\.$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S")
_YEAR_OR_LONG = re.compile(r"\d{3,}\.$|\d\s*%\.$")


_REACH = 100
"""Characters around a stop that decide whether it ends a sentence."""


def split(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences of a text; they do not overlap and leave out only white space between them.

    A full stop after an abbreviation, a label or a single capital does not end a sentence.
    """
    found: list[tuple[int, int]] = []
    start = _next_word(text, 0)
    for match in _END.finditer(text):
        if match.start() < start or not _ends(text, start, match):
            continue
        found.append((start, match.end()))
        start = _next_word(text, match.end())
    if start < len(text):
        found.append((start, len(text.rstrip())))
    return found


def _next_word(text: str, at: int) -> int:
    match = _WORD.search(text, at)
    return match.start() if match else len(text)


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    stop = match.group().rstrip("”\"’')]")
    if stop != ".":
        return True
    end = match.start() + len(stop)
    bare = text[max(start, end - _REACH) : end]
    if not _ABBREVIATION.search(bare) or _YEAR_OR_LONG.search(bare):
        return True
    return _closes(bare, text[match.end() : match.end() + _REACH])


def _closes(bare: str, after: str) -> bool:
    """Whether "etc." or a short number ends the sentence after all: a capital and a word follow a long sentence."""
    closing = re.search(r"(?:\betc|\b\d{1,3})\.$", bare)
    return bool(closing and len(bare.split()) > 4 and re.match(r"\s+[A-Z][a-z]+ ", after))
