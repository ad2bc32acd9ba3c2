"""Two proofs on a document: nothing lost or counted twice, and every printed series whole or its gap named."""

from __future__ import annotations

from dataclasses import dataclass

from taqa.domain import Document, Span


@dataclass(frozen=True, slots=True)
class Conservation:
    """Share of non-blank characters owned exactly once, and where others stand."""

    owned: int
    total: int
    lost: tuple[Span, ...]
    doubled: tuple[Span, ...]

    @property
    def share(self) -> float:
        return self.owned / self.total if self.total else 1.0


def conservation(document: Document) -> Conservation:
    """Count for every non-blank character the units and furniture that own it: it must be one."""
    owners = bytearray(len(document.text))
    pieces = [span for unit in document.units for span in unit.spans]
    pieces += [item.span for item in document.furniture]
    for span in pieces:
        for at in range(span.start, span.end):
            owners[at] = min(owners[at] + 1, 2)
    black = [at for at, char in enumerate(document.text) if not char.isspace()]
    lost = _group([at for at in black if owners[at] == 0])
    doubled = _group([at for at in black if owners[at] > 1])
    return Conservation(sum(owners[at] == 1 for at in black), len(black), lost, doubled)


def _group(places: list[int]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for at in places:
        if spans and spans[-1].end == at:
            spans[-1] = Span(spans[-1].start, at + 1)
        else:
            spans.append(Span(at, at + 1))
    return tuple(spans)
