"""What the API shows beside answers: documents, units in their surroundings, references resolved, health."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from taqa import wire
from taqa.answering.caveats import caveats, newest
from taqa.domain import Citation, Document, Kind, Quotation, Unit
from taqa.ingest.verdicts import FileVerdict, judged

_OUTLINE = 8


class HealthOut(BaseModel):
    """That the service runs, and on what."""

    status: Literal["ok"] = "ok"
    version: Annotated[str, Field(description="Of the program.")]
    generation: Annotated[str, Field(description="Of the index that answers.")]
    fingerprint: Annotated[str, Field(description="Of the index: changes with the corpus, the model and the settings.")]
    model: Annotated[str, Field(description="Embedding model of the index.")]
    reader: Annotated[str, Field(description="Reading model; empty where reading is turned off.")]
    documents: int
    units: int
    max_question_chars: Annotated[int, Field(description="Longest question taken.")]
    uploads: Annotated[bool, Field(description="Whether documents can be added and removed over HTTP.")]
    max_file_bytes: Annotated[int, Field(description="Largest document taken.")]


class DocumentSummary(wire.DocumentMetaOut):
    """A document in the list, with its first headings."""

    file: str
    sha256: str
    units: int
    outline: tuple[str, ...]
    verdict: Annotated[str, Field(description="On its file: indexed, or partial where pages of it are without text.")]


class DocumentList(BaseModel):
    """All documents of the corpus, and the verdict on every file of it when it was indexed."""

    documents: tuple[DocumentSummary, ...]
    files: Annotated[
        tuple[wire.FileOut, ...], Field(description="Also those that gave no document, each with one sentence why.")
    ]


class DocumentOut(wire.InspectionOut):
    """A document taken apart, with its furniture counted and, when asked for, its text."""

    furniture_counts: dict[str, int]
    text: Annotated[str | None, Field(description="The text that all offsets refer to; null unless asked for.")]


class UnitView(BaseModel):
    """A unit with what is needed to read it: the units above and below it and its footnotes."""

    document: wire.DocumentRef
    label: Annotated[str, Field(description="The whole reference as it is printed in UN documents.")]
    unit: wire.UnitOut
    above: Annotated[tuple[wire.UnitOut, ...], Field(description="Chapeaux that it continues, outermost first.")]
    below: Annotated[tuple[wire.UnitOut, ...], Field(description="Its own items.")]
    footnotes: tuple[wire.UnitOut, ...]
    caveats: Annotated[
        tuple[wire.CaveatOut, ...], Field(description="What to know of the unit, as of a citation of the whole of it.")
    ]


class ResolutionOut(BaseModel):
    """Where a reference leads. Without `units` it names a document as a whole."""

    ref: str
    document: wire.DocumentRef
    unit: Annotated[UnitView | None, Field(description="The first of `units`; null for a document as a whole.")]
    units: Annotated[tuple[UnitView, ...], Field(description="All units that it means, in order; of any documents.")]


def listed(documents: Iterable[Document], verdicts: Iterable[FileVerdict]) -> DocumentList:
    """The documents that are held and the verdicts on all files."""
    files = tuple(wire.from_verdict(verdict) for verdict in verdicts)
    return DocumentList(documents=tuple(summary(document) for document in documents), files=files)


def summary(document: Document) -> DocumentSummary:
    headings = [unit.text for unit in document.units if unit.kind is Kind.HEADING and not unit.counted]
    return DocumentSummary(
        **wire.from_meta(document).model_dump(),
        file=document.file,
        sha256=document.sha256,
        units=len(document.units),
        outline=tuple(headings[:_OUTLINE]),
        verdict=judged(document, document.file).verdict,
    )


def whole(document: Document, with_text: bool) -> DocumentOut:
    counts = Counter(piece.kind for piece in document.furniture)
    return DocumentOut(
        **wire.from_document(document).model_dump(),
        furniture_counts=dict(sorted(counts.items())),
        text=document.text if with_text else None,
    )


def unit_view(document: Document, unit: Unit, documents: Sequence[Document]) -> UnitView:
    """A unit of a document among all `documents`."""
    cited = Citation(1, Quotation(document, unit, 0, len(unit.text)), newest(document, documents))
    by_id = {other.id: other for other in document.units}
    above: list[Unit] = []
    parent = by_id.get(unit.parent or "")
    while parent is not None and parent not in above:
        above.insert(0, parent)
        parent = by_id.get(parent.parent or "")
    return UnitView(
        document=wire.from_document_ref(document),
        label=cited.label,
        unit=wire.from_unit(unit),
        above=tuple(wire.from_unit(other) for other in above if other.kind is not Kind.HEADING),
        below=tuple(
            wire.from_unit(other)
            for other in document.units
            if other.parent == unit.id and other.kind is not Kind.FOOTNOTE
        ),
        footnotes=tuple(wire.from_unit(by_id[note]) for note in unit.notes if note in by_id),
        caveats=wire.from_caveats(caveats(cited)),
    )
