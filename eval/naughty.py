"""Strings that trip programs, as names and as texts of a corpus: `python eval/naughty.py DATA`.

DATA holds `hostile/text/naughty-strings.json`, a list of strings. Each becomes the name of a file and the text of
another; all are read at once. It prints the verdicts and everything that does not hold: a file without a verdict, a
name that cannot be printed, an invisible character in displayed text, a character of the source that is lost,
displayed text that its offsets do not lead to. Exit code 1 where anything does not.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

from taqa import build
from taqa.domain import Document
from taqa.ingest.invisible import INVISIBLE
from taqa.ingest.proofs import conservation
from taqa.settings import load

STRINGS = "hostile/text/naughty-strings.json"
LONGEST_NAME = 200
"""Bytes: file systems hold 255, the suffix included."""


def fill(corpus: Path, strings: list[str]) -> int:
    """A file named by each string and a file holding it; how many there are."""
    names = {os.fsencode(string.replace("/", "∕").replace("\x00", ""))[:LONGEST_NAME] for string in strings}
    for number, name in enumerate(sorted(names)):
        (corpus / os.fsdecode(b"n" + name + b".txt")).write_text(f"1. A file of an odd name, no. {number}.\n", "utf-8")
    for number, string in enumerate(strings):
        text = f"1. Parties shall note {string} and act.\n\n{string}\n\n2. After it.\n"
        (corpus / f"text{number:04}.txt").write_text(text, "utf-8", errors="surrogatepass")
    return len(list(corpus.iterdir()))


def faults(document: Document) -> list[str]:
    """What does not hold of a document."""
    found = []
    if not document.file.isprintable():
        found.append("its name cannot be printed")
    proof = conservation(document)
    if proof.lost or proof.doubled:
        found.append(f"{len(proof.lost)} stretches lost, {len(proof.doubled)} owned twice")
    for unit in document.units:
        if INVISIBLE.search(unit.text):
            found.append(f"an invisible character in {unit.label}")
        for run in unit.runs:
            pairs = zip(
                document.text[run.source : run.source + run.length],
                unit.text[run.shown : run.shown + run.length],
                strict=True,
            )
            if any(source != shown and not source.isspace() for source, shown in pairs):
                found.append(f"offsets of {unit.label} lead elsewhere")
    return found


def main(data: Path) -> int:
    path = data / STRINGS
    if not path.is_file():
        print(f"There is no {path}.", file=sys.stderr)
        return 2
    strings = json.loads(path.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        count = fill(corpus, strings)
        documents, verdicts = build.documents_and_verdicts(load(corpus=corpus))
    print(f"{len(strings)} strings, {count} files: {dict(Counter(str(each.verdict) for each in verdicts))}")
    for each in verdicts:
        if not each.good:
            print(f"  {each.verdict}: {each.reason!r}")
    wrong = [f"{document.file}: {fault}" for document in documents for fault in faults(document)]
    if len(verdicts) != count:
        wrong.append(f"{len(verdicts)} verdicts on {count} files")
    if len({document.id for document in documents}) != len(documents):
        wrong.append("two documents have the same id")
    print(f"does not hold: {len(wrong)}")
    print("".join(f"  {each}\n" for each in wrong[:50]), end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
