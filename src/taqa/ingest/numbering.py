"""Which numbers at the start of lines are paragraph numbers of this document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from taqa.domain import Series
from taqa.ingest.acts import operative_verb
from taqa.ingest.drafts import is_terminal
from taqa.ingest.labels import Label
from taqa.ingest.lines import Line

SENTENCE, SENTENCES = 90, 3
"""Characters of a number with its first two lines from which it is a paragraph's; so many make a series."""
MAX_GAP = 3
"""Numbers that may be missing before a number counts as plain text: a wrong anchor is worse than a lost one."""


def is_numbered(lines: Sequence[Line], labels: Sequence[Label | None]) -> bool:
    """Whether the document's paragraphs are numbered.

    They are where more text stands under numbers than outside them, or where one series runs on from section to
    section: a list stays in its own. Those of a resolution are where they act, however long its preamble.
    """
    return _runs_on(lines, labels) or _mostly_under_numbers(lines, labels) or _acts(lines, labels)


def _acts(lines: Sequence[Line], labels: Sequence[Label | None]) -> bool:
    """Whether most of the numbers that run on from 1 stand before an operative verb."""
    last = acting = 0
    for i, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if label is None or label.value("arabic") != last + 1:
            continue
        after = lines[i + 1].text if i + 1 < len(lines) else ""
        last += 1
        acting += bool(operative_verb(line.text[label.length :] or after))
    return last > 1 and acting * 2 > last


def numbers_sentences(lines: Sequence[Line], labels: Sequence[Label | None]) -> bool:
    """Whether the lines begin, but for headings, with three or more numbered paragraphs that are no titles or words."""
    last = 0
    for i, (line, label) in enumerate(zip(lines, labels, strict=True)):
        number = label.value("arabic") if label else None
        if _heads(line, label) or number is None:
            if last == 0 and not _heads(line, label) and (label is not None or is_terminal(line.text)):
                return False
            continue
        if number != last + 1:
            return False
        text = " ".join(each.text for each in lines[i : i + 2])
        if len(text) < SENTENCE or not line.text[len(label.text if label else "") :].strip()[:1].isupper():
            return False
        last = number
        if last == SENTENCES:
            return True
    return False


def _runs_on(lines: Sequence[Line], labels: Sequence[Label | None]) -> bool:
    section = last = 0
    sections: set[int] = set()
    for line, label in zip(lines, labels, strict=True):
        number = label.value("arabic") if label else None
        if _heads(line, label):
            section += 1
        elif number == last + 1:
            last = number
            sections.add(section)
        elif number == 1:
            return False
    return last > 2 and len(sections) > 1


def _mostly_under_numbers(lines: Sequence[Line], labels: Sequence[Label | None]) -> bool:
    inside, outside, under = 0, 0, False
    for i, (line, label) in enumerate(zip(lines, labels, strict=True)):
        before = lines[i - 1] if i else None
        if _heads(line, label):
            under = False
            continue
        if label and label.value("arabic") and (line.blank_before or before is None or is_terminal(before.text)):
            under = True
        elif label is None and line.blank_before and line.text[0].isupper() and before and is_terminal(before.text):
            under = under and not before.text.endswith(".")
        inside, outside = (inside + len(line.text), outside) if under else (inside, outside + len(line.text))
    return inside > outside


def _heads(line: Line, label: Label | None) -> bool:
    """Whether the line is a heading by its style or its label."""
    return bool(line.heading or line.bold or (label and (label.value("ROMAN") or label.value("LETTER"))))


def number_places(labels: Sequence[Label | None]) -> Mapping[int, Sequence[int]]:
    """Paragraph number -> indices of the lines that open with it."""
    places: dict[int, list[int]] = {}
    for i, label in enumerate(labels):
        number = label.value("arabic") if label else None
        if number is not None:
            places.setdefault(number, []).append(i)
    return places


@dataclass(slots=True)
class Paragraphs:
    """The series of paragraph numbers: what came last, and what came so far. An annex or article begins a new one."""

    places: Mapping[int, Sequence[int]]
    stop: int
    """Index of the line that ends the part."""
    last: int = 0
    part: str = ""
    inserted: str = ""
    """What the last number has after it: "bis", "ter"."""
    numbers: dict[str, list[str]] = field(default_factory=dict)
    gaps: dict[str, list[str]] = field(default_factory=dict)

    @property
    def expected(self) -> int:
        return self.last + 1

    def comes_later(self, i: int, number: int) -> bool:
        """Whether a line after line `i`, in the same part, opens with that number."""
        places = self.places.get(number, ())
        at = bisect_right(places, i)
        return at < len(places) and places[at] < self.stop

    def takes(self, i: int, number: int, may_skip: bool) -> bool:
        """Whether the number on line `i` is a paragraph number: the next one, a late first, or after a small gap.

        `may_skip` says whether numbers may be missing here: the line stands apart and nothing is left unfinished.
        """
        if number == self.expected:
            return True
        if self.last == 0:
            return number > 1 and not self.part and self.comes_later(i, number + 1)
        near = self.expected < number <= self.expected + MAX_GAP
        return near and may_skip and not self.comes_later(i, self.expected)

    def insert(self, inserted: str) -> str:
        """Record a number put in after the last one, "12 bis", and give it."""
        number = f"{self.last} {inserted}"
        self.numbers.setdefault(self.part, []).append(number)
        self.inserted = inserted
        return number

    def note(self, number: int) -> None:
        """Record a paragraph number and the numbers missing before it."""
        self.inserted = ""
        if self.last:
            self.gaps.setdefault(self.part, []).extend(str(missing) for missing in range(self.expected, number))
        self.numbers.setdefault(self.part, []).append(str(number))
        self.last = number

    def restart(self, part: str, stop: int | None = None) -> None:
        """Begin a new series for an annex or an article, which ends before line `stop`."""
        self.last, self.part, self.inserted = 0, part, ""
        self.stop = self.stop if stop is None else stop

    def series(self) -> list[Series]:
        return [
            Series(f"{part}, paragraphs" if part else "paragraphs", tuple(numbers), tuple(self.gaps.get(part, ())))
            for part, numbers in self.numbers.items()
        ]
