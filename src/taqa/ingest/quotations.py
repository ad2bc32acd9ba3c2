"""Treaty provisions that a paragraph quotes: announced by "article 12 … states:", numbered by the treaty.

Which treaty it is must be said where an editor would look for it: right beside the article, in its sentence, in its
paragraph, in the headings above. Where none of them says it, or one of them names several, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from taqa import sentences
from taqa.domain import Provision
from taqa.references.instruments import Name, defined, in_full, in_short, names, only

_ANNOUNCES = re.compile(
    r"\b(?:articles?|art\.|paragraphs?|decision|resolution|section|annex|definition)\b.*"
    r"\b(?:states?|reads?|provides?|stipulates?|says|said|follows|stated|provided)\b[^.]*:$",
    re.IGNORECASE | re.DOTALL,
)
_PROVISION = re.compile(
    r"paragraphs?\s+(?P<low>\d+)(?:\s*[-–‑]\s*(?P<high>\d+))?\s+of\s+article\s+(?P<article>\d+)"
    r"|article\s+(?P<article2>\d+)(?:,\s*paragraphs?\s+(?P<low2>\d+)(?:\s*[-–‑]\s*(?P<high2>\d+))?)?",
    re.IGNORECASE,
)
_NOUN = r"(?P<noun>convention|protocol|agreement|treaty|covenant|charter)\b"
_OF = re.compile(r"(?:\s*\([^()]{1,6}\))*,?\s+(?:of|to)\s+(?:the\s+|this\s+|that\s+|said\s+)*")
_GENERIC = re.compile(_NOUN, re.IGNORECASE)
_WORD = r"[A-Z][\w’'‐‑–-]*\s+"
_CALLED = re.compile(rf"(?:{_WORD}(?:(?:of|the|and)\s+){{0,3}}){{0,7}}{_WORD}(?i:{_NOUN})")
_BESIDE = re.compile(r"(?:[’']s)?(?:,?\s+(?:in|under|by)(?:\s+its)?)?\s+")
_CONTRASTS = re.compile(
    r"\b(?:unlike|like|contrast|compared|similar(?:ly)?|as in|than|differs?|whereas|while)\b", re.IGNORECASE
)
TAIL = 1000
"""Characters before a colon in which its sentence is looked for."""


@dataclass(frozen=True, slots=True)
class Announced:
    """What a paragraph says that it will quote: an article, and its paragraphs `low` to `high` where it says so.

    Where its sentence names several articles, `article` is empty: it may be any of them.
    """

    article: str = ""
    low: int | None = None
    high: int | None = None

    def covers(self, number: int) -> bool:
        """Whether a provision of that number belongs to what is announced; any does where no number is named."""
        return self.low is None or self.high is None or self.low <= number <= self.high

    def provision(self, number: int | None = None) -> Provision | None:
        """What is quoted, None where no article is named. Its treaty is found once the document is read."""
        if not self.article:
            return None
        paragraph = number or (self.low if self.low == self.high else None)
        return Provision(self.article, str(paragraph or ""))


def announced(text: str) -> Announced | None:
    """What the last sentence of a text announces, if it announces a quotation."""
    sentence = _last_sentence(text)
    if not _ANNOUNCES.search(sentence):
        return None
    match = _PROVISION.search(sentence)
    if match is None:
        return Announced()
    low = match.group("low") or match.group("low2")
    high = match.group("high") or match.group("high2") or low
    articles = {each.group("article") or each.group("article2") for each in _PROVISION.finditer(sentence)}
    named = articles.pop() if len(articles) == 1 else ""
    return Announced(named, int(low) if low else None, int(high) if high else None)


def _last_sentence(text: str) -> str:
    """The sentence that a colon ends; empty where none does."""
    tail = text[-TAIL:]
    if not tail.endswith(":"):
        return ""
    start, end = sentences.split(tail)[-1]
    return tail[start:end]


@dataclass(frozen=True)
class Treaties:
    """What a document says of treaties as a whole: its title and its text, unit by unit."""

    title: str
    texts: tuple[str, ...]

    @cached_property
    def printed(self) -> tuple[Name, ...]:
        """Every treaty named, as often as it is."""
        return tuple(name for text in self.texts for name in names(text))

    def named(self, provision: Provision, paragraph: str, headings: Sequence[str]) -> Provision:
        """The provision with its treaty, where the paragraph that announces it or the headings above say which."""
        name = self._treaty(paragraph, headings)
        if name is None:
            return provision
        short, full = in_short(name, self.printed), in_full(name, self.printed)
        return Provision(provision.article, provision.paragraph, short, full)

    def _treaty(self, paragraph: str, headings: Sequence[str]) -> Name | None:
        sentence = _last_sentence(paragraph)
        match = _PROVISION.search(sentence)
        if match is None:
            return None
        noun = ""
        if of := _OF.match(sentence, match.end()):
            if name := self._called(sentence, of.end()):
                return name
            generic = _GENERIC.match(sentence, of.end())
            if generic is None:
                return None  # an article of something else: of the annex, of the rules of procedure
            noun = generic.group("noun").capitalize()
            if name := defined(self.texts, noun):
                return name
        elif beside := [n for n in names(sentence) if _BESIDE.fullmatch(sentence, n.end, match.start())]:
            return beside[-1]
        if not of and _CONTRASTS.search(sentence) and names(sentence):
            return None
        before = paragraph[: len(paragraph) - len(sentence)]
        around = [sentence, before, *reversed(headings), *([self.title] if noun else [])]
        for text in around:
            name, any_named = only(text, noun)
            if any_named:
                return name
        return None

    def _called(self, sentence: str, at: int) -> Name | None:
        """The treaty whose name stands at a place, all of it: "Law of the Sea Convention", "Basel convention" too."""
        match = _CALLED.match(sentence, at)
        known = next((name for name in names(sentence[at:]) if name.start == 0), None)
        if match is None or (known is not None and len(known.head) >= len(match.group())):
            return known
        called = match.group()
        spelled = (name.head for name in self.printed if name.head.casefold() == called.casefold())
        head = next(spelled, called)
        return Name(head, head, match.group("noun").capitalize(), at, match.end())
