"""The place in a document that a question names by its reference: "what does art. 5 of the Charter say on fees?"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from taqa.domain import Kind
from taqa.references import Catalogue, resolve, under
from taqa.retrieval.terms import terms

_VERB = (
    "say|says|said|state|states|stated|provide|provides|read|reads|require|requires|request|requests|oblige|obliges|"
    "stipulate|stipulates|decide|decides|cover|covers|contain|contains|mean|means"
)
_CUT = re.compile(rf"[,;:?]\s+|\b(?:{_VERB}|call(?:s)? for)\b", re.IGNORECASE)
"""Between a reference and the rest of a question."""
_TOPIC = re.compile(r"\b(?:about|regarding|concerning|with respect to|with regard to|as to)\b.*", re.IGNORECASE)
_BEFORE = re.compile(
    r"^(?:[\s,“\"]*\b(?:what(?:'s|’s)?|which|who|how|is|are|was|were|do|does|did|show|give|tell|quote|cite|find|open|see|"
    r"me|us|the|full|exact|text|wording|content|of|in|under|by|to|please|and|can|could|would|you|i|need|want|it)\b)+\W*",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:[\s,]*\b(?:please|pls|thanks|thank you|text|wording|exactly|in full|again|it|in|under)\b)*[\s?.!,;:]*$",
    re.IGNORECASE,
)
_STEP = re.compile(
    r"\b(?:art(?:icle|s|icles)?|para(?:graph)?s?|annex(?:es)?|sect(?:ion)?s?|part|rule|appendix|footnotes?|preamble|"
    r"decisions?|resolutions?)\b\.?",
    re.IGNORECASE,
)
"""A word that opens a step of an address."""
_SYMBOL = re.compile(r"\w/\w")
PLAIN = frozenset(terms(f"{_VERB.replace('|', ' ')} call article paragraph text wording content full exact quote show"))
"""Stems that ask for a provision and for nothing in it."""


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """A place that a question names: its reference, the units that this leads to, all units there but headings, in
    order, and the stems of what is asked about it besides. Units by number."""

    reference: str
    named: tuple[int, ...]
    units: tuple[int, ...]
    besides: frozenset[str]


def references_in(text: str) -> tuple[str, ...]:
    """What of a question may be the reference that it asks for, most words first: "rotterdam art 16 please" without the
    courtesy; "what does the Charter say in art. 5 about staff" without its verb and topic."""
    bare = [_AFTER.sub("", _BEFORE.sub("", part)).strip() for part in _CUT.split(_TOPIC.sub("", text))]
    bare = [part for part in bare if part]
    joined = (f"{first}, {second}" for first, second in combinations(bare, 2))
    inner = (part[step.start() :] for part in bare for step in _STEP.finditer(part))
    addressed = (each for each in (*bare, *joined, *inner) if _STEP.search(each) or _SYMBOL.search(each))
    return tuple(sorted(dict.fromkeys(addressed), key=lambda each: -len(each.split())))


def pinpoint_in(text: str, documents: Catalogue, numbers: Mapping[str, int]) -> Pinpoint | None:
    """The place that a text names; None where no reference in it leads to a unit of the documents.

    `numbers` has the number of each unit by its id.
    """
    for reference in references_in(text):
        if found := resolve(reference, documents).found:
            there = [
                unit
                for each in found
                for unit in (each.unit, *under(each.document, each.unit, documents.labels(each.document)))
            ]
            units = dict.fromkeys(numbers[unit.id] for unit in there if unit.kind is not Kind.HEADING)
            named = dict.fromkeys(numbers[each.unit.id] for each in found)
            besides = frozenset(terms(text)) - frozenset(terms(reference)) - PLAIN
            return Pinpoint(reference, tuple(named), tuple(units), besides)
    return None
