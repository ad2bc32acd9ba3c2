"""Footnotes: told from paragraphs by the mark that calls them, taken out of the text they interrupt.

A line "2 Some text" is a footnote when it is next in the series and the text before it carries the mark,
run into a word ("Protocol.2"), as <sup>2</sup> or as a superscript; or when a footnote rule stands above it. Numbers
that begin anew, on a page or in an annex, do so where the text after the last footnote carries a mark "1".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from taqa.domain import Furniture, Span
from taqa.ingest.formats import LineStyle
from taqa.ingest.lines import Line
from taqa.ingest.styled import styles_of

_BODY = re.compile(r"^(?P<n>\d{1,3})(?P<gap>\s+)(?=\S)(?!\d)")
_SUP_BODY = re.compile(r"^(?P<n>\d{1,3})\s*(?=\S)")
_STAR_BODY = re.compile(r"^(?P<n>[*∗†‡]{1,5})\s*(?=\S)")
_GLUED = re.compile(
    r"(?<=[^\W\d_])(\d{1,3})(?=[\s.,;:)\]”\"]|$)"  # run into a word
    r"|(?<=[.,;:)\]”\"])(?<!\b\d[.,])(?<!\b\d\d[.,])(?<!\b\d{3}[.,])(\d{1,3})(?=[\s),;]|$)"  # after a stop, no decimal
)
_CLOSED = re.compile(r"[)\]”\"][.,;:]?$")
_SUP_MARK = re.compile(r"<sup>\s*(\d{1,3}|[*∗†‡]{1,5})\s*</sup>")
_STAR_MARK = re.compile(r"(?<=[\w.)])((?:\\?[*∗†‡])+)(?=\s|\*\*|$)")
TOKEN_CHARS = 300
MOST_LOST = 3
"""Lines that open with the same asterisks and are called nowhere; more of them are a list, not notes."""
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


def take_footnotes(lines: tuple[Line, ...], text: str, hidden: bytearray, styles: Sequence[LineStyle] = ()) -> Parted:
    """Part footnotes from running text. The marks that call them are hidden from then on."""
    if any(style.kind == "footnote" for style in styles):
        return _shown_notes(lines, text, hidden, styles)
    kept: list[Line] = []
    notes: list[Note] = []
    marks: list[Furniture] = []
    marks_in = _Marks(text, hidden)
    stars = Counter(match.group("n") for line in lines if (match := _STAR_BODY.match(line.text)))
    expected, searched_from = 1, 0
    i = 0
    interrupted = False
    while i < len(lines):
        line = lines[i]
        mark = _opens(line, expected, 1)
        called: tuple[int, int] | None = None
        if mark.isdigit() and int(mark) == expected:
            called = marks_in.number(mark, searched_from, line.start)
            if called is None and not (line.separator_before or line.sup or interrupted):
                mark = ""
        elif mark.isdigit():
            apart = line.separator_before or line.blank_before or line.page_start or interrupted
            called = marks_in.number(mark, max(searched_from, _end_of_last(notes)), line.start) if apart else None
            if called is None:
                mark = ""
        elif mark:
            called = marks_in.stars(mark, line.start)
            apart = line.separator_before or line.blank_before
            if called is None and not (apart and stars[mark] <= MOST_LOST):
                mark = ""
        if not mark:
            kept.append(replace(line, blank_before=False, page_start=True) if interrupted and line.page_start else line)
            interrupted = False
            i += 1
            continue
        expected = int(mark) if mark.isdigit() else expected
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
    shown = (replace(line, text=visible(line, text, hidden)) for line in kept)
    return Parted(tuple(line for line in shown if line.text.strip()), tuple(notes), tuple(marks))


def _shown_notes(lines: tuple[Line, ...], text: str, hidden: bytearray, styles: Sequence[LineStyle]) -> Parted:
    """Footnotes that the format shows as such. A line that opens none goes on with the note before it."""
    kept: list[Line] = []
    notes: list[Note] = []
    for line, style in zip(lines, styles_of(lines, styles), strict=True):
        if style is None or style.kind != "footnote" or not (style.note or notes):
            kept.append(line)
        elif style.note:
            notes.append(Note(style.note, (line,), style.called_at))
        else:
            notes[-1] = replace(notes[-1], lines=(*notes[-1].lines, line))
    calls = [mark.span for style in styles for mark in style.marks if mark.kind == "footnote mark"]
    marks: list[Furniture] = []
    for call in sorted({*calls, *(note.called_at for note in notes if note.called_at)}):
        marks += [Furniture("footnote mark", Span(at, at + 1)) for at in range(call.start, call.end) if not hidden[at]]
        hidden[call.start : call.end] = b"\x01" * (call.end - call.start)
    shown = (replace(line, text=visible(line, text, hidden)) for line in kept)
    return Parted(tuple(line for line in shown if line.text.strip()), tuple(notes), tuple(marks))


def visible(line: Line, text: str, hidden: bytearray) -> str:
    """The characters of a line that are displayed."""
    return "".join(text[at] for at in range(line.start, line.end) if not hidden[at]).rstrip()


def _end_of_last(notes: Sequence[Note]) -> int:
    return notes[-1].lines[-1].end if notes else 0


def _opens(line: Line, *numbers: int) -> str:
    """Mark of the footnote that the line may open, one of some numbers or asterisks, else an empty text."""
    if line.piped is not None:
        return ""
    pattern = _SUP_BODY if line.sup else _BODY
    if match := pattern.match(line.text):
        return match.group("n") if int(match.group("n")) in numbers else ""
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


class _Marks:
    """Every place of a text where a footnote mark may stand, by mark; found once."""

    def __init__(self, text: str, hidden: bytearray) -> None:
        self._text = text
        self._hidden = hidden
        self._numbers: dict[str, list[tuple[int, int, int]]] = {}
        self._stars: dict[str, deque[tuple[int, int]]] = {}
        for match in _SUP_MARK.finditer(text):
            if match.group(1).isdigit() and not self._begins_line(match.start()):
                self._numbers.setdefault(match.group(1), []).append((*match.span(1), 0))
        for match in _GLUED.finditer(text):
            token = _token_before(text, match.start())
            if "/" not in token or _CLOSED.search(token):
                rank = 2 if text[match.start() - 1].isupper() else 1
                self._numbers.setdefault(match.group(), []).append((*match.span(), rank))
        for places in self._numbers.values():
            places.sort()
        for match in _STAR_MARK.finditer(text):
            stars = "".join(text[at] for at in range(*match.span(1)) if not hidden[at])
            self._stars.setdefault(stars.replace("∗", "*"), deque()).append(match.span(1))

    def _begins_line(self, at: int) -> bool:
        while at and self._text[at - 1] in " \t":
            at -= 1
        return at > 0 and self._text[at - 1] == "\n"

    def number(self, mark: str, low: int, high: int) -> tuple[int, int] | None:
        """Place of a number between two offsets: first a <sup>, then one run into a lower-case word or a stop."""
        places = self._numbers.get(mark, [])
        begin = bisect_left(places, (low, low, 0))
        between = [place for place in places[begin : bisect_left(places, (high, high, 0))] if place[1] <= high]
        start, end, _ = min(between, key=lambda place: (place[2], place[0]), default=(0, 0, 0))
        return (start, end) if end else None

    def stars(self, mark: str, before: int) -> tuple[int, int] | None:
        """First place before an offset of asterisks that no earlier note has taken."""
        places = self._stars.get(mark.replace("∗", "*"), deque())
        while places and all(self._hidden[slice(*places[0])]):
            places.popleft()
        return places[0] if places and places[0][1] <= before else None


def _token_before(text: str, at: int) -> str:
    """The word that runs up to a place; of a very long one its end."""
    words = text[max(0, at - TOKEN_CHARS) : at].split()
    return words[-1] if words and not text[at - 1].isspace() else ""
