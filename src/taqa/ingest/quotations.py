"""Treaty provisions that a paragraph quotes: announced by "article 12 … states:", numbered by the treaty."""

from __future__ import annotations

import re
from dataclasses import dataclass

from taqa import sentences

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
TAIL = 1000
"""Characters before a colon in which its sentence is looked for."""


@dataclass(frozen=True, slots=True)
class Announced:
    """What a paragraph says that it will quote: an article, and its paragraphs `low` to `high` where it says so."""

    article: str = ""
    low: int | None = None
    high: int | None = None

    def covers(self, number: int) -> bool:
        """Whether a provision of that number belongs to what is announced; any does where no number is named."""
        return self.low is None or self.high is None or self.low <= number <= self.high

    def provision(self, number: int | None = None) -> str:
        """What is quoted, as an editor would print it: "art. 12, para. 2"; empty where no article is named."""
        if not self.article:
            return ""
        paragraph = number or (self.low if self.low == self.high else None)
        return f"art. {self.article}" + (f", para. {paragraph}" if paragraph else "")


def announced(text: str) -> Announced | None:
    """What the last sentence of a text announces, if it announces a quotation."""
    tail = text[-TAIL:]
    if not tail.endswith(":"):
        return None
    start, end = sentences.split(tail)[-1]
    sentence = tail[start:end]
    if not _ANNOUNCES.search(sentence):
        return None
    match = _PROVISION.search(sentence)
    if match is None:
        return Announced()
    low = match.group("low") or match.group("low2")
    high = match.group("high") or match.group("high2") or low
    article = match.group("article") or match.group("article2")
    return Announced(article, int(low) if low else None, int(high) if high else None)
