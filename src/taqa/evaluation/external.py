"""Asks the product's own engines the questions of somebody else's set.

Each passage becomes a unit as it stands: nothing is parsed, so that what is found is an id of the set. From there on
all is the product: rows and vectors, rankings and their fusion, the reader, the confidence and the refusal.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from taqa.answering.evidence import weigh
from taqa.answering.question import read_question
from taqa.answering.refuse import confidence, features, refuses
from taqa.answering.typed import as_meant
from taqa.build import Models
from taqa.domain import Document, DocumentMeta, Kind, Question, Run, Span, Unit
from taqa.evaluation.sets import ExternalSet, Passage, Query, whole_documents
from taqa.library.index import Material, Source
from taqa.library.progress import Progress, silent
from taqa.retrieval.encoder import words_of_language
from taqa.retrieval.indexing import build_index, open_index
from taqa.retrieval.rows import RECIPE, rows_of
from taqa.retrieval.search import WEIGHTS, Searcher

DEPTH = 100
"""How many passages of each question are kept: what the run file holds, and how far the MRR looks."""
PASSAGES = "passages-1"
"""Names the way in which passages become units; part of the identity of what is cached."""
_BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the product made of a question: passages best first, the one it would quote first (empty for none), its
    confidence, and whether it refuses."""

    query: Query
    ranked: tuple[str, ...]
    quoted: str
    confidence: float
    refused: bool


def searcher(
    external: ExternalSet,
    models: Models,
    cache: Path,
    progress: Progress = silent,
    weights: tuple[float, ...] = WEIGHTS,
) -> Searcher:
    """The engines over the passages of a set. Its index is kept in `cache`; what that has is not embedded again."""
    folder = cache / external.name
    build_index(material(external), models.encoder, folder, progress)
    opened = open_index(folder, models.encoder, _recipe(), external.fingerprint)
    language = words_of_language()
    return Searcher(opened.index, models.encoder, opened.dense, opened.lexical, models.reader, language, weights)


def ask(engines: Searcher, queries: Iterable[Query], progress: Callable[[int], None]) -> list[Outcome]:
    """What becomes of each question; `progress` is called after each with the number done.

    One after the other, as users ask: the vector of a question hangs in its last bits on those encoded with it, and
    what takes the time, the reader, uses all threads for one question.
    """
    found: list[Outcome] = []
    for query in queries:
        found.append(_ask(engines, query))
        progress(len(found))
    return found


def material(external: ExternalSet) -> Material:
    """What the index of a set is made from: a source for each document."""
    sources = tuple(_source(doc, passages) for doc, passages in whole_documents(external.passages).items())
    return Material(external.fingerprint, sources, rows_of, _recipe())


def document(doc: str, passages: Sequence[Passage]) -> Document:
    """Passages as a document of unnumbered paragraphs; its title is theirs where they share one."""
    units: list[Unit] = []
    start = 0
    for passage in passages:
        units.append(_unit(passage, start))
        start += len(passage.text) + len(_BETWEEN)
    text = _BETWEEN.join(passage.text for passage in passages)
    titles = {passage.title for passage in passages}
    meta = DocumentMeta(title=titles.pop() if len(titles) == 1 else "")
    return Document(
        doc, doc, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), text, meta, tuple(units)
    )


def _ask(engines: Searcher, query: Query) -> Outcome:
    within = (query.doc,) if query.doc else ()
    question = as_meant(Question(" ".join(query.text.split()), query.history, within, query.id), engines)
    reading = read_question(question, engines.names, engines.bearers)
    findings = engines.find(reading.text, question.documents)
    evidence = weigh(reading, findings, engines)
    seen = features(evidence, engines)
    units = engines.index.units
    return Outcome(
        query=query,
        ranked=tuple(units[found.unit].unit.id for found in findings.units[:DEPTH]),
        quoted=units[evidence.sentences[0].unit].unit.id if evidence.sentences else "",
        confidence=confidence(seen),
        refused=refuses(seen, reading.asks),
    )


def _recipe() -> str:
    return f"{RECIPE}-{PASSAGES}"


def _source(doc: str, passages: Sequence[Passage]) -> Source:
    told = json.dumps([doc, [[each.id, each.text, each.title] for each in passages]])
    return Source(doc, hashlib.sha256(told.encode()).hexdigest(), lambda: document(doc, passages))


def _unit(passage: Passage, start: int) -> Unit:
    length = len(passage.text)
    return Unit(
        id=passage.id,
        kind=Kind.UNNUMBERED,
        address=(passage.title or passage.id,),
        label=passage.title or passage.id,
        parent=None,
        heading_path=(),
        spans=(Span(start, start + length),),
        text=passage.text,
        runs=(Run(0, start, length),),
        counted=True,
    )
