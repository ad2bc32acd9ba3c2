"""What is embedded and what is indexed by words, for every unit and every sentence of it.

The recipe was chosen by the ablation in `eval/README.md`; `RECIPE` names it and is part of an index's identity.
"""

from __future__ import annotations

from collections.abc import Mapping

from taqa import sentences
from taqa.domain import Document, Kind, Unit
from taqa.library.index import IndexRow
from taqa.references import fold

RECIPE = "context-1"
CHAPEAU_CHARS = 240
"""Of a long chapeau its end announces the items."""


def rows_of(document: Document) -> list[IndexRow]:
    """One row for each unit, then one for each sentence of a unit with several. Headings have no row of their own:
    they stand in the context of what follows them."""
    units = {unit.id: unit for unit in document.units}
    rows: list[IndexRow] = []
    for unit in document.units:
        if unit.kind is Kind.HEADING:
            continue
        context = context_of(unit, units)
        body = unit.text[unit.body :]
        whole = f"{context} {body}".strip()
        rows.append(IndexRow(unit.id, 0, len(unit.text), whole, fold(whole)))
        pieces = sentences.split(body)
        if len(pieces) > 1:
            for start, end in pieces:
                sentence = f"{context} {body[start:end]}".strip()
                rows.append(IndexRow(unit.id, unit.body + start, unit.body + end, sentence, ""))
    return rows


def context_of(unit: Unit, units: Mapping[str, Unit]) -> str:
    """The innermost heading and the chapeau that a unit must be read with."""
    parts = [_bare(title) for title in unit.heading_path[-2:]]
    if unit.parent and (parent := units.get(unit.parent)) is not None and unit.kind is not Kind.FOOTNOTE:
        parts.append(parent.text[parent.body :][-CHAPEAU_CHARS:])
    return ". ".join(parts) + ":" if parts else ""


def _bare(title: str) -> str:
    """A heading without its number."""
    head, _, rest = title.partition(" ")
    return rest if rest and (head.endswith((".", ")")) or head.startswith("(")) else title
