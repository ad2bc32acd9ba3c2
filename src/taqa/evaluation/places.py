"""Where a quotation stands in a source text, and when two stretches count as the same place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taqa.domain import Span

HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
"""Hyphens, dashes and the minus sign: one character for soft comparison."""

_SPACE = r"[\s\u200b\ufeff]"


def occurrences(quote: str, text: str, *, soft: bool = False) -> Iterator[Span]:
    """Every place of `quote` in `text`, verbatim up to white space, first to last.

    A run of white space (no-break spaces included) equals any other run. With `soft`, all hyphens and dashes
    are one character, and a line may break after one.
    """
    words = [word for word in re.split(f"{_SPACE}+", quote) if word]
    if not words:
        return
    pattern = f"{_SPACE}+".join(_word(word, soft) for word in words)
    for match in re.finditer(pattern, text):
        yield Span(match.start(), match.end())


def locate(quote: str, text: str, *, soft: bool = False) -> Span | None:
    """The first place of `quote` in `text`, or None; see `occurrences`."""
    return next(occurrences(quote, text, soft=soft), None)


def same_place(overlap: int, one: int, other: int) -> bool:
    """Whether two stretches of `one` and `other` characters sharing `overlap` are one place: half of the shorter."""
    return overlap > 0 and 2 * overlap >= min(one, other)


def spans_match(one: Span, other: Span) -> bool:
    """Whether two spans are the same place."""
    return same_place(one.overlap(other), one.end - one.start, other.end - other.start)


def _word(word: str, soft: bool) -> str:
    if not soft:
        return re.escape(word)
    hyphen = f"[{re.escape(HYPHENS)}](?:{_SPACE}*\\n{_SPACE}*)?"
    return "".join(hyphen if char in HYPHENS else re.escape(char) for char in word)
