"""Sentences of a displayed text, as offsets."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?]+[”\"’')\]]*(?=\s+(?:[A-Z0-9“\"‘(\[•]|$))")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|viz|paras?|arts?|sects?|chap|nos?|vol|p|pp|fig|figs|mr|mrs|ms|dr|prof|st|ibid|etc|"
    r"approx|al|rev|corr|add|inc|distr|eds?|u\.s|d\.c|[A-Z])|\b\d{1,3}|\([a-z]{1,5}\))\.$",
    re.IGNORECASE,
)
_YEAR_OR_LONG = re.compile(r"\d{3,}\.$|\d\s*%\.$")


def split(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences of a text; they do not overlap and leave out only white space between them.

    A full stop after an abbreviation, a label or a single capital does not end a sentence.
    """
    found: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for match in _END.finditer(text):
        head = text[start : match.end()]
        stop = match.group().rstrip("”\"’')]")
        bare = text[start : match.start() + len(stop)]
        if stop == "." and _ABBREVIATION.search(bare) and not _YEAR_OR_LONG.search(bare):
            if not _closes(bare, text[match.end() :]):
                continue
        if head.strip():
            found.append((start, match.end()))
        start = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
    if text[start:].strip():
        found.append((start, len(text.rstrip())))
    return found


def _closes(bare: str, after: str) -> bool:
    """Whether "etc." or a short number ends the sentence after all: a capital and a word follow a long sentence."""
    closing = re.search(r"(?:\betc|\b\d{1,3})\.$", bare)
    return bool(closing and len(bare.split()) > 4 and re.match(r"\s+[A-Z][a-z]+ ", after))
