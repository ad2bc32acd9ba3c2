"""`GET /api/mentions`: every place that mentions a symbol, decision, article, paragraph or annex."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from taqa.assistant import Assistant
from taqa.domain import Document
from taqa.errors import InputError
from taqa.references import Catalogue, Incoming, asked, catalogue, incoming
from taqa.service.mention_views import MentionsOut, from_mentions
from taqa.service.problems import described


@dataclass
class Read:
    """The references of the documents that are held, found when they are first asked for and again when others are."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    documents: tuple[Document, ...] = ()
    catalogue: Catalogue = field(default_factory=lambda: catalogue(()))
    found: tuple[Incoming, ...] = ()

    def of(self, documents: tuple[Document, ...]) -> tuple[tuple[Incoming, ...], Catalogue]:
        """The references, and the documents made ready for look-up."""
        with self.lock:
            if documents is not self.documents:
                self.catalogue = catalogue(documents)
                self.found, self.documents = incoming(self.catalogue), documents
            return self.found, self.catalogue


def add_mentions(api: APIRouter, now: Callable[[], Assistant], example: dict[str, Any]) -> None:
    """The route, over the documents that the assistant of the moment holds."""
    read = Read()

    @api.get(
        "/mentions",
        tags=["references"],
        summary="Every place that mentions a reference",
        description="Symbols, decisions, articles, paragraphs and annexes in any spelling; `INC.1/2` is never "
        "`INC.1/21`. `total` is exact; a reference that nothing mentions has a total of 0.",
        responses={200: {"content": {"application/json": {"example": example}}}, **described(422)},
    )
    def mentions(
        ref: Annotated[str, Query(min_length=1, max_length=500, description="The reference.", examples=["EX/COP.1/2"])],
        limit: Annotated[int, Query(ge=1, le=1000, description="How many at most.")] = 100,
        offset: Annotated[int, Query(ge=0, le=10_000_000, description="How many to leave out first.")] = 0,
        assistant: Assistant = Depends(now),
    ) -> MentionsOut:
        if not any(character.isalnum() for character in ref):
            raise InputError("The reference is empty; type a symbol, decision, article or paragraph.")
        return from_mentions(ref, asked(ref, *read.of(assistant.documents)), offset, limit)
