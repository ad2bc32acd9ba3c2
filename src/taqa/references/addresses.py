"""A printed address as compact tokens, and the unit that has them: how questions name a place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from taqa.domain import Document, Unit
from taqa.references.folding import fold
from taqa.references.printing import compact

_SLUG = re.compile(r"[\w*]+(?:\.[\w*]+)*")
_ADDRESS = re.compile(
    r"unnumbered para(?:graph)?s?\.? (?P<count>\d+)|(?:footnote|fn\.?|note) (?P<note>\d+|\*+)"
    r"|\bsect(?:ion|\.)? ?(?P<sect>[\w.]+)|\b(?P<word>quoted provision|masthead|annex(?: [ivxlcdm]+)?|title)\b"
    r"|(?P<named>\b(?:item|block|bullet|heading) \d+)"
    r"|(?:\bpara(?:graph)?s?\.? ?|\bart(?:icle|\.)? ?|¶ ?)?(?P<number>\b\d+)\b|\((?P<lower>[a-z]{1,6}|\d+)\)"
    r"|\"(?P<quoted>[^\"]+)\""
)
_FILLER = re.compile(r"\b(?:of|in|at|and|the|see|cf|document|sub-?paragraphs?|paragraphs?|paras?)\b")


def find_unit(document: Document, tokens: Sequence[str]) -> Unit | None:
    """The unit whose address compacts to the tokens, else the only one that ends with them.

    A bare number is never taken for the end of an address: "para. 4" is not paragraph 4 of the one article that has it.
    """
    if not tokens:
        return None
    ending: list[Unit] = []
    for unit in document.units:
        own = [compact(part) for part in unit.address]
        if own == list(tokens):
            return unit
        if own[-len(tokens) :] == list(tokens) and not tokens[0].isdigit():
            ending.append(unit)
    return ending[0] if len(ending) == 1 else None


def address_tokens(text: str) -> list[str]:
    """Compacted parts of a typed address: "para. 29(c)(viii)", "29.c.viii" -> ["29", "c", "viii"].

    Empty for a text that is something else than an address.
    """
    plain = fold(text).replace("∗", "*").strip(" ,.;:")
    if _SLUG.fullmatch(plain) and not plain.startswith(("para", "sect", "art")):
        return plain.split(".")
    if re.search(r"[^\W_]", _FILLER.sub(" ", _ADDRESS.sub(" ", plain))):
        return []
    tokens: list[str] = []
    for match in _ADDRESS.finditer(plain):
        kind, value = match.lastgroup, match.group(match.lastgroup or 0)
        prefix = {"count": "unnumberedpara", "note": "footnote", "sect": "sect"}.get(kind or "", "")
        tokens.append(prefix + compact(value))
    return tokens
