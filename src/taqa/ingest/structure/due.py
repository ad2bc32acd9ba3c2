"""Numbers that are due where lines stand close and the line before ends in no stop: "(at noon)", "“Bees”"."""

from __future__ import annotations

import re
from bisect import bisect_right

from taqa.ingest.structure.lists import list_readings
from taqa.ingest.structure.position import Position

_CLOSED = re.compile(r"(?:[)\]”\"’»*†‡]|</sup>)$")
"""What no number of another provision follows: a word or a comma would have to stand between."""
_CALLED = re.compile(r"\((?:[a-z]{1,5}|\d{1,3})\)$")
"""An item that a sentence names: the next label may be named with it."""
_CAPITAL = re.compile(r"[\[“\"«‘(]{0,3}[^\W\d_]")


def comes_next(at: Position, i: int) -> bool:
    """Whether line `i` opens with the next number of an open series and a capital, after what may end a sentence."""
    line, label, current = at.paper.lines[i], at.paper.labels[i], at.current
    if label is None or label.inserted or current is None or not _CLOSED.search(current.ending):
        return False
    first = _CAPITAL.match(line.text[label.length :])
    if first is None or not first.group()[-1].isupper():
        return False
    if (number := label.value("arabic")) is not None:
        return number in _due(at) and not _comes_again(at, i, number)
    named = at.lists.levels and not _CALLED.search(current.ending)
    return bool(named) and bool(list_readings(label)) and at.lists.carried_on(label)


def _due(at: Position) -> tuple[int, ...]:
    """The next numbers of the paragraphs and of the items outside them, where such a series is open."""
    last = int(at.items.last(", ".join(at.outer(None)) or "items").rpartition(".")[2] or 0)
    return tuple(n + 1 for n in (at.paragraphs.last, last) if n)


def _comes_again(at: Position, i: int, number: int) -> bool:
    """Whether the number stands at the start of a line set apart below, before the next one and before another 1."""

    def below(value: int) -> int:
        places = at.paper.places.get(value, ())
        n = bisect_right(places, i)
        return places[n] if n < len(places) else len(at.paper.lines)

    again = below(number)
    return again < min(below(number + 1), below(1), at.paragraphs.stop) and at.paper.lines[again].blank_before
