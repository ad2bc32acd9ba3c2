"""The record of numbering series: what was printed, what is missing, what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from taqa.domain import Series


@dataclass(slots=True)
class Ledger:
    """Series by their path, in the order in which they began.

    `unique` says that a number that comes twice in one series is a fault.
    """

    unique: bool = False
    numbers: dict[str, list[str]] = field(default_factory=dict)
    gaps: dict[str, list[str]] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)

    def enter(self, path: str, number: str, missing: Iterable[str] = (), fault: str = "") -> None:
        """Record a number as printed, those missing before it, and what is wrong with it."""
        self.numbers.setdefault(path, []).append(number)
        self.gaps.setdefault(path, []).extend(missing)
        if fault:
            self.faults.setdefault(path, []).append(fault)

    def last(self, path: str) -> str:
        """The number that came last in a series, empty where none has."""
        return self.numbers.get(path, [""])[-1]

    def series(self) -> list[Series]:
        return [
            Series(path, tuple(numbers), tuple(self.gaps[path]), (*self.faults.get(path, ()), *self._twice(numbers)))
            for path, numbers in self.numbers.items()
        ]

    def _twice(self, numbers: Iterable[str]) -> tuple[str, ...]:
        return tuple(number for number, count in Counter(numbers).items() if count > 1) if self.unique else ()
