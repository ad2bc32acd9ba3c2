"""Numbers at the start of lines that belong to other provisions: none of them may become an anchor."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from taqa.domain import Document, Kind

from ..documents import parsed

TRAPS = tuple(
    block.strip("\n") for block in Path(__file__).with_name("traps.txt").read_text("utf-8").split("\n%\n")[1:]
)
LEAST = 60
TRAPPED = ("para. 7", "para. 2 (b)")
"""Units that hold a trap, whatever they say."""


def paragraphs(trap: str) -> str:
    """A note whose paragraph 7 is the trap."""
    texts = [f"{n}. Bees fly to flowers in paragraph {n} of this note." for n in range(1, 11)]
    texts[6] = f"7. {trap}"
    return "NOTE ON BEES\n\n" + "\n\n".join(texts) + "\n"


def resolution(trap: str) -> str:
    """A resolution whose operative paragraph 7 is the trap."""
    texts = [f"{n}. Requests beekeepers to spare hive number {n};" for n in range(1, 11)]
    texts[6] = f"7. {trap}"
    return "Resolution 3/1\n\nThe Assembly of Bees,\n\nRecalling its flowers,\n\n" + "\n\n".join(texts) + "\n"


def article(trap: str) -> str:
    """A treaty whose article 2 has the trap in its paragraph 7; article 3 has as many paragraphs."""
    texts = [f"{n}. Each State shall plant flowers of kind {n}." for n in range(1, 11)]
    trapped = [*texts[:6], f"7. {trap}", *texts[7:]]
    return "\n\n".join(["Article 2", *trapped, "Article 3", *texts]) + "\n"


def items(trap: str) -> str:
    """A paragraph whose item (b) is the trap."""
    return (
        "NOTE ON BEES\n\n1. Bees fly to flowers.\n\n2. Each State shall:\n\n(a) Plant flowers of many kinds;\n\n"
        f"(b) {trap}\n\n(c) Spare the hives;\n\n(d) Report on them.\n\n3. Bees sleep.\n\n4. Wasps do not.\n"
    )


def anchors(document: Document) -> list[tuple[str, str]]:
    """Labels and first words of the units that have a printed number of this document's own, and of headings."""
    own = (Kind.PARAGRAPH, Kind.CHAPEAU, Kind.SUBPARAGRAPH)
    found = [u for u in document.units if (u.kind in own and not u.counted and u.body) or u.kind is Kind.HEADING]
    return [(unit.label, "" if unit.label.endswith(TRAPPED) else unit.text[:30]) for unit in found]


@pytest.mark.parametrize("around", [paragraphs, resolution, article, items])
@pytest.mark.parametrize("trap", TRAPS, ids=range(1, len(TRAPS) + 1))
def test_no_number_of_another_provision_becomes_an_anchor(trap: str, around: Callable[[str], str]) -> None:
    expected = anchors(parsed(around("Bees rest in their hives.")))
    assert anchors(parsed(around(trap))) == expected


def test_there_are_enough_traps() -> None:
    assert len(TRAPS) >= LEAST
    assert len(set(TRAPS)) == len(TRAPS)
