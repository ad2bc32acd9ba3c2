"""The lines of a document with the labels that they open with, and what a look ahead tells of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from taqa.ingest.labels import Label, Reading
from taqa.ingest.lines import Line
from taqa.ingest.structure.automatic import Told, acting_series, label_of, main_series, told
from taqa.ingest.structure.divisions import part_of
from taqa.ingest.structure.numbering import is_numbered

_NUMBER = re.compile(r"\d{1,3}$")
MANY = 5
"""Numbers in several parts ("2.1.3") that make a document numbered by them."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A document before it is read.

    `main` is the automatic list that numbers its paragraphs, where its format says so; `acting` are those that number
    operative paragraphs where a decision acts; `numbered` says whether they are numbered at all; `places` are the lines
    that open with each number.
    """

    lines: Sequence[Line]
    labels: Sequence[Label | None]
    main: tuple[str, int] | None
    acting: frozenset[tuple[str, int]]
    numbered: bool
    places: Mapping[int, Sequence[int]]

    def told(self, i: int, acting: bool) -> Told:
        """What the number on line `i`, in a decision that acts or elsewhere, tells of its place by itself."""
        return told(self.lines[i], self.labels[i], {self.main, *self.acting} if acting else {self.main})

    def below(self, i: int, stop: int | None = None) -> Iterator[tuple[Line, Label | None]]:
        """The lines after line `i`, as far as line `stop`, with their labels."""
        for n in range(i + 1, len(self.lines) if stop is None else min(stop, len(self.lines))):
            yield self.lines[n], self.labels[n]

    def apart_below(self, i: int) -> bool:
        """Whether nothing follows line `i`, or a blank line."""
        return i + 1 >= len(self.lines) or self.lines[i + 1].blank_before

    def next_part(self, i: int) -> int:
        """Index of the line after line `i` that begins another part, or of the end."""
        return next((n for n in range(i + 1, len(self.lines)) if part_of(self.lines[n].text)), len(self.lines))

    def begins_anew(self, i: int) -> bool:
        """Whether the next number of a paragraph below line `i`, before another part begins, is 1, or there is none."""
        for line, label in self.below(i):
            if label and (number := label.value("arabic")):
                return number == 1
            if part_of(line.text):
                return True
        return True

    def goes_on_from(self, i: int, first: int, due: int) -> bool:
        """Whether numbers go on from `first`, on line `i`, without coming back to the one that is due without them.

        If they come back, they are a list inside a paragraph.
        """
        last = first
        for line, label in self.below(i):
            number = label.value("arabic") if label else None
            if number is not None and number == last + 1:
                last = number
            elif part_of(line.text):
                break
            elif number is not None:
                return last > first and number != due
        return last > first


def manuscript(lines: Sequence[Line], masthead: int) -> Manuscript:
    """A document whose first `masthead` lines are its masthead."""
    lines, labels = _set_apart(lines, [label_of(line) for line in lines])
    in_parts = sum(1 for label in labels if label and label.value("dotted")) >= MANY
    main = None if in_parts else main_series(lines)
    running = [n for n in range(masthead, len(lines)) if lines[n].piped is None]
    said = ([lines[n] for n in running], [labels[n] for n in running])
    numbered = main is not None or (not in_parts and is_numbered(*said))
    return Manuscript(lines, labels, main, acting_series(lines), numbered, _places(labels))


def _set_apart(lines: Sequence[Line], labels: Sequence[Label | None]) -> tuple[Sequence[Line], Sequence[Label | None]]:
    """The lines with numbers of paragraphs that are set as headings above their text, "1", "2" …, as plain labels."""
    bare = {i: int(line.text) for i, line in enumerate(lines) if line.heading and _NUMBER.match(line.text)}
    above = [i for i in bare if i + 1 < len(lines) and not (lines[i + 1].heading or lines[i + 1].bold or labels[i + 1])]
    due = {i for both in pairwise(above) if bare[both[1]] == bare[both[0]] + 1 for i in both}
    plain = [replace(line, heading=0) if i in due else line for i, line in enumerate(lines)]
    numbers = {i: Label(lines[i].text, len(lines[i].text), (Reading("arabic", bare[i]),)) for i in due}
    return plain, [numbers.get(i, label) for i, label in enumerate(labels)]


def _places(labels: Sequence[Label | None]) -> Mapping[int, Sequence[int]]:
    """Paragraph number -> indices of the lines that open with it."""
    places: dict[int, list[int]] = {}
    for i, label in enumerate(labels):
        number = label.value("arabic") if label else None
        if number is not None:
            places.setdefault(number, []).append(i)
    return places
