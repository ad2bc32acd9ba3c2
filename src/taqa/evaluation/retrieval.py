"""Retrieval over units: which units are right for a case, and how well a ranking finds them (by ir_measures)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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
    from ir_measures import RR, R, Success, nDCG  # about 30 ms, and only evaluation needs it

    over_right = {f"success@{k}": Success @ k for k in CUTS} | {"mrr": RR, f"ndcg@{DEPTH}": nDCG @ DEPTH}
    over_gold = {f"recall@{k}": R @ k for k in CUTS}
    right = _calculated(ranked, {case: judged[case].right for case in ranked}, over_right)
    gold = _calculated(ranked, {case: judged[case].gold for case in ranked}, over_gold)
    return {case: right[case] | gold[case] for case in ranked}


def measure_passages(
    ranked: Mapping[str, Sequence[str]], gold: Mapping[str, Collection[str]]
) -> dict[str, dict[str, float]]:
    """Measures of rankings of somebody else's set: question id -> name -> value.

    `map@10` is trec_eval's: precision at each gold passage among the first 10, over all gold passages. `mrr` is over
    the whole ranking.
    """
    from ir_measures import AP, RR, R, Success, nDCG

    wanted = {"recall@10": R @ 10, "map@10": AP @ 10, "mrr": RR, "ndcg@10": nDCG @ 10, "success@5": Success @ 5}
    return _calculated(ranked, gold, wanted)


def _calculated(
    ranked: Mapping[str, Sequence[str]], gold: Mapping[str, Collection[str]], measures: Mapping[str, Any]
) -> dict[str, dict[str, float]]:
    """Each measure of each ranking; 0 where nothing was found or nothing is right."""
    import ir_measures

    run = {case: {unit: float(-rank) for rank, unit in enumerate(units)} for case, units in ranked.items()}
    wanted = {case: dict.fromkeys(gold[case], 1) for case in ranked}
    names = {str(each): name for name, each in measures.items()}
    rows = {case: dict.fromkeys(names.values(), 0.0) for case in ranked}
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
