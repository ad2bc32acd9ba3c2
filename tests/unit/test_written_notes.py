"""Markdown's own footnotes, and what a file says about itself at its head."""

from __future__ import annotations

import pytest

from taqa.domain import Kind
from taqa.ingest.proofs import conservation

from ..documents import furniture, made, parsed, series, tails, text, unit

NOTE = """
# Note on bees

1. Bees fly.[^1]
2. They rest[^hive] at night. [Wasps do not.]
3. They rest again.[^1]

[^1]: See the hive.
More of it.

    And a second paragraph of it.

[^hive]: A hive is a house.
4. Bees sleep.
"""


def test_footnotes_stand_under_the_paragraph_that_calls_them_first() -> None:
    paper = made(NOTE)
    assert tails(paper) == ["title", "1", "2", "3", "1.footnote1", "2.footnotehive", "4"]
    assert text(paper, "1") == "1. Bees fly."
    assert text(paper, "2") == "2. They rest at night. [Wasps do not.]"
    note = unit(paper, "1.footnote1")
    assert (note.kind, note.label, note.text) == (
        Kind.FOOTNOTE,
        "para. 1, footnote 1",
        "1 See the hive. More of it. And a second paragraph of it.",
    )
    assert note.parent == unit(paper, "1").id
    assert note.text[note.body :].startswith("See")
    assert unit(paper, "1").notes == (note.id,)
    assert text(paper, "2.footnotehive") == "hive A hive is a house."
    assert series(paper) == {"paragraphs": ("1", "2", "3", "4"), "footnotes": ("1",)}
    proof = conservation(paper)
    assert (proof.lost, proof.doubled) == ((), ())


def test_a_mark_of_a_footnote_is_not_text_that_is_not_agreed() -> None:
    paper = made(NOTE)
    bracketed = {tail: unit(paper, tail).bracketed for tail in tails(paper) if unit(paper, tail).bracketed}
    assert list(bracketed) == ["2"]
    [span] = bracketed["2"]
    assert text(paper, "2")[span.start : span.end] == "[Wasps do not.]"


def test_a_footnote_that_is_missing_leaves_no_mark() -> None:
    paper = parsed("Note\n\n1. Bees fly.[^1]\n\n2. They rest.\n")
    assert text(paper, "1") == "1. Bees fly."
    assert furniture(paper, "footnote mark") == ["[^1]"]
    assert unit(paper, "1").bracketed == ()


def test_a_mark_that_is_escaped_is_text() -> None:
    paper = parsed("Note\n\n1. Bees write \\[^1\\] as it is.\n\n2. They rest.\n")
    assert text(paper, "1") == "1. Bees write [^1] as it is."


FRONT = '---\ntitle: "Bees"\ndate: 2020-01-01\ntags:\n  - hives\n- more\n# none\n---\n'


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_a_file_says_of_itself_is_no_text(start: str, end: str) -> None:
    paper = parsed((start + FRONT + "\n# Note on bees\n\n1. Bees fly.\n\n2. They rest.\n").replace("\n", end))
    assert tails(paper) == ["title", "1", "2"]
    assert furniture(paper, "front matter") == [FRONT.strip().replace("\n", end)]
    proof = conservation(paper)
    assert (proof.lost, proof.doubled) == ((), ())


@pytest.mark.parametrize(
    "head",
    [
        "---\n\nUNEP/EX/1\n\n---\n",
        "---\nBees fly from here.\n---\n",
        "---\nDistr.: General\nBees fly\n---\n",
        "Bees\n---\ntitle: no\n---\n",
        "---\ntitle: no end\n",
    ],
)
def test_other_lines_between_rules_are_text(head: str) -> None:
    assert furniture(parsed(f"{head}\n1. Bees fly.\n\n2. They rest.\n"), "front matter") == []
