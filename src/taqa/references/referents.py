"""What references are part of that has no number: a treaty, "the Convention", "the present note", "that article"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from taqa.references.folding import fold
from taqa.references.instruments import Name, names
from taqa.references.steps import Member, Step, StepKind

_TREATY = r"Convention|Protocol|Agreement|Treaty|Covenant|Charter|Statute|Constitution"
_UNTOLD = frozenset(
    "united nations framework international european regional global inter-american council europe of the".split()
)
"""Words before the noun of a treaty's name that many have."""
_INNER: dict[str, StepKind] = {
    "article": "article",
    "paragraph": "paragraph",
    "subparagraph": "label",
    "annex": "annex",
    "appendix": "appendix",
    "section": "section",
    "part": "section",
    "chapter": "section",
}
_OWN = re.compile(
    rf"\b(?:the (?:present|current)|[Tt]his|the said) (?P<what>{_TREATY}|Article|Paragraph|Annex|Part|Section|Decision"
    r"|Resolution|Appendix|article|paragraph|subparagraph|annex|appendix|section|part|chapter|decision|resolution|note"
    r"|report|document|paper|declaration|agreement|convention|protocol|treaty|text|plan)\b"
)
_GENERIC = re.compile(rf"\b(?:[Tt]he|[Tt]hat|its|latter) (?P<what>{_TREATY})\b(?! of (?!the Parties))")
_SAME = re.compile(
    r"\b(?:the same|that|those|the aforementioned|the above-mentioned|the latter) "
    r"(?P<what>(?:[Aa]rticle|[Pp]aragraph|[Ss]ubparagraph|[Aa]nnex|[Ss]ection|[Dd]ecision|[Rr]esolution|[Dd]ocument|[Rr]eport))\b"
)
_NAMED_BEFORE = re.compile(r"(?<=[\d)] of )the (?P<what>decision|resolution)\b(?! (?:on|of|to|adopted|by|[A-Z\d]))")
_IBID = re.compile(r"\b[Ii]bid(?:em)?\b\.?")
_CAPITALS = re.compile(
    r"(?<=[\d)I-Xa-z]) ?,? (?:of|to|in|under) (?:the |its |that )?(?P<name>(?:[A-Z][\w’'-]+ )*[A-Z][\w’'-]+"
    r"(?:(?: (?:of|on|for|and|the|in|against|to)){1,2}(?: [A-Z][\w’'-]+)+)*)"
)
_BODIES = re.compile(
    r"(?:Part(?:y|ies)|Conference|Secretariat|States?|Governments?|Executive|Committee|Council|United Nations|General"
    r"|Security|Secretary|January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_WORDS = re.compile(
    r"\b(?:of|to|in) (?P<name>(?:the|an?|its|their|each|any|such|those|these) (?:[\w-]+ ){0,5}?"
    r"(?:reports?|decisions?|resolutions?|notes?|documents?"
    r"|agreements?|rules|regulations?|code|guidelines|statement|letter|paper|declaration|programme|plan|law|directive|treaty"
    r"|convention|protocol|list|memorandum|recommendations?|statute|constitution|procedures|modalities"
    r"|terms of reference|framework|strategy|roadmap|workplan))\b(?! [A-Z\d]+[-/.])"
)


def treaty_key(name: Name) -> str:
    """A treaty as its references tell it: "basel convention"; with its subject where the rest tells nothing."""
    telling = set(fold(name.head).split()) - {fold(name.noun), *_UNTOLD}
    return fold(name.head if telling else name.text)


def referents(plain: str, held: Sequence[Step]) -> list[Step]:
    """Steps that have no number, which others may be part of; none overlaps those that are held or another."""
    found = [*_ibids(plain), *_own(plain), *_treaties(plain), *_generic(plain), *_same(plain), *_named_before(plain)]
    kept = list(held)
    for step in [*found, *_capitals(plain), *_in_words(plain)]:
        if not any(step.start < other.end and other.start < step.end for other in kept):
            kept.append(step)
    return sorted(kept, key=lambda step: step.start)


def _step(kind: StepKind, name: str, span: tuple[int, int], bearing: str = "", noun: str = "") -> Step:
    return Step(kind, (Member(name, *span),), *span, bearing, noun)


def _treaties(plain: str) -> Iterator[Step]:
    for name in names(plain):
        yield _step("treaty", treaty_key(name), (name.start, name.end))


def _ibids(plain: str) -> Iterator[Step]:
    for match in _IBID.finditer(plain):
        yield _step("decision", "ibid.", match.span(), "same")


def _own(plain: str) -> Iterator[Step]:
    for match in _OWN.finditer(plain):
        what = match["what"].casefold()
        yield _step(_INNER.get(what, "treaty"), "", match.span(), "own", what)


def _generic(plain: str) -> Iterator[Step]:
    for match in _GENERIC.finditer(plain):
        yield _step("treaty", "", match.span(), "treaty", match["what"])


def _same(plain: str) -> Iterator[Step]:
    for match in _SAME.finditer(plain):
        what = match["what"].casefold()
        decided = what in ("decision", "resolution")
        kind: StepKind = "decision" if decided else _INNER.get(what, "treaty")
        yield _step(kind, f"that {what}" if decided else "", match.span(), "same", what)


def _named_before(plain: str) -> Iterator[Step]:
    """ "Paragraph 3 of the resolution", where the resolution is one named before."""
    for match in _NAMED_BEFORE.finditer(plain):
        yield _step("decision", "", match.span(), "same", match["what"])


def _capitals(plain: str) -> Iterator[Step]:
    """ "Article 12 of the Rome Statute": what is named with capitals right after a number."""
    for match in _CAPITALS.finditer(plain):
        if not _BODIES.match(match["name"]):
            yield _step("treaty", fold(match["name"]), match.span("name"), "other")


def _in_words(plain: str) -> Iterator[Step]:
    for match in _WORDS.finditer(plain):
        yield _step("treaty", "", match.span("name"), "other")
