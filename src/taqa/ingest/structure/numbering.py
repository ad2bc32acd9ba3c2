"""Whether the paragraphs of a document, or of a part of it, are numbered."""

from __future__ import annotations

from collections.abc import Sequence

from taqa.ingest.drafts import is_terminal
from taqa.ingest.labels import Label
from taqa.ingest.lines import Line
from taqa.ingest.structure.acts import operative_verb

SENTENCE, SENTENCES = 90, 3
"""Characters of a number with its first two lines from which it is a paragraph's; so many make a series."""


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
