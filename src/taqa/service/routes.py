"""The API's routes. The core is synchronous: what computes runs in the thread pool, one question at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from fastapi.sse import EventSourceResponse, ServerSentEvent

from taqa import __version__, wire
from taqa.assistant import Assistant
from taqa.domain import Document, Question
from taqa.errors import NotInCorpus, UnknownDocument
from taqa.ingest.files import MEBIBYTE
from taqa.references import find_address
from taqa.service import examples, streaming, views
from taqa.service.bodies import JsonRoute
from taqa.service.mentions import add_mentions
from taqa.service.problems import described
from taqa.settings import Settings

DocumentId = Annotated[str, Path(description="Id of the document, as `GET /api/documents` lists it.")]
Only = Annotated[list[str] | None, Query(description="Ids of the documents to search; none means all of them.")]


def router(now: Callable[[], Assistant], settings: Settings) -> APIRouter:
    """All routes; each request asks `now` once for the assistant that answers it."""
    api = APIRouter(prefix="/api", route_class=JsonRoute)
    shown = examples.responses()
    _add_answers(api, now, shown)
    _add_look_up(api, now, shown)
    _add_health(api, now, settings, shown)
    add_mentions(api, now, shown["mentions"])
    _add_documents(api, now, shown)
    return api


def _add_answers(api: APIRouter, now: Callable[[], Assistant], shown: dict[str, Any]) -> None:
    lock = threading.Lock()

    def usable(body: wire.QuestionIn, assistant: Assistant = Depends(now)) -> Question:
        return assistant.check(body.to_domain())

    @api.post(
        "/ask",
        tags=["answers"],
        summary="Answer a question in the documents' own words",
        description="Every statement is quoted and cited. `not_found` means that the documents do not say, "
        "`clarify` that the question may mean several things: `choices` has questions to ask instead.",
        responses=_responses(shown["ask"], 400, 403, 404, 413, 415, 422, 503),
    )
    def ask(question: Question = Depends(usable), assistant: Assistant = Depends(now)) -> wire.AnswerOut:
        with lock:
            return wire.from_answer(assistant.ask(question))

    @api.post(
        "/ask/stream",
        tags=["answers"],
        summary="The same answer as server-sent events",
        description="`evidence` as soon as it is retrieved, a `statement` each as they are verified, then `answer` "
        "with the object that `/api/ask` returns. A failure on the way is an `error` event with a problem.",
        response_class=EventSourceResponse,
        responses=_responses(shown["stream"], 400, 403, 404, 413, 415, 422, 503, media_type="text/event-stream"),
    )
    def stream(question: Question = Depends(usable), assistant: Assistant = Depends(now)) -> Iterator[ServerSentEvent]:
        events = streaming.one_at_a_time(assistant.events(question), lock)
        yield from streaming.as_sent(events, assistant.documents)

    @api.get(
        "/search",
        tags=["answers"],
        summary="The units nearest to a query, best first",
        responses=_responses(shown["search"], 404, 422, 503),
    )
    def search(
        q: Annotated[str, Query(description="Words or a reference to look for.")],
        limit: Annotated[int, Query(ge=1, le=100, description="How many units at most.")] = 10,
        documents: Only = None,
        assistant: Assistant = Depends(now),
    ) -> wire.SearchOut:
        with lock:
            return wire.from_hits(q, assistant.search(q, limit, tuple(documents or ())), assistant.documents)


def _add_look_up(api: APIRouter, now: Callable[[], Assistant], shown: dict[str, Any]) -> None:
    @api.get(
        "/resolve",
        tags=["references"],
        summary="Where a printed reference leads",
        description="Understands symbols in any spelling, file names, short titles and unit ids, alone or with "
        "paragraphs, sections, footnotes, ranges and lists of them, and provisions of treaties that are quoted.",
        responses=_responses(shown["resolve"], 404, 422),
    )
    def resolve(
        ref: Annotated[
            str,
            Query(
                min_length=1, max_length=500, description="The reference.", examples=["EX/COP.1/2, para. 29 (c) (viii)"]
            ),
        ],
        assistant: Assistant = Depends(now),
    ) -> views.ResolutionOut:
        found = assistant.resolve(ref)
        if found.document is None or found.reason:
            raise NotInCorpus(found.reason)
        units = tuple(views.unit_view(place.document, place.unit, assistant.documents) for place in found.found)
        return views.ResolutionOut(
            ref=ref, document=wire.from_document_ref(found.document), unit=next(iter(units), None), units=units
        )


def _add_health(api: APIRouter, now: Callable[[], Assistant], settings: Settings, shown: dict[str, Any]) -> None:
    @api.get(
        "/health",
        tags=["service"],
        summary="That the service runs, its index, its model and how much it holds",
        responses=_responses(shown["health"]),
    )
    def health(assistant: Assistant = Depends(now)) -> views.HealthOut:
        index = assistant.index
        return views.HealthOut(
            version=__version__,
            generation=str(index.generation),
            fingerprint=index.fingerprint,
            model=index.model,
            reader=assistant.reader,
            documents=len(assistant.documents),
            units=len(index.units),
            max_question_chars=assistant.max_question,
            uploads=settings.uploads,
            max_file_bytes=settings.max_file_mb * MEBIBYTE,
        )


def _add_documents(api: APIRouter, now: Callable[[], Assistant], shown: dict[str, Any]) -> None:
    @api.get(
        "/documents",
        tags=["documents"],
        summary="The documents of the corpus",
        responses=_responses(shown["documents"]),
    )
    def documents(assistant: Assistant = Depends(now)) -> views.DocumentList:
        return views.listed(assistant.documents, assistant.index.verdicts)

    @api.get(
        "/documents/{id}",
        tags=["documents"],
        summary="A document taken apart: units, furniture, numbering",
        responses=_responses(shown["document"], 404, 422),
    )
    def document(
        id: DocumentId,  # noqa: A002 - the name in the path
        text: Annotated[bool, Query(description="Whether to include the text that offsets refer to.")] = False,
        assistant: Assistant = Depends(now),
    ) -> views.DocumentOut:
        return views.whole(_document(id, assistant), text)

    @api.get(
        "/documents/{id}/units/{address:path}",
        tags=["documents"],
        summary="A unit with the units around it",
        responses=_responses(shown["unit"], 404, 422),
    )
    def unit(
        id: DocumentId,  # noqa: A002 - the name in the path
        address: Annotated[str, Path(description="As in unit ids (`29.c.viii`) or as printed (`29 (c) (viii)`).")],
        assistant: Assistant = Depends(now),
    ) -> views.UnitView:
        document = _document(id, assistant)
        found = document.unit(f"{document.id}:{address}") or find_address(document, address)
        if found is None:
            raise NotInCorpus(f"{document.name} has no paragraph “{address}”.")
        return views.unit_view(document, found, assistant.documents)


def _document(wanted: str, assistant: Assistant) -> Document:
    for document in assistant.documents:
        if document.id == wanted:
            return document
    raise UnknownDocument(wanted)


def _responses(example: object, *errors: int, media_type: str = "application/json") -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {media_type: {"example": example}}}, **described(*errors)}
