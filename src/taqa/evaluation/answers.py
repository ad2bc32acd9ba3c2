"""Answers as the contract's JSON gives them: what is scored, whether just asked or read from a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taqa.domain import Span
from taqa.errors import InputError
from taqa.evaluation.questions import Case, json_lines

STATUSES = ("answered", "not_found", "clarify")


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation: a quotation, its pieces in the file, and the unit that holds it."""

    file: str
    quote: str
    span: Span
    pieces: tuple[Span, ...]
    unit: Span
    sha256: str


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as it was given."""

    id: str
    interpreted_question: str
    status: str
    text: str
    citations: tuple[Cited, ...]
    related: tuple[Cited, ...]
    leads: tuple[Cited, ...]
    """Chapeaux that items are quoted with: checked as quotations, not counted as citations."""
    confidence: float
    index: str
    ms: float


def parse(record: Mapping[str, Any], where: str) -> Given:
    """One answer from its JSON object; `where` names it in an error."""
    try:
        status = str(record["status"])
        if status not in STATUSES:
            raise ValueError(f"the status {status!r} is unknown")
        return Given(
            id=str(record["id"]),
            interpreted_question=str(record["interpreted_question"]),
            status=status,
            text=str(record["answer"]),
            citations=tuple(_cited(item) for item in record["citations"]),
            related=tuple(_cited(item) for item in record["related"]),
            leads=tuple(_cited({**item, **lead}) for item in record["citations"] for lead in item.get("lead", ())),
            confidence=float(record["confidence"]),
            index=str(record["index"]),
            ms=float(record["ms"]),
        )
    except KeyError as error:
        raise InputError(f"{where} is not an answer of the contract: the field {error} is missing.") from error
    except (TypeError, ValueError, AttributeError, IndexError) as error:
        raise InputError(f"{where} is not an answer of the contract: {error}.") from error


def load(file: Path, cases: Iterable[Case]) -> tuple[Given, ...]:
    """The answers of a batch file, one for each case and in their order."""
    found: dict[str, Given] = {}
    for number, record in json_lines(file):
        given = parse(record, f"{file}, line {number},")
        if given.id in found:
            raise InputError(f"{file} answers the question {given.id} twice.")
        found[given.id] = given
    wanted = [case.id for case in cases]
    missing = [each for each in wanted if each not in found]
    if missing:
        raise InputError(f"{file} has no answer to {len(missing)} of {len(wanted)} questions, first {missing[0]}.")
    extra = len(found) - len(wanted)
    if extra:
        raise InputError(f"{file} answers {extra} questions that were not asked; name the questions it belongs to.")
    return tuple(found[each] for each in wanted)


def _cited(item: Mapping[str, Any]) -> Cited:
    span = Span(int(item["start"]), int(item["end"]))
    pieces = tuple(_piece(piece) for piece in item.get("spans") or ())
    return Cited(
        file=str(item["file"]),
        quote=str(item["quote"]),
        span=span,
        pieces=pieces or (span,),
        unit=Span(int(item["unit_start"]), int(item["unit_end"])),
        sha256=str(item["sha256"]),
    )


def _piece(piece: Sequence[int]) -> Span:
    start, end = piece
    return Span(int(start), int(end))
