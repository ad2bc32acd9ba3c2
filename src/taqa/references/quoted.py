"""Provisions of treaties that documents quote: "article 14 of the Basel Convention"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from taqa.domain import Document, Unit
from taqa.references.catalogue import Catalogue
from taqa.references.folding import fold
from taqa.references.words import JOINTS, outermost_first, tokens

_GENERIC = frozenset(
    "convention conventions protocol agreement treaty covenant quoting quoted provision para subparagraph this that "
    "said present text as cited reproduced".split()
)
_INSERTED = frozenset({"bis", "ter"})
_PLACE = frozenset({"art", "para", "-", "to"}) | _INSERTED
_MOST = 50
"""Paragraphs that one range may span."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article that a reference names. Empty `paragraphs` means the whole of it, empty `instrument` no treaty."""

    number: str
    paragraphs: tuple[str, ...]
    instrument: tuple[str, ...]


def article_named(text: str) -> Article | None:
    """The article that a reference names, with its paragraphs and the words that tell its treaty."""
    typed = [word.strip("()") if word.strip("()").isdigit() else word for word in tokens(outermost_first(text))]
    place = [word for word in typed if word in _PLACE or word.isdigit()]
    if place[:1] != ["art"] or not place[1:2] or not place[1].isdigit():
        return None
    number, named = place[1], place[2:]
    if named and named[0] in _INSERTED:
        number, named = f"{number} {named[0]}", named[1:]
    treaty = (word for word in typed if word not in JOINTS | _PLACE | _GENERIC and not word.isdigit())
    return Article(number, tuple(_paragraphs(named)), tuple(treaty))


def _paragraphs(named: Sequence[str]) -> Iterator[str]:
    """The numbers of a list, those of its ranges written out."""
    numbers = [word for word in named if word in ("-", "to") or word.isdigit()]
    for at, word in enumerate(numbers):
        if not word.isdigit():
            continue
        ranged = at > 1 and not numbers[at - 1].isdigit() and numbers[at - 2].isdigit()
        low = int(numbers[at - 2]) + 1 if ranged else int(word)
        yield from map(str, range(low, min(int(word), low + _MOST) + 1))


def provisions(article: Article, held: Catalogue) -> list[tuple[Document, Unit]]:
    """Every unit that quotes the article, of the treaty that is named."""
    return [(document, unit) for document, unit in held.provisions(article.number) if _quotes(unit, article)]


def _quotes(unit: Unit, article: Article) -> bool:
    quoted = unit.provision
    if quoted is None:
        return False
    if article.paragraphs and quoted.paragraph not in article.paragraphs:
        return False
    names = set(re.findall(r"\w+", fold(f"{quoted.instrument} {quoted.full}")))
    return set(article.instrument) <= names
