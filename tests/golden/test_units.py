"""The units of the five documents, reviewed by eye. After a wanted change: `pytest tests/golden --update-golden`."""

from __future__ import annotations

from pathlib import Path

import pytest

from taqa.domain import Document

from ..documents import corpus

LISTINGS = Path(__file__).parent
WORDS = 6


def listing(document: Document) -> str:
    """A line for each unit (label | kind | first words | last words | notes), then the numbering series."""
    lines = [f"# {document.file}: {document.name}"]
    for unit in document.units:
        words = unit.text[unit.body :].split()
        first, last = " ".join(words[:WORDS]), " ".join(words[-WORDS:])
        counted = " (counted)" if unit.counted else ""
        called = " | calls " + ", ".join(note.rpartition("footnote")[2] for note in unit.notes) if unit.notes else ""
        lines.append(f"{unit.label}{counted} | {unit.kind} | {first} | {last}{called}")
    for item in document.series:
        faults = "".join(
            f" | {name} {', '.join(values)}"
            for name, values in (("gaps", item.gaps), ("repeats", item.repeats))
            if values
        )
        lines.append(f"= {item.path}: {' '.join(item.numbers)}{faults}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("document", corpus(), ids=lambda document: document.file[:3])
def test_units_are_as_reviewed(document: Document, request: pytest.FixtureRequest) -> None:
    path = LISTINGS / f"{document.file[:3]}.units.txt"
    if request.config.getoption("--update-golden"):
        path.write_text(listing(document), "utf-8")
    assert listing(document) == path.read_text("utf-8"), "see the docstring of this file"
