"""Checks an evaluation set against the corpus: quotations verbatim, facts in their places, types and ids legal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from taqa.domain import Span
from taqa.errors import InputError
from taqa.evaluation.facts import states
from taqa.evaluation.places import occurrences
from taqa.evaluation.questions import TYPES, UNTOLD, Case, Gold, source_of

LONGEST_QUOTE = 300
AROUND = 600
"""Characters on either side of a quotation in which a fact may stand when the quotation itself lacks it."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found: `errors` make the set unusable, `notes` are worth a look."""

    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def check(cases: Iterable[Case], texts: Mapping[str, str]) -> Findings:
    """Checks `cases` against `texts`, the corpus: file name -> text."""
    findings = Findings()
    asked: dict[tuple[str, ...], str] = {}
    ids: set[str] = set()
    for case in cases:
        if case.id in ids:
            findings.errors.append(f"{case.id}: the id occurs twice.")
        ids.add(case.id)
        key = (case.question.strip().casefold(), *(turn.content for turn in case.history))
        if key in asked:
            findings.notes.append(f"{case.id}: the same question as {asked[key]}.")
        asked.setdefault(key, case.id)
        _check_shape(case, findings)
        _check_places(case, texts, findings)
    return findings


def _check_shape(case: Case, findings: Findings) -> None:
    def wrong(message: str) -> None:
        findings.errors.append(f"{case.id}: {message}")

    if case.type not in TYPES:
        wrong(f"the type {case.type!r} is none of {', '.join(TYPES)}.")
    if (case.type == "unanswerable") == case.answerable:
        wrong(f"the type {case.type} and answerable = {str(case.answerable).lower()} contradict each other.")
    if not case.answerable and (case.gold or case.alt_gold or case.facts):
        wrong("an unanswerable question has no places and no facts.")
    if case.answerable and not case.gold:
        wrong("an answerable question needs at least one gold place.")
    if case.answerable and not case.facts:
        findings.notes.append(f"{case.id}: there are no facts.")
    if case.type == "followup" and not case.history:
        wrong("a follow-up needs a history.")
    if case.standalone and not case.history:
        wrong("only a question with a history has a stand-alone form.")
    if case.standalone.casefold() == case.question.strip().casefold():
        wrong("the stand-alone form is the question itself.")
    if case.kind == UNTOLD:
        findings.notes.append(f"{case.id}: the note does not begin with the kind of an unanswerable question.")


def _check_places(case: Case, texts: Mapping[str, str], findings: Findings) -> None:
    quotes: list[str] = []
    around: list[str] = []
    for gold in case.places:
        try:
            name = source_of(gold.doc, texts)
        except InputError as error:
            findings.errors.append(f"{case.id}: {error}")
            continue
        place = _check_quote(case, gold, texts[name], findings)
        quotes.append(gold.quote)
        if place is not None:
            around.append(texts[name][max(0, place.start - AROUND) : place.end + AROUND])
    for fact in case.facts:
        if any(states(quote, fact) for quote in quotes):
            continue
        if any(states(text, fact) for text in around):
            findings.notes.append(f"{case.id}: the fact {fact!r} stands near a quotation, not in one.")
        else:
            findings.errors.append(f"{case.id}: the fact {fact!r} stands neither in a quotation nor near one.")


def _check_quote(case: Case, gold: Gold, text: str, findings: Findings) -> Span | None:
    shown = gold.quote if len(gold.quote) <= 60 else gold.quote[:57] + "..."
    if len(gold.quote) > LONGEST_QUOTE:
        findings.errors.append(f"{case.id}: a quotation has {len(gold.quote)} characters, over {LONGEST_QUOTE}.")
    places = list(occurrences(gold.quote, text))
    if not places:
        soft = next(occurrences(gold.quote, text, soft=True), None)
        why = "differs from the document in its hyphens" if soft else "is not in the document"
        findings.errors.append(f"{case.id}: the quotation {shown!r} {why} {gold.doc}.")
        return soft
    if len(places) > 1:
        findings.notes.append(
            f"{case.id}: the quotation {shown!r} stands {len(places)} times in {gold.doc}; the first counts."
        )
    return places[0]
