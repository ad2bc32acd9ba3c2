"""Ids of documents: from the file name, and told apart where two names give the same."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from taqa.domain import Document, Unit

_DIGEST = 8
"""Characters of a name's hash that tell it from others."""


def document_id(file: str) -> str:
    """The id that a file's name gives: what stands before its suffix, of word characters, dots and hyphens."""
    return _worded(Path(file).stem)


def distinct(documents: Iterable[Document]) -> tuple[Document, ...]:
    """The same documents, no two of one id: the first of a name keeps it, another is told apart by its suffix.

    What comes out depends on the names and their order only, not on ids given before.
    """
    taken: set[str] = set()
    told: list[Document] = []
    for document in documents:
        whole = _worded(document.file)
        digest = hashlib.sha256(document.file.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]
        choices = (document_id(document.file), whole, f"{whole}-{digest}")
        chosen = next(choice for choice in choices if choice not in taken)
        taken.add(chosen)
        told.append(_renamed(document, chosen))
    return tuple(told)


def _worded(name: str) -> str:
    return re.sub(r"[^\w.-]+", "_", name)


def _renamed(document: Document, chosen: str) -> Document:
    if document.id == chosen:
        return document
    before = f"{document.id}:"

    def other(unit_id: str) -> str:
        return f"{chosen}:{unit_id.removeprefix(before)}" if unit_id.startswith(before) else unit_id

    def moved(unit: Unit) -> Unit:
        parent = other(unit.parent) if unit.parent else unit.parent
        return replace(unit, id=other(unit.id), parent=parent, notes=tuple(map(other, unit.notes)))

    return replace(document, id=chosen, units=tuple(map(moved, document.units)))
