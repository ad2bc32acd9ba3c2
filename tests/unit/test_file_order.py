"""The same corpus in another file order: the same unit ids and the same index."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from taqa.build import material
from taqa.ingest import scan
from taqa.retrieval.indexing import build_index, open_index

from ..documents import CORPUS
from ..fakes import HashingEncoder

RESOLUTION = (
    "Resolution 3/1\n\nThe Assembly of Bees,\n\nRecalling its flowers,\n\n1. Requests hives to be spared:\n\n"
    "(a) In winter;\n\n(b) [In summer;]\n\n2. Decides to meet again.\n"
)


def put(folder: Path, names: Sequence[str]) -> None:
    folder.mkdir(exist_ok=True)
    for name in names:
        if name == "resolution.txt":
            (folder / name).write_text(RESOLUTION, encoding="utf-8")
        else:
            shutil.copy(CORPUS / name, folder / name)


def built(folder: Path, index: Path) -> tuple[str, list[str]]:
    """Fingerprint and unit ids of the index of a folder."""
    made = material(scan(folder))
    report = build_index(made, HashingEncoder(), index)
    held = open_index(index, HashingEncoder(), made.recipe)
    return report.fingerprint, [unit.id for document in held.index.documents for unit in document.units]


def test_another_file_order_gives_the_same_index(tmp_path: Path) -> None:
    names = sorted([*(path.name for path in CORPUS.glob("*.txt")), "resolution.txt", "manifest.json"])
    put(tmp_path / "forwards", names)
    put(tmp_path / "backwards", names[::-1])
    put(tmp_path / "piecemeal", names[len(names) // 2 :])
    fingerprint, ids = built(tmp_path / "forwards", tmp_path / "index 1")
    assert len(ids) > 400
    assert len(set(ids)) == len(ids)
    assert "resolution:resolution31.1.b" in ids
    assert built(tmp_path / "backwards", tmp_path / "index 2") == (fingerprint, ids)
    assert built(tmp_path / "piecemeal", tmp_path / "index 3")[0] != fingerprint
    put(tmp_path / "piecemeal", names[: len(names) // 2])
    assert built(tmp_path / "piecemeal", tmp_path / "index 3") == (fingerprint, ids)
