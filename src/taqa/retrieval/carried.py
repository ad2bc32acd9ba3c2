"""The weights that TAQA carries: what training changed of the embedding model, as `training/` writes it.

Only layers are carried; the vectors of the words are those of the verified embedding model.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from taqa.errors import ModelError

if TYPE_CHECKING:
    import torch

FOLDER = Path(__file__).parent / "weights"


def carried_weights(file: Path, sha256: str) -> dict[str, torch.Tensor]:
    """The weights of a file of `FOLDER` by name, float32. Raises ModelError where it is missing or another one."""
    from safetensors.torch import load

    try:
        data = file.read_bytes()
    except OSError as error:
        raise ModelError(f"The model has no readable {file}: install taqa again.") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ModelError(f"The weights {file} are not those of this version: install taqa again.")
    return {name: weights.float() for name, weights in load(data).items()}
