"""Our own questions over texts of treaties and UN bodies, as groups to train on.

A group has the passages that the product would have its reader read for the question: every sentence of the first
units of a search without a reader, in the words and context of `Searcher.passage`; and those that hold a
quotation, whether they were found or not. A question that nothing answers has only wrong ones.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from groups import Group

from taqa import build
from taqa.answering.evidence import SAME_WORDS
from taqa.answering.typed import as_meant
from taqa.domain import Question, Span
from taqa.evaluation.places import locate, spans_match
from taqa.retrieval.search import READ, Searcher
from taqa.retrieval.terms import terms
from taqa.settings import load

CANDIDATES = 40
"""Passages of a question, of which the hardest are trained on."""


def own_groups(questions: Path, corpus: Path, index: Path) -> Iterator[tuple[str, Group]]:
    """(file of the document, group) for each line of `questions/*.jsonl`. Raises SystemExit where a document of a
    question is not in the index, or a quotation not in its document."""
    assistant = build.ready_assistant(load(corpus=corpus, index=index))
    searcher = replace(assistant.searcher, reader=None)
    numbers: dict[str, list[int]] = {}
    for number, held in enumerate(searcher.index.units):
        numbers.setdefault(held.document.file, []).append(number)
    for path in sorted(questions.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            quoted = [_rows(quote, numbers.get(row["doc"], ()), searcher) for quote in row["quotes"]]
            if not all(quoted):
                raise SystemExit(f"{path.name}: {row['id']} quotes what {row['doc']} does not have.")
            right = [each for rows in quoted for each in rows]
            yield row["doc"], _group(row["question"], row["answerable"], right, searcher)


def _group(question: str, answerable: bool, quoted: Collection[int], searcher: Searcher) -> Group:
    meant = as_meant(Question(question), searcher).text
    found = searcher.find(meant)
    read = [row for unit in found.units[:READ] for row in searcher.sentence_rows(unit.unit)]
    right = list(dict.fromkeys(quoted)) if answerable else []
    said = [_stems(row, searcher) for row in right]
    others = [row for row in dict.fromkeys([*quoted, *read]) if row not in right]
    wrong = [row for row in others if not any(_same(_stems(row, searcher), one) for one in said)]
    rows = [*right, *wrong[: CANDIDATES - len(right)]]
    return Group(found.query, tuple(searcher.passage(row) for row in rows), tuple(range(len(right))))


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
