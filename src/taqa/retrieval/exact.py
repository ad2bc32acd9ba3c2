"""Exact look-up of references: which units mention a symbol, a decision or an article."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from taqa.library.index import HeldUnit
from taqa.references import Mention, find, fold


@dataclass(frozen=True, slots=True)
class Place:
    """A mention in a unit: displayed characters `start`..`end` of unit number `unit`."""

    unit: int
    start: int
    end: int


def mention_index(units: Sequence[HeldUnit]) -> Mapping[str, tuple[Place, ...]]:
    """Folded reference -> every place of it in displayed text, in corpus order."""
    found: dict[str, list[Place]] = {}
    for number, held in enumerate(units):
        for mention in find(held.unit.text):
            found.setdefault(mention.key, []).append(Place(number, mention.start, mention.end))
    return {key: tuple(places) for key, places in found.items()}


def places_of(mention: Mention, index: Mapping[str, tuple[Place, ...]]) -> tuple[Place, ...]:
    """Every place of a reference. A symbol typed without its organ ("INC.1/9") finds the full one, never INC.1/91."""
    exact = index.get(mention.key, ())
    if exact or mention.kind not in ("symbol", "decision"):
        return exact
    ends = [places for key, places in index.items() if key.endswith(f"/{mention.key}")]
    return tuple(sorted((p for places in ends for p in places), key=lambda p: (p.unit, p.start)))


def quoted_provisions(text: str, units: Sequence[HeldUnit]) -> list[int]:
    """Units that quote the article that a question names, the article of the instrument it names first.

    A provision counts when its label says which article is quoted and the words before it name the instrument.
    """
    wanted = re.search(r"\barticle\s+(\d+)", fold(text))
    if wanted is None:
        return []
    paragraph = re.search(r"\bpara(?:graph)?s?\.?\s+(\d+)", fold(text))
    by_id = {held.unit.id: held.unit for held in units}
    found: list[int] = []
    for number, held in enumerate(units):
        quoted = re.search(r"\(quoting art\. (\d+)(?:, para\. (\d+))?\)", held.unit.label)
        if quoted is None or quoted.group(1) != wanted.group(1):
            continue
        if paragraph and quoted.group(2) and paragraph.group(1) != quoted.group(2):
            continue
        chapeau = by_id.get(held.unit.parent or "")
        if chapeau is not None and _same_instrument(fold(text), fold(chapeau.text)):
            found.append(number)
    return found


def _same_instrument(question: str, chapeau: str) -> bool:
    """Whether a name before "convention" or "protocol" in the chapeau stands in the question too, or none is named."""
    names = set(re.findall(r"(\w+) (?:convention|protocol|agreement)", chapeau))
    asked = set(re.findall(r"(\w+) (?:convention|protocol|agreement)", question)) - {"the", "this", "that"}
    return bool(names & asked) or not asked and any(name in question.split() for name in names)
