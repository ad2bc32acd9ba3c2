"""Which of several documents speaks with more authority: a treaty before a decision, a newer paper before an older."""

from __future__ import annotations

import re

from taqa.domain import Document, Unit
from taqa.references import fold
from taqa.references.catalogue import treaty_names

_KINDS = (r"\b(?:decision|resolution|recommendation)s?\b", r"\b(?:plan|strategy|programme)s?\b", r"\breports?\b")
"""Of what their documents say they are, after treaties; notes and other papers come last."""
_LAST = len(_KINDS) + 1


def authority(document: Document, unit: Unit | None = None) -> tuple[int, tuple[int, ...]]:
    """What to sort by, best first: treaty, decision, plan, report, note and other; then newer before older.

    A unit that stands in a decision has that authority, whatever paper the decision is printed in.
    """
    return _rank(document, unit), tuple(-int(part) for part in re.findall(r"\d+", document.meta.date)) or (0,)


def _rank(document: Document, unit: Unit | None) -> int:
    if next(treaty_names(document), ""):
        return 0
    if unit is not None and unit.address and re.match(r"(?:decision|resolution)\b", fold(unit.address[0])):
        return 1
    said = fold(f"{document.meta.type} {document.meta.cited_as}")
    return next((rank for rank, kind in enumerate(_KINDS, 1) if re.search(kind, said)), _LAST)
