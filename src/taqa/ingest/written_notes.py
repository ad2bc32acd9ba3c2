"""Footnotes as Markdown writes them: "[^1]" in the text calls what stands after "[^1]:" at the start of a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from taqa.domain import Furniture, Span
from taqa.ingest.footnotes import Note, Parted, visible
from taqa.ingest.labels import find_label
from taqa.ingest.lines import Line

_CALL = re.compile(r"(?<!\\)\[\^(?P<mark>[^\[\]\s^]{1,40})\](?P<opens>:)?")


def take_written_notes(lines: Sequence[Line], text: str, hidden: bytearray) -> Parted:
    """Part such footnotes from running text. What calls them is hidden from then on, called note or not."""
    opening = {line.start: match for line in lines if (match := _opens(line, text))}
    calls: dict[str, Span] = {}
    marks: list[Furniture] = []

    def hide(start: int, end: int) -> None:
        marks.extend(Furniture("footnote mark", Span(at, at + 1)) for at in range(start, end) if not hidden[at])
        hidden[start:end] = b"\x01" * (end - start)

    for match in _CALL.finditer(text):
        if match.start() in opening:
            hide(match.start(), match.start("mark"))
            hide(match.end("mark"), match.end())
        elif not all(hidden[slice(*match.span())]):
            end = match.end("mark") + 1
            calls.setdefault(match.group("mark"), Span(match.start(), end))
            hide(match.start(), end)
    kept: list[Line] = []
    notes: list[Note] = []
    inside = False
    for line in lines:
        opened = opening.get(line.start)
        line = replace(line, text=visible(line, text, hidden))
        inside = bool(opened) or (inside and _goes_on(line, text))
        if opened:
            notes.append(Note(opened.group("mark"), (line,), calls.get(opened.group("mark"))))
        elif inside:
            notes[-1] = replace(notes[-1], lines=(*notes[-1].lines, line))
        elif line.text.strip():
            kept.append(line)
    return Parted(tuple(kept), tuple(notes), tuple(marks))


def _opens(line: Line, text: str) -> re.Match[str] | None:
    """The mark that a line opens with, where that is a footnote's own."""
    match = _CALL.match(text, line.start)
    return match if match and match.group("opens") else None


def _goes_on(line: Line, text: str) -> bool:
    """Whether a line after a footnote goes on with it: it stands in from the margin, or close and opens nothing."""
    margin = text[text.rfind("\n", 0, line.start) + 1 : line.start]
    if margin.startswith(("  ", "\t")):
        return True
    return not (line.blank_before or line.heading or line.bullet or line.bold or find_label(line.text))
