"""Whether a unit says anything by itself: a symbol, a date or an address on the web answers no question.

What does not is no row of an index, so that nothing finds it by meaning or by words. It is a unit as before: it is
looked up by its address, listed among mentions, displayed, and quoted with the list that it is an item of.
"""

from __future__ import annotations

import re

from taqa.domain import Kind, Unit
from taqa.references import find

ENOUGH = 6
"""Words, without those of references and links, with which anything says something."""
_LOOSE = frozenset({Kind.UNNUMBERED, Kind.FOOTNOTE})
_LINK = re.compile(r"(?:https?://|ftp://|www\.)\S+|\S+@\S+\.\w+", re.IGNORECASE)
_WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_]{2,}")
"""A word; of scripts that put no spaces between words, a character."""


def speaks(unit: Unit) -> bool:
    """Whether a unit can answer something by itself.

    An item of a list, a row of a table and what has a number do, however short, unless they are nothing but links; so
    do preambular paragraphs. All else needs some words of its own; with fewer it must stand below the masthead, hold no
    link or reference, and not merely announce what follows ("The Conference of the Parties,").
    """
    text = unit.text[unit.body :]
    said = _LINK.sub(" ", text)
    if unit.kind not in _LOOSE or unit.address[-1].startswith("row "):
        return said == text or bool(_WORD.search(said))
    if unit.address[-1].startswith("preambular"):
        return True
    bare = _without_references(said)
    words = len(_WORD.findall(bare))
    whole = bare == text and unit.address[0] != "masthead" and not text.endswith((",", ":"))
    return words >= ENOUGH or (whole and words > 1)


def _without_references(text: str) -> str:
    kept, at = [], 0
    for mention in find(text):
        kept.append(text[at : mention.start])
        at = max(at, mention.end)
    return " ".join((*kept, text[at:])) if kept else text
