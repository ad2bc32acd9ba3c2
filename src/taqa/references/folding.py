"""Spellings made equal: case, hyphens, quotation marks, white space."""

from __future__ import annotations

import re
import unicodedata

_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—―−­"), "-")
_SLASHES = dict.fromkeys(map(ord, "⁄∕／"), "/")
_QUOTES = {ord(c): "'" for c in "‘’‚‛′`´"} | {ord(c): '"' for c in "“”„‟″«»"}


def fold(text: str) -> str:
    """Text for comparing and searching: case, hyphens, quotation marks and white space made equal.

    Not of the same length as the text: offsets do not carry over. Folding twice changes nothing more.
    """
    plain = unicodedata.normalize("NFKC", text.translate(_QUOTES))
    plain = unicodedata.normalize("NFKC", plain.casefold()).translate(_HYPHENS).translate(_QUOTES)
    return " ".join(plain.split())


def symbol_key(text: str) -> str:
    """Folded form of a symbol or decision: spaces go, hyphens become ordinary ones, case goes."""
    return unicodedata.normalize("NFKC", re.sub(r"\s+", "", fold(text)))


def level(text: str) -> str:
    """Same length, hyphens, slashes and no-break spaces ordinary."""
    return text.translate(_HYPHENS | _SLASHES).replace("\u00a0", " ")
