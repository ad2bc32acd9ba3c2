"""Documents for tests: the five of the corpus, and made-up ones from a text."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from textwrap import dedent

from taqa.domain import Document, Unit
from taqa.ingest import read_document, scan
from taqa.ingest.document import parse
from taqa.ingest.formats import Source

CORPUS = Path(__file__).parents[1] / "corpus"


@cache
def corpus() -> tuple[Document, ...]:
    """The five documents, by name."""
    return tuple(read_document(file.path, file.entry) for file in scan(CORPUS).files)


def real(number: str) -> Document:
    """The document whose file name begins with a number: "002"."""
    return next(document for document in corpus() if document.file.startswith(number))


def made(text: str) -> Document:
    """The document that a text gives; common indentation and the first line break are dropped, "␠" is a space."""
    return parsed(dedent(text.removeprefix("\n")).replace("␠", " "))


def parsed(text: str) -> Document:
    """The document that a text gives, as it is."""
    return parse("made.txt", hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), Source(text))


def unit(document: Document, tail: str) -> Unit:
    """The unit whose id ends so after the colon."""
    found = document.unit(f"{document.id}:{tail}")
    assert found is not None, f"no {tail} among {tails(document)}"
    return found


def tails(document: Document) -> list[str]:
    """What stands after the colon of every unit id, in order."""
    return [unit.id.partition(":")[2] for unit in document.units]


def text(document: Document, tail: str) -> str:
    """Displayed text of a unit."""
    return unit(document, tail).text


def series(document: Document) -> dict[str, tuple[str, ...]]:
    """Numbers of every series by its path."""
    return {item.path: item.numbers for item in document.series}


def furniture(document: Document, kind: str) -> list[str]:
    """Source of the furniture of one kind."""
    return [document.text[item.span.start : item.span.end] for item in document.furniture if item.kind == kind]
