"""Places that mention a reference or define a term, as they are published by the API and by the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, Field

from taqa import wire
from taqa.references import Incoming
from taqa.retrieval.definitions import Definition
from taqa.retrieval.exact import sentence_around


class TargetOut(BaseModel):
    """What a mention leads to; without `unit` a document as a whole."""

    document: wire.DocumentRef
    unit: str | None
    label: Annotated[str, Field(description="The reference as it is printed in UN documents.")]


class MentionOut(BaseModel):
    """One mention, in the sentence that prints it."""

    document: wire.DocumentRef
    unit: Annotated[str, Field(description="Id of the unit that prints it.")]
    label: Annotated[str, Field(description="Where it is printed, as a reference.")]
    counted: Annotated[bool, Field(description="A part of that address is this system's counting, not printed.")]
    kind: Annotated[str, Field(description="symbol, decision, article, paragraph, annex or footnote.")]
    key: Annotated[str, Field(description="The mention in its one spelling, from the document or treaty inwards.")]
    text: Annotated[str, Field(description="The words of the mention.")]
    start: Annotated[int, Field(description="Their first character in the file's text.")]
    end: int
    shown: Annotated[wire.Range, Field(description="Where they stand in the unit's displayed text.")]
    quote: Annotated[str, Field(description="The sentence that prints them, exactly.")]
    quote_start: int
    quote_end: int
    quote_spans: Annotated[tuple[wire.Range, ...], Field(description="The pieces of the sentence in the file's text.")]
    implied: Annotated[bool, Field(description="The words name nothing themselves: “ibid.”, “that decision”.")]
    target: TargetOut | None
    reason: Annotated[str, Field(description="Why it leads nowhere; empty where it leads to something.")]


class MentionsOut(BaseModel):
    """Places that mention a reference, in the order of the documents. `total` counts all, not this page only."""

    ref: str
    total: int
    limit: int
    offset: int
    mentions: tuple[MentionOut, ...]


class DefinitionOut(BaseModel):
    """A term with what a document says that it stands for."""

    term: str
    text: Annotated[str, Field(description="The full name of an acronym or short name, or the definition.")]
    kind: Annotated[str, Field(description="acronym, short name or definition.")]
    document: wire.DocumentRef
    unit: Annotated[str, Field(description="Id of the unit that says so.")]
    label: Annotated[str, Field(description="The place as a reference.")]
    start: Annotated[int, Field(description="First character of the place in the file's text.")]
    end: int


def from_definition(item: Definition) -> DefinitionOut:
    """A definition as it is published."""
    spans = item.unit.source_spans(item.start, item.end)
    return DefinitionOut(
        term=item.term,
        text=item.text,
        kind=item.kind,
        document=wire.from_document_ref(item.document),
        unit=item.unit.id,
        label=item.label,
        start=spans[0].start,
        end=spans[-1].end,
    )


def from_mentions(ref: str, found: Sequence[Incoming], offset: int = 0, limit: int | None = None) -> MentionsOut:
    """One page of the places found; without `limit` all of them."""
    stop = len(found) if limit is None else offset + limit
    page = tuple(from_mention(item) for item in found[offset:stop])
    return MentionsOut(
        ref=ref, total=len(found), limit=len(found) if limit is None else limit, offset=offset, mentions=page
    )


def from_mention(item: Incoming) -> MentionOut:
    """A mention as it is published."""
    start, end = sentence_around(item.unit, item.start, item.end)
    quoted = item.unit.source_spans(start, end)
    target = None
    if item.target is not None and not item.reason:
        place = item.unit_to
        label = f"{item.target.name}, {place.label}" if place else item.target.name
        target = TargetOut(document=wire.from_document_ref(item.target), unit=place.id if place else None, label=label)
    return MentionOut(
        document=wire.from_document_ref(item.document),
        unit=item.unit.id,
        label=item.label,
        counted=item.unit.counted,
        kind=item.kind,
        key=item.key,
        text=item.text,
        start=item.spans[0].start,
        end=item.spans[-1].end,
        shown=(item.start, item.end),
        quote=item.unit.text[start:end],
        quote_start=quoted[0].start,
        quote_end=quoted[-1].end,
        quote_spans=tuple((span.start, span.end) for span in quoted),
        implied=item.implied,
        target=target,
        reason=item.reason,
    )
