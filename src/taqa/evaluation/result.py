"""The result of one evaluation: what was measured, on what, row by row; and its JSON."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from taqa.errors import InputError
from taqa.evaluation.bootstrap import Estimate
from taqa.evaluation.measures import Row, Summary, by_document, by_kind, by_type, summarise
from taqa.evaluation.selective import Bin, Point, calibration, risk_coverage

VERSION = 2
NO_COMMIT = "nogit"


@dataclass(frozen=True, slots=True)
class Made:
    """What a result was made from; two results compare only where these agree."""

    commit: str
    changed: bool
    split: str
    corpus: str
    questions: str
    index: str
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """Measures with intervals, over all questions, by type, by document and, as the share refused, by kind of
    unanswerable question; what the confidence is worth; each question's row."""

    made: Made
    count: int
    measures: Summary
    by_type: Mapping[str, Summary]
    by_document: Mapping[str, Summary]
    by_kind: Mapping[str, Estimate]
    risk_coverage: tuple[Point, ...]
    calibration: tuple[Bin, ...]
    rows: tuple[Mapping[str, Any], ...]


def make(made: Made, rows: Sequence[Row]) -> Result:
    """A result from its rows."""
    told = [(row.score.confidence, row.score.first_right) for row in rows]
    return Result(
        made=made,
        count=len(rows),
        measures=summarise(rows),
        by_type=by_type(rows),
        by_document=by_document(rows),
        by_kind=by_kind(rows),
        risk_coverage=risk_coverage(told),
        calibration=calibration(told),
        rows=tuple(_row(row) for row in rows),
    )


def to_json(result: Result) -> str:
    """The result as JSON text."""
    return json.dumps({"version": VERSION} | asdict(result), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write(result: Result, folder: Path) -> Path:
    """Writes the result into `folder`, named by commit and split."""
    path = folder / f"{result.made.commit}-{result.made.split}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(to_json(result), encoding="utf-8")
    except OSError as error:
        raise InputError(f"The result cannot be written to {path}: {error.strerror}.") from error
    return path


def read(path: Path) -> Result:
    """A result that `write` made."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if record["version"] != VERSION:
            raise InputError(f"{path} has version {record['version']}, not {VERSION}; measure again.")
        return Result(
            made=Made(**record["made"]),
            count=int(record["count"]),
            measures=_summary(record["measures"]),
            by_type={name: _summary(value) for name, value in record["by_type"].items()},
            by_document={name: _summary(value) for name, value in record["by_document"].items()},
            by_kind=_summary(record["by_kind"]),
            risk_coverage=tuple(Point(**point) for point in record["risk_coverage"]),
            calibration=tuple(Bin(**each) for each in record["calibration"]),
            rows=tuple(record["rows"]),
        )
    except OSError as error:
        raise InputError(f"The result {path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path} is not the result of an evaluation.") from error


def commit_of(folder: Path) -> tuple[str, bool]:
    """The commit that `folder` stands at and whether tracked files have changed since; `nogit` outside a repository."""
    head = _git(folder, "rev-parse", "--short=12", "HEAD")
    if not head:
        return NO_COMMIT, False
    return head, bool(_git(folder, "status", "--porcelain", "--untracked-files=no"))


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):  # no git on this machine: the result says `nogit`
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _summary(record: Mapping[str, Mapping[str, Any]]) -> Summary:
    return {name: Estimate(**value) for name, value in record.items()}


def _row(row: Row) -> Mapping[str, Any]:
    found = {"retrieval": dict(row.retrieval), "standalone": dict(row.standalone)}
    return asdict(row.score) | {"fully_right": row.score.fully_right} | found
