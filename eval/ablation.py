"""What is embedded and how rankings are fused, measured on the development questions: `python eval/ablation.py`.

Prints three Markdown tables: recipes of the embedded text under the shipped fusion, then rankings alone and fused under
the shipped recipe, both without a reader; then what the reader adds. Real models, FAISS and tantivy.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from remembering import RememberingEncoder, RememberingReader

from taqa import build, sentences
from taqa.answering.question import read_question
from taqa.domain import Document, Kind, Unit
from taqa.evaluation import questions, retrieval, run
from taqa.evaluation.questions import Case
from taqa.ingest import scan
from taqa.library.index import IndexRow, Material
from taqa.references import fold
from taqa.retrieval import search
from taqa.retrieval.fusion import reciprocal
from taqa.retrieval.indexing import build_index, open_index
from taqa.retrieval.ranking import Ranking
from taqa.retrieval.reader import load_reader
from taqa.retrieval.rows import CHAPEAU_CHARS, rows_of
from taqa.retrieval.search import READ, READ_WEIGHT, TEMPERATURE, WEIGHTS, Searcher
from taqa.settings import load

MEASURES = ("success@1", "success@5", "success@10", "recall@5", "mrr")


def context(unit: Unit, document: Document, headings: int, chapeau: bool) -> str:
    parts = [title.partition(" ")[2] or title for title in unit.heading_path[-headings:]] if headings else []
    parent = document.unit(unit.parent or "") if chapeau and unit.kind is not Kind.FOOTNOTE else None
    parts += [parent.text[parent.body :][-CHAPEAU_CHARS:]] if parent else []
    return ". ".join(parts) + ":" if parts else ""


def recipe(headings: int, chapeau: bool, whole_paragraph: bool = False) -> Callable[[Document], list[IndexRow]]:
    """Rows of one recipe: the unit with so many headings, its chapeau, or in place of both the whole paragraph."""

    def rows(document: Document) -> list[IndexRow]:
        made: list[IndexRow] = []
        for unit in document.units:
            if unit.kind is Kind.HEADING:
                continue
            body = unit.text[unit.body :]
            text = f"{context(unit, document, headings, chapeau)} {body}".strip()
            if whole_paragraph:
                family = [
                    u for u in document.units if u.id in (unit.id, unit.parent) or u.parent == (unit.parent or unit.id)
                ]
                text = " ".join(u.text for u in family)
            made.append(IndexRow(unit.id, 0, len(unit.text), text, fold(text)))
            made += [
                IndexRow(unit.id, unit.body + start, unit.body + end, body[start:end], "")
                for start, end in sentences.split(body)
                if end - start < len(body)
            ]
        return made

    return rows


def searcher(rows: Callable[[Document], list[IndexRow]], name: str, encoder: RememberingEncoder) -> Searcher:
    material = replace(build.material(scan(load().corpus)), rows_of=rows, recipe=name)
    with tempfile.TemporaryDirectory() as folder:
        build_index(Material(material.corpus, material.sources, rows, name), encoder, Path(folder))
        opened = open_index(Path(folder), encoder, name)
        made = Searcher(opened.index, encoder, opened.dense, opened.lexical)
        made.lexical.search("warm", 1)
        return made


def measure(found: Searcher, cases: Sequence[Case]) -> str:
    corpus = run.by_file(found.index.documents)
    judged = {case.id: retrieval.judge(case, corpus) for case in cases}
    ranked: dict[str, tuple[str, ...]] = {}
    for case in cases:
        text = read_question(case.asked(), found.names).text
        held = [found.index.units[unit.unit] for unit in found.find(text).units[: retrieval.DEPTH]]
        ranked[case.id] = tuple(retrieval.key(each.document, each.unit) for each in held)
    return row(retrieval.measure(ranked, judged))


def row(rows: Mapping[str, Mapping[str, float]]) -> str:
    return " | ".join(f"{sum(each[name] for each in rows.values()) / len(rows):.3f}" for name in MEASURES)


class ByReciprocalRank(Searcher):
    """The same rankings, fused by reciprocal rank."""

    def _fuse(self, rankings: Sequence[Ranking], limit: int) -> Ranking:
        return reciprocal(rankings, limit)


def main() -> None:
    encoder = RememberingEncoder(build.encoder(load()))
    cases = [case for case in questions.load(Path("eval/questions"), "dev") if case.answerable]
    head = f"| {{}} | {' | '.join(MEASURES)} |\n|---|{'---|' * len(MEASURES)}"
    print(head.format("embedded and indexed text"))
    recipes = {
        "unit alone": recipe(0, False),
        "+ innermost heading": recipe(1, False),
        "+ 2 headings": recipe(2, False),
        "+ chapeau": recipe(0, True),
        "+ heading + chapeau": recipe(1, True),
        "+ 2 headings + chapeau (shipped)": rows_of,
        "+ all headings + chapeau": recipe(9, True),
        "the whole paragraph with all its items": recipe(0, False, whole_paragraph=True),
    }
    for name, rows in recipes.items():
        print(f"| {name} | {measure(searcher(rows, name, encoder), cases)} |")
    shipped = searcher(rows_of, "shipped", encoder)
    print("\n" + head.format("ranking (dense, lexical, coverage, best sentence)"))
    alone: list[tuple[float, ...]] = [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)]
    several = [(0.4, 0.6, 0, 0), (0.5, 0.5, 0, 0), (0.3, 0.3, 0.4, 0), (0.3, 0.3, 0.4, 0.2), (0.3, 0.3, 0.4, 0.3)]
    several += [(0.4, 0.3, 0.4, 0.2), (0.4, 0.3, 0.3, 0.3), (0.4, 0.2, 0.3, 0.2), (0.5, 0.2, 0.3, 0.3)]
    several += [(0.5, 0.2, 0.4, 0.2), (0.5, 0.3, 0.3, 0.2), (0.6, 0.3, 0.3, 0.3), (0.6, 0.2, 0.3, 0.2)]
    for each in [*alone, *several]:
        mark = " (shipped)" if each == WEIGHTS else ""
        print(f"| {each}{mark} | {measure(replace(shipped, weights=each), cases)} |")
    fused = ByReciprocalRank(shipped.index, shipped.encoder, shipped.dense, shipped.lexical)
    print(f"| reciprocal rank fusion of the four | {measure(fused, cases)} |")
    print("\n" + head.format("reader"))
    print(f"| none | {measure(shipped, cases)} |")
    reader = load_reader(load())
    assert reader is not None, "TAQA_READER=none: there is no reader to measure"
    reading = replace(shipped, reader=RememberingReader(reader))
    tried = [(weight, READ, TEMPERATURE) for weight in (0.3, 0.4, 0.5, 0.6, 0.7, 1.0)]
    tried += [(READ_WEIGHT, units, TEMPERATURE) for units in (5, 15, 20)]
    tried += [(READ_WEIGHT, READ, temperature) for temperature in (1.0, 2.0, 4.0, 6.0)]
    for weight, units, temperature in tried:
        with changed(weight, units, temperature):
            mark = " (shipped)" if (weight, units, temperature) == (READ_WEIGHT, READ, TEMPERATURE) else ""
            found = measure(reading, cases)
            print(f"| weight {weight}, {units} units, temperature {temperature:g}{mark} | {found} |", flush=True)


@contextmanager
def changed(weight: float, units: int, temperature: float) -> Iterator[None]:
    """The reader's constants changed for a while."""
    before = search.READ_WEIGHT, search.READ, search.TEMPERATURE
    search.READ_WEIGHT, search.READ, search.TEMPERATURE = weight, units, temperature
    try:
        yield
    finally:
        search.READ_WEIGHT, search.READ, search.TEMPERATURE = before


if __name__ == "__main__":
    main()
