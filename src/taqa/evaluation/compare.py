"""Which questions a result gained and lost against an earlier one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from taqa.errors import InputError
from taqa.evaluation.result import Result

OUTCOMES: dict[str, Callable[[Mapping[str, Any]], bool | None]] = {
    "found in the top 5": lambda row: row["retrieval"].get("success@5", 0) > 0 if row["answerable"] else None,
    "all gold cited": lambda row: row["gold_hit"] == row["gold"] if row["answerable"] else None,
    "all citations right": lambda row: (
        row["right"] == row["citations"] if row["answerable"] and row["citations"] else None
    ),
    "fully right": lambda row: row["fully_right"] if row["answerable"] else None,
    "refused as it should be": lambda row: None if row["answerable"] else row["fully_right"],
    "answered as it should be": lambda row: row["status"] == "answered" if row["answerable"] else None,
}
"""Outcome -> whether a row has it; None where it does not apply."""


@dataclass(frozen=True, slots=True)
class Change:
    """The ids of the questions that gained or lost one outcome."""

    outcome: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


def compare(now: Result, before: Result) -> list[Change]:
    """The changes of every outcome over the questions that both results hold."""
    if now.made.corpus != before.made.corpus:
        raise InputError("The baseline was measured on another corpus; measure it again on this one.")
    earlier = {row["id"]: row for row in before.rows}
    pairs = [(row, earlier[row["id"]]) for row in now.rows if row["id"] in earlier]
    if not pairs:
        raise InputError("The baseline holds none of these questions; measure it on the same split.")
    changes = []
    for outcome, has in OUTCOMES.items():
        turned = [(row["id"], has(row), has(old)) for row, old in pairs]
        gained = tuple(each for each, new, old in turned if new is True and old is False)
        lost = tuple(each for each, new, old in turned if new is False and old is True)
        changes.append(Change(outcome, gained, lost))
    return changes
