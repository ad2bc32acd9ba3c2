"""What is embedded and what is indexed by words, for every unit and every sentence of it.

The recipe was chosen by the ablation in `eval/README.md`; `RECIPE` names it and is part of an index's identity.
"""

from __future__ import annotations

import re

from taqa import sentences
from taqa.domain import Document, Kind, Unit
from taqa.library.index import IndexRow
from taqa.references import fold
from taqa.retrieval.speaking import speaks

RECIPE = "context-2"
CHAPEAU_CHARS = 240
"""Of a long chapeau its end announces the items."""


def rows_of(document: Document) -> list[IndexRow]:
    """One row for each unit, then one for each sentence of a unit with several.

    Headings have no row of their own: they stand in the context of what follows them. Nor has what says nothing.
    """
    rows: list[IndexRow] = []
    for unit in document.units:
        if unit.kind is Kind.HEADING or not speaks(unit):
            continue
        context = context_of(unit, document)
        body = unit.text[unit.body :]
        whole = f"{context} {body}".strip()
        rows.append(IndexRow(unit.id, 0, len(unit.text), whole, fold(whole)))
        pieces = sentences.split(body)
        if len(pieces) > 1:
            for start, end in pieces:
                rows.append(IndexRow(unit.id, unit.body + start, unit.body + end, body[start:end], ""))
    return rows


def context_of(unit: Unit, document: Document) -> str:
    """The innermost heading and the chapeau that a unit must be read with."""
    parts = [_bare(title) for title in unit.heading_path[-2:]]
    parent = document.unit(unit.parent) if unit.parent and unit.kind is not Kind.FOOTNOTE else None
    if parent is not None:
        parts.append(parent.text[parent.body :][-CHAPEAU_CHARS:])
    return ". ".join(parts) + ":" if parts else ""


def passage_of(unit: Unit, document: Document, start: int, end: int) -> str:
    """Displayed characters `start`..`end` of a unit as the reader is given them: document and context before them."""
    return f"{document.name}. {context_of(unit, document)} {unit.text[max(start, unit.body) : end]}"


def name_of(document: Document) -> str:
    """What a document is called in questions: its name, and the words of the file's ("ramsar_convention.md")."""
    words = (word for word in re.split(r"[\W_]+", document.file.rpartition(".")[0]) if word.isalpha() and len(word) > 2)
    return " ".join((document.name, *words))


def _bare(title: str) -> str:
    """A heading without its number."""
    head, _, rest = title.partition(" ")
    return rest if rest and (head.endswith((".", ")")) or head.startswith("(")) else title
