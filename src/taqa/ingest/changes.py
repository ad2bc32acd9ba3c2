"""Tracked changes, laid over the units: what was put in, what was taken out and where it stood."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from taqa.domain import Deletion, Span, Unit
from taqa.ingest.formats.source import LineStyle, MarkKind


def with_changes(units: tuple[Unit, ...], text: str, styles: Sequence[LineStyle]) -> tuple[Unit, ...]:
    """Units with what tracked changes did to them.

    What is deleted belongs to the unit it stands in, a paragraph that is deleted whole to the unit before it.
    """
    inserted = _joined(text, styles, "inserted")
    deleted = _joined(text, styles, "deleted text")
    if not inserted and not deleted:
        return units
    gone: dict[str, list[Deletion]] = {}
    holder = _Holders(units)
    for span in deleted:
        if unit := holder.of(span.start):
            gone.setdefault(unit.id, []).append(
                Deletion(_shown_at(unit, span.start), text[span.start : span.end], span)
            )
    return tuple(replace(unit, inserted=_shown(unit, inserted), deleted=tuple(gone.get(unit.id, ()))) for unit in units)


def _joined(text: str, styles: Iterable[LineStyle], kind: MarkKind) -> list[Span]:
    """Marks of one kind in order, joined over nothing or spaces."""
    spans: list[Span] = []
    for mark in (mark for style in styles for mark in style.marks if mark.kind == kind):
        if spans and not text[spans[-1].end : mark.span.start].strip(" "):
            spans[-1] = Span(spans[-1].start, mark.span.end)
        else:
            spans.append(mark.span)
    return [span for span in spans if text[span.start : span.end].strip()]


class _Holders:
    """The unit that a place of the source belongs to."""

    def __init__(self, units: Sequence[Unit]) -> None:
        places = sorted((span.start, n) for n, unit in enumerate(units) for span in unit.spans)
        self._starts = [start for start, _ in places]
        self._units = [units[n] for _, n in places]

    def of(self, at: int) -> Unit | None:
        """The unit whose piece is the last to begin before a place; before them all, none."""
        found = bisect_right(self._starts, at) - 1
        return self._units[found] if found >= 0 else None


def _shown_at(unit: Unit, at: int) -> int:
    """The displayed place that a place of the source comes before."""
    for run in unit.runs:
        if run.source + run.length > at:
            return run.shown + max(0, at - run.source)
    return len(unit.text)


def _shown(unit: Unit, marks: Sequence[Span]) -> tuple[Span, ...]:
    """Displayed pieces of a unit that marks of the source cover, without the white space around them."""
    starts = [mark.start for mark in marks]
    pieces: list[Span] = []
    for run in unit.runs:
        first = max(0, bisect_left(starts, run.source) - 1)
        for mark in marks[first : bisect_left(starts, run.source + run.length)]:
            low, high = max(mark.start, run.source), min(mark.end, run.source + run.length)
            if low >= high:
                continue
            low, high = low - run.source + run.shown, high - run.source + run.shown
            if pieces and not unit.text[pieces[-1].end : low].strip():
                pieces[-1] = Span(pieces[-1].start, high)
            else:
                pieces.append(Span(low, high))
    return tuple(stripped for piece in pieces if (stripped := _stripped(unit.text, piece)))


def _stripped(text: str, piece: Span) -> Span | None:
    shown = text[piece.start : piece.end]
    low, high = piece.start + len(shown) - len(shown.lstrip()), piece.start + len(shown.rstrip())
    return Span(low, high) if low < high else None
