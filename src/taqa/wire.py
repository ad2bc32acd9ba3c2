"""The JSON that enters and leaves the system: pydantic models of the published contract, made from the domain.

Programs outside this project depend on these names. A field may be added, and that raises `VERSION`; none is renamed or
given another meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from taqa.answering.caveats import Caution, Caveat, caveats, newest
from taqa.domain import (
    Answer,
    Choice,
    Citation,
    Document,
    Evidence,
    Hit,
    Kind,
    Question,
    Quotation,
    Searched,
    Series,
    Span,
    Statement,
    Status,
    Turn,
    Unit,
)
from taqa.ingest.proofs import conservation
from taqa.ingest.verdicts import FileVerdict

VERSION = 7
"""Of the answer, batch and inspection formats."""

Range = tuple[int, int]
_HEALED = frozenset("-\u00ad\u2010\u2011")
"""Hyphens that healing removes where they stand at the end of a line."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


# ---------------------------------------------------------------- questions in


def _whole_characters(text: str) -> str:
    """Refuse halves of characters, which JSON can escape but no file, index or response can hold."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("the text holds half a character (a lone surrogate)")
    return text


Text = Annotated[str, AfterValidator(_whole_characters)]


class TurnIn(BaseModel):
    """An earlier message of the conversation."""

    model_config = ConfigDict(strict=True)

    role: Literal["user", "assistant"]
    content: Text


class QuestionIn(BaseModel):
    """A question. Unknown fields are ignored, so a line of a question set can be sent as it is."""

    model_config = ConfigDict(
        strict=True,
        json_schema_extra={
            "examples": [
                {"question": "Which regional centres provide technical assistance?"},
                {
                    "id": "q7",
                    "question": "And who pays for them?",
                    "history": [
                        {"role": "user", "content": "Which regional centres provide technical assistance?"},
                        {"role": "assistant", "content": "Regional centres have been established."},
                    ],
                    "documents": [],
                },
            ]
        },
    )

    question: Annotated[Text, Field(description="The question, in plain words or naming a provision.")]
    history: Annotated[
        list[TurnIn], Field(description="The conversation so far, oldest first; a follow-up is read in its light.")
    ] = []
    documents: Annotated[list[Text], Field(description="Ids of the documents to search; none means all of them.")] = []
    id: Annotated[Text, Field(description="Comes back in the answer unchanged.")] = ""

    def to_domain(self) -> Question:
        """The question as the core takes it."""
        turns = tuple(Turn(turn.role, turn.content) for turn in self.history)
        return Question(self.question, turns, tuple(self.documents), self.id)


# ---------------------------------------------------------------- answers out


class DocumentRef(_Frozen):
    """How a document is named; empty means that the document does not say."""

    id: str
    title: str
    symbol: str
    name: Annotated[str, Field(description="Symbol, else short title, else title, else file name.")]
    superseded_by: Annotated[str, Field(description="Id of the newest version that is held; empty: this is current.")]
    date: Annotated[str, Field(description="As in 2018-10-31, or what is known of it; empty: none is known.")]


class CaveatOut(_Frozen):
    """What a reader must know of a quotation before relying on it."""

    about: Caution
    text: Annotated[str, Field(description="Words to put behind the reference.")]


class LeadOut(_Frozen):
    """A chapeau that an item is quoted with, in the same file."""

    address: tuple[str, ...]
    label: str
    quote: str
    start: int
    end: int
    spans: tuple[Range, ...]
    unit_start: int
    unit_end: int
    unit: Annotated[str, Field(description="Id of its unit.")]


class CitationOut(_Frozen):
    """A quotation and the place it stands at."""

    n: Annotated[int, Field(ge=1, description="Its mark in the answer.")]
    file: str
    document: DocumentRef
    address: tuple[str, ...]
    label: Annotated[str, Field(description="The reference as it is printed in UN documents.")]
    quote: str
    start: Annotated[int, Field(description="First character of the quotation in the file's text.")]
    end: Annotated[int, Field(description="One after its last character.")]
    spans: Annotated[
        tuple[Range, ...],
        Field(description="The pieces of the quotation; more than one where a page header or a note interrupts it."),
    ]
    lead: Annotated[
        tuple[LeadOut, ...],
        Field(description="The chapeaux that the statement shows before an item, outermost first; mostly none."),
    ] = ()
    unit_start: int
    unit_end: int
    page: int | None
    sha256: Annotated[str, Field(description="Of the file.")]
    unit: Annotated[str, Field(description="Id of the cited unit.")]
    kind: Kind
    heading_path: tuple[str, ...]
    counted: Annotated[bool, Field(description="A part of the address is this system's counting, not printed.")]
    shown: Annotated[Range, Field(description="Where the quotation stands in the unit's displayed text.")]
    not_agreed: Annotated[bool, Field(description="Some of it stands in square brackets: in a draft, not agreed.")]
    bracketed: Annotated[tuple[Range, ...], Field(description="Pieces of `quote` that stand in square brackets.")]
    page_state: Annotated[
        Literal["text", "ocr"] | None,
        Field(description="How its page was read: printed text, or a picture by OCR; null where there are no pages."),
    ]
    caveats: Annotated[
        tuple[CaveatOut, ...],
        Field(
            description="The same in words: not agreed, superseded, read by OCR, tracked changes, date. Empty: nothing."
        ),
    ]


class StatementOut(_Frozen):
    """One sentence of the answer and the marks of the citations that carry it."""

    text: str
    citations: tuple[int, ...]


class PartialOut(_Frozen):
    """A document that could be read in part only."""

    document: DocumentRef
    pages: Annotated[tuple[int, ...], Field(description="The pages that no text could be read from.")]


class SearchedOut(_Frozen):
    """What was looked through."""

    documents: int
    units: int
    partial: Annotated[
        tuple[PartialOut, ...], Field(description="Those of the documents that have pages without text.")
    ]


class ChoiceOut(_Frozen):
    """A question to ask instead of one that may mean several things."""

    question: Annotated[str, Field(description="To be asked as it stands: it names one place.")]
    label: Annotated[str, Field(description="The reference of that place, as it is printed in UN documents.")]
    about: Annotated[str, Field(description="Its first words, to choose by.")]


class AnswerOut(_Frozen):
    """An answer in the documents' own words, or the word that they do not answer."""

    version: int = VERSION
    id: str
    question: str
    interpreted_question: Annotated[Text, Field(description="The question as it was searched for.")]
    status: Status
    answer: Annotated[str, Field(description="The text shown.")]
    confidence: Annotated[
        float, Field(ge=0, le=1, description="That the words quoted first are right; of a comparison its surest side.")
    ]
    statements: tuple[StatementOut, ...]
    citations: tuple[CitationOut, ...]
    related: Annotated[tuple[CitationOut, ...], Field(description="Nearest provisions; they are not the answer.")]
    searched: SearchedOut
    not_stated: Annotated[
        tuple[str, ...], Field(description="Sides of a comparison, by name or number, that no statement speaks of.")
    ] = ()
    choices: Annotated[
        tuple[ChoiceOut, ...],
        Field(description="With `clarify`: two to four questions that could be meant, or none. Else empty."),
    ] = ()
    index: Annotated[str, Field(description="Fingerprint of the index that answered.")]
    ms: float


class HitOut(_Frozen):
    """A unit that a search found; scores compare within one search only."""

    file: str
    document: DocumentRef
    unit: str
    kind: Kind
    address: tuple[str, ...]
    label: Annotated[str, Field(description="The reference as it is printed in UN documents.")]
    heading_path: tuple[str, ...]
    counted: bool
    text: str
    start: int
    end: int
    page: int | None
    score: float
    caveats: Annotated[
        tuple[CaveatOut, ...], Field(description="What to know of the unit, as of a citation of the whole of it.")
    ]


class EvidenceOut(_Frozen):
    """How the question was read and what was retrieved for it, before anything is said."""

    interpreted_question: str
    count: int
    documents: Annotated[int, Field(description="Number of different documents among the hits.")]
    hits: tuple[HitOut, ...]


class SearchOut(_Frozen):
    """The units nearest to a query, best first."""

    query: str
    hits: tuple[HitOut, ...]


# ---------------------------------------------------------------- documents out


class DocumentMetaOut(_Frozen):
    """What is known of a document; empty means that it does not say, `known` says how the rest is known."""

    id: str
    title: str
    symbol: str
    aliases: tuple[str, ...]
    type: str
    date: str
    body: str
    language: str
    cited_as: str
    conventions: tuple[str, ...]
    distribution: str
    session: str
    agenda_item: str
    relations: tuple[str, ...]
    known: dict[str, str]
    name: str
    superseded_by: Annotated[str, Field(description="Id of the newest version that is held; empty: this is current.")]
    other_names: Annotated[tuple[str, ...], Field(description="Further file names of the same content.")]


class ListedOut(DocumentMetaOut):
    """A document in a list, with the verdict on its file."""

    file: str
    verdict: Annotated[str, Field(description="indexed, or partial where pages of it are without text.")]
    reason: Annotated[str, Field(description="One sentence where the verdict is not indexed.")]


class FileOut(_Frozen):
    """The verdict on one file of the corpus."""

    file: str
    verdict: Annotated[
        str,
        Field(description="indexed, partial, no text, encrypted, damaged, over limit or unsupported."),
    ]
    reason: Annotated[str, Field(description="One sentence where the verdict is not indexed.")]
    former: Annotated[bool, Field(description="The document read from an earlier version of the file still answers.")]


class PageOut(_Frozen):
    """One page of a paged source and the offsets of its text."""

    n: int
    state: Literal["text", "ocr", "empty"]
    start: int
    end: int
    gap: Annotated[
        str,
        Field(
            description="Why a page has no text: blank, no tesseract, no language, no time, nothing found, failed or "
            "damaged."
        ),
    ]


class DeletionOut(_Frozen):
    """Text that a tracked change takes out of a unit: no part of what the document says."""

    at: Annotated[int, Field(description="Character of the unit's `text` before which it stood.")]
    text: str
    start: int
    end: int


class UnitOut(_Frozen):
    """The addressed piece of a document that is indexed and cited."""

    id: str
    kind: Kind
    address: tuple[str, ...]
    label: str
    parent: str | None
    heading_path: tuple[str, ...]
    start: int
    end: int
    spans: tuple[Range, ...]
    page: int | None
    text: str
    counted: bool
    notes: tuple[str, ...]
    verb: Annotated[str, Field(description="Verb with which a paragraph of a decision acts, as printed; or empty.")]
    bracketed: Annotated[
        tuple[Range, ...], Field(description="Pieces of `text` in square brackets: in a draft, not agreed.")
    ]
    inserted: Annotated[tuple[Range, ...], Field(description="Pieces of `text` that a tracked change puts in.")]
    deleted: Annotated[tuple[DeletionOut, ...], Field(description="What tracked changes take out; not part of `text`.")]


class FurnitureOut(_Frozen):
    """Characters that belong to no unit, such as a running header."""

    kind: str
    start: int
    end: int


class SeriesOut(_Frozen):
    """A printed numbering series; `gaps` never came, `repeats` came twice or are misprinted."""

    path: str
    numbers: tuple[str, ...]
    gaps: tuple[str, ...]
    repeats: tuple[str, ...]


class InspectionOut(_Frozen):
    """A document taken apart: everything that was read off its file."""

    version: int = VERSION
    file: str
    sha256: str
    document: DocumentMetaOut
    pages: tuple[PageOut, ...]
    units: tuple[UnitOut, ...]
    furniture: tuple[FurnitureOut, ...]
    series: tuple[SeriesOut, ...]
    conserved: Annotated[float, Field(ge=0, le=1, description="Share of non-blank characters in exactly one place.")]


# ---------------------------------------------------------------- from the domain


def from_answer(answer: Answer) -> AnswerOut:
    """The answer object of the contract."""
    return AnswerOut(
        id=answer.question.id,
        question=answer.question.text,
        interpreted_question=answer.interpreted_question,
        status=answer.status,
        answer=answer.text,
        confidence=answer.confidence,
        statements=tuple(from_statement(statement) for statement in answer.statements),
        citations=tuple(from_citation(citation) for citation in answer.citations),
        related=tuple(from_citation(citation) for citation in answer.related),
        searched=_searched(answer.searched),
        not_stated=answer.not_stated,
        choices=tuple(from_choice(choice) for choice in answer.choices),
        index=answer.index,
        ms=answer.ms,
    )


def from_choice(choice: Choice) -> ChoiceOut:
    return ChoiceOut(question=choice.question, label=choice.label, about=choice.about)


def from_statement(statement: Statement) -> StatementOut:
    return StatementOut(text=statement.text, citations=statement.citations)


def from_citation(citation: Citation) -> CitationOut:
    quotation = citation.quotation
    document, unit = quotation.document, quotation.unit
    pieces = quoted_pieces(quotation)
    return CitationOut(
        n=citation.n,
        file=document.file,
        document=from_document_ref(document),
        address=unit.address,
        label=citation.label,
        quote=quotation.text,
        start=pieces[0][0],
        end=pieces[-1][1],
        spans=pieces,
        lead=tuple(map(_from_lead, citation.lead)),
        unit_start=unit.start,
        unit_end=unit.end,
        page=unit.page,
        sha256=document.sha256,
        unit=unit.id,
        kind=unit.kind,
        heading_path=unit.heading_path,
        counted=unit.counted,
        shown=(quotation.start, quotation.end),
        not_agreed=bool(quotation.bracketed),
        bracketed=_ranges(quotation.bracketed),
        page_state=quotation.page_state,
        caveats=from_caveats(caveats(citation)),
    )


def _from_lead(quotation: Quotation) -> LeadOut:
    pieces, unit = quoted_pieces(quotation), quotation.unit
    return LeadOut(
        address=unit.address,
        label=f"{quotation.document.name}, {unit.label}",
        quote=quotation.text,
        start=pieces[0][0],
        end=pieces[-1][1],
        spans=pieces,
        unit_start=unit.start,
        unit_end=unit.end,
        unit=unit.id,
    )


def from_caveats(found: Iterable[Caveat]) -> tuple[CaveatOut, ...]:
    return tuple(CaveatOut(about=caveat.about, text=caveat.text) for caveat in found)


def quoted_pieces(quotation: Quotation) -> tuple[Range, ...]:
    """Source pieces of a quotation, joined where only blank space or a healed hyphen lies between them.

    A quotation without a source character (blank space put in by healing) stands at the start of its unit.
    """
    joined: list[Range] = []
    for span in quotation.spans:
        if joined and _only_healed(quotation.document.text[joined[-1][1] : span.start]):
            joined[-1] = (joined[-1][0], span.end)
        else:
            joined.append((span.start, span.end))
    return tuple(joined) or ((quotation.unit.start, quotation.unit.start),)


def _only_healed(gap: str) -> bool:
    return all(character.isspace() or character in _HEALED for character in gap)


def from_hit(hit: Hit, held: Sequence[Document]) -> HitOut:
    """A hit among all documents that are `held`."""
    document, unit = hit.document, hit.unit
    whole = Citation(1, Quotation(document, unit, 0, len(unit.text)), newest(document, held))
    return HitOut(
        file=document.file,
        document=from_document_ref(document),
        unit=unit.id,
        kind=unit.kind,
        address=unit.address,
        label=f"{document.name}, {unit.label}",
        heading_path=unit.heading_path,
        counted=unit.counted,
        text=unit.text,
        start=unit.start,
        end=unit.end,
        page=unit.page,
        score=hit.score,
        caveats=from_caveats(caveats(whole)),
    )


def from_evidence(evidence: Evidence, held: Sequence[Document]) -> EvidenceOut:
    return EvidenceOut(
        interpreted_question=evidence.interpreted_question,
        count=len(evidence.hits),
        documents=len({hit.document.id for hit in evidence.hits}),
        hits=tuple(from_hit(hit, held) for hit in evidence.hits),
    )


def from_hits(query: str, hits: Iterable[Hit], held: Sequence[Document]) -> SearchOut:
    return SearchOut(query=query, hits=tuple(from_hit(hit, held) for hit in hits))


def from_document_ref(document: Document) -> DocumentRef:
    meta = document.meta
    return DocumentRef(
        id=document.id,
        title=meta.title,
        symbol=meta.symbol,
        name=document.name,
        superseded_by=document.successor,
        date=meta.date,
    )


def from_meta(document: Document) -> DocumentMetaOut:
    meta = document.meta
    return DocumentMetaOut(
        id=document.id,
        title=meta.title,
        symbol=meta.symbol,
        aliases=meta.aliases,
        type=meta.type,
        date=meta.date,
        body=meta.body,
        language=meta.language,
        cited_as=meta.cited_as,
        conventions=meta.conventions,
        distribution=meta.distribution,
        session=meta.session,
        agenda_item=meta.agenda_item,
        relations=meta.relations,
        known=dict(meta.known),
        name=document.name,
        superseded_by=document.successor,
        other_names=meta.other_names,
    )


def from_listed(documents: Iterable[Document], verdicts: Iterable[FileVerdict]) -> tuple[ListedOut, ...]:
    """Documents in a list, each with the verdict on its file."""
    by_file = {verdict.name: verdict for verdict in verdicts}
    return tuple(
        ListedOut(
            **from_meta(document).model_dump(),
            file=document.file,
            verdict=by_file[document.file].verdict,
            reason=by_file[document.file].reason,
        )
        for document in documents
    )


def from_verdict(verdict: FileVerdict) -> FileOut:
    return FileOut(file=verdict.name, verdict=verdict.verdict, reason=verdict.reason, former=verdict.former)


def from_unit(unit: Unit) -> UnitOut:
    return UnitOut(
        id=unit.id,
        kind=unit.kind,
        address=unit.address,
        label=unit.label,
        parent=unit.parent,
        heading_path=unit.heading_path,
        start=unit.start,
        end=unit.end,
        spans=_ranges(unit.spans),
        page=unit.page,
        text=unit.text,
        counted=unit.counted,
        notes=unit.notes,
        verb=unit.verb,
        bracketed=_ranges(unit.bracketed),
        inserted=_ranges(unit.inserted),
        deleted=tuple(
            DeletionOut(at=each.at, text=each.text, start=each.span.start, end=each.span.end) for each in unit.deleted
        ),
    )


def from_document(document: Document) -> InspectionOut:
    """The inspection object of the contract."""
    return InspectionOut(
        file=document.file,
        sha256=document.sha256,
        document=from_meta(document),
        pages=tuple(
            PageOut(n=page.n, state=page.state, start=page.start, end=page.end, gap=page.gap) for page in document.pages
        ),
        units=tuple(from_unit(unit) for unit in document.units),
        furniture=tuple(
            FurnitureOut(kind=piece.kind, start=piece.span.start, end=piece.span.end) for piece in document.furniture
        ),
        series=tuple(_series(series) for series in document.series),
        conserved=conservation(document).share,
    )


def _series(series: Series) -> SeriesOut:
    return SeriesOut(path=series.path, numbers=series.numbers, gaps=series.gaps, repeats=series.repeats)


def _searched(searched: Searched) -> SearchedOut:
    return SearchedOut(
        documents=searched.documents,
        units=searched.units,
        partial=tuple(
            PartialOut(document=from_document_ref(document), pages=document.empty_pages)
            for document in searched.partial
        ),
    )


def _ranges(spans: Sequence[Span]) -> tuple[Range, ...]:
    return tuple((span.start, span.end) for span in spans)
