"""Provisions that stand both in a former version of a document and in the one that superseded it.

Two units are the same provision where their words are nearly the same, wherever they stand, or where they have the
same address and share a good part of their words: what was inserted before a paragraph changes its number, not it.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from taqa.domain import Address, Document, Kind
from taqa.library.index import HeldUnit
from taqa.references import Catalogue, catalogue, find, symbol_key
from taqa.references.catalogue import Entry
from taqa.retrieval.terms import terms

SAME_WORDS = 0.8
"""Share of the stems of both units that they have in common, where only the words decide."""
SAME_PLACE = 0.3
"""The same share where the address is the same, too: docs/decisions/0007-versions.md."""


def counterparts(units: Sequence[HeldUnit]) -> Mapping[int, int]:
    """Unit of a former version -> the same provision in its newest version, where that has it; both by number."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, held in enumerate(units):
        if held.unit.kind is not Kind.HEADING:
            numbers[held.document.id].append(number)
    former = {held.document.id: held.document for held in units if held.document.successor}
    found: dict[int, int] = {}
    for document in former.values():
        found |= _between(numbers[document.id], numbers[document.successor], units)
    return found


def _between(old: Sequence[int], new: Sequence[int], units: Sequence[HeldUnit]) -> Mapping[int, int]:
    stems = {number: _stems(units[number]) for number in (*old, *new)}
    holding: dict[str, list[int]] = defaultdict(list)
    standing: dict[Address, list[int]] = defaultdict(list)
    for number in new:
        standing[units[number].unit.address].append(number)
        for stem in stems[number]:
            holding[stem].append(number)
    found: dict[int, int] = {}
    for number in old:
        there = standing.get(units[number].unit.address, [])
        near = {*there, *_sharing(stems[number], holding)}
        alike = {other: _alike(stems[number], stems[other]) for other in near}
        moved = [other for other, share in alike.items() if share >= SAME_WORDS]
        kept = [other for other in there if alike[other] >= SAME_PLACE]
        candidates = [other for other in moved if other in there] or moved or kept
        if candidates:
            found[number] = max(candidates, key=lambda other: (alike[other], -other))
    return found


def _sharing(own: frozenset[str], holding: Mapping[str, list[int]]) -> Iterator[int]:
    """Units that hold one of the rarest stems: whoever has `SAME_WORDS` of all of them lacks too few to hold none."""
    lacking = len(own) - math.ceil(SAME_WORDS * len(own))
    for stem in sorted(own, key=lambda stem: (len(holding.get(stem, ())), stem))[: lacking + 1]:
        yield from holding.get(stem, ())


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the stems of both that they have in common."""
    return len(one & other) / max(1, len(one | other))


def _stems(held: HeldUnit) -> frozenset[str]:
    """Stems of a unit's words, its printed label left out."""
    return frozenset(terms(held.unit.text[held.unit.body :]))


def former_named(text: str, documents: Catalogue | Sequence[Document]) -> frozenset[str]:
    """Ids of former versions that a text asks for: by file name, or by a symbol that no current document has."""
    held = catalogue(documents)
    if not held.former:
        return frozenset()
    spaceless, plain = symbol_key(text), text.casefold()
    typed = {mention.key for mention in find(text) if mention.kind == "symbol"}

    def names(entry: Entry) -> bool:
        own = entry.symbols - held.current_symbols
        whole = any(key in spaceless and re.search(rf"{re.escape(key)}(?!\d|/|\(?rev)", spaceless) for key in own)
        short = any(key.endswith(f"/{end}") for key in own for end in typed)
        return whole or short or _names_file(plain, entry.document.file.casefold())

    return frozenset(entry.document.id for entry in held.former if names(entry))


def _names_file(plain: str, file: str) -> bool:
    """Whether a folded text has the name of a file, without its ending too where that cannot be a word."""
    stem = file.rpartition(".")[0]
    if stem not in plain:
        return file in plain
    bare = re.search(rf"(?<!\w){re.escape(stem)}(?!\w)", plain) if re.search(r"[\W\d_]", stem) else None
    return file in plain or bare is not None
