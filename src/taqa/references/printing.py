"""Addresses as people and URLs have them."""

from __future__ import annotations

import re

from taqa.domain import Address
from taqa.references.folding import fold


def slug(address: Address) -> str:
    """Address as one URL-safe word: ("29", "(c)", "(viii)") -> "29.c.viii"."""
    return ".".join(compact(part) for part in address)


def compact(part: str) -> str:
    """Letters and digits of one part of an address, folded; the asterisks of a note stay."""
    return re.sub(r"[^\w*]+", "", fold(part))


def label(address: Address) -> str:
    """Address as a UN editor prints it: ("29", "(c)") -> "para. 29 (c)"."""
    text = ""
    for part in address:
        if part[0].isdigit() and not text.endswith("quoting"):
            text += f", para. {part}" if text else f"para. {part}"
        elif part.startswith("("):
            text += f" {part}" if text else f"item {part}"
        else:
            text += f", {part}" if text else part
    return text
