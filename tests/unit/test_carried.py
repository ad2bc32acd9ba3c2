"""The weights that TAQA carries: those of its version, or none."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from taqa.errors import ModelError
from taqa.retrieval import encoder, reader
from taqa.retrieval.carried import carried_weights
from taqa.retrieval.encoder import SentenceEncoder
from taqa.retrieval.reader import PassageReader


@pytest.mark.parametrize("module", [encoder, reader])
def test_each_file_is_of_its_version_and_leaves_the_words_to_the_package(module: ModuleType) -> None:
    weights = carried_weights(module.WEIGHTS, module.WEIGHTS_SHA256)
    assert {str(each.dtype) for each in weights.values()} == {"torch.float32"}
    assert "embeddings.word_embeddings.weight" not in weights
    assert weights["encoder.layer.5.output.dense.weight"].shape == (384, 1536)
    assert module.WEIGHTS.stat().st_size < 30e6


@pytest.mark.parametrize(("content", "words"), [(b"changed", "are not those of this version"), (None, "no readable")])
def test_others_are_refused(tmp_path: Path, content: bytes | None, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (encoder, reader):
        path = tmp_path / f"{module.__name__}.safetensors"
        if content is not None:
            path.write_bytes(content)
        monkeypatch.setattr(module, "WEIGHTS", path)
    with pytest.raises(ModelError, match=f"{words}.*install taqa again"):
        SentenceEncoder().warm()
    with pytest.raises(ModelError, match=f"{words}.*install taqa again"):
        PassageReader().read("How long?", ["Four years."])
