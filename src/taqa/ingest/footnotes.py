"""Footnotes: told from paragraphs by the mark that calls them, taken out of the text they interrupt.

A line "2 Some text" is a footnote when it is next in the series and the text before it carries the mark,
run into a word ("Protocol.2"), as <sup>2</sup> or as a superscript; or when a footnote rule stands above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from taqa.domain import Furniture, Span
from taqa.ingest.lines import Line

_BODY = re.compile(r"^(?P<n>\d{1,3})(?P<gap>\s+)(?=\S)(?!\d)")
_SUP_BODY = re.compile(r"^(?P<n>\d{1,3})\s*(?=\S)")
_STAR_BODY = re.compile(r"^(?P<n>[*∗†‡]{1,5})\s*(?=\S)")
_GLUED = re.compile(r"(?<=[^\W\d_])(\d{1,3})(?=[\s.,;:)\]”\"]|$)|(?<=[.,;:)\]”\"])(\d{1,3})(?=[\s),;]|$)")
_SUP_MARK = re.compile(r"<sup>\s*(\d{1,3}|[*∗†‡]{1,5})\s*</sup>")
_STAR_MARK = re.compile(r"(?<=[\w.)])((?:\\?[*∗†‡])+)(?=\s|\*\*|$)")
_COMPLETE = re.compile(r"(?:[.!?:;][”\"’)]*|https?://\S+)$")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its printed mark, its lines, and where in the source the mark that calls it stands (None: lost)."""

    mark: str
    lines: tuple[Line, ...]
    called_at: Span | None


@dataclass(frozen=True, slots=True)
class Parted:
    """Running text without its footnotes, the footnotes in order of appearance, and the marks taken out of the text."""

    lines: tuple[Line, ...]
    notes: tuple[Note, ...]
    marks: tuple[Furniture, ...]


def take_footnotes(lines: tuple[Line, ...], text: str, hidden: bytearray) -> Parted:
    """Part footnotes from running text. The marks that call them are hidden from then on."""
    kept: list[Line] = []
    notes: list[Note] = []
    marks: list[Furniture] = []
    expected, searched_from = 1, 0
    i = 0
    interrupted = False
    while i < len(lines):
        line = lines[i]
        mark = _opens(line, expected)
        called: tuple[int, int] | None = None
        if mark and mark.isdigit():
            called = _called_at(mark, text, searched_from, line.start)
            if called is None and not (line.separator_before or line.sup or interrupted):
                mark = ""
        elif mark:
            called = _called_by_stars(mark, text, line.start, hidden)
            if called is None and not (line.separator_before or line.blank_before):
                mark = ""
        if not mark:
            kept.append(replace(line, blank_before=False, page_start=True) if interrupted and line.page_start else line)
            interrupted = False
            i += 1
            continue
        stop = _end_of_note(lines, i, mark, expected)
        notes.append(Note(mark, lines[i:stop], Span(*called) if called else None))
        if called is not None:
            marks += [Furniture("footnote mark", Span(at, at + 1)) for at in range(*called) if not hidden[at]]
            hidden[called[0] : called[1]] = b"\x01" * (called[1] - called[0])
        if mark.isdigit():
            expected += 1
            searched_from = called[1] if called else searched_from
        interrupted = True
        i = stop
    shown = tuple(replace(line, text=_visible(line, text, hidden)) for line in kept)
    return Parted(shown, tuple(notes), tuple(marks))


def _visible(line: Line, text: str, hidden: bytearray) -> str:
    return "".join(text[at] for at in range(line.start, line.end) if not hidden[at]).rstrip()


def _opens(line: Line, expected: int) -> str:
    """Mark of the footnote that the line may open, else an empty text."""
    pattern = _SUP_BODY if line.sup else _BODY
    if match := pattern.match(line.text):
        return match.group("n") if int(match.group("n")) == expected else ""
    if (match := _STAR_BODY.match(line.text)) and not line.bullet:
        return match.group("n")
    return ""


def _end_of_note(lines: tuple[Line, ...], start: int, mark: str, expected: int) -> int:
    i = start + 1
    while i < len(lines):
        line = lines[i]
        following = expected + 1 if mark.isdigit() else expected
        if line.blank_before or line.page_start or line.separator_before or _opens(line, following):
            break
        if _COMPLETE.search(lines[i - 1].text) and line.text[:1].islower():
            break
        i += 1
    return i


def _called_at(mark: str, text: str, low: int, high: int) -> tuple[int, int] | None:
    """Place of the mark between two offsets: first a <sup>, then one run into a lower-case word or a stop."""
    candidates: list[tuple[int, tuple[int, int]]] = []
    for match in _SUP_MARK.finditer(text, low, high):
        if match.group(1) == mark and not text[: match.start()].rstrip(" \t").endswith("\n"):
            candidates.append((0, match.span(1)))
    for match in _GLUED.finditer(text, low, high):
        token = text[: match.start()].split()[-1] if match.group() == mark else "/"
        if "/" not in token or token.startswith("http"):
            candidates.append((2 if text[match.start() - 1].isupper() else 1, match.span()))
    return min(candidates)[1] if candidates else None


def _called_by_stars(mark: str, text: str, before: int, hidden: bytearray) -> tuple[int, int] | None:
    for match in _STAR_MARK.finditer(text, 0, before):
        stars = "".join(text[at] for at in range(*match.span(1)) if not hidden[at])
        if stars.replace("∗", "*") == mark.replace("∗", "*"):
            return match.span(1)
    return None
