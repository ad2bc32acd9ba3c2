"""Documents put into the corpus and removed from it over HTTP, where the settings allow it. One change at a time.

What is asked meanwhile is answered from the former index, and so is everything after a change that fails.
"""

from __future__ import annotations

import logging
import threading
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from taqa import build, wire
from taqa.errors import IndexBusy, IndexProblem, NotInCorpus, UnknownDocument
from taqa.library.shelf import Fate
from taqa.retrieval.encoder import Encoder
from taqa.service import examples, views
from taqa.service.held import Held
from taqa.service.problems import Refused, described
from taqa.settings import Settings

PREFIX = "/api/documents/"
"""Where documents are put and removed: only there may a body be as large as a file."""
_LOG = logging.getLogger(__name__)
_OFF = "Documents are not added or removed here; start the service with TAQA_UPLOADS=on to allow it."
_UNKEPT = (
    "The documents of the corpus have changed but could not be indexed, so the former ones answer; run `taqa ingest` "
    "when the log of the server says what to mend."
)


class AddedOut(BaseModel):
    """What became of a document that was sent."""

    file: wire.FileOut
    fate: Annotated[str, Field(description="added, new version, another name or held already.")]
    former: Annotated[str, Field(description="Of a new version: the file in which the former one is kept.")]
    document: Annotated[views.DocumentSummary, Field(description="As `GET /api/documents` now lists it.")]
    generation: Annotated[str, Field(description="Of the index that answers now.")]


class RemovedOut(BaseModel):
    """What was removed."""

    files: Annotated[tuple[str, ...], Field(description="Deleted from the corpus folder.")]
    generation: Annotated[str, Field(description="Of the index that answers now.")]


class Changes:
    """Changes of the corpus under a running service."""

    def __init__(self, held: Held, settings: Settings) -> None:
        self._held = held
        self._settings = settings
        self._lock = threading.Lock()

    def put(self, name: str, data: bytes) -> AddedOut:
        """Hold a content under a name and answer from it. Raises Refused for what gives no document."""
        with self._lock:
            try:
                growth = build.add(self._settings, [build.sent(name, data)], model=self._encoder)
                [taken] = growth.taken
                if taken.placed is None:
                    raise Refused("unreadable-document", taken.verdict.reason)
                self._held.renew()
            except IndexProblem as error:
                raise _unindexed(error) from error
        assistant = self._held.current
        held_in = taken.placed.other if taken.placed.fate in (Fate.NAME, Fate.HELD) and taken.placed.other else name
        document = next(d for d in assistant.documents if held_in in (d.file, *d.meta.other_names))
        return AddedOut(
            file=wire.from_verdict(taken.verdict),
            fate=taken.placed.fate,
            former=taken.placed.other if taken.placed.fate is Fate.VERSION else "",
            document=views.summary(document),
            generation=str(assistant.index.generation),
        )

    def remove(self, wanted: str) -> RemovedOut:
        """Delete a document with all files of its content. Raises UnknownDocument, or InputError for the only one."""
        with self._lock:
            documents = self._held.now().documents
            file = next((document.file for document in documents if document.id == wanted), None)
            if file is None:
                raise UnknownDocument(wanted)
            try:
                names, _ = build.remove(self._settings, file, model=self._encoder)
                self._held.renew()
            except IndexProblem as error:
                raise _unindexed(error) from error
        return RemovedOut(files=names, generation=str(self._held.current.index.generation))

    @property
    def _encoder(self) -> Encoder:
        return build.models_of(self._held.current).encoder


def router(held: Held, settings: Settings) -> APIRouter:
    """The routes that change the corpus; where that is off, they say so."""
    api = APIRouter(tags=["documents"])
    changes = Changes(held, settings)
    [listed] = examples.responses()["documents"]["documents"]
    put_example = AddedOut(
        file=wire.FileOut(file=listed["file"], verdict="indexed", reason="", former=False),
        fate=Fate.ADDED,
        former="",
        document=views.DocumentSummary(**listed),
        generation="000002",
    )

    @api.put(
        PREFIX + "{name:path}",
        summary="Add a document, or a new version of one",
        description="The body is the file, byte for byte. A new content under a known name supersedes the former one, "
        "which is kept; the content of a document that is held becomes a further name of it. Off unless the service "
        "runs with `TAQA_UPLOADS=on`.",
        responses=_responses(put_example, 400, 403, 413, 422, 503),
        openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": {}}}},
    )
    async def put(
        request: Request,
        name: Annotated[str, Path(description="File name of the document, with a suffix that TAQA reads.")],
    ) -> AddedOut:
        _allowed(settings)
        try:
            data = await request.body()
        except ClientDisconnect as error:
            raise Refused("unreadable-body", "The request broke off before its end.") from error
        return await run_in_threadpool(changes.put, name, data)

    @api.delete(
        PREFIX + "{id}",
        summary="Remove a document",
        description="Its files are deleted from the corpus folder. Off unless the service runs with `TAQA_UPLOADS=on`.",
        responses=_responses(RemovedOut(files=("example.txt",), generation="000002"), 403, 404, 422, 503),
    )
    def delete(
        id: Annotated[str, Path(description="Id of the document, as `GET /api/documents` lists it.")],  # noqa: A002
    ) -> RemovedOut:
        _allowed(settings)
        try:
            return changes.remove(id)
        except UnknownDocument:
            raise
        except NotInCorpus as error:  # deleted by hand, but still in the index
            raise NotInCorpus(f"{error} Run `taqa ingest`.") from error

    return api


def _responses(example: BaseModel, *errors: int) -> dict[int | str, dict[str, Any]]:
    shown = {"application/json": {"example": example.model_dump(mode="json")}}
    return {200: {"content": shown}, **described(*errors)}


def _allowed(settings: Settings) -> None:
    if not settings.uploads:
        raise Refused("changes-off", _OFF)


def _unindexed(error: IndexProblem) -> Refused:
    if isinstance(error, IndexBusy):
        return Refused("index-busy", "Another process is changing the documents or their index; try again shortly.")
    _LOG.error("%s", error)
    return Refused("index-unavailable", _UNKEPT)
