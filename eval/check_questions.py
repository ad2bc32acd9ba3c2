"""Checks question files against a corpus: `python eval/check_questions.py [FILE_OR_FOLDER ...] [--corpus DIR]`.

Without a file it checks eval/questions/dev.jsonl and test.jsonl against corpus/. Reads the corpus as UTF-8 text files,
with nothing of the product in between. Exit code 1 when a question is wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from taqa.errors import InputError
from taqa.evaluation.check import check
from taqa.evaluation.questions import load


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("questions", nargs="*", type=Path, default=[Path("eval/questions")])
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    options = parser.parse_args()
    texts = {path.name: path.read_bytes().decode("utf-8") for path in sorted(options.corpus.glob("*.txt"))}
    try:
        cases = [case for path in options.questions for case in load(path)]
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
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
    return 1 if findings.errors else 0


if __name__ == "__main__":
    sys.exit(main())
