"""Which questions a result gained and lost against an earlier one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
    changes = changes_of(outcomes_of(now.rows), outcomes_of(before.rows))
    if not changes:
        raise InputError("The baseline holds none of these questions; measure it on the same split.")
    return changes


def outcomes_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, bool | None]]:
    """For the id of each row, which outcomes it has."""
    return {row["id"]: {outcome: has(row) for outcome, has in OUTCOMES.items()} for row in rows}


def changes_of(
    now: Mapping[str, Mapping[str, bool | None]], before: Mapping[str, Mapping[str, bool | None]]
) -> list[Change]:
    """The changes of every outcome over the ids that are in both; none where no id is."""
    both = [each for each in now if each in before]
    changes = []
    for outcome in OUTCOMES if both else ():
        turned = [(each, now[each].get(outcome), before[each].get(outcome)) for each in both]
        gained = tuple(each for each, new, old in turned if new is True and old is False)
        lost = tuple(each for each, new, old in turned if new is False and old is True)
        changes.append(Change(outcome, gained, lost))
    return changes
