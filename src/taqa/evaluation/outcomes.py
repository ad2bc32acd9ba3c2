"""What became of each question when the floors were set: a small file kept with them, to tell gains and losses by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from taqa.errors import InputError
from taqa.evaluation.compare import OUTCOMES, Change, changes_of, outcomes_of
from taqa.evaluation.result import Result

VERSION = 1
MARKS: Mapping[str, bool | None] = {"+": True, "-": False, ".": None}
"""How an outcome is written: had, not had, does not apply."""
NEAR = 0.0005
"""Measures that differ by less are printed alike, so they have not moved."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The outcomes of the questions of one split, by id, and the measures, bound to what they were measured on."""

    commit: str
    split: str
    corpus: str
    questions: str
    measures: Mapping[str, float]
    outcomes: Mapping[str, Mapping[str, bool | None]]


@dataclass(frozen=True, slots=True)
class Moved:
    """A measure that is another than it was."""

    name: str
    before: float
    now: float


def keep(result: Result) -> Kept:
    """What is kept of a result: no answers and no questions, only ids."""
    made = result.made
    measures = {name: round(found.value, 6) for name, found in result.measures.items() if name != "ms"}
    return Kept(made.commit, made.split, made.corpus, made.questions, measures, outcomes_of(result.rows))


def unfit(result: Result, kept: Kept) -> str:
    """Why `kept` tells nothing about `result`, in one sentence; empty where it does."""
    made = result.made
    for what, now, before in (
        ("split", made.split, kept.split),
        ("corpus", made.corpus, kept.corpus),
        ("question set", made.questions, kept.questions),
    ):
        if now != before:
            return f"The kept outcomes are of another {what}; --write-floors keeps those of this one."
    return ""


def changes_since(result: Result, kept: Kept) -> list[Change]:
    """The questions that each outcome gained and lost since `kept`."""
    return changes_of(outcomes_of(result.rows), kept.outcomes)


def moved(result: Result, kept: Kept) -> list[Moved]:
    """The measures that are another than they were."""
    both = [name for name in result.measures if name in kept.measures]
    pairs = [Moved(name, kept.measures[name], result.measures[name].value) for name in both]
    return [each for each in pairs if abs(each.now - each.before) >= NEAR]


def read_outcomes(path: Path) -> Kept | None:
    """The outcomes in `path`; None when there is no such file."""
    if not path.is_file():
        return None
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        names = [str(name) for name in record["outcomes"]]
        rows = {str(each): _read_marks(names, marks) for each, marks in record["rows"].items()}
        measures = {str(name): float(value) for name, value in record["measures"].items()}
        return Kept(record["commit"], record["split"], record["corpus"], record["questions"], measures, rows)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path} does not hold outcomes; restore it from version control.") from error


def write_outcomes(kept: Kept, path: Path) -> None:
    """Writes `kept` as JSON, a line for each question with a mark for each outcome."""
    written = {value: mark for mark, value in MARKS.items()}
    record = {
        "version": VERSION,
        "commit": kept.commit,
        "split": kept.split,
        "corpus": kept.corpus,
        "questions": kept.questions,
        "measures": kept.measures,
        "outcomes": list(OUTCOMES),
        "rows": {each: "".join(written[had[name]] for name in OUTCOMES) for each, had in kept.outcomes.items()},
    }
    try:
        path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(f"The outcomes cannot be written to {path}: {error.strerror}.") from error


def _read_marks(names: list[str], marks: str) -> dict[str, bool | None]:
    return {name: MARKS[mark] for name, mark in zip(names, marks, strict=True)}
