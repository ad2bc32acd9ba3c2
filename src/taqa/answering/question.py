"""What a question asks for: its kind, the names and references in it, what it takes over from the conversation."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from taqa.answering.conversation import whole
from taqa.answering.kinds import Asks as Asks
from taqa.answering.kinds import Expects as Expects
from taqa.answering.kinds import expected, kind_of
from taqa.answering.sides import Side
from taqa.domain import Question
from taqa.references import Mention, find
from taqa.retrieval.bearers import NONE
from taqa.retrieval.names import names_in


@dataclass(frozen=True, slots=True)
class Reading:
    """How a question is understood. `text` is the question as it is searched for, made whole from the history."""

    text: str
    asks: Asks
    mentions: tuple[Mention, ...]
    names: tuple[str, ...]
    expects: frozenset[Expects]
    asked: str = ""
    """The question's own words, where `text` adds to them from the conversation."""


def read_question(question: Question, names: Collection[str], borne: Mapping[str, str] = NONE) -> Reading:
    """Reading of a question. `names` are the proper names that the corpus knows, folded or in capitals; `borne` the
    stems that name one document (`retrieval.bearers`)."""
    made = whole(question, names)
    mentions = tuple(find(made.text))
    found = names_in(made.text, names)
    asks = kind_of(made.kind_from, mentions, found, borne)
    return Reading(
        made.text, asks, mentions, found, expected(made.kind_from, asks), question.text if made.leans else ""
    )


def about(reading: Reading, side: Side, names: Collection[str]) -> Reading:
    """The reading about one side of a comparison only."""
    return replace(reading, text=side.text, names=names_in(side.text, names))
