"""Decisions and resolutions that stand in a report: "decision 13/CP.23, para. 8 (c)", however they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from taqa.domain import Document, Unit
from taqa.references.catalogue import Catalogue
from taqa.references.folding import level
from taqa.references.places import Labels
from taqa.references.steps import decided
from taqa.references.words import words

_WORD = r"(?P<word>\b(?:decisions?|resolutions?|decs?|res)\b\.?\s*(?:no\.?\s*)?)"
_NUMBER = (
    r"(?:(?P<a>\d{1,3})(?P<gap1>[\s/._-]*)(?P<organ>[a-z]{2,6})(?P<gap2>[\s._-]*)(?P<b>\d{1,3})"
    r"|(?P<organ2>[a-z]{2,5})[\s-]*(?P<c>\d{1,3})\s*[/\s]\s*(?P<d>\d{1,3})"
    r"|(?P<roman>[ivxl]{1,6}|\d{1,3})\s*/\s*(?P<e>\d{1,3}))(?![\w/]|\.\d)"
)
_TYPED = re.compile(rf"(?<![\w/.-])(?:{_WORD})?{_NUMBER}", re.IGNORECASE)
_DANGLING = re.compile(r"\s*(?:^|\b(?:of|to|in|under|from))(?:\s+(?:the|its|see))*\s*(?=,|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that is held: its heading, its document, and what a reference asks of it."""

    document: Document
    heading: Unit
    asked: str
    labels: Labels

    @property
    def inside(self) -> Labels:
        """What stands in it, each unit as the decision alone would number it."""
        own = self.labels
        opening = words(self.heading.label)
        rows = [(unit, typed) for unit, typed in own.rows if unit.address[0] == self.heading.address[0]]
        kept = tuple((unit, typed[len(opening) :]) for unit, typed in rows if len(typed) > len(opening))
        return Labels(replace(self.document, units=tuple(unit for unit, _ in kept)), kept)


def decisions_named(wanted: str, held: Catalogue) -> list[Decided]:
    """The decisions that a reference names and documents hold under a heading of their own."""
    for match, key in keys_typed(wanted):
        if found := held.decisions(key):
            rest = _rest(wanted, match)
            return [Decided(document, unit, rest, held.labels(document)) for document, unit in found]
    return []


def keys_typed(wanted: str) -> Iterator[tuple[re.Match[str], str]]:
    """What may be the number of a decision, with its one spelling; without its word it needs a slash or a hyphen."""
    for match in _TYPED.finditer(level(wanted)):
        word = match["word"] or ""
        if match["organ"] and (word or "/" in match["gap1"]):
            number = f"{match['a']}/{match['organ']}.{match['b']}"
        elif match["organ2"] and (word or re.search(r"[-/]", match.group())):
            number = f"{match['organ2']}-{match['c']}/{match['d']}"
        elif match["roman"] and (word or match["roman"].isalpha()):
            number = f"{match['roman']}/{match['e']}"
        else:
            continue
        yield match, decided(word, number)


def _rest(wanted: str, match: re.Match[str]) -> str:
    """The reference without the decision and the words that lead to it."""
    before = _DANGLING.sub("", wanted[: match.start()].strip(" ,:;("))
    after = re.sub(r"^[\s,:;)]+", "", wanted[match.end() :])
    return ", ".join(filter(None, (before.strip(" ,"), after.strip(" ,.;:"))))
