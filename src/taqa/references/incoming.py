"""Every reference that documents print, with its place and what it leads to, or the one reason why it leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from taqa.domain import Document, Kind, Span, Unit
from taqa.references.catalogue import Catalogue, catalogue
from taqa.references.chains import Path, Reference, ReferenceKind, references
from taqa.references.context import Context
from taqa.references.targets import Held, find_target, hold

_DOCUMENT = frozenset({"symbol", "decision"})
_IMPLIED = frozenset({"ibid.", "that decision", "that resolution"})


@dataclass(frozen=True, slots=True)
class Incoming:
    """A reference printed in a document: displayed characters `start`..`end` of a unit, `spans` of the source.

    `path` leads from a document or treaty inwards, from nothing in the own document; `key` is the path as one text.
    `target` and `unit_to` are what it leads to; where that is nothing, `reason` says why. `implied` is true where
    the words name nothing themselves: "ibid.", "that decision".
    """

    document: Document
    unit: Unit
    start: int
    end: int
    kind: ReferenceKind
    path: Path
    target: Document | None
    unit_to: Unit | None
    reason: str
    implied: bool = False

    @property
    def key(self) -> str:
        return ", ".join(self.path)

    @property
    def text(self) -> str:
        return self.unit.text[self.start : self.end]

    @property
    def label(self) -> str:
        return f"{self.document.name}, {self.unit.label}"

    @property
    def spans(self) -> tuple[Span, ...]:
        return self.unit.source_spans(self.start, self.end)


def incoming(documents: Catalogue | Sequence[Document]) -> tuple[Incoming, ...]:
    """All references of some documents, in the order of the documents."""
    held = hold(catalogue(documents))
    return tuple(found for document in held.catalogue.documents for found in _of_document(held, document))


def _of_document(held: Held, document: Document) -> Iterator[Incoming]:
    context = held.contexts[document.id]
    last: Path = ()
    for unit in document.units:
        own: Path = ()
        before: dict[str, Path] = {}
        for reference in references(unit.text):
            implied = reference.path[0] in _IMPLIED
            named = last if reference.path[0] == "ibid." else own
            if _is_label(reference, unit) or (implied and not named):
                continue
            if reference.bearing == "same" and not implied and reference.noun in before:
                reference = replace(reference, path=_within(before[reference.noun], reference.path), bearing="")
            read = _read(reference, unit, context, named)
            before[read.kind] = read.path
            if read.kind in _DOCUMENT and len(read.path) == 1:
                own = last = read.path
            leads = find_target(held, document, unit, read)
            yield Incoming(
                document, unit, reference.start, reference.end, read.kind, read.path,
                leads.document, leads.unit, leads.reason, implied and len(reference.path) == 1,
            )  # fmt: skip


def _within(outer: Path, inner: Path) -> Path:
    """ "Sub-paragraph (h) of that paragraph", after paragraph 5 (e) of article 7, as article 7, paragraph 5 (h)."""
    if not inner[0].startswith("("):
        return (*outer, *inner)
    return (*outer[:-1], f"{outer[-1].partition(' (')[0]} {inner[0]}", *inner[1:])


def _is_label(reference: Reference, unit: Unit) -> bool:
    """Whether what looks like a reference is the number of the unit itself: "Article 5", "Annex II" as headings."""
    if reference.kind in _DOCUMENT or len(reference.path) > 1:
        return False
    return reference.start < unit.body or (unit.kind is Kind.HEADING and not unit.text[: reference.start].strip())


def _read(reference: Reference, unit: Unit, context: Context, last: Path) -> Reference:
    """The reference with what its context says: the treaty that is meant, the decision named before."""
    before = unit.text[: reference.start]
    if reference.path[0] in _IMPLIED:
        kind: ReferenceKind = "symbol" if last[0].count("/") > 1 and len(reference.path) == 1 else reference.kind
        return replace(reference, path=(*last, *reference.path[1:]), kind=kind, bearing="")
    if reference.bearing == "same" and reference.noun in ("decision", "resolution") and last:
        return replace(reference, path=(*last, *reference.path), bearing="")
    if reference.bearing == "treaty" and (name := context.treaty(reference.noun, unit, before)):
        return replace(reference, path=(name, *reference.path), bearing="")
    if reference.bearing == "treaty" and context.own_noun == reference.noun:
        return replace(reference, bearing="own")
    if reference.kind == "annex" and not reference.bearing and len(reference.path) == 1:
        name = "" if context.is_treaty or context.has_annex(reference.path[0]) else context.treaty_of_sentence(before)
        return replace(reference, path=(name, *reference.path)) if name else reference
    alone = reference.path[0].startswith("art.") and not reference.bearing
    if alone and not context.is_treaty and (name := context.treaty_before(unit, before)):
        return replace(reference, path=(name, *reference.path))
    return reference
