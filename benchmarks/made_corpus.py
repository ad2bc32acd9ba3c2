"""An index of many units, made from a small one: for measuring what an answer takes where much is held.

The documents of the corpus are held as they are. Beside them stand made-up ones until there are as many units as asked
for: each has the structure of one of the real documents (labels, lists, articles quoted) and in it their words,
shuffled, with fresh numbers, and a symbol of its own. Nothing is embedded but what is real: a made-up row has the
vector of some real row turned at random, so that it comes near what is asked but less near than that. Such answers are
worth nothing; what they cost is what a corpus of that size costs.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from taqa import build
from taqa.domain import Document, DocumentMeta, Run, Span, Unit
from taqa.library.index import Material, Source
from taqa.library.progress import Progress, silent
from taqa.retrieval.encoder import Encoder
from taqa.retrieval.indexing import build_index
from taqa.retrieval.ranking import Vectors
from taqa.retrieval.rows import RECIPE, rows_of
from taqa.settings import Settings

SEED = 20_04
TURN = 1.0
"""Length of what is added at random to the vector of a real row, itself of length 1."""


class TurnedEncoder:
    """Vectors of real texts by the real encoder; those of all others are real ones turned at random."""

    def __init__(self, real: Encoder, texts: Sequence[str]) -> None:
        self._made = dict(zip(texts, real.encode_passages(texts), strict=True))
        self._real = np.stack(list(self._made.values()))
        self._dice = np.random.default_rng(SEED)
        self._encoder = real

    @property
    def identity(self) -> str:
        return self._encoder.identity

    @property
    def dimension(self) -> int:
        return self._encoder.dimension

    def encode_passages(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        progress("Embedding", len(texts), len(texts))
        shape = (len(texts), self.dimension)
        noise = self._dice.standard_normal(shape, dtype=np.float32) * np.float32(TURN / np.sqrt(self.dimension))
        vectors = self._real[self._dice.integers(0, len(self._real), len(texts))] + noise
        for row, text in enumerate(texts):
            if text in self._made:
                vectors[row] = self._made[text]
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode_queries(texts)


def make(settings: Settings, units: int, folder: Path) -> None:
    """Write an index of the corpus and of made-up documents, at least so many units, that `taqa serve` takes for it."""
    found = build.corpus(settings)
    with build.sandbox(settings) as parser:
        material = build.material(found, parser.read, build.pictures_by(settings, found))
        real = [source.read() for source in material.sources]
    held = [_held(each.name, each.identity, document) for each, document in zip(material.sources, real, strict=True)]
    made = made_up(real, units - sum(len(document.units) for document in real))
    others = [_held(document.file, document.sha256, document) for document in made]
    encoder = TurnedEncoder(build.encoder(settings), [row.dense_text for document in real for row in rows_of(document)])
    build_index(Material(found.fingerprint, (*held, *others), rows_of, RECIPE), encoder, folder)


def _held(name: str, identity: str, document: Document) -> Source:
    return Source(name, identity, lambda: document)


def made_up(real: Sequence[Document], units: int) -> list[Document]:
    """Made-up documents with at least so many units together."""
    dice = random.Random(SEED)
    words = [word for document in real for unit in document.units for word in unit.text[unit.body :].split()]
    made: list[Document] = []
    while sum(len(document.units) for document in made) < units:
        made.append(_like(real[len(made) % len(real)], len(made) + 1, words, dice))
    return made


def _like(document: Document, number: int, words: Sequence[str], dice: random.Random) -> Document:
    """A document with the structure of another and other words."""
    name = f"made-{number:05}"
    titles: dict[str, str] = {}
    units: list[Unit] = []
    at = 0
    for unit in document.units:
        label = unit.text[: unit.body]
        text = label + _shuffled(words, max(1, len(unit.text[unit.body :].split())), dice)
        titles[unit.text] = text
        units.append(
            replace(
                unit,
                id=_renamed(unit.id, document.id, name),
                parent=_renamed(unit.parent, document.id, name) if unit.parent else None,
                notes=tuple(_renamed(note, document.id, name) for note in unit.notes),
                heading_path=tuple(titles.get(title, title) for title in unit.heading_path),
                spans=(Span(at, at + len(text)),),
                text=text,
                runs=(Run(0, at, len(text)),),
                page=None,
                bracketed=(),
                inserted=(),
                deleted=(),
            )
        )
        at += len(text) + 1
    whole = "\n".join(unit.text for unit in units)
    title = _shuffled(words, 6, dice)
    meta = DocumentMeta(title=title, cited_as=title, symbol=f"EX/MADE.{number % 40}/{number}", language="en")
    return Document(name, f"{name}.txt", hashlib.sha256(whole.encode()).hexdigest(), whole, meta, tuple(units))


def _renamed(unit_id: str, old: str, new: str) -> str:
    return new + unit_id.removeprefix(old)


def _shuffled(words: Sequence[str], count: int, dice: random.Random) -> str:
    """So many of the words, at random, each number another one; the first begins a sentence and the last ends it."""
    text = " ".join(dice.choices(words, k=count))
    text = re.sub(r"(?<=\d)\d|\d(?=\d)", lambda _: dice.choice("0123456789"), text)
    return text[:1].upper() + text[1:].rstrip(" .,;:") + "."
