"""Retrieval over units: which units are right for a case, and how well a ranking finds them (by ir_measures)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from taqa.domain import Document, Hit, Unit
from taqa.evaluation.places import same_place
from taqa.evaluation.questions import Case
from taqa.evaluation.score import Place, places

DEPTH = 10
"""How many units a search is asked for; MRR and nDCG are over these."""
CUTS = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class Judged:
    """The right units of a case: those of its gold places, and those of gold and alternative places together."""

    gold: frozenset[str]
    right: frozenset[str]


def key(document: Document, unit: Unit) -> str:
    """A name for a unit that is unique in the corpus."""
    return f"{document.id}#{unit.id}"


def judge(case: Case, documents: Mapping[str, Document]) -> Judged:
    """The right units of `case`; `documents` are the corpus by file name."""
    texts = {name: document.text for name, document in documents.items()}
    gold = [each for place in places(case.gold, texts) for each in _units_at(place, documents[place.file])]
    other = [each for place in places(case.alt_gold, texts) for each in _units_at(place, documents[place.file])]
    return Judged(frozenset(gold), frozenset(gold + other))


def ranking(hits: Iterable[Hit]) -> tuple[str, ...]:
    """The keys of `hits` in their order."""
    return tuple(key(hit.document, hit.unit) for hit in hits)


def measure(ranked: Mapping[str, Sequence[str]], judged: Mapping[str, Judged]) -> dict[str, dict[str, float]]:
    """Measures of each ranking: case id -> name -> value.

    `success@k`: 1 when a right unit is among the first k. `recall@k`: share of all gold units among the first k.
    `mrr`: 1 / rank of the first right unit. `ndcg@10`: over right units, all of equal worth.
    """
    import ir_measures  # about 30 ms, and only evaluation needs it
    from ir_measures import RR, R, Success, nDCG

    run = {case: {unit: float(-rank) for rank, unit in enumerate(units)} for case, units in ranked.items()}
    right = {case: dict.fromkeys(judged[case].right, 1) for case in ranked}
    gold = {case: dict.fromkeys(judged[case].gold, 1) for case in ranked}
    over_right = {f"success@{k}": Success @ k for k in CUTS} | {"mrr": RR, f"ndcg@{DEPTH}": nDCG @ DEPTH}
    over_gold = {f"recall@{k}": R @ k for k in CUTS}
    rows: dict[str, dict[str, float]] = {case: {} for case in ranked}
    for measures, wanted in ((over_right, right), (over_gold, gold)):
        names = {str(each): name for name, each in measures.items()}
        for case in rows:
            rows[case].update(dict.fromkeys(names.values(), 0.0))
        for value in ir_measures.iter_calc(list(measures.values()), wanted, run):
            rows[value.query_id][names[str(value.measure)]] = float(value.value)
    return rows


def _units_at(place: Place, document: Document) -> list[str]:
    """Units that share half of the shorter with `place`; where none does, the one that shares most."""
    length = place.span.end - place.span.start
    shares = [(sum(span.overlap(place.span) for span in unit.spans), unit) for unit in document.units]
    found = [
        key(document, unit)
        for share, unit in shares
        if same_place(share, sum(span.end - span.start for span in unit.spans), length)
    ]
    if found:
        return found
    most, unit = max(shares, key=lambda pair: pair[0], default=(0, None))
    return [key(document, unit)] if unit is not None and most > 0 else []
