"""Our own questions over texts of treaties and UN bodies, as groups to train on.

For the reader a group has the passages that the product would have it read for the question: every sentence of the
first units of a search without a reader, in the words and context of `Searcher.passage`; and those that hold a
quotation, whether they were found or not. A question that nothing answers has only wrong ones.

For the encoder a group has the rows of an index as they are embedded: those of the units and sentences that answer, and
those of the first units of the same search that do not.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from groups import Group

from taqa import build
from taqa.answering.evidence import SAME_WORDS
from taqa.answering.typed import as_meant
from taqa.domain import Question, Span
from taqa.evaluation.places import locate, spans_match
from taqa.retrieval.rows import rows_of
from taqa.retrieval.search import READ, Searcher
from taqa.retrieval.terms import terms
from taqa.settings import load

QUESTIONS = tuple(sorted((Path(__file__).parent / "questions").glob("part-*.jsonl")))
"""Our own questions, in the order in which they were written."""
WORDINGS = Path(__file__).parent / "questions" / "wordings.jsonl"
"""Other wordings of those that are trained on, by their id."""
HELD_DOCUMENTS = frozenset({"unfccc.md", "14_25_CP_22.pdf", "S_2018_693-EN.pdf", "1_CMA_1.pdf"})
"""Documents whose own questions are judged on, not trained on."""
CANDIDATES = 40
"""Passages of a question for the reader, of which the hardest are trained on; units whose rows the encoder is to keep
away from it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question, the file of its document, whether that answers it, and the rows of the index that it quotes."""

    id: str
    question: str
    file: str
    answerable: bool
    quoted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """A question for the reader: the file of its document, its group, its other wording (itself where it has none)."""

    file: str
    group: Group
    again: str


def own_groups(questions: Sequence[Path], corpus: Path, index: Path, wordings: Path | None = None) -> Iterator[Own]:
    """What the reader is trained on for each line of some files of questions. Raises SystemExit where a document of a
    question is not in the index, or a quotation not in its document."""
    searcher = searcher_of(corpus, index)
    lines = map(json.loads, wordings.read_text("utf-8").splitlines() if wordings else ())
    others = {line["id"]: line["question"] for line in lines}
    for row in asked(questions, searcher):
        again = searcher.in_one_form(_meant(others.get(row.id, row.question), searcher))
        yield Own(row.file, _group(row, searcher), again)


def own_places(questions: Sequence[Path], corpus: Path, index: Path) -> Iterator[tuple[str, Group]]:
    """(file of the document, group for the encoder) for each answerable line of some files of questions; raises as
    `own_groups` does."""
    searcher = searcher_of(corpus, index)
    embedded = {
        (row.unit_id, row.start, row.end): row.dense_text
        for document in searcher.index.documents
        for row in rows_of(document)
    }
    for row in asked(questions, searcher):
        if row.answerable:
            yield row.file, _places(row, searcher, embedded)


def searcher_of(corpus: Path, index: Path) -> Searcher:
    """The search over an index, without a reader."""
    assistant = build.ready_assistant(load(corpus=corpus, index=index))
    return replace(assistant.searcher, reader=None)


def asked(questions: Sequence[Path], searcher: Searcher) -> Iterator[Row]:
    """The questions of some files, with their rows. Raises SystemExit as `own_groups` does."""
    numbers: dict[str, list[int]] = {}
    for number, held in enumerate(searcher.index.units):
        numbers.setdefault(held.document.file, []).append(number)
    for path in questions:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            quoted = [_rows(quote, numbers.get(row["doc"], ()), searcher) for quote in row["quotes"]]
            if not all(quoted):
                raise SystemExit(f"{path.name}: {row['id']} quotes what {row['doc']} does not have.")
            right = tuple(dict.fromkeys(each for rows in quoted for each in rows))
            yield Row(row["id"], row["question"], row["doc"], row["answerable"], right)


def _meant(question: str, searcher: Searcher) -> str:
    return as_meant(Question(question), searcher).text


def _group(row: Row, searcher: Searcher) -> Group:
    found = searcher.find(_meant(row.question, searcher))
    read = [each for unit in found.units[:READ] for each in searcher.sentence_rows(unit.unit)]
    right = list(row.quoted) if row.answerable else []
    said = [_stems(each, searcher) for each in right]
    others = [each for each in dict.fromkeys([*row.quoted, *read]) if each not in right]
    wrong = [each for each in others if not any(_same(_stems(each, searcher), one) for one in said)]
    rows = [*right, *wrong[: CANDIDATES - len(right)]]
    return Group(found.query, tuple(map(searcher.passage, rows)), tuple(range(len(right))))


def _places(row: Row, searcher: Searcher, embedded: Mapping[tuple[str, int, int], str]) -> Group:
    found = searcher.find(_meant(row.question, searcher))
    answering = {searcher.index.rows[each].unit for each in row.quoted}
    right = [*row.quoted, *(searcher.row_numbers[unit][0] for unit in answering)]
    said = [_stems(each, searcher) for each in row.quoted]
    wrong = []
    for unit in (each.unit for each in found.units[:CANDIDATES]):
        stems = [_stems(each, searcher) for each in searcher.sentence_rows(unit)]
        again = any(_same(each, one) for each in stems for one in said)
        if stems and unit not in answering and not again:
            wrong.append(searcher.row_numbers[unit][0])
    rows = [*dict.fromkeys(right), *wrong]
    places = [searcher.index.rows[each] for each in rows]
    texts = tuple(embedded[searcher.index.units[at.unit].unit.id, at.start, at.end] for at in places)
    return Group(found.query, texts, tuple(range(len(rows) - len(wrong))))


def _rows(quote: str, units: Collection[int], searcher: Searcher) -> list[int]:
    """The sentences, of the first unit that holds a quotation, that are the same place."""
    for unit in units:
        place = locate(quote, searcher.index.units[unit].unit.text, soft=True)
        if place is None:
            continue
        rows = [(row, searcher.index.rows[row]) for row in searcher.sentence_rows(unit)]
        return [row for row, at in rows if spans_match(Span(at.start, at.end), place)]
    return []


def _stems(row: int, searcher: Searcher) -> frozenset[str]:
    place = searcher.index.rows[row]
    return frozenset(terms(searcher.index.units[place.unit].unit.text[place.start : place.end]))


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a passage says what a right one says: it is then not called wrong."""
    return len(one & other) > SAME_WORDS * max(1, len(one))
