"""Floors under the measures of one split: bound to corpus and questions, and never lowered by accident."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from taqa.errors import InputError
from taqa.evaluation.result import Result

VERSION = 1
GATED = (
    "success@1",
    "success@5",
    "success@10",
    "recall@5",
    "mrr",
    "citation_recall",
    "citation_precision",
    "fact_recall",
    "fully_right",
    "refusal_precision",
    "refusal_recall",
)
EXACT = ("quote_fidelity",)
"""Measures that must be 1, without any allowance."""
FEW = ("refusal_precision", "refusal_recall")
EPSILON_OF_FEW = 0.1
"""Allowance for measures over a dozen questions or two, of which one is more than the others' allowance."""
EPSILON = 0.02
"""Allowance for the others: about one question of a split, which another processor's arithmetic may tip."""


@dataclass(frozen=True, slots=True)
class Floor:
    """A measure must not fall below `floor` by more than `epsilon`."""

    floor: float
    epsilon: float


@dataclass(frozen=True, slots=True)
class Floors:
    """The floors of one split of one question set over one corpus."""

    split: str
    corpus: str
    questions: str
    floors: Mapping[str, Floor]


def gate(result: Result, floors: Floors) -> list[str]:
    """One sentence for each reason why `result` does not pass; empty when it does."""
    made = result.made
    if made.split != floors.split:
        return [f"The floors are for the split {floors.split}, but {made.split} was measured."]
    problems = [
        f"The floors were set for another {what} ({bound[:12]}, now {now[:12]}); set them again with --write-floors."
        for what, bound, now in (
            ("corpus", floors.corpus, made.corpus),
            ("question set", floors.questions, made.questions),
        )
        if bound != now
    ]
    if problems:
        return problems
    for name, limit in floors.floors.items():
        measured = result.measures.get(name)
        if measured is None:
            problems.append(f"{name} could not be measured, but has a floor of {limit.floor:.4f}.")
        elif measured.value < limit.floor - limit.epsilon:
            problems.append(
                f"{name} is {measured.value:.4f}, below its floor of {limit.floor:.4f} (allowance {limit.epsilon:g})."
            )
    return problems


def new_floors(result: Result, old: Floors | None, *, lower: bool) -> Floors:
    """Floors at the values of `result`, bound to what it was measured on.

    Without `lower` no floor may fall: a measure below its old floor raises InputError unless it is within the
    allowance, in which case the old floor stays.
    """
    fixed = dict.fromkeys(EXACT, 0.0) | dict.fromkeys(GATED, EPSILON) | dict.fromkeys(FEW, EPSILON_OF_FEW)
    names = [name for name in fixed if name in result.measures]
    if old is not None:
        names += [name for name in old.floors if name not in names]
    floors: dict[str, Floor] = {}
    for name in names:
        before = old.floors.get(name) if old else None
        measured = result.measures.get(name)
        epsilon = before.epsilon if before else fixed[name]
        if measured is None or (before and not lower and measured.value < before.floor - before.epsilon):
            now = "was not measured" if measured is None else f"is {measured.value:.4f}"
            if not lower:
                raise InputError(
                    f"{name} {now}, and its floor is {before.floor if before else 0:.4f}; "
                    "only --lower-floors may lower a floor."
                )
            continue
        reached = math.floor(measured.value * 1e6) / 1e6
        value = reached if lower or before is None else max(before.floor, reached)
        floors[name] = Floor(1.0 if name in EXACT else value, epsilon)
    return Floors(result.made.split, result.made.corpus, result.made.questions, floors)


def read_floors(path: Path) -> Floors | None:
    """The floors in `path`; None when there is no such file."""
    if not path.is_file():
        return None
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        limits = {str(name): Floor(**limit) for name, limit in record["floors"].items()}
        return Floors(record["split"], record["corpus"], record["questions"], limits)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path} does not hold floors; restore it from version control.") from error


def write_floors(floors: Floors, path: Path) -> None:
    """Writes `floors` as JSON."""
    try:
        path.write_text(json.dumps({"version": VERSION} | asdict(floors), indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(f"The floors cannot be written to {path}: {error.strerror}.") from error
