"""What the structure reader writes on: units before they are frozen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from taqa.domain import Address, Kind, Provision
from taqa.ingest.lines import Line

_CALL = (
    r"(?:\[\^[^\]\s]{1,20}\]|[¹²³⁰⁴-⁹]{1,3}|[*†‡]{1,3}"
    r"|(?:(?<=[^\W\d_A-Z][.?!])|(?<=[)\]”\"’][.?!])|(?<=[.?!][)\]”\"’]))\d{1,3})"
)
"""The mark of a footnote after a stop: "Chair.1", "[^1]"; no decimal and no symbol ("CP.21")."""
_TERMINAL = re.compile(rf"(?:[.:;?!…][”\"’')\]]*(?:{_CALL})?|[;,]\s+(?:and|or))$")
_ABBREVIATED = re.compile(
    r"\b(?:(?:arts?|paras?|sects?|chaps?|nos?|vols?|pp?|figs?|cf|al|párrs?|núms?|nros?|inc|ibid|op|viz)\.\d*"
    r"|(?:add|rev|corr|amend|sub|conf|res|dec|doc|inf)\.\d+)$",
    re.IGNORECASE,
)
"""A stop that ends a word and no sentence: a number belongs to it."""
_REFERS = re.compile(
    r"\b(?:(?:articles?|(?:sub-?)?paragraphs?|rules?|sections?|chapters?|regulations?|items?|annex|appendix|principles?"
    r"|paragraphes?|alinéas?|règles?|artículos?|párrafos?|apartados?|incisos?|reglas?)"
    r"|(?:articles|paragraphs|rules|sections|artículos|párrafos|paragraphes)\s[\d\s,()a-z]{1,40}\s(?:and|or|to|et|y|à|a))$",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(r":[”\"’')\]]*$")
_ENDING = 12
"""Lines at the end of a draft that tests of its ending look at: a long paragraph is not joined for each line."""


@dataclass(slots=True, eq=False)
class Draft:
    """A unit in the making. `label` is the printed label its first line opens with."""

    kind: Kind
    address: Address
    parent: Draft | None
    headings: tuple[str, ...]
    label: str = ""
    lines: list[Line] = field(default_factory=list)
    counted: bool = False
    quoting: Provision | None = None
    acting: bool = False
    """Whether it is part of a decision or resolution: it may begin with an operative verb."""
    part: Address = ()
    """The decision, annex or article that it stands in."""
    closing: bool = False
    """Whether it is the meeting and date at which a decision was adopted: nothing but these belongs to it."""

    @property
    def text(self) -> str:
        """Text so far, without the label, roughly: for tests of form only."""
        return _joined(self.lines)[len(self.label) :].strip()

    @property
    def empty(self) -> bool:
        """Whether only the label has come so far."""
        return len(self.lines) < _ENDING and not self.text

    @property
    def ending(self) -> str:
        """The last lines of the text so far."""
        return self.text if len(self.lines) <= _ENDING else _joined(self.lines[-_ENDING:])

    @property
    def terminal(self) -> bool:
        """Whether the text so far can be the end of a paragraph or item."""
        return self.closing or self.lines[-1].piped is not None or is_terminal(self.ending)

    @property
    def announces(self) -> bool:
        """Whether the text so far ends in a colon, or in mid-sentence: a list or a quotation may follow."""
        return bool(_ANNOUNCES.search(self.ending)) or not self.terminal


def is_terminal(text: str) -> bool:
    """Whether a line can end a paragraph, an item or a sentence."""
    ending = text[-40:]
    return bool(_TERMINAL.search(ending)) and not _ABBREVIATED.search(ending)


def refers(text: str) -> bool:
    """Whether a text breaks off in a reference: the number that comes next is that of another provision."""
    return bool(_REFERS.search(text[-80:]))


def _joined(lines: list[Line]) -> str:
    return " ".join(line.text for line in lines)
