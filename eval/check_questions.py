"""Checks question files against their documents.

    python eval/check_questions.py [FILE_OR_FOLDER ...] [--corpus DIR] [--data DIR]

Without a file it checks eval/questions/dev.jsonl and test.jsonl against corpus/, and eval/questions/second against the
documents that it names below the folder of `--data`; that set is skipped, with a message, where they are absent. Reads
the corpus as UTF-8 text files, with nothing of the product in between; of the second set, PDF and Word files as
`taqa inspect --text` prints them. Exit code 1 when a question is wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from second_corpus import SECOND, Source, faults, sources

from taqa.errors import InputError
from taqa.evaluation.check import check
from taqa.evaluation.questions import Case, load, source_of
from taqa.ingest import read_document

PLAIN = (".md", ".txt")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("questions", nargs="*", type=Path)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--data", type=Path, help="folder that holds the documents of the second set")
    options = parser.parse_args()
    texts = {path.name: path.read_bytes().decode("utf-8") for path in sorted(options.corpus.glob("*.txt"))}
    try:
        cases = [case for path in options.questions or [Path("eval/questions")] for case in load(path)]
        wrong = report(cases, texts)
        if not options.questions:
            wrong += check_second(options.data)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    return 1 if wrong else 0


def report(cases: Sequence[Case], texts: Mapping[str, str]) -> int:
    """Print what is wrong with `cases`, and what they are; how many errors there are."""
    findings = check(cases, texts)
    for note in findings.notes:
        print(f"note: {note}")
    for error in findings.errors:
        print(f"error: {error}")
    types = ", ".join(f"{kind} {count}" for kind, count in Counter(case.type for case in cases).most_common())
    docs = ", ".join(f"{doc} {count}" for doc, count in sorted(Counter(d for c in cases for d in c.docs).items()))
    print(f"{len(cases)} questions, {len(findings.errors)} errors, {len(findings.notes)} notes")
    print(f"types: {types}")
    print(f"documents: {docs}")
    return len(findings.errors)


def check_second(data: Path | None) -> int:
    """Check the second set where its documents are there; how many errors there are."""
    print(f"\n{SECOND.name} set:")
    if data is None:
        print("Skipped: its documents are not part of the project; name the folder that holds them with --data.")
        return 0
    documents = sources()
    absent = faults(documents, data)
    if absent:
        print(f"Skipped: {len(absent)} of {len(documents)} documents are not as they should be. {absent[0]}")
        return 0
    texts = {document.name: text(data / document.path) for document in documents}
    wrong = 0
    for side in ("dev", "test"):
        cases = load(SECOND, side)
        print(f"{side}:")
        wrong += report(cases, texts) + strangers(cases, side, documents)
    return wrong


def text(path: Path) -> str:
    """What offsets refer to: the file itself, or what the reader took out of it."""
    return path.read_bytes().decode("utf-8") if path.suffix in PLAIN else read_document(path).text


def strangers(cases: Sequence[Case], side: str, documents: Sequence[Source]) -> int:
    """Print the questions of a side about a document of the other one; how many there are."""
    sides = {document.name: document.side for document in documents}
    found = [(case.id, gold.doc) for case in cases for gold in case.places if sides[source_of(gold.doc, sides)] != side]
    for name, doc in found:
        print(f"error: {name}: {doc} is a document of the other side.")
    return len(found)


if __name__ == "__main__":
    sys.exit(main())
