"""Decisions, annexes and articles: where one begins, paragraphs are numbered anew and addresses say so."""

from __future__ import annotations

from taqa.domain import Kind
from taqa.ingest.structure.acts import act_part
from taqa.ingest.structure.divisions import annex_part, article_part
from taqa.ingest.structure.numbering import is_numbered, numbers_sentences
from taqa.ingest.structure.position import Beginning, Position


def annex_alone(at: Position, begun: Beginning) -> bool:
    """Whether "Annex II" stands on a line of its own between blank ones, whatever the text before ended in."""
    line = begun.line
    apart = (line.page_start or line.blank_before) and at.paper.apart_below(begun.i)
    return apart and line.text[:1].isupper() and bool(annex_part(line.text))


def heads_act(at: Position, begun: Beginning) -> bool:
    """Whether "Decision 1/CP.21" in plain type is the heading of one: it stands apart, and numbers begin anew."""
    return begun.line.blank_before and at.paper.apart_below(begun.i) and at.paper.begins_anew(begun.i)


def open_part(at: Position, begun: Beginning, part: str) -> None:
    """Open a decision, annex or article. Where no number stands before an annex, addresses go on without it."""
    title = begun.line.text
    act = bool(act_part(title))
    printed = bool(at.paragraphs.ledger.numbers or at.sections.ledger.numbers)
    restarts = act or at.sections.in_act or bool(article_part(title)) or printed
    at.leave_paragraph()
    at.paragraph, at.aside = None, ()
    at.preamble, at.acting = False, act
    at.sections.enter(part, title, restarts)
    stop = at.paper.next_part(begun.i)
    at.paragraphs.numbered = _is_numbered(at, begun.i, stop)
    at.paragraphs.begin_part(at.sections.part, stop if restarts else len(at.paper.lines))
    draft = at.write(Kind.HEADING, at.sections.part or (part,), begun.line)
    draft.headings = at.sections.titles()[:-1]
    at.body_begun = False


def _is_numbered(at: Position, i: int, stop: int) -> bool:
    """Whether the paragraphs of the part between two lines are numbered: a part of a decision is by itself."""
    if at.paper.main is not None or not at.sections.in_act:
        return at.paper.numbered
    lines, labels = at.paper.lines[i + 1 : stop], at.paper.labels[i + 1 : stop]
    return is_numbered(lines, labels) or numbers_sentences(lines, labels)
