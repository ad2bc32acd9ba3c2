"""Measures over many questions. Each is a ratio of two sums over questions, so that all are resampled alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from taqa.evaluation.bootstrap import Estimate, estimate
from taqa.evaluation.questions import KINDS, UNTOLD
from taqa.evaluation.score import Score


@dataclass(frozen=True, slots=True)
class Row:
    """One question's score and, when its search was measured, its retrieval values; those of its stand-alone form."""

    score: Score
    retrieval: Mapping[str, float]
    standalone: Mapping[str, float] = field(default_factory=dict)


Part = tuple[float, float]
"""What one question adds above and below the line."""


def _mean(value: float, counts: bool) -> Part:
    return (value, 1.0) if counts else (0.0, 0.0)


def _found(name: str) -> Callable[[Row], Part]:
    return lambda row: _mean(row.retrieval.get(name, 0.0), name in row.retrieval)


def _followup(own: float, alone: float) -> Callable[[Row], Part]:
    """Of follow-ups with a stand-alone form: so much of their own recall@5 and so much of that of the form."""

    def part(row: Row) -> Part:
        found, asked_alone = row.retrieval.get("recall@5"), row.standalone.get("recall@5")
        return (0.0, 0.0) if found is None or asked_alone is None else (own * found + alone * asked_alone, 1.0)

    return part


def _refused(row: Row) -> bool:
    return not row.score.answered


MEASURES: dict[str, tuple[str, Callable[[Row], Part]]] = {
    "success@1": ("a right unit is first", _found("success@1")),
    "success@5": ("a right unit in the top 5", _found("success@5")),
    "success@10": ("a right unit in the top 10", _found("success@10")),
    "recall@1": ("all gold units, share in the top 1", _found("recall@1")),
    "recall@5": ("all gold units, share in the top 5", _found("recall@5")),
    "recall@10": ("all gold units, share in the top 10", _found("recall@10")),
    "mrr": ("1 / rank of the first right unit (top 10)", _found("mrr")),
    "ndcg@10": ("nDCG at 10", _found("ndcg@10")),
    "followup_recall@5": ("follow-ups: all gold units, share in the top 5", _followup(own=1, alone=0)),
    "standalone_recall@5": ("the same follow-ups, worded to stand alone", _followup(own=0, alone=1)),
    "followup_loss@5": ("what the follow-ups lack of that", _followup(own=-1, alone=1)),
    "citation_recall": (
        "gold places cited",
        lambda row: _mean(row.score.gold_hit / max(1, row.score.gold), row.score.answerable),
    ),
    "citation_precision": (
        "right citations, of those to answerable questions",
        lambda row: (row.score.right, row.score.citations) if row.score.answerable else (0.0, 0.0),
    ),
    "citation_precision_all": (
        "right citations, of all",
        lambda row: (row.score.right, row.score.citations),
    ),
    "fact_recall": (
        "facts stated",
        lambda row: _mean(
            1 - len(row.score.facts_missed) / max(1, row.score.facts), row.score.answerable and row.score.facts > 0
        ),
    ),
    "fully_right": (
        "answerable: all gold cited and all facts stated",
        lambda row: _mean(row.score.fully_right, row.score.answerable),
    ),
    "refusal_precision": (
        "unanswerable, of those not answered",
        lambda row: _mean(not row.score.answerable, _refused(row)),
    ),
    "refusal_recall": (
        "not answered, of the unanswerable",
        lambda row: _mean(_refused(row), not row.score.answerable),
    ),
    "answered": ("answered, of the answerable", lambda row: _mean(row.score.answered, row.score.answerable)),
    "quote_fidelity": (
        "quotations equal to the file",
        lambda row: (row.score.quotes - len(row.score.faults), row.score.quotes),
    ),
    "citations_per_answer": (
        "citations in an answer",
        lambda row: _mean(row.score.citations, row.score.answered),
    ),
    "words_per_answer": ("words in an answer", lambda row: _mean(row.score.words, row.score.answered)),
    "ms": ("milliseconds to answer", lambda row: _mean(row.score.ms, True)),
}
"""Name -> what it says, and what one question adds to it."""

Summary = dict[str, Estimate]


def summarise(rows: Sequence[Row]) -> Summary:
    """Every measure that these rows can give a value for, with its interval."""
    parts = {name: [part(row) for row in rows] for name, (_, part) in MEASURES.items()}
    return {name: value for name, pairs in parts.items() if (value := estimate(pairs)) is not None}


def by_type(rows: Sequence[Row]) -> dict[str, Summary]:
    """A summary for each type of question, in the order they first occur."""
    kinds = dict.fromkeys(row.score.type for row in rows)
    return {kind: summarise([row for row in rows if row.score.type == kind]) for kind in kinds}


def by_kind(rows: Sequence[Row]) -> dict[str, Estimate]:
    """For each kind of unanswerable question the share that was not answered, in the order of the kinds."""
    kinds = (*KINDS, UNTOLD)
    found = {kind: estimate([_mean(_refused(row), row.score.kind == kind) for row in rows]) for kind in kinds}
    return {kind: value for kind, value in found.items() if value is not None}


def by_document(rows: Sequence[Row]) -> dict[str, Summary]:
    """A summary for each document; a question over several documents counts in each, an unanswerable one in none."""
    docs = sorted({doc for row in rows for doc in row.score.docs})
    return {doc: summarise([row for row in rows if doc in row.score.docs]) for doc in docs}
