"""Numbers that are due where lines stand close and the one before ends in no stop: "(at noon)", lines of an agenda."""

from __future__ import annotations

import re
from bisect import bisect_right

from taqa.ingest.drafts import is_terminal
from taqa.ingest.structure.lists import list_readings
from taqa.ingest.structure.position import Position

_CLOSED = re.compile(r"(?:[)\]”\"’»*†‡]|</sup>)$")
"""What no number of another provision follows: a word or a comma would have to stand between."""
_CALLED = re.compile(r"\((?:[a-z]{1,5}|\d{1,3})\)$")
"""An item that a sentence names: the next label may be named with it."""
_OPEN = re.compile(r"(?:[,–—-]|\b(?:and|or|of|in|to|the|with|under|et|ou|de|y|o))$")
"""What breaks off in the middle of a phrase."""
_CAPITAL = re.compile(r"[\[“\"«‘(]{0,3}[^\W\d_]")


def comes_next(at: Position, i: int) -> bool:
    """Whether line `i` opens with the next number of an open series and a capital, after what may end a sentence."""
    label, current = at.paper.labels[i], at.current
    if label is None or current is None or not _opens(at, i):
        return False
    if _listed_on(at, i):
        return True
    closed = bool(_CLOSED.search(current.ending))
    if not closed and not _in_column(at, i):
        return False
    if (number := label.value("arabic")) is not None:
        return number in _due(at) and not _comes_again(at, i, number, number + 1 if closed else 1)
    listed = closed and at.lists.levels and not _CALLED.search(current.ending)
    return bool(listed) and bool(list_readings(label)) and at.lists.carried_on(label)


def _listed_on(at: Position, i: int) -> bool:
    """Whether a page begins with the next item of an open list: items that are phrases end in no stop."""
    label, current = at.paper.labels[i], at.current
    if label is None or current is None or not at.paper.lines[i].page_start or _OPEN.search(current.ending):
        return False
    goes_on = at.lists.carried_on(label) or (current.label and at.lists.next_of(label, current))
    return bool(goes_on) and not _CALLED.search(current.ending)


def _opens(at: Position, i: int) -> bool:
    """Whether a line opens with a number and a capital after it."""
    label = at.paper.labels[i]
    first = _CAPITAL.match(at.paper.lines[i].text[label.length :]) if label and not label.inserted else None
    return first is not None and first.group()[-1].isupper()


def _in_column(at: Position, i: int) -> bool:
    """Whether line `i` is one of three that stand close, open with numbers that follow each other and are all there is.

    So agendas are printed: "1. Opening", "2. Adoption of the agenda", "3. Closure".
    """
    if at.current is None or at.current.lines != [at.paper.lines[i - 1]]:
        return False
    return any(_run(at, first) for first in (i - 1, i - 2) if first >= 0)


def _run(at: Position, first: int) -> bool:
    three = range(first, first + 3)
    if three.stop > len(at.paper.lines) or any(at.paper.lines[n].blank_before for n in three[1:]):
        return False
    labels = [at.paper.labels[n] for n in three if _opens(at, n)]
    numbers = [label.value("arabic") for label in labels if label]
    return len(numbers) == len(three) and None not in numbers and numbers == _from(numbers[0], len(three))


def _from(first: int | None, n: int) -> list[int]:
    return list(range(first or 0, (first or 0) + n))


def _due(at: Position) -> tuple[int, ...]:
    """The next numbers of the paragraphs and of the items outside them, where such a series is open."""
    last = int(at.items.last(", ".join(at.outer(None)) or "items").rpartition(".")[2] or 0)
    return tuple(n + 1 for n in (at.paragraphs.last, last) if n)


def _comes_again(at: Position, i: int, number: int, until: int) -> bool:
    """Whether the number stands below where one may, at the start of a line, before that number and another 1."""

    def below(value: int) -> int:
        places = at.paper.places.get(value, ())
        n = bisect_right(places, i)
        return places[n] if n < len(places) else len(at.paper.lines)

    again = below(number)
    if again >= min(below(until), below(1), at.paragraphs.stop):
        return False
    return at.paper.lines[again].blank_before or is_terminal(at.paper.lines[again - 1].text)
