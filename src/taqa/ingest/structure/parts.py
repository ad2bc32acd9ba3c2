"""Decisions, annexes and articles: where one begins, paragraphs are numbered anew and addresses say so."""

from __future__ import annotations

from taqa.domain import Kind
from taqa.ingest.structure.acts import act_part
from taqa.ingest.structure.divisions import ARTICLE, annex_part, article_number, article_part, part_of
from taqa.ingest.structure.numbering import is_numbered, numbers_sentences
from taqa.ingest.structure.position import Beginning, Position
from taqa.ingest.structure.sections import DOUBT


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
    at.skips = bool(article_part(title)) and _skips(at, begun.i, article_number(part))
    if article_part(title):
        _note_article(at, part)


def doubt(at: Position) -> None:
    """Where headings of articles are missing, what begins anew may be of a later one: it stands in "art. 4 ff."."""
    if not at.skips:
        return
    at.skips = False
    at.leave_paragraph()
    *around, article = at.sections.part
    at.sections.rename(article + DOUBT)
    at.paragraphs.begin_part((*around, article + DOUBT), at.paragraphs.stop)


def _skips(at: Position, i: int, number: int) -> bool:
    """Whether the next heading of an article below line `i`, before another part, is not that of the next article."""
    following = next((part_of(line.text) for line, _ in at.paper.below(i) if part_of(line.text)), "")
    return following.startswith(ARTICLE) and article_number(following) > number + 1


def _note_article(at: Position, part: str) -> None:
    """Record the number of an article, and those whose headings are missing before it."""
    path = ", ".join((*at.sections.part[:-1], "articles"))
    last = article_number(ARTICLE + at.articles.last(path))
    missing = map(str, range(last + 1, article_number(part)))
    at.articles.enter(path, part.removeprefix(ARTICLE), missing)


def _is_numbered(at: Position, i: int, stop: int) -> bool:
    """Whether the paragraphs of the part between two lines are numbered: a part of a decision is by itself."""
    if at.paper.main is not None or not at.sections.in_act:
        return at.paper.numbered
    lines, labels = at.paper.lines[i + 1 : stop], at.paper.labels[i + 1 : stop]
    return is_numbered(lines, labels) or numbers_sentences(lines, labels)
