"""How hard the questions are: the naive retrieval that others ship, on the same questions.

`python eval/naive_baseline.py [QUESTIONS]` cuts each document into pieces of 1,000 characters, ranks them by the
encoder alone and by encoder and BM25 together (min-max, equal weights), and prints the share of answerable questions
with a piece in the top five that holds at least half of a gold or alternative quotation, for both splits, next to the
search of TAQA. The documents are those of the settings: for the second set name eval/questions/second and set
TAQA_CORPUS and TAQA_INDEX.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np

from taqa import build
from taqa.answering.question import read_question
from taqa.assistant import Assistant
from taqa.evaluation import questions, retrieval, run
from taqa.evaluation.questions import Case
from taqa.evaluation.score import places
from taqa.references import fold
from taqa.retrieval.dense import DenseIndex
from taqa.retrieval.fusion import weighted
from taqa.retrieval.lexical import LexicalIndex
from taqa.settings import load

PIECE = 1000
TOP = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("questions", nargs="?", type=Path, default=Path("eval/questions"))
    asked = parser.parse_args().questions
    assistant = build.ready_assistant(load())
    encoder = build.encoder(load())
    texts = {document.file: document.text for document in assistant.documents}
    pieces = [(file, at, text[at : at + PIECE]) for file, text in texts.items() for at in range(0, len(text), PIECE)]
    dense = DenseIndex.build(encoder.encode_passages([piece for _, _, piece in pieces]))
    with tempfile.TemporaryDirectory() as folder:
        lexical = LexicalIndex.build([fold(piece) for _, _, piece in pieces], Path(folder) / "words")

        def naive(case: Case, *, words: bool) -> bool:
            ranking = dense.search(encoder.encode_queries([case.question])[0], len(pieces))
            if words:
                ranking = weighted([ranking, lexical.search(fold(case.question), len(pieces))], [0.5, 0.5], TOP)
            wanted = places((*case.gold, *case.alt_gold), texts)
            for row in ranking.rows[:TOP].tolist():
                file, start, text = pieces[row]
                for place in wanted:
                    shared = min(place.span.end, start + len(text)) - max(place.span.start, start)
                    if place.file == file and 2 * shared >= place.span.end - place.span.start:
                        return True
            return False

        for split in ("dev", "test"):
            cases = [case for case in questions.load(asked, split) if case.answerable]
            shares = [np.mean([naive(case, words=words) for case in cases]) for words in (False, True)]
            naively = f"dense {shares[0]:.3f}, dense and BM25 {shares[1]:.3f}"
            print(f"{split}, {len(cases)} questions: {naively}, TAQA {ours(assistant, cases):.3f}")


def ours(assistant: Assistant, cases: list[Case]) -> float:
    """success@5 of the search that answers use."""
    corpus = run.by_file(assistant.documents)
    judged = {case.id: retrieval.judge(case, corpus) for case in cases}
    ranked = {}
    for case in cases:
        text = read_question(case.asked(), assistant.searcher.names).text
        ranked[case.id] = retrieval.ranking(assistant.search(text, TOP, ()))
    return float(np.mean([row["success@5"] for row in retrieval.measure(ranked, judged).values()]))


if __name__ == "__main__":
    main()
