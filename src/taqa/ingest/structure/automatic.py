"""Numbers of whole paragraphs whose format is known: given by a word processor, or typed in several parts ("2.1.3").

They need no guessing: what a list counts is known, and which of them numbers the paragraphs of the document is told
from how the series runs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from itertools import pairwise
from typing import Literal

from taqa.ingest.formats.source import Number
from taqa.ingest.labels import Label, Reading, Style, find_label
from taqa.ingest.lines import Line
from taqa.ingest.structure.acts import operative_verb
from taqa.ingest.structure.divisions import annex_part, article_part

_TYPED = re.compile(r"^(?P<number>\d{1,3}(?:\.\d{1,3}){1,5}[A-Z]?)\.?(?P<gap>\s+|$)")
_STYLES: dict[str, Style] = {"arabic": "arabic", "letter": "(letter)", "roman": "(roman)", "dotted": "dotted"}
LEAST = 3
"""Numbers that make a series."""
Told = Literal["", "in parts", "paragraph", "item"]
"""What a number tells of its place by itself: all of it, that it numbers a paragraph, that it numbers an item."""


def label_of(line: Line) -> Label | None:
    """The label that a line opens with: the one its format gives it, else one that is typed."""
    if line.row is not None:
        return None
    if line.style is None:
        return find_label(line.text)
    number = line.style.number
    if number is not None and number.style == "bullet":
        return None
    if number is not None and line.begins:
        if _worded(number):
            return None
        return _given(number, line.text)
    return find_label(line.text) or _typed(line)


def given(line: Line) -> Number | None:
    """The number that the format gives to a line and that stands on it."""
    number = line.style.number if line.style is not None and line.begins else None
    return number if number is not None and number.style != "bullet" else None


def told(line: Line, label: Label | None, numbering: Container[tuple[str, int] | None]) -> Told:
    """What the number of a line tells of its place; `numbering` are the lists that number the paragraphs there."""
    if label is None or line.style is None:
        return ""
    number, titled = given(line), bool(line.heading or line.bold)
    if label.value("dotted") is not None or (number and titled and label.value("arabic")):
        return "in parts"
    if number is None or number.style != "arabic" or label.value("(arabic)") is not None or titled:
        return ""
    return "paragraph" if (number.series, number.level) in numbering else "item"


def set_off(line: Line, label: Label) -> bool:
    """Whether a label is certainly one: the format gives it, or a tab stands between it and the text."""
    return given(line) is not None or (line.style is not None and "\t" in line.text[: label.length])


def _worded(number: Number) -> bool:
    """Whether a number is that of a part: "Article 5", "Annex II"."""
    return bool(article_part(number.label) or annex_part(number.label))


def _given(number: Number, text: str) -> Label:
    rest = text[len(number.label) :]
    length = len(number.label) + len(rest) - len(rest.lstrip())
    return Label(number.label, length, (Reading(_style(number), number.value),))


def _style(number: Number) -> Style:
    enclosed, capital = number.label.startswith("("), number.style in ("ROMAN", "LETTER")
    if number.style == "arabic":
        if enclosed:
            return "(arabic)"
        return "arabic paren" if number.label.endswith(")") else "arabic"
    if capital and not enclosed:
        return "ROMAN" if number.style == "ROMAN" else "LETTER"
    return _STYLES.get(number.style.casefold(), "arabic")


def _typed(line: Line) -> Label | None:
    """A typed number in several parts: set off by a tab, or that of a heading ("1.5 million" is neither)."""
    match = _TYPED.match(line.text)
    cut_off = line.begins and line.style is not None and line.end < line.style.end
    if match is None or not ("\t" in match.group("gap") or cut_off or line.heading or line.bold):
        return None
    return _in_parts(match)


def typed_in_parts(text: str) -> Label | None:
    """A typed number in several parts that a heading opens with: "2.1. Reports"."""
    match = _TYPED.match(text)
    return _in_parts(match) if match is not None else None


def _in_parts(match: re.Match[str]) -> Label:
    last = re.findall(r"\d+", match.group("number"))[-1]
    return Label(match.group().strip(), match.end(), (Reading("dotted", int(last)),))


def main_series(lines: Sequence[Line]) -> tuple[str, int] | None:
    """The list and level that numbers the paragraphs of a document: one series of text that runs on to its end.

    It begins anew with an annex at most; lists begin anew wherever they stand.
    """
    runs: dict[tuple[str, int], list[int]] = {}
    annexes = 0
    for line in lines:
        annexes += bool(annex_part(line.text))
        number = given(line)
        if number is None or _worded(number):
            continue
        if number.style == "arabic" and not number.label.startswith("(") and not (line.heading or line.bold):
            runs.setdefault((number.series, number.level), []).append(number.value)
    whole = {
        key: values
        for key, values in runs.items()
        if len(values) >= LEAST and sum(low >= high for low, high in pairwise(values)) <= annexes
    }
    return max(whole, key=lambda key: len(whole[key]), default=None)


def acting_series(lines: Sequence[Line]) -> frozenset[tuple[str, int]]:
    """The lists and levels that number operative paragraphs: most of theirs begin with the verbs of decisions."""
    whole: Counter[tuple[str, int]] = Counter()
    acting: Counter[tuple[str, int]] = Counter()
    for line in lines:
        number = given(line)
        if number is not None and number.style == "arabic" and not _worded(number):
            whole[number.series, number.level] += 1
            acting[number.series, number.level] += bool(operative_verb(line.text[len(number.label) :].lstrip()))
    return frozenset(key for key, n in whole.items() if acting[key] * 2 > n)
