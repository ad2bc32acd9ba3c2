"""Lays out the corpus of the second set of questions: `python eval/second_corpus.py DATA FOLDER`.

`questions/second/documents.json` names the files below DATA, with their sha256. Those are copied into FOLDER, side by
side, when all are there and are what the questions were written from. Exit code 2 when one is missing or another file.
`--questions training/questions` lays out that of the questions which the reader is trained on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SECOND = Path(__file__).parent / "questions" / "second"


@dataclass(frozen=True, slots=True)
class Source:
    """A document of the second set: its place below DATA, its content, the side whose questions are about it."""

    path: str
    sha256: str
    side: str

    @property
    def name(self) -> str:
        """The name of the file in the corpus."""
        return Path(self.path).name


def sources(questions: Path = SECOND) -> tuple[Source, ...]:
    """The documents that documents.json names."""
    rows = json.loads((questions / "documents.json").read_text("utf-8"))
    return tuple(Source(row["path"], row["sha256"], row["side"]) for row in rows)


def faults(documents: Sequence[Source], data: Path) -> list[str]:
    """One sentence for each document that DATA lacks or has otherwise."""
    found = []
    for document in documents:
        path = data / document.path
        if not path.is_file():
            found.append(f"{path} is missing.")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != document.sha256:
            found.append(f"{path} is not the file that the questions were written from; its sha256 differs.")
    return found


def main(arguments: Sequence[str] | None = None, questions: Path = SECOND) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path, help="folder that holds treaties/, pdf/ and docx/")
    parser.add_argument("folder", type=Path, help="where the corpus goes; a new or empty folder")
    parser.add_argument("--questions", type=Path, default=questions, help="folder of questions, with documents.json")
    options = parser.parse_args(arguments)
    documents = sources(options.questions)
    found = faults(documents, options.data)
    if options.folder.exists() and (not options.folder.is_dir() or any(options.folder.iterdir())):
        found.append(f"{options.folder} is not an empty folder; name a new one.")
    for fault in found:
        print(fault, file=sys.stderr)
    if found:
        return 2
    options.folder.mkdir(parents=True, exist_ok=True)
    for document in documents:
        shutil.copyfile(options.data / document.path, options.folder / document.name)
    print(f"{len(documents)} documents are in {options.folder}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
