"""What the structure reader writes on: units before they are frozen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from taqa.domain import Address, Kind
from taqa.ingest.lines import Line

_TERMINAL = re.compile(r"(?:[.:;?!…][”\"’')\]]*|[;,]\s+(?:and|or))$")
_ANNOUNCES = re.compile(r":[”\"’')\]]*$")


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
    quoting: str = ""
    called_at: int | None = None

    @property
    def text(self) -> str:
        """Text so far, without the label, roughly: for tests of form only."""
        return " ".join(line.text for line in self.lines)[len(self.label) :].strip()

    @property
    def terminal(self) -> bool:
        """Whether the text so far can be the end of a paragraph or item."""
        return bool(_TERMINAL.search(self.text))

    @property
    def announces(self) -> bool:
        """Whether the text so far ends in a colon, or in mid-sentence: a list or a quotation may follow."""
        return bool(_ANNOUNCES.search(self.text)) or not self.terminal


def is_terminal(text: str) -> bool:
    """Whether a line can end a paragraph, an item or a sentence."""
    return bool(_TERMINAL.search(text))
