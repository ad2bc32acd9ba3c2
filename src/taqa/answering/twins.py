"""The same sentence in several documents: what is quoted is cited with every address at which it stands word for word.

Sentences are looked up in a table that is made once for an index. Words are the same up to white space, case, hyphens,
quotation marks and the mark that ends them. The same words are not the same statement where each is of another act:
what two treaties, or two decisions, say of themselves. A treaty and whoever quotes it are of one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from taqa.answering.authority import authority
from taqa.answering.compose import Draft
from taqa.domain import Document, Kind, Quotation, Unit
from taqa.library.index import HeldUnit, Index
from taqa.references import fold
from taqa.references.context import Context

PLAIN = 12
"""Words of a sentence of no act with which it is more than a formula that papers repeat."""
_SELF = re.compile(r"\b(?:this|these|present|herein|above|below|following|meeting|session|today)\b")
"""In a sentence of no act: it speaks of its own paper or meeting, and so of another one elsewhere."""
_ACT = re.compile(r"(?:decision|resolution|recommendation)\b")
_ENDS = " .;,:\"'"
_LABEL = re.compile(r"^\d{1,3}\. ")
"""The number of a paragraph that is quoted with it."""

Sentence = tuple[int, int]
"""Number of a unit in the index, and of a sentence in it."""


@dataclass(frozen=True)
class Twins:
    """The sentences of an index that stand in several documents."""

    units: Sequence[HeldUnit]
    numbers: Mapping[str, int]
    """Of units that hold such a sentence, by id."""
    sentences: Mapping[int, tuple[tuple[int, int], ...]]
    """Offsets of all sentences of such a unit."""
    places: Mapping[str, tuple[Sentence, ...]]
    """The act and words of a sentence -> everywhere it stands."""
    keys: Mapping[Sentence, str]

    def of(self, draft: Draft, documents: Collection[str]) -> list[Draft]:
        """A draft and the same words in others of some documents, by id, best authority first."""
        groups = [draft]
        pieces = (*draft.lead, *draft.quotations)
        for found in product(*(self._elsewhere(piece, documents) for piece in pieces)):
            lead, quotations = found[: len(draft.lead)], found[len(draft.lead) :]
            above = {unit.id for unit in _above(quotations[0])}
            if all(each.document is quotations[0].document for each in found) and all(
                each.unit.id in above for each in lead
            ):
                groups.append(Draft(quotations, lead))
        return sorted(groups, key=lambda group: authority(group.quotations[-1].document, group.quotations[-1].unit))

    def _elsewhere(self, quotation: Quotation, documents: Collection[str]) -> list[Quotation]:
        """The words of a quotation in other documents: each of its sentences, in order."""
        number = self.numbers.get(quotation.unit.id)
        if number is None:
            return []
        own = self.sentences[number]
        begins = max(quotation.start, quotation.unit.body)
        inside = [at for at, (start, end) in enumerate(own) if start >= begins and end <= quotation.end]
        aligned = inside and own[inside[0]][0] == begins and own[inside[-1]][1] == quotation.end
        wanted = [self.keys.get((number, at), "") for at in inside]
        if not aligned or not all(wanted):
            return []
        found = []
        for other, at in self.places[wanted[0]]:
            held = self.units[other]
            there = [self.keys.get((other, at + step), "") for step in range(len(wanted))]
            if there != wanted or held.document is quotation.document or held.document.id not in documents:
                continue
            if _announced(held) == _announced(HeldUnit(quotation.document, quotation.unit)):
                start = 0 if quotation.start < quotation.unit.body else self.sentences[other][at][0]
                end = self.sentences[other][at + len(wanted) - 1][1]
                found.append(Quotation(held.document, held.unit, start, end))
        return found


def twins_in(index: Index) -> Twins:
    """The table for an index: one look at each sentence."""
    sentences = _sentences(index)
    acts = _Acts.of(index.documents)
    places: dict[str, list[Sentence]] = defaultdict(list)
    for number, offsets in sentences.items():
        held = index.units[number]
        act = acts.act(held)
        for at, (start, end) in enumerate(offsets):
            said = _LABEL.sub("", fold(held.unit.text[start:end]).strip(_ENDS))
            if said and (act or (len(said.split()) >= PLAIN and not _SELF.search(said))):
                places[f"{act}: {said}"].append((number, at))
    several = {key: tuple(found) for key, found in places.items() if _several(found, index.units)}
    keys = {place: key for key, found in several.items() for place in found}
    holding = {number for number, _ in keys}
    return Twins(
        index.units,
        {index.units[number].unit.id: number for number in holding},
        {number: sentences[number] for number in holding},
        several,
        keys,
    )


def _sentences(index: Index) -> Mapping[int, tuple[tuple[int, int], ...]]:
    """Offsets of the sentences of each unit that has rows; the whole unit is one where it has no others."""
    rows: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in index.rows:
        rows[row.unit].append((max(row.start, index.units[row.unit].unit.body), row.end))
    return {unit: tuple(found[1:] or found) for unit, found in rows.items()}


def _several(found: Sequence[Sentence], units: Sequence[HeldUnit]) -> bool:
    return len({units[number].document.id for number, _ in found}) > 1


def _above(quotation: Quotation) -> Iterator[Unit]:
    """The units that announce a quoted item, innermost first."""
    above = quotation.document.unit(quotation.unit.parent or "")
    while above is not None:
        yield above
        above = quotation.document.unit(above.parent or "")


def _announced(held: HeldUnit) -> tuple[str, ...]:
    """What announces an item, in words: the same item of another list is another statement."""
    if held.unit.kind not in (Kind.SUBPARAGRAPH, Kind.CHAPEAU):
        return ()
    return tuple(
        fold(unit.text[unit.body :]).strip(_ENDS) for unit in _above(Quotation(held.document, held.unit, 0, 1))
    )


@dataclass(frozen=True)
class _Acts:
    """Which treaty or decision words are of."""

    treaties: Mapping[str, Context]

    @classmethod
    def of(cls, documents: Sequence[Document]) -> _Acts:
        read = ((document.id, Context(document)) for document in documents)
        return cls({name: context for name, context in read if context.is_treaty})

    def act(self, held: HeldUnit) -> str:
        """The treaty or decision that a unit is of; empty for what a paper says itself."""
        document, unit = held.document, held.unit
        if unit.kind is Kind.QUOTED:
            return self._quoted(unit) or unit.id
        if document.id in self.treaties or _ACT.search(fold(document.meta.type)):
            return document.id
        opening = fold(unit.address[0])
        return opening if _ACT.match(opening) else ""

    def _quoted(self, unit: Unit) -> str:
        treaty = fold(unit.provision.instrument) if unit.provision else ""
        called = (name for name, context in self.treaties.items() if context.is_called(treaty))
        return next(called, treaty) if treaty else ""
