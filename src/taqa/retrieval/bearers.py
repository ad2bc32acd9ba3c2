"""The document that a question names by a word that it alone bears: "ramsar", "the Presidency's paper"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from taqa.domain import Document
from taqa.library.index import HeldUnit
from taqa.references import fold
from taqa.retrieval.rows import name_of
from taqa.retrieval.stems import Stems
from taqa.retrieval.terms import terms

ELSEWHERE = 0.03
"""Share of the units of others that may hold a word which names one document; eval/README.md, "named documents"."""
_KIND = r"(?: (?:convention|conv|protocol|agreement|treaty)\b\.?)?"
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Named:
    """A document that a question names, and the question without its name: what is asked of it."""

    document: str
    asked: str


def bearers(documents: Sequence[Document], units: Sequence[HeldUnit], stems: Stems) -> Mapping[str, str]:
    """Stem -> id of the one document whose name (title, symbol or file) has it, where hardly any unit of another does.

    Former versions bear no name: a question that does not name one by its file is put to the newest.
    """
    held = {document.id for document in documents}
    current = [document for document in documents if document.successor not in held]
    ids = {document.id for document in current}
    owner = [unit.document.id for unit in units]
    sizes = Counter(each for each in owner if each in ids)
    named: dict[str, list[str]] = {}
    for document in current:
        for stem in dict.fromkeys(terms(" ".join(_WORD.findall(name_of(document))))):
            named.setdefault(stem, []).append(document.id)
    found: dict[str, str] = {}
    for stem, [first, *others] in named.items():
        holding = Counter(owner[number] for number in stems.units.get(stem, ()) if owner[number] in ids)
        elsewhere = holding.total() - holding[first]
        if not others and elsewhere <= ELSEWHERE * (sizes.total() - sizes[first]):
            found[stem] = first
    return found


def named_in(text: str, borne: Mapping[str, str]) -> Named | None:
    """The one document that a text names by such words; None where it names none, several, or asks nothing besides."""
    words = {word: borne[stem] for word in _WORD.findall(fold(text)) for stem in terms(word)[:1] if stem in borne}
    if len(set(words.values())) != 1:
        return None
    asked = text
    for word in words:
        asked = re.sub(rf"\b{re.escape(word)}\b{_KIND}", " ", asked, flags=re.IGNORECASE)
    asked = " ".join(asked.split()).strip(" ,:;-")
    return Named(next(iter(words.values())), asked) if terms(asked) else None
