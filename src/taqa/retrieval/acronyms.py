"""Acronyms as the corpus itself introduces them: "Global Environment Facility (GEF)"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

_INTRODUCED = re.compile(r"\((?P<acronym>[A-Z][A-Za-z]*[A-Z])s?\)")
_SMALL = frozenset(
    ("of", "the", "and", "for", "in", "on", "to", "with", "by", "from", "under", "or", "de", "du", "la", "le", "et")
)
MAX_WORDS = 14
MAX_SKIPS = 2
"""Words of a name that its acronym may pass over ("Inter-Organization Programme for the Sound ..." is IOMC)."""


def mine(texts: Iterable[str]) -> Mapping[str, str]:
    """Acronym -> the full name most often printed before it, where the initials agree."""
    found: dict[str, Counter[str]] = {}
    for text in texts:
        for match in _INTRODUCED.finditer(text):
            acronym = match.group("acronym")
            name = _name_before(text[: match.start()], acronym)
            if name:
                found.setdefault(acronym, Counter())[name] += 1
    return {acronym: min(names, key=lambda n: (-names[n], n)) for acronym, names in sorted(found.items())}


def _name_before(text: str, acronym: str) -> str:
    """The shortest run of words just before that starts with the acronym's first letter and spells it."""
    words = text.replace("\u2011", "-").split()[-MAX_WORDS:]
    letters = acronym.casefold()
    found = ""
    for skips in range(MAX_SKIPS + 1):
        found = found or _shortest(words, letters, skips)
    return found


def _shortest(words: list[str], letters: str, skips: int) -> str:
    for length in range(1, len(words) + 1):
        run = words[-length:]
        if run[0].casefold() in _SMALL or run[0][0].casefold() != letters[0]:
            continue
        parts = [part for word in run for part in word.split("-") if part]
        if _spells(parts, letters, skips):
            return " ".join(run).strip(" ,;:")
    return ""


def _spells(words: list[str], letters: str, skips: int = MAX_SKIPS) -> bool:
    """Whether the letters are taken from the words in order, each word giving its beginning, or nothing if it is small.

    Words after the last letter must begin with a small one ("... of the United Nations").
    """
    if not letters:
        return not words or words[0].casefold() in _SMALL
    if not words:
        return False
    word, rest = words[0].casefold(), words[1:]
    for take in range(min(2, len(letters), len(word)), 0, -1):
        if word.startswith(letters[:take]) and _spells(rest, letters[take:], skips):
            return True
    if word in _SMALL:
        return _spells(rest, letters, skips)
    return skips > 0 and _spells(rest, letters, skips - 1)


def expand(text: str, acronyms: Mapping[str, str]) -> str:
    """The text followed by the other form of every acronym or full name that it holds."""
    folded = f" {text.casefold()} "
    words = set(re.findall(r"[A-Za-z][A-Za-z-]*", text))
    added: list[str] = []
    for acronym, name in acronyms.items():
        full = name.casefold() in folded
        short = acronym in words or (len(acronym) > 3 and acronym.casefold() in {w.casefold() for w in words})
        if short and not full:
            added.append(name)
        elif full and not short:
            added.append(acronym)
    return " ".join([text, *added])
