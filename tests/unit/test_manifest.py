"""The corpus folder and what the manifest says of it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from taqa.errors import CorpusError
from taqa.ingest import read_document, scan
from taqa.ingest.verdicts import Verdict

from ..documents import CORPUS


def put(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def state(folder: Path, *entries: dict[str, object]) -> None:
    (folder / "manifest.json").write_text(json.dumps({"version": 1, "documents": list(entries)}), "utf-8")


def test_the_five_documents_are_byte_for_byte_those_of_the_manifest() -> None:
    files = scan(CORPUS).files
    assert [file.name[:4] for file in files] == ["000_", "001_", "002_", "003_", "004_"]
    for file in files:
        assert file.entry is not None
        assert file.sha256 == file.entry.sha256 == hashlib.sha256(file.path.read_bytes()).hexdigest()
        assert set(file.entry.meta.known) >= {"title", "symbol", "type", "language", "conventions"}


def test_files_come_by_name_and_others_are_skipped(tmp_path: Path) -> None:
    put(tmp_path, b="1. B.", a="1. A.")
    for name in ("photo.png", ".hidden.txt", "~$b.txt", "README.md", "LICENSE", "manifest.json.bak"):
        (tmp_path / name).write_text("x", "utf-8")
    (tmp_path / "folder.txt").mkdir()
    found = scan(tmp_path)
    assert [file.name for file in found.files] == ["a.txt", "b.txt"]
    assert [other.name for other in found.others] == ["manifest.json.bak", "photo.png"]
    assert {other.verdict for other in found.others} == {Verdict.UNSUPPORTED}
    assert found.others[1].reason.startswith("photo.png has a format that is not read; save it as one of .")
    (tmp_path / "photo.png").unlink()
    assert scan(tmp_path).fingerprint == found.fingerprint, "a file that is not read makes no index stale"


def test_a_document_without_an_entry_is_read(tmp_path: Path) -> None:
    file = scan(put(tmp_path, note="1. One.\n\n2. Two.\n")).files[0]
    assert file.entry is None
    document = read_document(file.path, file.entry)
    assert (document.id, document.name) == ("note", "note.txt")


def test_an_entry_names_the_document(tmp_path: Path) -> None:
    put(tmp_path, note="1. One.\n")
    state(tmp_path, {"file": "note.txt", "symbol": "XYZ/1", "aliases": ["X1"], "known": {"symbol": "stated"}})
    file = scan(tmp_path).files[0]
    document = read_document(file.path, file.entry)
    assert (document.name, document.meta.aliases, document.meta.known) == ("XYZ/1", ("X1",), {"symbol": "stated"})


def test_the_fingerprint_follows_names_contents_and_entries_but_not_the_folder(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
        put(folder, a="1. A.", b="1. B.")
    first = scan(one).fingerprint
    assert scan(two).fingerprint == first
    put(two, b="1. C.")
    changed = scan(two).fingerprint
    assert changed != first
    put(two, b="1. B.")
    (two / "b.txt").rename(two / "c.txt")
    assert scan(two).fingerprint not in (first, changed)
    state(one, {"file": "a.txt", "title": "A"})
    assert scan(one).fingerprint != first


def refusal(folder: Path) -> str:
    with pytest.raises(CorpusError) as caught:
        scan(folder)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_no_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none").startswith("There is no corpus folder ")
    (tmp_path / "file").write_text("x", "utf-8")
    assert refusal(tmp_path / "file").startswith("There is no corpus folder ")


def test_an_empty_folder(tmp_path: Path) -> None:
    formats = ".akn, .docx, .htm, .html, .markdown, .md, .odt, .pdf, .text, .txt, .xhtml, .xml"
    assert f"holds no document ({formats})" in refusal(tmp_path)


def test_another_file_than_the_entry_describes(tmp_path: Path) -> None:
    put(tmp_path, note="1. One.\n")
    state(tmp_path, {"file": "note.txt", "sha256": "0" * 64})
    put(tmp_path, other="1. One.\n")
    note, other = scan(tmp_path).files
    assert note.problem is not None
    assert (note.problem.verdict, note.problem.reason) == (
        Verdict.DAMAGED,
        "note.txt is not the file its manifest entry describes; correct manifest.json.",
    )
    assert other.problem is None


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"documents": 4}',
        '{"documents": [{}]}',
        '{"documents": [1]}',
        "\xff",
        '{"documents": [{"file": "a", "known": 4}]}',
    ],
)
def test_a_broken_manifest(tmp_path: Path, manifest: str) -> None:
    put(tmp_path, note="1. One.\n")
    (tmp_path / "manifest.json").write_bytes(manifest.encode("latin-1"))
    assert "is not a valid manifest" in refusal(tmp_path)
