"""The result of asking a set of others: measures, their JSON, and the run file that anyone can score again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from taqa.errors import InputError
from taqa.evaluation import retrieval
from taqa.evaluation.bootstrap import Estimate, estimate
from taqa.evaluation.external import DEPTH, Outcome
from taqa.evaluation.selective import Point, Threshold, auroc, refused_at_kept, risk_coverage
from taqa.evaluation.sets import ExternalSet

VERSION = 1
RUN = "taqa"


@dataclass(frozen=True, slots=True)
class Refusal:
    """How well the confidence tells what the passages do not answer, and what the product does with it as it is."""

    auroc: float
    at_kept: Threshold
    unanswerable_refused: float
    answerable_kept: float


@dataclass(frozen=True, slots=True)
class SetResult:
    """What was measured on which questions. `commit` is that of the code, `changed` whether it had changed since.

    `questions` were asked of the `of` that the split has. `refusal` needs questions of both kinds. `risk_coverage` is
    over all that were asked: right is an answer whose first quotation is from a gold passage.
    """

    set: str
    split: str
    commit: str
    changed: bool
    corpus: str
    meta: Mapping[str, Any]
    encoder: str
    reader: str
    passages: int
    questions: int
    of: int
    answerable: int
    unanswerable: int
    depth: int
    measures: Mapping[str, Estimate]
    refusal: Refusal | None
    risk_coverage: tuple[Point, ...]
    seconds: float
    fusion: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked: commit of the code, identities of the models, and the seconds that the questions took."""

    commit: str
    changed: bool
    encoder: str
    reader: str
    seconds: float
    fusion: tuple[float, ...]
    """Weights of dense, lexical, coverage and best sentence."""


def make(external: ExternalSet, outcomes: Sequence[Outcome], asked: Asked) -> SetResult:
    """The result of a set from what became of its questions."""
    answerable = [each for each in outcomes if each.query.answerable]
    unanswerable = [each for each in outcomes if not each.query.answerable]
    return SetResult(
        set=external.name,
        split=external.split,
        commit=asked.commit,
        changed=asked.changed,
        corpus=external.fingerprint,
        meta=external.meta,
        encoder=asked.encoder,
        reader=asked.reader,
        passages=len(external.passages),
        questions=len(outcomes),
        of=external.of,
        answerable=len(answerable),
        unanswerable=len(unanswerable),
        depth=DEPTH,
        measures=_ranking(answerable),
        refusal=_refusal(answerable, unanswerable) if answerable and unanswerable else None,
        risk_coverage=risk_coverage([(each.confidence, each.quoted in each.query.gold) for each in outcomes]),
        seconds=round(asked.seconds, 1),
        fusion=asked.fusion,
    )


def to_json(result: SetResult) -> str:
    """The result as JSON text."""
    return json.dumps({"version": VERSION} | asdict(result), ensure_ascii=False, indent=1) + "\n"


def write_run(outcomes: Sequence[Outcome], path: Path) -> None:
    """Writes the rankings as a TREC run. Scores only count down, so that no tool breaks a tie in another way; white
    space and percent signs in ids are percent-encoded, because white space divides the fields."""
    lines = [
        f"{_token(each.query.id)} Q0 {_token(passage)} {rank} {DEPTH + 1 - rank} {RUN}\n"
        for each in outcomes
        for rank, passage in enumerate(each.ranked, start=1)
    ]
    try:
        path.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise InputError(f"The run cannot be written to {path}: {error.strerror}.") from error


def _token(name: str) -> str:
    return re.sub(r"[\s%]", lambda found: quote(found[0]), name)


def _ranking(answerable: Sequence[Outcome]) -> Mapping[str, Estimate]:
    rows = retrieval.measure_passages(
        {each.query.id: each.ranked for each in answerable}, {each.query.id: each.query.gold for each in answerable}
    )
    names = list(next(iter(rows.values()), {}))
    found = {name: estimate([(row[name], 1.0) for row in rows.values()]) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def _refusal(answerable: Sequence[Outcome], unanswerable: Sequence[Outcome]) -> Refusal:
    sure, unsure = [each.confidence for each in answerable], [each.confidence for each in unanswerable]
    return Refusal(
        auroc=auroc(sure, unsure),
        at_kept=refused_at_kept(sure, unsure),
        unanswerable_refused=sum(each.refused for each in unanswerable) / len(unanswerable),
        answerable_kept=sum(not each.refused for each in answerable) / len(answerable),
    )
