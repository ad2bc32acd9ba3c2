"""Displayed text: soft line breaks, hyphenation and removed furniture healed, every character traced to its source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from taqa.domain import Run, Span
from taqa.ingest.invisible import SOFT_HYPHEN

_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"[\n\r]")
_SUSPENDED = re.compile(r"\s+(?:and|or|to|nor|versus)\b")


class Words:
    """The words of a text, as one asks whether it writes "semiannually" or "semi-annually" elsewhere."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _whole(self) -> frozenset[str]:
        return frozenset(match.group().casefold() for match in re.finditer(r"\w+", self._text))

    @cached_property
    def _hyphened(self) -> frozenset[tuple[str, str]]:
        pairs = re.finditer(r"\b(?=(\w+)[-‐‑](\w+))", self._text)
        return frozenset((match.group(1).casefold(), match.group(2).casefold()) for match in pairs)

    def joined(self, before: str, after: str) -> bool:
        """Whether the text writes the two parts as one word and never with a hyphen."""
        one, two = before.casefold(), after.casefold()
        return one + two in self._whole and (one, two) not in self._hyphened


def display(
    text: str, spans: Sequence[Span], hidden: bytearray, words: Words | None = None
) -> tuple[str, tuple[Run, ...]]:
    """Displayed text of source pieces and its runs.

    White space of any length becomes one space; a hyphen at the end of a line loses the break after it
    ("semi-<break>annually" reads "semi-annually"), and loses itself too when it is a soft one, or when the document
    writes the word without it elsewhere and never with it.
    """
    words = words or Words(text)
    shown: list[str] = []
    origin: list[int] = []
    pending: int | None = None
    for at in _places(text, spans, hidden):
        char = text[at]
        if hidden[at]:
            continue
        if char.isspace():
            pending = at if pending is None and shown else pending
            continue
        if pending is not None:
            action = _heal(text, origin[-1], at, shown, words) if not _hyphenated(text, origin[-1], at) else "keep"
            if action == "space":
                shown.append(" ")
                origin.append(pending)
            elif action == "join":
                shown.pop()
                origin.pop()
            pending = None
        shown.append(char)
        origin.append(at)
    return "".join(shown), _runs(origin)


def _places(text: str, spans: Sequence[Span], hidden: bytearray) -> Iterator[int]:
    """Places of the pieces, and between two pieces that of the first white space that is text, where there is any."""
    last = spans[0].start
    for span in spans:
        gap = next((at for at in range(last, span.start) if text[at].isspace() and not hidden[at]), None)
        if gap is not None:
            yield gap
        yield from range(span.start, span.end)
        last = span.end


def _hyphenated(text: str, last: int, here: int) -> bool:
    """Whether a word is parted over the end of a line by a soft hyphen, which says outright that it is one word."""
    return text[last + 1 : last + 2] == SOFT_HYPHEN and bool(_BREAK.search(text, last, here))


def _heal(text: str, last: int, here: int, shown: list[str], words: Words) -> str:
    """What stands between two words: a space, nothing (a hyphenated break), or a joined word."""
    if shown[-1] not in "-‐‑" or not _BREAK.search(text, last, here) or len(shown) < 2 or not shown[-2].isalnum():
        return "space"
    after = _WORD.match(text, here)
    if _SUSPENDED.match(" " + text[here : here + 8]):
        return "space"
    if after is None:
        return "keep" if text[here].isdigit() else "space"
    before = re.search(r"[^\W\d_]+$", "".join(shown[-40:-1]))
    if before and after.group()[0].islower() and words.joined(before.group(), after.group()):
        return "join"
    return "keep"


def _runs(origin: Sequence[int]) -> tuple[Run, ...]:
    runs: list[Run] = []
    start = 0
    for i in range(1, len(origin) + 1):
        if i == len(origin) or origin[i] != origin[i - 1] + 1:
            runs.append(Run(start, origin[start], i - start))
            start = i
    return tuple(runs)
