"""Models that compute each text once: the measurements ask them the same things under many settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from taqa.build import Encoder
from taqa.library.progress import Progress, silent
from taqa.retrieval.ranking import Scores, Vectors
from taqa.retrieval.reader import Reader


@dataclass(frozen=True)
class RememberingEncoder:
    """An encoder that embeds each text once."""

    encoder: Encoder
    known: dict[str, Vectors] = field(default_factory=dict)

    @property
    def identity(self) -> str:
        return self.encoder.identity

    @property
    def dimension(self) -> int:
        return self.encoder.dimension

    def encode_passages(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        unseen = [text for text in dict.fromkeys(texts) if text not in self.known]
        if unseen:
            self.known.update(zip(unseen, self.encoder.encode_passages(unseen, progress), strict=True))
        return np.stack([self.known[text] for text in texts])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self.encode_passages(texts)


@dataclass(frozen=True)
class RememberingReader:
    """A reader that reads each pair once."""

    reader: Reader
    known: dict[tuple[str, str], float] = field(default_factory=dict)

    @property
    def identity(self) -> str:
        return self.reader.identity

    def read(self, question: str, passages: Sequence[str]) -> Scores:
        unseen = [passage for passage in dict.fromkeys(passages) if (question, passage) not in self.known]
        if unseen:
            scores = self.reader.read(question, unseen).tolist()
            self.known.update(((question, passage), score) for passage, score in zip(unseen, scores, strict=True))
        return np.array([self.known[question, passage] for passage in passages], dtype=np.float32)
