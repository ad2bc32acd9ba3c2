"""How far the search finds what answers our own questions about documents that were kept out of the training.

    python training/held_out.py --own INDEX --corpus CORPUS

They are asked of the whole corpus of our own questions, without a reader and with one: the share for which a unit that
answers is among the first k. `TAQA_MODEL` and `TAQA_READER` name the models, as everywhere.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from own import HELD_DOCUMENTS, QUESTIONS, asked, searcher_of

from taqa.answering.typed import as_meant
from taqa.domain import Question
from taqa.retrieval.reader import load_reader
from taqa.settings import load

CUTS = (1, 5, 10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--own", type=Path, metavar="INDEX", required=True, help="the index of our own questions")
    parser.add_argument("--corpus", type=Path, required=True, help="the corpus of that index")
    given = parser.parse_args()
    plain = searcher_of(given.corpus, given.own)
    held = [row for row in asked(QUESTIONS, plain) if row.answerable and row.file in HELD_DOCUMENTS]
    print(f"{len(held)} questions, {len(plain.index.units)} units in {len(plain.index.documents)} documents")
    reader = load_reader(load())
    for name, searcher in (("search", plain), ("with the reader", replace(plain, reader=reader))):
        ranks = []
        for row in held:
            answering = {plain.index.rows[each].unit for each in row.quoted}
            found = [each.unit for each in searcher.find(as_meant(Question(row.question), searcher).text).units]
            ranks.append(min((rank for rank, unit in enumerate(found) if unit in answering), default=len(found)))
        shares = (f"success@{cut} {sum(rank < cut for rank in ranks) / len(ranks):.3f}" for cut in CUTS)
        print(name, *shares, sep=" | ", flush=True)


if __name__ == "__main__":
    main()
