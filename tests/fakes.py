"""Stand-ins that compute from the text: an encoder of hashed words, and documents of plain paragraphs."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from taqa.domain import Document, DocumentMeta, Kind, Run, Span, Unit
from taqa.library.index import IndexRow, Material, Source
from taqa.library.progress import Progress, silent
from taqa.retrieval.ranking import Vectors


class HashingEncoder:
    """Each word adds 1 to the component that its hash names; the sum is normalised. No word: the first component."""

    def __init__(self, identity: str = "hashing-1", dimension: int = 64) -> None:
        self.identity = identity
        self.dimension = dimension
        self.encoded: list[str] = []

    def encode_passages(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        for done in range(len(texts)):
            progress("Embedding", done, len(texts))
        progress("Embedding", len(texts), len(texts))
        self.encoded.extend(texts)
        return self.encode_queries(texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.casefold().split() or [""]:
                digest = hashlib.sha256(f"{self.identity} {word}".encode()).digest()
                vectors[row, int.from_bytes(digest[:4], "big") % self.dimension if word else 0] += 1
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def make_document(name: str, text: str) -> Document:
    """Every line with words is an unnumbered paragraph."""
    units: list[Unit] = []
    start = 0
    for line in text.splitlines(keepends=True):
        words = line.rstrip("\n")
        if words.strip():
            number = len(units) + 1
            span = Span(start, start + len(words))
            units.append(
                Unit(
                    id=f"{name}#{number}",
                    kind=Kind.UNNUMBERED,
                    address=(f"unnumbered para. {number}",),
                    label=f"unnumbered para. {number}",
                    parent=None,
                    heading_path=(),
                    spans=(span,),
                    text=words,
                    runs=(Run(0, start, len(words)),),
                    counted=True,
                )
            )
        start += len(line)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(name.partition(".")[0], name, digest, text, DocumentMeta(), tuple(units))


def rows_of(document: Document) -> list[IndexRow]:
    """One row for each unit, by its own text."""
    return [IndexRow(unit.id, 0, len(unit.text), unit.text, unit.text.casefold()) for unit in document.units]


def make_source(name: str, text: str) -> Source:
    identity = hashlib.sha256(f"{name}\n{text}".encode()).hexdigest()
    return Source(name, identity, lambda: make_document(name, text))


def make_material(texts: dict[str, str], recipe: str = "lines-1") -> Material:
    """Material of named texts."""
    sources = tuple(make_source(name, texts[name]) for name in sorted(texts))
    corpus = hashlib.sha256("\n".join(source.identity for source in sources).encode()).hexdigest()
    return Material(corpus, sources, rows_of, recipe)


def files_below(folder: Path) -> dict[str, bytes]:
    """All files of a folder with their bytes, but for locks."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
