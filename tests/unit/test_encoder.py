"""The model that TAQA carries, really loaded."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from pathlib import Path

import numpy as np
import pytest

from taqa.errors import ModelError
from taqa.retrieval import encoder as module
from taqa.retrieval.carried import carried_weights
from taqa.retrieval.encoder import (
    SHIPPED_IDENTITY,
    WEIGHTS,
    WEIGHTS_SHA256,
    SentenceEncoder,
    load_encoder,
    shipped_model,
)
from taqa.settings import load

TEXTS = [
    "Parties shall cooperate to provide timely and appropriate technical assistance.",
    "Training for customs officers.",
    "The meeting rose at 6 p.m.",
    "",
    "\u0627\u0644\u0645\u0633\u0627\u0639\u062f\u0629 \u0627\u0644\u062a\u0642\u0646\u064a\u0629 \U0001f30d",
]
NOISE = 1e-5


def test_unit_rows_of_the_stated_dimension(real_encoder: SentenceEncoder) -> None:
    for vectors in (real_encoder.encode_passages(TEXTS), real_encoder.encode_queries(TEXTS)):
        assert vectors.shape == (len(TEXTS), real_encoder.dimension) == (5, 384)
        assert vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_meaning(real_encoder: SentenceEncoder) -> None:
    query = real_encoder.encode_queries(["How is help given to countries?"])[0]
    help_, training, closing = real_encoder.encode_passages(TEXTS[:3]) @ query
    assert help_ > training > closing


def test_same_bits_for_the_same_texts(real_encoder: SentenceEncoder) -> None:
    assert real_encoder.encode_passages(TEXTS).tobytes() == real_encoder.encode_passages(TEXTS).tobytes()


def test_neighbours_in_the_batch_change_nothing_but_rounding(real_encoder: SentenceEncoder) -> None:
    together = real_encoder.encode_passages(TEXTS * 6)
    for number, text in enumerate(TEXTS):
        alone = real_encoder.encode_queries([text])[0]
        for copy in range(6):
            assert np.abs(together[copy * len(TEXTS) + number] - alone).max() < NOISE


def test_as_sentence_transformers_has_it(real_encoder: SentenceEncoder) -> None:
    """The short way through the model gives what its own `encode` gives, of the trained layers and no others."""
    from sentence_transformers import SentenceTransformer

    reference = SentenceTransformer(str(shipped_model()), device="cpu", local_files_only=True)
    untrained = reference.encode(TEXTS, show_progress_bar=False)
    layers = reference[0].auto_model
    missing, unknown = layers.load_state_dict(carried_weights(WEIGHTS, WEIGHTS_SHA256), strict=False)
    assert {name.split(".")[0] for name in missing} == {"embeddings", "pooler"}
    assert [name for name in missing if "embeddings" in name] == ["embeddings.word_embeddings.weight"]
    assert not unknown
    assert np.abs(untrained - real_encoder.encode_queries(TEXTS)).max() > 100 * NOISE
    assert np.abs(reference.encode(TEXTS, show_progress_bar=False) - real_encoder.encode_queries(TEXTS)).max() < NOISE


def test_a_text_too_long_for_the_model_counts_by_its_beginning(real_encoder: SentenceEncoder) -> None:
    vectors = real_encoder.encode_passages(["mercury " * 300, "mercury " * 300 + "parties", "parties"])
    assert np.abs(vectors[0] - vectors[1]).max() < NOISE < np.abs(vectors[0] - vectors[2]).max()


def test_nothing_to_encode(real_encoder: SentenceEncoder) -> None:
    assert real_encoder.encode_passages([]).shape == real_encoder.encode_queries([]).shape == (0, 384)


def test_many_threads_at_once(real_encoder: SentenceEncoder) -> None:
    expected = [real_encoder.encode_queries([text]) for text in TEXTS]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda number: real_encoder.encode_queries([TEXTS[number % len(TEXTS)]]), range(40)))
    for number, vectors in enumerate(found):
        assert np.abs(vectors - expected[number % len(TEXTS)]).max() < NOISE


def test_progress(real_encoder: SentenceEncoder) -> None:
    told: list[tuple[int, int]] = []
    real_encoder.encode_passages(["word"] * 20, lambda _, done, total: told.append((done, total)))
    assert told == [(0, 20), (8, 20), (16, 20), (20, 20)]


def test_threads_change_no_bit(real_encoder: SentenceEncoder) -> None:
    texts = [f"{text} {number}" for number, text in enumerate(TEXTS * 8)]
    expected = SentenceEncoder(threads=1).encode_passages(texts)
    for threads in (2, 5):
        assert SentenceEncoder(threads=threads).encode_passages(texts).tobytes() == expected.tobytes()


def test_a_fault_while_encoding_ends_it(real_encoder: SentenceEncoder) -> None:
    def fail(description: str, done: int, total: int) -> None:
        if done:
            raise RuntimeError("stopped")

    before = threading.active_count()
    with pytest.raises(RuntimeError, match="stopped"):
        real_encoder.encode_passages(["word"] * 400, fail)
    assert threading.active_count() == before


def test_packed_layers_give_the_same_numbers() -> None:
    import torch

    layer = torch.nn.Sequential(torch.nn.Linear(48, 64), torch.nn.GELU(), torch.nn.Linear(64, 7, bias=False))
    for shape in ((3, 48), (2, 5, 48), (1, 1, 48)):
        rows = torch.rand(shape)
        with torch.inference_mode():
            expected = layer(rows)
        packed = deepcopy(layer)
        module.pack(packed)
        with torch.inference_mode():
            found = packed(rows)
        assert found.shape == expected.shape
        assert torch.allclose(found, expected, atol=1e-6)
    if torch.backends.mkldnn.is_available():
        assert not any(isinstance(part, torch.nn.Linear) for part in packed.modules())


def test_identity_is_known_without_loading() -> None:
    encoder = load_encoder(load(model="", threads=1))
    assert encoder.identity == SHIPPED_IDENTITY
    assert WEIGHTS_SHA256[:12] in encoder.identity
    assert "_loaded" not in vars(encoder)


def test_other_model_is_identified_by_its_weights(real_encoder: SentenceEncoder, tmp_path: Path) -> None:
    copy = tmp_path / "own"
    shutil.copytree(shipped_model(), copy)
    own = SentenceEncoder(str(copy))
    assert own.identity.startswith(f"{copy}-")
    assert own.identity != SHIPPED_IDENTITY
    assert own.dimension == 384
    assert np.abs(own.encode_queries(TEXTS[:1]) - real_encoder.encode_queries(TEXTS[:1])).max() > 100 * NOISE


def test_model_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match=r"cannot be loaded \(.*\)\.$") as caught:
        SentenceEncoder(str(tmp_path / "empty")).warm()
    assert "\n" not in str(caught.value)


def package(folder: Path, weights: bytes | None) -> Path:
    (folder / "model").mkdir()
    (folder / "__init__.py").write_text("raise AssertionError('imported')", encoding="utf-8")
    if weights is not None:
        (folder / "model" / "model.safetensors").write_bytes(weights)
    return folder


@pytest.mark.parametrize(("weights", "words"), [(b"changed", "is not the expected one"), (None, "has no readable")])
def test_other_weights_are_refused_before_loading(
    tmp_path: Path, weights: bytes | None, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = package(tmp_path, weights)
    spec = importlib.util.spec_from_file_location("fake", folder / "__init__.py")
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: spec)
    monkeypatch.setattr(module, "_load", lambda *_, **__: pytest.fail("loaded"))
    with pytest.raises(ModelError, match=f"{words}.*pip install --force-reinstall"):
        SentenceEncoder().warm()


def test_package_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SHIPPED_PACKAGE", "no_such_package_at_all")
    with pytest.raises(ModelError, match="is not installed: run `pip install"):
        SentenceEncoder().warm()


NO_NETWORK = """
import socket
def refuse(*args, **kwargs):
    raise AssertionError(f"network: {args[1:]}")
socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = socket.create_connection = refuse
from taqa.retrieval.encoder import SentenceEncoder
print(SentenceEncoder().encode_queries(["word"]).shape)
"""


@pytest.mark.slow
def test_network_is_never_touched() -> None:
    done = subprocess.run([sys.executable, "-c", NO_NETWORK], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout.strip(), done.stderr.strip()) == (0, "(1, 384)", "")
