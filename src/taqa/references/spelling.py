"""A typed reference in other words: French and Spanish ones as English, the noun of a treaty behind its name."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
_PATTERNS = tuple((re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE), word) for pattern, word in _WORDS)


def spellings(wanted: str) -> Iterator[str]:
    """The reference as it was typed, and in English words where it has others."""
    yield wanted
    text = _TREATY.sub(lambda match: f"{match['name']} {_NOUNS[match['noun'].casefold()]}", level(wanted))
    for pattern, word in _PATTERNS:
        text = pattern.sub(word, text)
    text = " ".join(text.split())
    if text != " ".join(level(wanted).split()):
        yield text
