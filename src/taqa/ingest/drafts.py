"""What the structure reader writes on: units before they are frozen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from taqa.domain import Address, Kind, Provision
from taqa.ingest.lines import Line

_TERMINAL = re.compile(r"(?:[.:;?!…][”\"’')\]]*|[;,]\s+(?:and|or))$")
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
        return is_terminal(self.ending)

    @property
    def announces(self) -> bool:
        """Whether the text so far ends in a colon, or in mid-sentence: a list or a quotation may follow."""
        return bool(_ANNOUNCES.search(self.ending)) or not self.terminal


def is_terminal(text: str) -> bool:
    """Whether a line can end a paragraph, an item or a sentence."""
    return bool(_TERMINAL.search(text[-40:]))


def _joined(lines: list[Line]) -> str:
    return " ".join(line.text for line in lines)
