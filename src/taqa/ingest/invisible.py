"""Characters that show nothing, or change how others show: they are set aside, never displayed or quoted.

They hide words from readers ("un\\u200bsafe" is searched for in vain) or make text read otherwise than it is stored
(the bidirectional controls). What is set aside is furniture of the kind "invisible character".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from taqa.domain import Furniture, Span

SOFT_HYPHEN = "\u00ad"

_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_FORMATS = (
    f"{SOFT_HYPHEN}\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_JOINERS = "[\u200c\u200d]"
_JOINED = "[\u0600-\u18af]"
"""Scripts in which a joiner decides how a word is written: Arabic, those of India, Khmer, Mongolian."""

INVISIBLE = re.compile(f"(?:[{_CONTROLS}{_FORMATS}]|(?<!{_JOINED}){_JOINERS}|{_JOINERS}(?!{_JOINED}))+")
"""A stretch of characters to set aside. White space is none of them."""


def written_out(text: str) -> str:
    """A text that can be shown on a terminal: what is invisible in it, or would steer the terminal, by its code."""
    return INVISIBLE.sub(lambda found: "".join(f"<U+{ord(char):04X}>" for char in found.group()), text)


def seen_of(furniture: Iterable[Furniture], hidden: bytearray) -> Iterator[Furniture]:
    """Furniture without the characters in it that are set aside already, as an invisible one in a running header."""
    for piece in furniture:
        seen = re.finditer(b"\x00+", hidden[piece.span.start : piece.span.end])
        for stretch in seen:
            yield replace(piece, span=Span(piece.span.start + stretch.start(), piece.span.start + stretch.end()))
