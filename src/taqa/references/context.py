"""What a document means by "the Convention", and whether it is a treaty itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from taqa.domain import Document, Kind, Unit
from taqa.references.folding import fold, level, symbol_key
from taqa.references.instruments import Name, defined, names, only
from taqa.references.referents import treaty_key
from taqa.references.words import words

_ARTICLES = 3
"""Headings of articles that make a document a treaty."""
_DEFINES = (
    r"[,;]?\s*\(?(?:hereinafter|hereafter)?\s*(?:referred to as|called)?\s*(?:the\s+)?"
    r"[“\"‘'`]+(?:the )?{noun}[”\"’'`]+"
)
_INITIALS = 3
"""Letters that make initials."""
_THIS = re.compile(r"\b(?:[Tt]his|[Tt]he present) (Convention|Protocol|Agreement|Treaty|Covenant|Charter)\b")
_NUMBER = r"\d{1,3}/[A-Z]{2,6}\.\d{1,3}|[A-Z]{2,5}-\d{1,3}/\d{1,3}|[IVXL]{1,6}/\d{1,3}"
_ALIAS = re.compile(
    rf"\b(?P<a>{_NUMBER}) and its annex \((?:the )?[“\"]?(?P<after>[a-z][\w, -]{{4,80}}?)[”\"]?\)"
    rf"|\bthe (?P<before>[a-z][\w -]{{4,80}}?),? (?:as )?(?:contained|set out|included) in the annex to decision"
    rf" (?P<b>{_NUMBER})"
)
_SORTED = re.compile(
    r"\b(?P<with>[Aa]nnex [IVXLC]{1,4}|[Aa]nnex [A-Z]) Part(?:y|ies)\b"
    r"|\b[Pp]art(?:y|ies) (?:not )?included in (?P<after>[Aa]nnex (?:[IVXLC]{1,4}|[A-Z]))\b"
)
"""An annex that sorts the parties to a convention."""
_OF_WORDS = re.compile(r"\s*,? (?:of|to|in) the ([\w -]+)")
_FIRST = 3
"""Units among which a treaty prints its name."""
_NOUN = re.compile(r"\b(?:convention|protocol|agreement|treaty|covenant|charter)\b")
_LINKS = frozenset("the of on and for to in".split())
UNTELLING = _LINKS | frozenset("convention protocol agreement treaty covenant charter united nations".split())
"""Words that tell no treaty from another."""
_MEANS = r"[“\"‘'`]+(?:the )?{noun}[”\"’'`]+\s+means\s+(?:the\s+)?"


@dataclass(frozen=True)
class Context:
    """One document, read for what its references lean on."""

    document: Document
    known: tuple[Name, ...] = ()
    """Treaties that other documents of the corpus name."""

    @cached_property
    def is_treaty(self) -> bool:
        """Whether the document is made of articles of its own."""
        articles = {unit.address[0] for unit in self.document.units if unit.address[0].startswith("art. ")}
        return len(articles) >= _ARTICLES

    @cached_property
    def called(self) -> frozenset[str]:
        """The words of the document's own names: its file name, and what a treaty prints as its first heading."""
        meta = self.document.meta
        headings = (unit.text for unit in self._units[:_FIRST] if unit.kind is Kind.HEADING and self.is_treaty)
        first = next((text for text in headings if _NOUN.search(fold(text))), "")
        own = " ".join((meta.title, meta.cited_as, *meta.aliases, self.document.file.rpartition(".")[0], first))
        return frozenset(re.findall(r"[^\W_]+", fold(own)))

    def is_called(self, name: str) -> bool:
        """Whether the document is the treaty of a folded name: by its words, or by initials ("unfccc")."""
        noun = _NOUN.search(name)
        if not self.is_treaty or (noun and self.own_noun and noun[0] != fold(self.own_noun)):
            return False
        said = re.findall(r"[^\W_]+", name)
        telling = frozenset(said) - UNTELLING
        return (bool(telling) and telling <= self.called) or "".join(
            word[0] for word in said if word not in _LINKS
        ) in self.called

    @cached_property
    def printed(self) -> tuple[Name, ...]:
        return tuple(name for unit in self.document.units for name in names(unit.text))

    @cached_property
    def own_noun(self) -> str:
        """What the treaty that the document is calls itself: "this Convention"."""
        said = (_THIS.findall(unit.text) for unit in self._units)
        counts = Counter(noun for nouns in said for noun in nouns)
        return counts.most_common(1)[0][0] if self.is_treaty and counts else ""

    def treaty(self, noun: str, unit: Unit, before: str) -> str:
        """The name of the treaty that is called so at a place, folded; empty for the document itself or where nothing
        says which. `before` is what its unit prints before it."""
        if name := self._defined.get(noun):
            return name
        if noun == self.own_noun:
            return ""
        if name := self._of_symbol(noun):
            return name
        parent = self.document.unit(unit.parent or "")
        above = (parent.text if parent else "", *reversed(unit.heading_path))
        around = [before, unit.text, *above, self.document.meta.title, self._masthead]
        for text in around:
            name_, several = only(text, noun)
            if name_ is not None:
                return treaty_key(name_)
            if several:
                return ""
        heads = {treaty_key(name_) for name_ in self.printed if name_.noun == noun}
        known = [fold(name) for name in self.document.meta.conventions if noun in name]
        told = list(heads) if len(heads) == 1 else known
        return told[0] if len(told) == 1 else ""

    def treaty_before(self, unit: Unit, before: str) -> str:
        """The treaty that an article is of where it is not said: the one named in its unit or in the headings above."""
        for text in (before, *reversed(unit.heading_path), self.document.meta.title, self._masthead):
            name, several = only(text)
            if name is not None:
                return treaty_key(name)
            if several:
                return ""
        return next(filter(None, (self._of_symbol(noun) for noun in ("Convention", "Protocol", "Agreement"))), "")

    def _of_symbol(self, noun: str) -> str:
        """The treaty whose initials stand in the symbol: FCCC for the Framework Convention on Climate Change."""
        parts = {part.casefold() for part in re.split(r"[/-]", self.document.meta.symbol) if len(part) >= _INITIALS}
        told = Counter(
            treaty_key(n)
            for n in (*self.known, *self.printed, *self.printed)
            if n.noun == noun and parts & _initials(n.text)
        )
        longest = max((frozenset(key.split()) for key in told), key=len, default=frozenset[str]())
        alike = all(frozenset(key.split()) <= longest for key in told)
        return told.most_common(1)[0][0] if told and alike else ""

    @cached_property
    def _masthead(self) -> str:
        return " ".join(unit.text for unit in self.document.units if unit.address[0].startswith(("masthead", "title")))

    @cached_property
    def _units(self) -> Sequence[Unit]:
        return self.document.units

    def in_words(self, after: str) -> tuple[str, ...]:
        """The path of what stands after a reference: "of the joint implementation guidelines", which the document says
        are the annex to a decision."""
        match = _OF_WORDS.match(after)
        plain = fold(match[1]) if match else ""
        told = {path for name, path in self._aliases if plain == name or plain.startswith(f"{name} ")}
        return told.pop() if len(told) == 1 else ()

    @cached_property
    def _aliases(self) -> frozenset[tuple[str, tuple[str, ...]]]:
        """What the document calls annexes of decisions: '9/CMP.1 and its annex (joint implementation guidelines)'."""
        found = {
            (fold(match["before"] or match["after"]), (symbol_key(match["a"] or match["b"]), "annex"))
            for unit in self._units
            for match in _ALIAS.finditer(level(unit.text))
        }
        return frozenset(found)

    def treaty_of_sentence(self, before: str) -> str:
        """The one treaty that a sentence names before a place in it."""
        name, _ = only(re.split(r"(?<=[a-z)]\w)\.\s", before)[-1])
        return treaty_key(name) if name is not None else ""

    def has_annex(self, called: str) -> bool:
        """Whether the document has an annex of its own that is called so, or one without a number for "annex"."""
        return any(words(unit.label)[: len(words(called))] == words(called) for unit in self._units)

    def sorts_parties(self, annex: str) -> bool:
        """Whether the document sorts the parties to a convention by an annex of it: "Annex I Parties"."""
        return fold(annex) in self._sorting

    @cached_property
    def _sorting(self) -> frozenset[str]:
        texts = (level(unit.text) for unit in self._units)
        return frozenset(fold(match["with"] or match["after"]) for text in texts for match in _SORTED.finditer(text))

    @cached_property
    def _defined(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        texts = [unit.text for unit in self._units if "“" in unit.text or '"' in unit.text or "‘" in unit.text]
        for noun in ("Convention", "Protocol", "Agreement", "Treaty", "Covenant", "Charter"):
            name = defined(texts, noun) or _introduced(texts, noun)
            if name is not None:
                found[noun] = treaty_key(name)
        return found


def _initials(name: str) -> frozenset[str]:
    """What a symbol may have for a name: the first letters of its capitalised words, of all or of the last ones."""
    letters = "".join(word[0] for word in re.findall(r"[A-Z][\w’-]+", name)).casefold()
    return frozenset(letters[at:] for at in range(len(letters) - _INITIALS + 1))


def _introduced(texts: Sequence[str], noun: str) -> Name | None:
    """'…, hereinafter referred to as “the Convention”', '“Convention” means the …'."""
    after, before = re.compile(_DEFINES.format(noun=noun)), re.compile(_MEANS.format(noun=noun) + "$")
    found: dict[str, Name] = {}
    for text in texts:
        for name in names(text):
            if after.match(text, name.end) or before.search(text[: name.start]):
                found[treaty_key(name)] = name
    return next(iter(found.values())) if len(found) == 1 else None
