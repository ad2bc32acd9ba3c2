"""One content under two names, and versions of a document: which is current, which a symbol means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from taqa.domain import Document, DocumentMeta
from taqa.ingest import read_document, scan
from taqa.ingest.versions import settled
from taqa.references import resolve


def paper(file: str, symbol: str = "", **meta: object) -> Document:
    name = file.rpartition(".")[0]
    return Document(name, file, "", "", DocumentMeta(symbol=symbol, **meta), ())


def successors(*papers: Document) -> dict[str, str]:
    return {document.id: document.successor for document in settled(papers)}


def test_a_revision_supersedes_the_versions_before_it_and_nothing_else() -> None:
    assert successors(
        paper("a.txt", "EX/COP.1/9"),
        paper("b.txt", "EX/COP.1/9/Rev.1"),
        paper("c.txt", "EX/COP.1/9/Rev.2"),
        paper("d.txt", "EX/COP.1/9/Add.1"),
        paper("e.txt", "EX/COP.1/9/Add.1/Rev.1"),
        paper("f.txt", "EX/COP.1/9/Corr.1"),
        paper("g.txt", "EX/COP.1/90"),
        paper("h.txt", ""),
    ) == {"a": "c", "b": "c", "c": "", "d": "e", "e": "", "f": "", "g": "", "h": ""}


@pytest.mark.parametrize(
    "symbol", ["EX/COP.1/9/rev.1", "EX/COP.1/9/ Rev. 1", "EX/COP.1/9/Rev1", "FX/2-EX/COP.1/9/Rev.1"]
)
def test_a_revision_in_any_spelling(symbol: str) -> None:
    assert successors(paper("a.txt", "EX/COP.1/9"), paper("b.txt", symbol))["a"] == "b"


def test_a_revision_in_the_same_language_comes_first() -> None:
    held = [
        paper("a.txt", "EX/1/L.9", language="fr"),
        paper("b.txt", "EX/1/L.9", language="en"),
        paper("c.txt", "EX/1/L.9/Rev.1", language="en"),
        paper("d.txt", "EX/1/L.9/Rev.1", language="fr"),
    ]
    assert successors(*held) == {"a": "d", "b": "c", "c": "", "d": ""}


def test_what_the_manifest_states_leads_on_to_the_newest() -> None:
    held = [
        paper("a.txt", "EX/1/2"),
        paper("a~2026-01-01.txt", "EX/1/2", superseded_by="a.txt"),
        paper("b.txt", "EX/1/2/Rev.1"),
        paper("c.txt", superseded_by="nothing.txt"),
    ]
    assert successors(*held) == {"a": "b", "a_2026-01-01": "b", "b": "", "c": ""}
    told = settled(held)
    assert [document.successor for document in settled([d for d in told if d.id != "b"])] == ["", "a", ""]


def test_a_circle_that_a_manifest_states_supersedes_nothing() -> None:
    assert successors(paper("a.txt", superseded_by="b.txt"), paper("b.txt", superseded_by="a.txt")) == {
        "a": "",
        "b": "",
    }


def test_a_symbol_means_the_current_version_and_a_file_name_any() -> None:
    held = settled([paper("a.txt", "EX/1/2"), paper("a~2026-01-01.txt", "EX/1/2", superseded_by="a.txt")])
    assert resolve("EX/1/2", held).document == held[0]
    assert resolve("a~2026-01-01.txt", held).document == held[1]
    assert resolve("a_2026-01-01", held).document == held[1]


def test_one_content_under_two_names_is_one_document(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.txt"):
        (tmp_path / name).write_text("1. One.\n\n2. Two.\n" if name != "c.txt" else "1. Other.\n", "utf-8")
    found = scan(tmp_path)
    assert [file.name for file in found.files] == ["a.txt", "c.txt"]
    assert [(other.name, str(other.verdict), other.reason) for other in found.others] == [
        ("b.txt", "indexed", "b.txt has the content of a.txt: one document of two names.")
    ]
    documents = settled(read_document(file.path, file.entry) for file in found.files)
    assert documents[0].meta.other_names == ("b.txt",)
    assert [resolve(name, documents).document for name in ("a.txt", "b.txt", "c.txt")] == [
        documents[0],
        documents[0],
        documents[1],
    ]


def test_the_name_that_the_manifest_knows_comes_first(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("1. One.\n", "utf-8")
    entries = [{"file": "b.txt", "title": "A title", "names": ["z.txt"]}]
    (tmp_path / "manifest.json").write_text(json.dumps({"documents": entries}), "utf-8")
    [file] = scan(tmp_path).files
    assert file.name == "b.txt"
    assert file.entry is not None
    assert (file.entry.meta.title, file.entry.meta.other_names) == ("A title", ("z.txt", "a.txt"))


def test_of_two_entries_for_a_file_the_one_of_its_content_counts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1. One.\n", "utf-8")
    [bare] = scan(tmp_path).files
    other = "0" * 64
    for order in ((other, bare.sha256), (bare.sha256, other)):
        entries = [{"file": "a.txt", "sha256": sha256, "title": sha256[:8]} for sha256 in order]
        (tmp_path / "manifest.json").write_text(json.dumps({"documents": entries}), "utf-8")
        [file] = scan(tmp_path).files
        assert file.problem is None
        assert file.entry is not None
        assert file.entry.meta.title == bare.sha256[:8]
