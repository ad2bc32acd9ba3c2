"""From a reference as people type or paste it to the units that it means, or the one reason why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from taqa.domain import Document, Kind, Unit
from taqa.references import reasons
from taqa.references.catalogue import Catalogue, catalogue
from taqa.references.decisions import Decided, decisions_named, keys_typed
from taqa.references.folding import level
from taqa.references.lists import PLURAL, Listed, is_list, listed
from taqa.references.mentions import Mention, find
from taqa.references.naming import named
from taqa.references.places import Labels, below, fitting, labels, same_place
from taqa.references.quoted import Article, article_named, provisions
from taqa.references.spelling import spellings
from taqa.references.words import dotted, outermost_first, tokens

_LONGEST = 1000
"""Characters of a reference; what is longer is a text that holds references."""
_MARK = re.compile(r"^\s*(?:\[\d+\]\s+|[(“\"'‘]+)")
_PAGE = re.compile(r"p(?:ages?|p)?\b\.?\s*\d", re.IGNORECASE)
_CAVEATS = "not agreed|a former version|read from a picture|tracked changes|dated|no date known"
_REMARK = re.compile(rf"(?:\s*(?:\(counted by TAQA, not printed\)|\[(?:{_CAVEATS})\b[^]]*\]))+\s*$")
_PREAMBLE = re.compile(r"(?:the )?(?:preamble|preambular (?:part|paragraphs))", re.IGNORECASE)
_TREATY = re.compile(r"\b(?:convention|protocol|agreement|treaty|covenant|charter|statute)\b")
_NAME = re.compile(r"\b(?!art|para|sub|sect|annex|append|footnote)[a-z]{4,}\b")
_DECISION = re.compile(
    r"\b(?:decision|resolution)?\s*\b([a-z]{2,5})(\s*-\s*|\s+)(\d{1,3})(\s*/\s*|\s+)(\d{1,3})\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Found:
    """A unit that a reference means, and its document."""

    document: Document
    unit: Unit


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a typed reference leads to: units in order, or a document as a whole, or the one reason why not.

    `why` works the reason out, which may take longer than the look-up: only who shows it asks for it.
    """

    document: Document | None
    found: tuple[Found, ...] = ()
    why: Callable[[], str] | None = field(default=None, compare=False, repr=False)

    @property
    def unit(self) -> Unit | None:
        """The first of the units; None for a document as a whole."""
        return self.found[0].unit if self.found else None

    @property
    def failed(self) -> bool:
        return self.why is not None

    @property
    def reason(self) -> str:
        """Why it leads nowhere, in one sentence; empty where it leads somewhere."""
        return self.why() if self.why else ""


def resolve(reference: str, documents: Catalogue | Sequence[Document]) -> Resolution:
    """The units that a typed or pasted reference means, or the one reason why there are none.

    Understands unit ids, symbols and aliases in any spelling, document ids or unique beginnings of file names,
    short titles; before or after them addresses, ranges and lists of them, and provisions of treaties that the
    documents quote. `INC.1/1` never matches `INC.1/10`.
    """
    held = catalogue(documents)
    wanted = _MARK.sub("", _REMARK.sub("", reference)).strip()
    if not re.search(r"[\w*]", wanted):
        return _failed(None, lambda: reasons.EMPTY)
    if len(wanted) > _LONGEST:
        return _failed(None, lambda: reasons.TOO_LONG)
    document = held.with_unit(wanted)
    if document is not None and (unit := document.unit(wanted)) is not None:
        return _one(document, [unit])
    tried: list[Resolution] = []
    for text in spellings(wanted):
        tried.append(_in_parts(text, held))
        if not tried[-1].failed:
            return tried[-1]
    return next((found for found in reversed(tried) if found.document), tried[0])


def _failed(document: Document | None, why: Callable[[], str]) -> Resolution:
    return Resolution(document, (), why)


def _in_parts(wanted: str, held: Catalogue) -> Resolution:
    """What a reference, or a list of references each with its document, leads to."""
    parts: list[Resolution] = []
    for part in _parts(wanted, held):
        parts.append(_resolved(part, held))
        if parts[-1].failed:
            return parts[-1]
    if len(parts) > 1 and not all(part.found for part in parts):
        return _failed(None, lambda: reasons.whole_documents(wanted))
    return Resolution(parts[0].document, tuple(found for part in parts for found in part.found))


def find_address(document: Document, text: str) -> Unit | None:
    """The unit that an address means: the end of a unit id, a label as printed, or either in another spelling."""
    held = catalogue([document])
    found = _address(held.labels(document), text, held)
    return found.unit if len(found.found) == 1 else None


def under(document: Document, unit: Unit, held: Labels | None = None) -> tuple[Unit, ...]:
    """What stands below a unit: its items, or all that is under a heading of a section or annex.

    `held` are the labels of the document, where they are at hand.
    """
    section = unit.kind is Kind.HEADING and unit.address[0].startswith(("sect", "annex"))
    inner = {below_unit.id for below_unit, _ in below(held or labels(document), unit).rows} if section else set()
    depth = len(unit.address)
    return tuple(
        other
        for other in document.units
        if other is not unit and (other.id in inner or other.address[:depth] == unit.address)
    )


def _parts(wanted: str, held: Catalogue) -> list[str]:
    """The references of a list in which each names its document; else the whole."""
    for joint in (r"\s*;\s*(?:and\s+)?", r"\s*(?:;|,?\s+and|&)\s+"):
        parts = re.split(joint, wanted)
        if len(parts) > 1 and all(named(part, held).documents or decisions_named(part, held) for part in parts):
            return parts
    return [wanted]


def _resolved(wanted: str, held: Catalogue) -> Resolution:
    if decisions := decisions_named(wanted, held):
        return _decided(wanted, decisions, held)
    name = named(wanted, held)
    if len(name.documents) > 1:
        return _failed(None, lambda: reasons.several_names(wanted, name.documents))
    if not name.documents:
        return _without_document(wanted, held)
    [document] = name.documents
    asked = " ".join(name.rest.split()).strip(" ,:;").rstrip(" ,:;.")
    if not tokens(asked):
        return Resolution(document)
    own = held.labels(document)
    found = _address(own, asked, held.only([document]))
    article = article_named(wanted) if found.failed else None
    if article and article.instrument and (quoted := provisions(article, held)):
        return _quoted(quoted)
    if found.failed and name.before and not reasons.is_address(own, name.before):
        return _failed(None, lambda: reasons.unknown(wanted, held))
    return found


def _decided(wanted: str, decisions: Sequence[Decided], held: Catalogue) -> Resolution:
    """A decision that documents hold as a part, or a place in it; of several the one whose document is named."""
    if len(decisions) > 1:
        documents = [decision.document for decision in decisions]
        inside = {document.id for document in documents}
        said = named(decisions[0].asked, held.only(documents))
        if len(said.documents) != 1 or said.documents[0].id not in inside:
            return _failed(None, lambda: reasons.several_documents(wanted, documents))
        decisions = [decision for decision in decisions if decision.document is said.documents[0]]
    [decision] = decisions
    document, asked = decision.document, decision.asked
    own = held.only([document])
    name = named(asked, own)
    asked = (name.rest if name.documents else asked).strip(" ,:;").rstrip(" ,:;.")
    if not tokens(asked):
        return _one(document, [decision.heading])
    inside_it = decision.inside
    found = _address(inside_it, asked, catalogue([inside_it.document]))
    return replace(found, document=document, found=tuple(Found(document, place.unit) for place in found.found))


def _address(own: Labels, asked: str, alone: Catalogue) -> Resolution:
    """The units of one document that an address, a range or a list of addresses means; `alone` is that document."""
    document = own.document
    if _PREAMBLE.fullmatch(asked) and (whole := [unit for unit, words in own.rows if "preambular" in words]):
        return _one(document, whole)
    one = list(dict.fromkeys((asked, outermost_first(asked))))
    spelled = list(dict.fromkeys((*one, _each_outermost_first(asked))))
    several: list[Unit] = []
    for spelling in () if PLURAL.search(asked) and is_list(asked) else (*one, dotted(asked)):
        units = fitting(own, spelling)
        if units and (len(units) == 1 or same_place(units)):
            return _one(document, units)
        several = several or units
    faults: list[Listed] = []
    for spelling in spelled if is_list(asked) else ():
        found = listed(own, spelling)
        if found.units:
            return _one(document, found.units)
        faults.append(found)
    article = article_named(asked)
    if article and (quoted := provisions(article, alone)):
        return _quoted(quoted)
    return _failed(document, lambda: _why_not(own, asked, several, faults))


def _why_not(own: Labels, asked: str, several: Sequence[Unit], faults: Sequence[Listed]) -> str:
    """Why an address leads to no unit of a document."""
    document, article = own.document, article_named(asked)
    if several:
        return reasons.several_places(document, asked, several)
    if any(fault.backwards for fault in faults):
        return reasons.backwards(asked)
    if _PAGE.match(asked):
        return reasons.paged(document)
    if article and article.instrument:
        return reasons.not_quoted(asked, document)
    return reasons.no_place(own, asked, faults[0].missing if faults else ())


def _each_outermost_first(asked: str) -> str:
    return "; ".join(outermost_first(part) for part in re.split(r"\s*;\s*|\s+and\s+", asked))


def _one(document: Document, units: Sequence[Unit]) -> Resolution:
    return Resolution(document, tuple(Found(document, unit) for unit in units))


def _quoted(places: Sequence[tuple[Document, Unit]]) -> Resolution:
    return Resolution(places[0][0], tuple(Found(document, unit) for document, unit in places))


def _without_document(wanted: str, held: Catalogue) -> Resolution:
    mention = _mentioned(wanted)
    if mention is not None:
        return _failed(None, lambda: reasons.not_held(mention, held, wanted))
    article = article_named(wanted)
    if article is not None and any(word.isalpha() for word in article.instrument):
        return _provisions(wanted, article, held)
    found = _holders(wanted, held)
    first, second = next(found, None), next(found, None)
    if first and second:
        return _failed(None, lambda: _several(wanted, held))
    if first:
        return first
    if len(held.documents) == 1 and re.search(r"\d", wanted):
        [document] = held.documents
        if reasons.is_address(held.labels(document), wanted):
            return _address(held.labels(document), wanted, held)
    return _failed(None, lambda: reasons.unknown(wanted, held))


def _holders(wanted: str, held: Catalogue) -> Iterator[Resolution]:
    """What an address leads to in each document that has it."""
    article = article_named(wanted)
    for entry in held.may_have(wanted, article.number if article else ""):
        found = _address(entry.labels, wanted, held.only([entry.document]))
        if found.found:
            yield found


def _several(wanted: str, held: Catalogue) -> str:
    return reasons.several_documents(wanted, [each.document for each in _holders(wanted, held) if each.document])


def _provisions(wanted: str, article: Article, held: Catalogue) -> Resolution:
    quoted = provisions(article, held)
    return _quoted(quoted) if quoted else _failed(None, lambda: reasons.not_quoted(wanted, None))


def _mentioned(wanted: str) -> Mention | None:
    """The first symbol or decision of a reference, though it be typed small or with spaces; with its own capitals."""
    for text in respelled(wanted):
        for mention in find(text):
            if mention.kind in ("symbol", "decision"):
                at = level(wanted).casefold().find(mention.text.casefold())
                typed = level(wanted)[at : at + len(mention.text)] if at >= 0 else ""
                return mention if typed.islower() else replace(mention, text=typed or mention.text)
    return None


def respelled(wanted: str) -> Iterator[str]:
    """A reference as it was typed, and with its symbols, decisions and treaties in capitals as they are printed."""
    yield wanted
    plain = level(wanted)
    if (match := _DECISION.search(plain)) and ("/" in match[4] or match[0].casefold().startswith(("dec", "res"))):
        yield f"{plain[: match.start()]} {match[1].upper()}-{match[3]}/{match[5]} {plain[match.end() :]}".strip()
    for match, key in keys_typed(wanted):
        if match["word"] and match["organ"]:
            number = key.rpartition(" ")[2].upper()
            yield f"{plain[: match.start()]} {match['word']} {number}{plain[match.end() :]}".strip()
    if "/" in plain:
        yield re.sub(r"\S*/\S*", lambda word: word.group().upper(), plain)
        yield plain.upper()
    if _TREATY.search(plain):
        yield _NAME.sub(lambda word: word.group().capitalize(), plain)
