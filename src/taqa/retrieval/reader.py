"""Question and passage read together: a score for whether the passage answers.

Without a configured model this is the reader that TAQA carries: the embedding model's layers, trained further by
`training/train_reader.py` on public question sets (see `weights/MODEL_CARD.md`). Only what training changed is carried;
the vectors of the words are those of the verified embedding model.

A score is a logit against "this does not answer": above 0 the passage rather answers than not. It is rounded, so that
neither the number of threads nor what else is read with it changes what is decided by it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import Protocol

import numpy as np

from taqa.errors import ModelError
from taqa.retrieval.carried import FOLDER, carried_weights
from taqa.retrieval.encoder import pack, shipped_model
from taqa.retrieval.ranking import Scores
from taqa.settings import Settings

WITHOUT = "none"
"""The setting that turns reading off."""
WEIGHTS = FOLDER / "reader.safetensors"
WEIGHTS_SHA256 = "13c9e63fdf78a3d6779744f3d69ea603ea44b09f9c02c43b6f080165031a50b9"
TOKENS = 160
"""Word pieces of question and passage that are read; those of training."""
BATCH = 4
"""Passages that a thread reads at a time; benchmarks/answer_time.py has what reading takes."""
DECIMALS = 3

_Logits = Callable[[Sequence[tuple[str, str]]], Scores]


class Reader(Protocol):
    """Scores passages for a question: logits (n,), float32. `identity` changes when the scores would."""

    @property
    def identity(self) -> str: ...

    def read(self, question: str, passages: Sequence[str]) -> Scores: ...


class PassageReader:
    """A cross-encoder, loaded by its first use; whoever asks, and from whichever thread.

    `model` names one that sentence-transformers can load (empty: the one that TAQA carries); `threads` work on it, each
    on a batch of its own (0: one for each core).
    """

    def __init__(self, model: str = "", threads: int = 0) -> None:
        self._name = model
        self._threads = threads
        self._lock = threading.Lock()

    @property
    def identity(self) -> str:
        return self._name or f"taqa-reader-{WEIGHTS_SHA256[:12]}"

    def read(self, question: str, passages: Sequence[str]) -> Scores:
        """Logits (n,) of the passages, float32. Raises ModelError when the model cannot be loaded."""
        import torch

        score = self._loaded_logits()

        def scored(batch: list[int]) -> Scores:
            torch.set_num_threads(1)  # counts for the calling thread
            with torch.inference_mode():
                return score([(question, passages[number]) for number in batch])

        logits = np.zeros(len(passages), dtype=np.float32)
        order = sorted(range(len(passages)), key=lambda number: (len(passages[number]), number), reverse=True)
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        with ThreadPoolExecutor(self._threads or os.cpu_count() or 1, thread_name_prefix="taqa-reader") as pool:
            for batch, found in zip(batches, pool.map(scored, batches), strict=True):
                logits[batch] = found
        return np.round(logits, DECIMALS)

    def _loaded_logits(self) -> _Logits:
        with self._lock:
            return self._logits

    @cached_property
    def _logits(self) -> _Logits:
        return _hub(self._name) if self._name else _shipped()


def load_reader(settings: Settings) -> PassageReader | None:
    """The reader that the settings name, None where it is turned off; nothing is loaded yet."""
    return None if settings.reader == WITHOUT else PassageReader(settings.reader, settings.threads)


def _shipped() -> _Logits:
    """The reader that TAQA carries, its weights verified. Raises ModelError."""
    import torch
    from safetensors.torch import load
    from transformers import AutoConfig, AutoModel, AutoTokenizer

    trained = carried_weights(WEIGHTS, WEIGHTS_SHA256)
    folder = shipped_model()
    words = load((folder / "model.safetensors").read_bytes())["embeddings.word_embeddings.weight"]
    head = torch.nn.Linear(words.shape[1], 1)
    head.load_state_dict({"weight": trained.pop("score.weight"), "bias": trained.pop("score.bias")})
    config = AutoConfig.from_pretrained(folder, local_files_only=True)
    model = AutoModel.from_config(config, add_pooling_layer=False)  # type: ignore[no-untyped-call]
    model.load_state_dict({**trained, "embeddings.word_embeddings.weight": words})
    model.eval()
    pack(model)
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    one_at_a_time = threading.Lock()

    def logits(pairs: Sequence[tuple[str, str]]) -> Scores:
        questions, passages = zip(*pairs, strict=True)
        with one_at_a_time:  # a tokenizer serves one at a time
            features = tokenizer(
                list(questions),
                list(passages),
                truncation="longest_first",
                max_length=TOKENS,
                padding=True,
                return_tensors="pt",
            )
        first = model(**features).last_hidden_state[:, 0]
        return np.asarray(head(first).squeeze(-1).numpy(), dtype=np.float32)

    return logits


def _hub(name: str) -> _Logits:
    """A cross-encoder that the user configured. Raises ModelError."""
    from sentence_transformers import CrossEncoder
    from torch.nn import Identity

    try:
        model = CrossEncoder(name, device="cpu", trust_remote_code=False)
    except (OSError, ValueError, RuntimeError, KeyError, ImportError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
        raise ModelError(f"The reader {name} cannot be loaded ({reason}).") from error

    def logits(pairs: Sequence[tuple[str, str]]) -> Scores:
        found = model.predict(list(pairs), activation_fn=Identity(), show_progress_bar=False)
        return np.asarray(found, dtype=np.float32).reshape(len(pairs), -1)[:, 0]

    return logits
