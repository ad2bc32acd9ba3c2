"""An answer as server-sent events: `evidence`, then a `statement` each, then `answer`; or `error`."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

from fastapi.sse import ServerSentEvent

from taqa import wire
from taqa.domain import Answer, AnswerEvent, Document, Evidence, Statement
from taqa.service import problems


def one_at_a_time(events: Iterator[AnswerEvent], lock: threading.Lock) -> Iterator[AnswerEvent]:
    """`events`, each computed under `lock`; between two of them, while one is sent, the lock is free."""
    while True:
        with lock:
            event = next(events, None)
        if event is None:
            return
        yield event


def as_sent(events: Iterator[AnswerEvent], held: Sequence[Document]) -> Iterator[ServerSentEvent]:
    """Events as they go over the wire; an error ends the stream with a problem in an `error` event.

    `held` are all documents.
    """
    try:
        for event in events:
            yield _sent(event, held)
    except Exception as error:  # noqa: BLE001 - the response has begun: this is the way to tell
        yield ServerSentEvent(event="error", data=problems.from_error(error))


def _sent(event: AnswerEvent, held: Sequence[Document]) -> ServerSentEvent:
    match event:
        case Evidence():
            return ServerSentEvent(event="evidence", data=wire.from_evidence(event, held))
        case Statement():
            return ServerSentEvent(event="statement", data=wire.from_statement(event))
        case Answer():
            return ServerSentEvent(event="answer", data=wire.from_answer(event))
