"""All places that one address fits, in every document that holds it: what an incomplete reference may mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from taqa.domain import Document, Kind, Unit
from taqa.references.catalogue import Catalogue, Entry, treaty_names
from taqa.references.decisions import decisions_named
from taqa.references.folding import fold
from taqa.references.lists import is_list
from taqa.references.mentions import find
from taqa.references.naming import named
from taqa.references.places import Labels, fitting, same_place
from taqa.references.quoted import article_named, provisions
from taqa.references.reasons import is_address
from taqa.references.words import Words, dotted, outermost_first, words

UNNAMED = re.compile(
    r"[\s,]*\b(?:of|in|to|under)?\s*\b(?:the|this|that|our)\s+"
    r"(?P<noun>convention|protocol|agreement|treaty|covenant|charter)\b",
    re.IGNORECASE,
)
"""A treaty that is spoken of without its name: "article 5 of the Convention"."""
_DECISION = re.compile(r"(?P<word>decision|resolution)\s+(?:no\.?\s*)?(?P<number>\d{1,3})", re.IGNORECASE)
_TREATY = re.compile(r"\b(?:convention|protocol|agreement|treaty|covenant|charter)\b", re.IGNORECASE)
_UNNUMBERED = frozenset({"unnumbered", "preambular"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that an address may mean; `treaty` is the one that it is a provision of where a document quotes it."""

    document: Document
    unit: Unit
    treaty: str = ""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The places that an address fits; `asked` is the address alone, without a document or "of the Convention"."""

    asked: str
    places: tuple[Candidate, ...]


def candidates(reference: str, held: Catalogue) -> Candidates:
    """Every place that a reference fits; one where it names its place, none where it is no address or leads nowhere.

    Of a list or range of addresses none: it is refused with a reason elsewhere.
    """
    if match := _DECISION.fullmatch(reference.strip()):
        return Candidates(match.group(), tuple(_decisions(match["word"], match["number"], held)))
    if decisions_named(reference, held):
        return Candidates(reference, ())
    name = named(reference, held)
    if not name.documents and any(mention.kind in ("symbol", "decision") for mention in find(reference)):
        return Candidates(reference, ())
    unnamed = None if name.documents else UNNAMED.search(reference)
    asked = " ".join((name.rest if name.documents else UNNAMED.sub("", reference)).split()).strip(" ,:;").rstrip(".")
    if not asked or is_list(asked):
        return Candidates(asked, ())
    among = held.only(name.documents or treaties(unnamed["noun"] if unnamed else "", held) or held.documents)
    article = article_named(asked)
    entries = [] if unnamed and among is held else among.may_have(asked, article.number if article else "")
    found = [each for entry in entries for each in _in(entry, asked, held, bool(name.documents))]
    return Candidates(asked, tuple(_distinct(found, held)))


def treaties(noun: str, held: Catalogue) -> tuple[Document, ...]:
    """The documents that are treaties of a kind ("convention"), of any kind for "treaty", none for nothing."""
    kinds = {entry.document.id: _kind(entry.document) for entry in held.treaties} if noun else {}
    wanted = fold(noun)
    return tuple(d for d in held.documents if (kind := kinds.get(d.id)) and wanted in ("treaty", kind))


def _kind(document: Document) -> str:
    """ "protocol" for the "Nagoya Protocol … to the Convention …"; empty for what prints no such name."""
    noun = _TREATY.search(next(treaty_names(document), ""))
    return fold(noun.group()) if noun else ""


def _decisions(word: str, number: str, held: Catalogue) -> Iterator[Candidate]:
    """The headings of all decisions, or resolutions, that have a number, whichever session or body took them."""
    for entry in held.entries:
        for unit in entry.decisions.values():
            called, _, printed = unit.label.partition(" ")
            if called[0].casefold() == word[0].casefold() and _own_number(printed) == number:
                yield Candidate(entry.document, unit)


def _own_number(printed: str) -> str:
    """The number of a decision, without that of the session: 2 of "2/CP.21", 15 of "SC-1/15", 8 of "II/8"."""
    first, _, last = printed.partition("/")
    return first if re.search(r"[A-Za-z]", last) else last


def _in(entry: Entry, asked: str, held: Catalogue, whole: bool) -> list[Candidate]:
    document, own = entry.document, entry.labels
    if not is_address(own, asked):
        return []
    for spelling in dict.fromkeys((asked, outermost_first(asked), dotted(asked))):
        if units := fitting(own, spelling) or _inside(own, words(spelling), whole):
            places = units[:1] if same_place(units) else units
            return [Candidate(document, unit, _treaty(unit)) for unit in places]
    article = article_named(asked)
    quoted = provisions(article, held.only([document])) if article else []
    return [Candidate(document, unit, _treaty(unit)) for _, unit in quoted if _treaty(unit)]


def _inside(held: Labels, typed: Words, whole: bool) -> list[Unit]:
    """The paragraphs of that number where a document numbers anew: in its decisions, or, `whole`, in all its parts."""
    if typed[:1] != ("para",):
        return []
    ending = [(unit, own[: -len(typed)]) for unit, own in held.rows if own[-len(typed) :] == typed]
    printed = [(unit, above) for unit, above in ending if above and above[-1] not in _UNNUMBERED]
    return [unit for unit, above in printed if whole or above[0] in ("decision", "resolution")]


def _treaty(unit: Unit) -> str:
    return unit.provision.instrument if unit.kind is Kind.QUOTED and unit.provision else ""


def _distinct(found: Sequence[Candidate], held: Catalogue) -> Iterator[Candidate]:
    """The candidates without provisions that are quoted of a treaty which is a candidate itself; of a treaty that is
    only quoted the first."""
    own = [held.entry(each.document).context for each in found if not each.treaty]
    seen: set[str] = set()
    for each in found:
        treaty = fold(each.treaty)
        if treaty and (treaty in seen or any(context.is_called(treaty) for context in own)):
            continue
        seen.add(treaty)
        yield each
