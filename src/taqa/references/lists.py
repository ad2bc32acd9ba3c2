"""Ranges and lists of places: "paras. 20-21", "paragraphs 3 and 5", "para. 29 (a) to (c)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from taqa.domain import Kind, Unit
from taqa.references.places import Labels, labelled, same_place
from taqa.references.words import JOINTS, KINDS, Words, bare, tokens

PLURAL = re.compile(r"\b(?:articles|arts)\b", re.IGNORECASE)
"""Several articles: in "articles 4, 6" the comma stands between two of them."""
_MOST = 1000
"""Numbers that one range of footnotes or quoted paragraphs may span."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The units of a list in the order typed, or the words of the first member that is not there or not one."""

    units: tuple[Unit, ...]
    missing: Words = ()
    backwards: bool = False


def is_list(text: str) -> bool:
    """Whether a text joins places of one kind: numbers, bracketed labels or sections."""
    typed = tokens(text)
    if "quoting" in typed:
        return False
    return any(
        joint in JOINTS and joint not in (",", ";") and before != joint and after != joint
        for before, joint, after in zip(typed, typed[1:], typed[2:], strict=False)
    ) or bool(re.search(r"\d\s*[,;]\s*(?:\d|para)", text))


def listed(held: Labels, text: str) -> Listed:
    """The units of all members of a list."""
    units: list[Unit] = []
    for first, last in _members(held, tokens(text), several=bool(PLURAL.search(text))):
        if not (KINDS & set(first)) <= (KINDS & set(last)) and KINDS & set(last):
            return Listed((), first)
        ends = [labelled(held, first), labelled(held, last)]
        for end, typed in zip(ends, (first, last), strict=True):
            if not end or not (same_place(end) or first == last):
                return Listed((), typed)
        if first == last:
            found: Sequence[Unit] = ends[0]
            if not same_place(found):
                return Listed((), first)
        else:
            found = _between(held, first, last, ends[0][0], ends[1][-1])
            if not found:
                return Listed((), (*first, "-", *last), backwards=True)
        units += [unit for unit in found if unit not in units]
    return Listed(tuple(units))


def _members(held: Labels, typed: Words, *, several: bool) -> Iterator[tuple[Words, Words]]:
    """The first and last place of each member, each place written out: "3 and 5" -> para 3, para 5."""
    members: list[tuple[Words, Words]] = []
    for joint, piece in _split(typed, frozenset({"and", ",", ";"})):
        ends = [words for _, words in _split(piece, frozenset({"-", "to"}))]
        before = members[-1][1] if members else ()
        first = ends[0]
        another = several and before[-2:-1] == ("art",) and len(first) == 1
        if before and joint == "," and not another and members[-1][0] == before and _goes_on(held, before, first):
            members.pop()
            first = (*before, *first)
        elif before:
            first = _carried(held, before, first)
        last = _carried(held, first, ends[-1]) if len(ends) > 1 else first
        members.append((first, last))
    yield from members


def _goes_on(held: Labels, before: Words, piece: Words) -> bool:
    """Whether a comma stands inside one address and not between two: "article 12, para. 2"."""
    within = before[0] in ("art", "sect", "annex") and piece[0] == "para"
    return within or bool(labelled(held, (*before, *piece)))


def _split(typed: Words, joints: frozenset[str]) -> list[tuple[str, Words]]:
    """Pieces between joints, each with the joint before it; "5, and 6" has one joint."""
    pieces: list[tuple[str, Words]] = []
    piece: list[str] = []
    joint = ""
    for word in (*typed, ""):
        if word and word not in joints:
            piece.append(word)
            continue
        if piece:
            pieces.append((joint, tuple(piece)))
            piece, joint = [], word
        elif word != ",":
            joint = word
    return pieces or [("", ())]


def _carried(held: Labels, before: Words, piece: Words) -> Words:
    """A member that leaves out what it has in common with the one before it, written out."""
    if not piece or (piece[0] in KINDS and piece[0] not in before):
        return piece
    if piece[0] in before and piece[0] in KINDS:
        kept = before[: len(before) - 1 - before[::-1].index(piece[0])]
        return (*kept, *piece) if labelled(held, (*kept, *piece)) else piece
    alike = [at for at, word in enumerate(before) if word not in KINDS and _shape(word) == _shape(piece[0])]
    written = [(*before[:at], *piece) for at in reversed(alike)]
    found = next((typed for typed in written if labelled(held, typed)), None)
    return found or (written[0] if written else piece)


def _shape(word: str) -> str:
    if word.startswith("("):
        return "()"
    return "9" if word.isdigit() else "a"


def _between(held: Labels, first: Words, last: Words, low: Unit, high: Unit) -> list[Unit]:
    """The units from one to the other: those beside them, else by number, else all that stand between."""
    order = [unit for unit, _ in held.rows]
    span = order[order.index(low) : order.index(high) + 1]
    if low.address[:-1] == high.address[:-1] and _step(low) == _step(high) and low.kind is not Kind.FOOTNOTE:
        return [unit for unit in span if unit.address[:-1] == low.address[:-1] and _step(unit) == _step(low)]
    own, other = bare(first), bare(last)
    if own[:-1] == other[:-1] and own[-1].isdigit() and other[-1].isdigit():
        numbers = range(int(own[-1]), min(int(other[-1]), int(own[-1]) + _MOST) + 1)
        return [unit for number in numbers for unit in labelled(held, (*first[:-1], str(number)))]
    inner = [unit for unit in span if unit.kind not in (Kind.HEADING, Kind.FOOTNOTE)]
    above = {unit.address for unit in inner}
    return [unit for unit in inner if not any(unit.address[:cut] in above for cut in range(1, len(unit.address)))]


def _step(unit: Unit) -> tuple[str, ...]:
    """What kind of step an address ends with, whatever its number."""
    return tuple(_shape(word) if word not in KINDS else word for word in re.findall(r"\(?\w+", unit.address[-1]))
