"""A typed reference in other words: French and Spanish ones as English, the noun of a treaty behind its name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from taqa.references.folding import level

_NOUNS = {
    "convention": "Convention",
    "convenio": "Convention",
    "convención": "Convention",
    "convencion": "Convention",
    "protocole": "Protocol",
    "protocolo": "Protocol",
    "accord": "Agreement",
    "acuerdo": "Agreement",
}
_TREATY = re.compile(rf"\b(?P<noun>{'|'.join(_NOUNS)}) (?:de |d'|d’)(?P<name>[^\W\d_]{{3,}})\b", re.IGNORECASE)
_WORDS = (
    (r"d[ée]cisions?|decisi[óo]n(?:es)?|d[ée]c\.(?= ?\d)", "decision"),
    (r"r[ée]solutions?|resoluci[óo]n(?:es)?", "resolution"),
    (r"paragraphes?|p[áa]rrafos?|p[áa]rrs?\.?", "paragraph"),
    (r"art[íi]culos?", "article"),
    (r"annexes?|anexos?", "annex"),
    (r"appendices?|ap[ée]ndices?", "appendix"),
    (r"chapitres?|cap[íi]tulos?|secci[óo]n(?:es)?", "section"),
    (r"partie|parte", "part"),
    (r"notes? de bas de page|notas? (?:a|de|al) pie(?: de p[áa]gina)?", "footnote"),
    (r"(?:alin[ée]a|considérant) (?:du|de) (?:pr[ée]ambule|pre[áa]mbulo)", "preambular paragraph"),
    (r"p[áa]rrafo del pre[áa]mbulo|considérant", "preambular paragraph"),
    (r"(?:alin[ée]as?|apartados?|incisos?|sous-alin[ée]as?)(?= \(?[a-z]{1,4}\b)", ""),
    (r"(?<=\d )(?:à|a|al)(?= \d)", "to"),
    (r"(?<=[\d)] )(?:et|y|e)(?= [\d(]| paragraph| article)", "and"),
    (r"(?:du|de la|de l['’]|del|de los|des)(?=\W)", "of"),
    (r"(?<=\d )de(?= [^\W\d])", "of"),
)
_ADDRESS = re.compile(
    r"(?:https?://|\b(?=(?:undocs|docs\.un)\.org/))[^\s/]+/(?:(?:ar|en|es|fr|ru|zh)/)?", re.IGNORECASE
)
"""What stands before a symbol in an address on the web."""
_ASKED = re.compile(r"[\w/.-]*\?(?:\S*&)?\w*symbol=([^&\s]+)\S*", re.IGNORECASE)
_PATTERNS = tuple((re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE), word) for pattern, word in _WORDS)


def spellings(wanted: str) -> Iterator[str]:
    """The reference as it was typed, and in English words where it has others; of a web address the symbol in it."""
    yield wanted
    plain = pasted(wanted)
    if plain != wanted:
        yield plain
    yield from _in_english(plain)


def pasted(wanted: str) -> str:
    """The reference without what only comes along when it is pasted: web addresses, escapes, invisible characters."""
    text = "".join(character for character in wanted if unicodedata.category(character) != "Cf")
    bare = _ADDRESS.sub("", text)
    if bare != text or re.search("%2F", text, re.IGNORECASE):
        bare = unquote(_ASKED.sub(r"\1", bare))
    return bare


def _in_english(wanted: str) -> Iterator[str]:
    text = _TREATY.sub(lambda match: f"{match['name']} {_NOUNS[match['noun'].casefold()]}", level(wanted))
    for pattern, word in _PATTERNS:
        text = pattern.sub(word, text)
    text = " ".join(text.split())
    if text != " ".join(level(wanted).split()):
        yield text
