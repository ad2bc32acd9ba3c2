"""The sides of a comparison: what is set against what, as a question words it, each with the question about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from taqa.retrieval.bearers import NONE, named_in, named_together
from taqa.retrieval.names import names_in
from taqa.retrieval.terms import terms

SIDES = 4
"""Sides of a comparison that are looked up."""
SIDE_WORDS = 12
"""A longer stretch of words is a clause, not the name of a side."""

_AGAINST = r"(?:versus|vs\.?|as opposed to|compared (?:with|to)|in comparison (?:with|to)|against)"
_SET_AGAINST = re.compile(rf",? +{_AGAINST} +", re.IGNORECASE)
_DIFFER = re.compile(
    r"\b(?:differen\w+|distinction|similarit\w+|differ|choice|choose|compar\w+|disagree\w*)\b(?: \w+){0,3}? "
    r"(?:between|btw|of) (?P<pair>[^,;:?]+? and [^,;:?]+)"
    r"|\bhow (?:do|does|did) (?P<those>[^,;:?]+? and [^,;:?]+?) (?:differ|compare)\b"
    r"|\bcompare (?P<order>[^,;:?]+? (?:and|with|to) [^,;:?]+)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\b\d[\d,.]*(?: or| and| vs\.?| versus) (?:the )?\d[\d,.]*\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,.]*")
_JOINED = re.compile(r" (?:and|or) ")
_FRAME = re.compile(r"(?<=[:;?,]) +| +[-–] +")
_END = " ?.,:;"
_LIKE = re.compile(r"^(?:that|those|the ones?|it) (?=of\b|for\b|in\b|under\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Side:
    """One thing compared: its words, and the question with the words of the other things left out."""

    name: str
    text: str
    own: frozenset[str] = frozenset()
    """Stems of its words that the other sides do not share."""
    document: str = ""
    """Id of the one document that it names, which `text` is asked of."""


def sides(text: str, names: Sequence[str] = (), borne: Mapping[str, str] = NONE) -> tuple[Side, ...]:
    """The sides of a comparison, at least two; none where the question does not show them.

    What stands before and after "versus" or "compared with", in "between ... and ..." or in "... and ...: ", two
    numbers, else two names that the corpus knows.
    """
    if together := named_together(text, borne):
        return tuple(
            Side(word, named.asked, frozenset(terms(word)), named.document) for word, named in together.items()
        )
    found = _sides(text, names)
    return tuple(_put(replace(side, own=_own(side, found)), borne) for side in found)


def _put(side: Side, borne: Mapping[str, str]) -> Side:
    named = named_in(side.text, borne)
    return replace(side, text=named.asked, document=named.document) if named else side


def _sides(text: str, names: Sequence[str]) -> tuple[Side, ...]:
    if pair := _NUMBERS.search(text):
        return _each(text, pair.start(), pair.end(), _NUMBER.findall(pair.group()))
    parts = _parts(text)
    for start, end in parts:
        told = _SET_AGAINST.split(text[start:end])
        if len(told) > 1:
            return _each(text, start, end, _alike(told))
    if match := _DIFFER.search(text):
        group = next(name for name, words in match.groupdict().items() if words)
        told = re.split(r" and " if group != "order" else r" (?:and|with|to) ", match.group(group), maxsplit=1)
        return _each(text, match.start(group), match.end(group), told)
    for start, end in parts if len(parts) > 1 else ():
        told = _JOINED.split(text[start:end])
        if len(told) == 2 and all(0 < len(each.split()) <= SIDE_WORDS / 2 for each in told):
            return _each(text, start, end, told)
    if len(names) < 2:
        return ()
    return tuple(Side(name, _without(text, [n for n in names if n != name])) for name in names[:SIDES])


def is_named(side: Side, text: str, names: Sequence[str]) -> bool:
    """Whether a side has a number or a name: one of the `names`, or a capital that does not just open the question."""
    if names_in(side.name, names):
        return True
    words = [word for word in side.name.split() if not text.startswith(word) or word[1:2].isupper()]
    return any(word[:1].isupper() for word in words) or any(map(str.isdigit, side.name))


def _own(side: Side, found: Sequence[Side]) -> frozenset[str]:
    shared = {stem for other in found if other != side for stem in terms(other.name)}
    return frozenset(terms(side.name)) - shared


def _parts(text: str) -> list[tuple[int, int]]:
    """Stretches between marks: "funding: Basel vs Stockholm" has two."""
    marks = list(_FRAME.finditer(text))
    starts, ends = [0, *(m.end() for m in marks)], [*(m.start() for m in marks), len(text)]
    return [(start, start + len(text[start:end].rstrip(_END))) for start, end in zip(starts, ends, strict=True)]


def _each(text: str, start: int, end: int, told: Sequence[str]) -> tuple[Side, ...]:
    names = [each.strip(_END) for each in told[:SIDES]]
    if any(not terms(each) or len(each.split()) > SIDE_WORDS for each in names):
        return ()
    return tuple(Side(each, " ".join(f"{text[:start]}{each}{text[end:]}".split())) for each in names)


def _alike(told: Sequence[str]) -> list[str]:
    """ "the term of a centre", "that of an office": the second with the words that it leaves out."""
    first = told[0]
    whole = [first]
    for each in told[1:]:
        match = _LIKE.match(each)
        joint = each[match.end() :].split(" ", 1)[0] if match else ""
        at = first.rfind(f" {joint} ") if joint else -1
        whole.append(f"{first[:at]} {each[match.end() :]}" if match and at >= 0 else each)
    return whole


def _without(text: str, others: Sequence[str]) -> str:
    """A question without the names of other sides; what joined them goes too."""
    for other in others:
        flags = 0 if other.isupper() else re.IGNORECASE
        joined = rf"(?:,? *\b(?:and|or|to|with|from) +)?(?<!\w){re.escape(other)}(?!\w)"
        text = re.sub(joined, " ", text, count=1, flags=flags)
    return " ".join(text.split())
